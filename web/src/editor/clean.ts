// What is pasted from elsewhere, made anew as plain structure: headings, paragraphs, lists, tables, quotes,
// links, strong and emphasis. Nothing is carried over that is not understood, so styles, comments, tracking
// and scripts have no way in. The source is only parsed, never put on the page.
import type { Target } from "./schema";

interface Marks { strong?: boolean; em?: boolean; code?: boolean; target?: string }
const GONE = new Set(["SCRIPT", "STYLE", "LINK", "META", "TITLE", "HEAD", "IFRAME", "OBJECT", "EMBED", "NOSCRIPT", "TEMPLATE", "SVG", "MATH", "INPUT", "BUTTON", "SELECT", "TEXTAREA", "IMG", "PICTURE", "VIDEO", "AUDIO", "CANVAS", "MAP", "XML", "COL", "COLGROUP", "XSTYLE"]);
const INLINE = new Set(["A", "ABBR", "ACRONYM", "B", "BIG", "CITE", "CODE", "DEL", "DFN", "EM", "FONT", "I", "INS", "KBD", "LABEL", "MARK", "Q", "S", "SAMP", "SMALL", "SPAN", "STRIKE", "STRONG", "SUB", "SUP", "TIME", "TT", "U", "VAR", "BDI", "BDO", "O:P", "ST1:PLACE"]);
const TRACKING = /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|_hs(?:enc|mi)|yclid|ref_src)$/i;

/** The real goal of a link: without detours that count clicks, and without marks that follow the reader. */
export function goalOf(href: string, origin: string): Target | undefined {
  let url: URL;
  try {
    const written = href.trim();
    url = /^\/(?!\/)\S*$/.test(written) ? new URL(written, origin) : new URL(written);
  } catch {
    return undefined;
  }
  for (let detours = 0; detours < 3; detours++) {
    const hidden = /(^|\.)google\.\w+$/.test(url.hostname) && url.pathname === "/url" ? url.searchParams.get("q") ?? url.searchParams.get("url")
      : /\.safelinks\.protection\.outlook\.com$/.test(url.hostname) ? url.searchParams.get("url")
      : url.hostname === "l.facebook.com" ? url.searchParams.get("u") : null;
    if (!hidden) break;
    try {
      url = new URL(hidden);
    } catch {
      return undefined;
    }
  }
  if (!["https:", "http:", "mailto:", "tel:"].includes(url.protocol)) return undefined;
  if (url.protocol.startsWith("http")) for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
  if (url.origin === origin) return { to: "path", path: url.pathname + url.search + url.hash };
  return { to: "url", url: url.href };
}

class Cleaner {
  readonly out: HTMLElement[] = [];
  pictures = 0;
  private line: HTMLElement | null = null;

  constructor(private readonly made: Document, private readonly origin: string, private readonly shift: number) {}

  private flush(): void {
    const line = this.line;
    this.line = null;
    if (!line) return;
    trim(line);
    if (line.textContent?.trim()) this.out.push(line);
  }

  private open(tag: string): void {
    this.flush();
    this.line = this.made.createElement(tag);
  }

  private words(text: string, marks: Marks): void {
    const words = text.replaceAll(/[\t\r\n ]+/g, " ").replaceAll(/ ?\u00a0+ | \u00a0+ ?/g, " ");
    if (!words || (words === " " && !this.line)) return;
    this.line ??= this.made.createElement("p");
    let node: globalThis.Node = this.made.createTextNode(words);
    for (const [name, on] of [["code", marks.code], ["em", marks.em], ["strong", marks.strong]] as const) {
      if (!on || (name === "strong" && /^H\d$/.test(this.line.tagName))) continue;
      const around = this.made.createElement(name);
      around.append(node);
      node = around;
    }
    if (marks.target) {
      const around = this.made.createElement("a");
      around.dataset.target = marks.target;
      around.append(node);
      node = around;
    }
    this.line.append(node);
  }

  walk(node: globalThis.Node, marks: Marks): void {
    if (node.nodeType === 3) {
      this.words(node.nodeValue ?? "", marks);
      return;
    }
    if (!(node.nodeType === 1)) return;
    const element = node as HTMLElement;
    const tag = element.tagName.toUpperCase();
    if (tag === "IMG") {
      if (!(Number(element.getAttribute("width")) === 1 || Number(element.getAttribute("height")) === 1)) this.pictures += 1;
      return;
    }
    if (GONE.has(tag) || hidden(element)) return;
    if (tag === "BR") {
      if (this.line && !/^H\d$/.test(this.line.tagName)) this.line.append(this.made.createElement("br"));
      else if (this.line) this.words(" ", marks);
      return;
    }
    if (tag === "UL" || tag === "OL" || tag === "MENU" || tag === "DIR") {
      this.flush();
      const list = this.list(element);
      if (list) this.out.push(list);
      return;
    }
    if (tag === "TABLE") {
      this.flush();
      const table = this.table(element as HTMLTableElement);
      if (table) this.out.push(table);
      else this.inside(element, marks);
      this.flush();
      return;
    }
    if (tag === "HR") {
      this.flush();
      return;
    }
    if (tag === "BLOCKQUOTE" && !element.querySelector("h1, h2, h3, h4, table, ul, ol")) {
      this.flush();
      const quote = this.made.createElement("blockquote");
      const words = this.made.createElement("p");
      words.dataset.part = "quote-text";
      words.append(...this.flat(element, marks));
      const source = this.made.createElement("footer");
      source.dataset.part = "quote-source";
      quote.append(words, source);
      if (words.textContent?.trim()) this.out.push(quote);
      return;
    }
    if (INLINE.has(tag)) {
      this.inside(element, this.marked(element, tag, marks));
      return;
    }
    const level = headingLevel(element, tag);
    this.open(level ? `h${Math.min(4, Math.max(2, level + this.shift))}` : "p");
    this.inside(element, tag === "PRE" ? { ...marks, code: true } : marks);
    this.flush();
  }

  private inside(element: Element, marks: Marks): void {
    for (const child of element.childNodes) this.walk(child, marks);
  }

  private marked(element: HTMLElement, tag: string, marks: Marks): Marks {
    const style = styleOf(element);
    const weight = style.match(/(?:^|[;\s])font-weight:\s*(\w+)/)?.[1];
    const own: Marks = { ...marks };
    if (tag === "B" || tag === "STRONG") own.strong = true;
    if (tag === "I" || tag === "EM" || tag === "CITE" || tag === "DFN" || tag === "VAR") own.em = true;
    if (tag === "CODE" || tag === "KBD" || tag === "SAMP" || tag === "TT") own.code = true;
    if (weight) own.strong = weight === "bold" || weight === "bolder" || Number(weight) >= 600;
    if (/font-style:\s*italic/.test(style)) own.em = true;
    else if (/font-style:\s*normal/.test(style)) own.em = false;
    if (tag === "A") {
      const goal = goalOf(element.getAttribute("href") ?? "", this.origin);
      own.target = goal ? JSON.stringify(goal) : undefined;
    }
    return own;
  }

  /** What stands in an element as one run of words, with breaks where lines ended. */
  private flat(element: Element, marks: Marks, skip = ""): globalThis.Node[] {
    const part = new Cleaner(this.made, this.origin, this.shift);
    for (const child of element.childNodes) {
      if (skip && child.nodeType === 1 && (child as Element).matches(skip)) continue;
      part.walk(child, marks);
    }
    part.flush();
    this.pictures += part.pictures;
    const lines: globalThis.Node[] = [];
    for (const line of part.out) {
      for (const own of line.matches("ul, ol, table, blockquote") ? line.querySelectorAll("p") : [line]) {
        if (lines.length) lines.push(this.made.createElement("br"));
        lines.push(...own.childNodes);
      }
    }
    return lines;
  }

  private list(element: Element): HTMLElement | null {
    const list = this.made.createElement(element.tagName === "OL" ? "ol" : "ul");
    const below = (item: Element | null, inner: HTMLElement | null): void => {
      if (!inner) return;
      const there = item?.querySelector(":scope > ul, :scope > ol");
      if (there) there.append(...inner.children);
      else if (item) item.append(inner);
      else list.append(...inner.children);
    };
    for (const child of element.children) {
      if (child.matches("ul, ol")) below(list.lastElementChild, this.list(child));
      else if (!GONE.has(child.tagName)) {
        const item = this.made.createElement("li");
        const words = this.made.createElement("p");
        words.append(...this.flat(child, {}, "ul, ol"));
        trim(words);
        item.append(words);
        for (const inner of child.querySelectorAll("ul, ol")) if (inner.parentElement?.closest("li, ul, ol") === child) below(item, this.list(inner));
        if (words.textContent?.trim() || item.children.length > 1) list.append(item);
      }
    }
    return list.children.length ? list : null;
  }

  /** A table of data; one that only lays out a page gives up what it holds. */
  private table(element: HTMLTableElement): HTMLElement | null {
    const rows = [...element.querySelectorAll("tr")].filter((row) => row.closest("table") === element && row.querySelector("td, th"));
    const lays = element.querySelector("table, h1, h2, h3, h4, form") || element.getAttribute("role") === "presentation";
    const grid: (HTMLElement | undefined)[][] = rows.map(() => []);
    rows.forEach((row, y) => {
      let x = 0;
      for (const one of row.children) {
        if (!one.matches("td, th")) continue;
        while (grid[y][x]) x += 1;
        const wide = Math.min(50, Number(one.getAttribute("colspan")) || 1);
        const high = Math.min(rows.length - y, Number(one.getAttribute("rowspan")) || 1);
        for (let down = 0; down < high; down++) {
          for (let across = 0; across < wide; across++) {
            const made = this.made.createElement(y + down === 0 ? "th" : "td");
            const words = this.made.createElement("p");
            if (!down && !across) words.append(...(lays ? [] : this.flat(one, {})));
            trim(words);
            made.append(words);
            grid[y + down][x + across] = made;
          }
        }
        x += wide;
      }
    });
    const columns = Math.max(0, ...grid.map((line) => line.length));
    if (lays || columns < 2 || rows.length < 2) return null;
    const table = this.made.createElement("table");
    const caption = element.querySelector("caption")?.textContent?.trim();
    if (caption) table.dataset.caption = caption;
    grid.forEach((line, y) => {
      const row = this.made.createElement("tr");
      for (let x = 0; x < columns; x++) {
        const empty = this.made.createElement(y === 0 ? "th" : "td");
        empty.append(this.made.createElement("p"));
        // In the header everything is strong as it is.
        const one = line[x] ?? empty;
        if (y === 0) for (const strong of one.querySelectorAll("strong")) strong.replaceWith(...strong.childNodes);
        row.append(one);
      }
      if (row.textContent?.trim()) table.append(row);
    });
    return table;
  }

  finish(): HTMLElement[] {
    this.flush();
    return this.out;
  }
}

/** Takes space and breaks away from both ends. */
function trim(line: HTMLElement): void {
  for (const end of ["firstChild", "lastChild"] as const) {
    for (;;) {
      let node: globalThis.Node | null = line[end];
      if (!node) break;
      if (node.nodeName === "BR") {
        node.parentNode!.removeChild(node);
        continue;
      }
      while (node[end]) node = node[end]!;
      if (node.nodeType !== 3) break;
      node.nodeValue = (node.nodeValue ?? "").replace(end === "firstChild" ? /^[\s\u00a0]+/ : /[\s\u00a0]+$/, "");
      if (node.nodeValue) break;
      let empty: globalThis.Node = node;
      while (empty.parentNode && empty.parentNode !== line && empty.parentNode.childNodes.length === 1) empty = empty.parentNode;
      empty.parentNode?.removeChild(empty);
    }
  }
}

const styleOf = (element: Element): string => (element.getAttribute("data-style") ?? "").toLowerCase();

/** Styles and handlers under other names, so that no browser looks at them while the text is parsed. */
function defused(html: string): string {
  return html.replaceAll(/<(\/?)style\b/gi, "<$1xstyle").replaceAll(/<[a-z][^>]*>/gi, (tag) => tag.replaceAll(/([\s"'/])(style|on[a-z]+)(\s*=)/gi, "$1data-$2$3"));
}

function hidden(element: HTMLElement): boolean {
  const style = styleOf(element);
  // What others remarked in Word is no part of the text.
  if (/\bMsoComment(?:Reference|Text)\b|\bmsocom/.test(element.className) || /mso-element:\s*comment/.test(style)) return true;
  return element.hasAttribute("hidden") || /display:\s*none|mso-hide:\s*all|mso-list:\s*ignore|visibility:\s*hidden|font-size:\s*0(?:p[xt])?\s*(?:;|$)/.test(style) || element.getAttribute("aria-hidden") === "true";
}

function headingLevel(element: HTMLElement, tag: string): number {
  if (/^H[1-6]$/.test(tag)) return Number(tag[1]);
  if (element.getAttribute("role") === "heading") return Number(element.getAttribute("aria-level")) || 2;
  const style = element.className.match(/^(?:Mso)?(?:Heading|Rubrik)(\d)/i)?.[1];
  if (style) return Number(style);
  return /^MsoTitle/.test(element.className) ? 1 : 0;
}

/** Word writes lists as paragraphs with marks in front: made into real lists. */
function wordLists(body: HTMLElement): void {
  const kind = (line: Element | null): { level: number; ordered: boolean } | undefined => {
    const style = line ? styleOf(line) : "";
    const level = style.match(/mso-list:\s*\w+\s+level(\d+)/i)?.[1];
    if (!line || !level) return undefined;
    const mark = [...line.querySelectorAll("span")].find((span) => /mso-list:\s*ignore/.test(styleOf(span)));
    return { level: Number(level), ordered: /^\s*(?:\d+|[a-z]|[ivxlc]+)[.)]/i.test(mark?.textContent ?? "") };
  };
  for (const first of [...body.querySelectorAll("p, h1, h2, h3, h4, h5, h6, div")]) {
    if (!first.isConnected || !kind(first) || first.closest("ul, ol")) continue;
    const made = body.ownerDocument;
    const open: { level: number; list: HTMLElement }[] = [];
    const anchor = made.createComment("");
    first.before(anchor);
    let line: Element | null = first;
    for (let about = kind(line); line && about; about = kind(line)) {
      const next: Element | null = line.nextElementSibling;
      while (open.length && open.at(-1)!.level > about.level) open.pop();
      if (!open.length || open.at(-1)!.level < about.level) {
        const list = made.createElement(about.ordered ? "ol" : "ul");
        const above = open.at(-1)?.list;
        if (!above) {
          if (anchor.nextSibling && (anchor.nextSibling as Element).tagName?.match(/^[OU]L$/)) anchor.nextSibling.after(list);
          else anchor.after(list);
        } else (above.lastElementChild ?? above).append(list);
        open.push({ level: about.level, list });
      }
      const item = made.createElement("li");
      item.append(...line.childNodes);
      open.at(-1)!.list.append(item);
      line.remove();
      line = next;
    }
    anchor.remove();
  }
}

/** Clean HTML of what somebody pasted, and how many pictures did not come along. */
export function clean(html: string, origin: string): { html: string; pictures: number } {
  const source = new DOMParser().parseFromString(defused(html), "text/html");
  wordLists(source.body);
  const levels = [...source.body.querySelectorAll<HTMLElement>("h1, h2, h3, h4, h5, h6, p[class], [role=heading]")].map((one) => headingLevel(one, one.tagName)).filter(Boolean);
  // The page has its own heading of level 1: what is pasted begins below it.
  const cleaner = new Cleaner(document.implementation.createHTMLDocument(""), origin, levels.length && Math.min(...levels) === 1 ? 1 : 0);
  cleaner.walk(source.body, {});
  const out = cleaner.finish();
  const inline = out.length === 1 && out[0].tagName === "P" && !/<(?:p|div|h\d|li)\b/i.test(html);
  return { html: inline ? out[0].innerHTML : out.map((one) => one.outerHTML).join(""), pictures: cleaner.pictures };
}
