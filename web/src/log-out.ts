// Logging out, perhaps of a computer that others use: what the editor keeps in the browser goes. Whoever has
// words there that are not saved is asked first.
import { countUnsent, forget } from "./editor/store";

const form = document.querySelector<HTMLFormElement>("form[data-log-out]");

/** What the browser's store answers, or `otherwise` if it does not: nobody is held back from leaving. */
const soon = <T>(answer: Promise<T>, otherwise: T): Promise<T> =>
  Promise.race([answer, new Promise<T>((resolve) => window.setTimeout(() => resolve(otherwise), 1_000))]);

async function leave(question: string): Promise<boolean> {
  if (await soon(countUnsent(), 0) && !window.confirm(question)) return false;
  await soon(forget(), undefined);
  return true;
}

form?.addEventListener("submit", (event) => {
  if (form.dataset["gone"] !== undefined) return;
  event.preventDefault();
  void leave(form.dataset["logOut"] ?? "").then((goes) => {
    if (!goes) return;
    form.dataset["gone"] = "";
    form.requestSubmit();
  });
});
