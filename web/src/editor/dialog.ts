// Boxes that ask something: the browser's own dialogue, so that focus stays in it and Escape closes it.
import { el, freshId, type Child } from "./dom";

export interface Box {
  element: HTMLDialogElement;
  body: HTMLElement;
  close: () => void;
}

/** Opens a box; `submit` is called with Enter and the main button, and closes it unless it says `false`. */
export function openBox(root: HTMLElement, options: {
  title: string; cancel: string; submit?: string; wide?: boolean;
  onSubmit?: () => boolean | void | Promise<boolean | void>;
  onClose?: () => void;
  more?: Child[];
}): Box {
  const before = document.activeElement as HTMLElement | null;
  const heading = el("h2", { id: freshId("title") }, options.title);
  const body = el("div", { class: "ed-fields" });
  const element = el("dialog", { class: options.wide ? "ed-dialog wide" : "ed-dialog", "aria-labelledby": heading.id });
  const close = (): void => element.close();
  const cancel = el("button", { type: "button", class: "ds-button", "data-variant": options.submit ? "secondary" : null }, options.cancel);
  cancel.addEventListener("click", close);
  const submit = options.submit ? el("button", { type: "button", class: "ds-button" }, options.submit) : null;
  const send = async (): Promise<void> => {
    const done = await options.onSubmit?.();
    if (done !== false) close();
  };
  submit?.addEventListener("click", () => void send());
  element.append(heading, body, el("div", { class: "ed-buttons" }, submit, cancel, ...(options.more ?? [])));
  element.addEventListener("keydown", (event) => {
    // The box lies in the form of the page, which Enter in a field would send.
    if (event.key === "Enter" && event.target instanceof HTMLInputElement && !event.isComposing) {
      event.preventDefault();
      if (submit) void send();
    }
    event.stopPropagation();
  });
  element.addEventListener("close", () => {
    element.remove();
    options.onClose?.();
    if (!document.activeElement || document.activeElement === document.body) before?.focus();
  });
  // Outside the page's form: fields in here are no fields of the page.
  (root.closest("form")?.parentElement ?? root).append(element);
  element.showModal();
  return { element, body, close };
}

/** A field with its label, a hint and a place for what is wrong with it. */
export function field(label: string, input: HTMLElement, hint?: string): { element: HTMLElement; wrong: (message: string) => void } {
  input.id ||= freshId("input");
  const error = el("p", { class: "err", id: freshId("error"), role: "alert" });
  const told = hint ? el("p", { class: "hint", id: freshId("hint") }, hint) : null;
  const described = [told?.id, error.id].filter(Boolean).join(" ");
  input.setAttribute("aria-describedby", described);
  error.hidden = true;
  const element = el("div", { class: "field" }, el("label", { for: input.id }, label), told, input, error);
  return {
    element,
    wrong: (message) => {
      error.textContent = message;
      error.hidden = !message;
      element.classList.toggle("bad", message !== "");
      if (message) {
        input.setAttribute("aria-invalid", "true");
        input.focus();
      } else input.removeAttribute("aria-invalid");
    },
  };
}

export function checkbox(label: string, checked: boolean): { element: HTMLElement; input: HTMLInputElement } {
  const input = el("input", { type: "checkbox", id: freshId("check") });
  input.checked = checked;
  return { element: el("p", { class: "check" }, input, el("label", { for: input.id }, label)), input };
}
