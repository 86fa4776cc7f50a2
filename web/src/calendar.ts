// The calendar's public pages: "near me" only when somebody asks for it, and screens that turn by
// themselves. Without this the list has areas to choose from, and screens turn by a refresh.

for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-near]")) {
  const item = button.closest("li");
  if (!item || !("geolocation" in navigator)) continue;
  item.hidden = false;
  button.addEventListener("click", () => {
    const said = document.querySelector(".nearsaid");
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        // A hundred metres are near enough to find one's way, and tell nobody where one lives.
        const point = [coords.latitude, coords.longitude].map((degrees) => degrees.toFixed(3)).join(",");
        location.assign(`${button.dataset.near}${point}`);
      },
      () => {
        button.disabled = false;
        if (said) said.textContent = button.dataset.failed ?? "";
      },
      { maximumAge: 600_000, timeout: 15_000 },
    );
  });
}

// What is left empty need not stand in the address.
const form = document.querySelector<HTMLFormElement>("form.calform");
const fields = () => [...(form?.elements ?? [])].filter((one): one is HTMLInputElement | HTMLSelectElement => one instanceof HTMLInputElement || one instanceof HTMLSelectElement);
form?.addEventListener("submit", () => {
  for (const one of fields()) if (one.name && !one.value) one.disabled = true;
});
// Whoever comes back by the browser's own button finds all fields again.
window.addEventListener("pageshow", () => { for (const one of fields()) one.disabled = false; });

const turn = document.querySelector<HTMLElement>("[data-turn]");
if (turn) {
  const next = turn.dataset.turn ?? "";
  const seconds = Number(turn.dataset.seconds) || 15;
  const timer = setTimeout(() => location.replace(next), seconds * 1000);
  // The link leads to the same screen standing still; who is on the way there is not turned away.
  turn.addEventListener("click", () => clearTimeout(timer));
}
