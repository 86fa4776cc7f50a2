// Logging out, perhaps of a computer that others use: what the editor keeps in the browser goes. Whoever has
// words there that are not saved is asked first.
import { countUnsent, forget } from "./editor/store";

const form = document.querySelector<HTMLFormElement>("form[data-log-out]");

async function leave(question: string): Promise<boolean> {
  if (await countUnsent() && !window.confirm(question)) return false;
  await forget();
  return true;
}

form?.addEventListener("submit", (event) => {
  if (form.dataset["gone"] !== undefined) return;
  event.preventDefault();
  // A browser that keeps nothing, or does not answer, holds nobody back.
  const late = new Promise<boolean>((resolve) => window.setTimeout(() => resolve(true), 10_000));
  void Promise.race([leave(form.dataset["logOut"] ?? ""), late]).then((goes) => {
    if (!goes) return;
    form.dataset["gone"] = "";
    form.requestSubmit();
  });
});
