// Small things for making elements without any HTML as text.
export type Child = globalThis.Node | string | null | undefined | false;

export function el<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Record<string, string | boolean | null | undefined> = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  made.append(...children.filter((child): child is globalThis.Node | string => child !== null && child !== undefined && child !== false));
  return made;
}

const SVG = "http://www.w3.org/2000/svg";
/** A drawing of the icon set, which the build puts here; it says nothing to those who listen. */
export function icon(drawing: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of [["class", "i"], ["viewBox", "0 0 24 24"], ["aria-hidden", "true"]]) svg.setAttribute(name, value);
  const parsed = new DOMParser().parseFromString(`<svg xmlns="${SVG}">${drawing}</svg>`, "image/svg+xml");
  svg.append(...parsed.documentElement.childNodes);
  return svg;
}

export function button(label: string, drawing: string | null, press: (event: MouseEvent) => void, attributes: Record<string, string> = {}): HTMLButtonElement {
  const made = el("button", { type: "button", ...attributes });
  if (drawing) made.append(icon(drawing));
  if (attributes["data-bare"] === undefined) made.append(el("span", {}, label));
  else {
    made.setAttribute("aria-label", label);
    made.title = label;
  }
  made.addEventListener("click", press);
  return made;
}

let counter = 0;
/** An id that is on the page only once; ids of the page's own texts hold no underscore. */
export const freshId = (name: string): string => `ed_${name}_${++counter}`;

/** HTML that our own server made, as elements. Scripts and handlers in it would not run, and are not kept. */
export function trusted(html: string): globalThis.Node[] {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  for (const bad of parsed.querySelectorAll("script, style, iframe, object, embed")) bad.remove();
  return [...parsed.body.childNodes];
}
