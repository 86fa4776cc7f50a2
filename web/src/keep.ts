// A form whose words stay when another form of the same page is sent, such as the one that adds files: what is
// written and not saved is kept in this tab and stands in the fields again when the page comes back. Whoever
// goes somewhere else is asked first. Words come from the server, in the form's attributes.

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type Values = Record<string, string>;
interface Kept { base: Values; written: Values; version: string }

/** The fields that somebody writes in, by name; buttons choose by value. */
function controls(form: HTMLFormElement): Map<string, Control> {
  const all = new Map<string, Control>();
  for (const one of form.elements) {
    const wanted = one instanceof HTMLTextAreaElement || one instanceof HTMLSelectElement
      || (one instanceof HTMLInputElement && !["hidden", "file", "password", "submit", "button"].includes(one.type));
    if (!wanted || !one.name) continue;
    const choice = one instanceof HTMLInputElement && ["checkbox", "radio"].includes(one.type);
    all.set(choice ? `${one.name}=${one.value}` : one.name, one);
  }
  return all;
}

const isChoice = (control: Control): control is HTMLInputElement => control instanceof HTMLInputElement && ["checkbox", "radio"].includes(control.type);

function read(form: HTMLFormElement): Values {
  return Object.fromEntries([...controls(form)].map(([name, control]) => [name, isChoice(control) ? String(control.checked) : control.value]));
}

function write(form: HTMLFormElement, values: Values): void {
  for (const [name, control] of controls(form)) {
    const value = values[name];
    if (value === undefined) continue;
    if (isChoice(control)) control.checked = value === "true";
    else control.value = value;
  }
}

const same = (one: Values, other: Values): boolean => Object.keys({ ...one, ...other }).every((name) => one[name] === other[name]);

function keep(form: HTMLFormElement): void {
  const key = `kept:${location.pathname}`;
  const saved = read(form);
  let leaving = false;

  const note = (): void => {
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "ds-button";
    drop.dataset["variant"] = "tertiary";
    drop.textContent = form.dataset["drop"] ?? "";
    const box = document.createElement("div");
    box.className = "notice warn kept";
    box.setAttribute("role", "status");
    const words = document.createElement("p");
    words.textContent = form.dataset["keep"] ?? "";
    box.append(words, drop);
    drop.addEventListener("click", () => {
      write(form, saved);
      box.remove();
      [...controls(form).values()][0]?.focus();
    });
    form.prepend(box);
  };

  const back = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  if (back) {
    const kept = JSON.parse(back) as Kept;
    if (!same(kept.written, saved)) {
      write(form, kept.written);
      // Somebody else saved meanwhile: with the old version the server shows both texts.
      const version = form.elements.namedItem("version");
      if (!same(kept.base, saved) && version instanceof HTMLInputElement) version.value = kept.version;
      note();
    }
  }

  document.addEventListener("submit", (event) => {
    const other = event.target as HTMLFormElement;
    if (event.defaultPrevented) return;
    const own = new URL(form.action).pathname;
    const to = new URL(other.action).pathname;
    // What is done with the same thing comes back to this page; anything else leads away from it.
    if (other !== form && to !== own && !to.startsWith(`${own}/`)) return;
    leaving = true;
    if (other === form) return;
    const written = read(form);
    const version = form.elements.namedItem("version");
    if (!same(written, saved)) {
      const kept: Kept = { base: saved, written, version: version instanceof HTMLInputElement ? version.value : "" };
      sessionStorage.setItem(key, JSON.stringify(kept));
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && !same(read(form), saved)) event.preventDefault();
  });
  window.addEventListener("pageshow", () => { leaving = false; });
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-keep]")) keep(form);
