// The dates that a form gives, shown while somebody writes it. The button beside them does the same.

const set = document.querySelector<HTMLElement>("[data-dates]");
const form = set?.closest("form");
const out = set?.querySelector("#dates");

if (set && form && out) {
  const own = form.getAttribute("action")?.split("/").pop() ?? "";
  let timer = 0;
  let number = 0;

  const fold = () => {
    const repeat = form.querySelector<HTMLSelectElement>("[name=repeat]")?.value ?? "";
    for (const part of set.querySelectorAll<HTMLElement>("[data-for]")) {
      part.hidden = !(part.dataset.for ?? "").split(" ").includes(repeat);
    }
  };

  const ask = async () => {
    const mine = ++number;
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") data.append(name, value);
    data.append("own", own);
    try {
      const answer = await fetch(set.dataset.dates ?? "", { method: "POST", body: data });
      if (!answer.ok || mine !== number) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      out.replaceChildren(...page.body.childNodes);
    } catch {
      // Without a connection the dates stay as they were shown last.
    }
  };

  form.addEventListener("input", (event) => {
    const name = (event.target as HTMLInputElement).name;
    if (!/^(start_|end_|all_day|repeat|until|day_|skip_|dates|except|place_unit|name_sv)/.test(name)) return;
    fold();
    clearTimeout(timer);
    timer = window.setTimeout(ask, 400);
  });
  fold();
}
