// The words of the editor: all of them come from the server, from its translations.
export type Words = (key: string, values?: Record<string, string | number>) => string;

export function words(all: Record<string, string>): Words {
  return (key, values = {}) => {
    const sentence = all[`editor-${key}`];
    if (sentence === undefined) throw new Error(`no words: editor-${key}`);
    return sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  };
}
