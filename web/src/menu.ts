// An open menu goes away with Escape, which gives the focus back to its button, and when one goes on to
// something else, so that it never covers what has the focus. Without this it is opened and closed by its button.

const menus = document.querySelectorAll<HTMLDetailsElement>("details.menu, details.railmenu");

// On a phone the workspace's menu waits until it is asked for; where there is room it has no button.
const rail = document.querySelector<HTMLDetailsElement>("details.railmenu");
if (rail) {
  const narrow = matchMedia("(max-width: 52rem)");
  const fit = (): void => { rail.open = !narrow.matches; };
  narrow.addEventListener("change", fit);
  fit();
  rail.dataset["ready"] = "";
}

/** The button of a menu that is open; none where it stands open for good. */
function opened(menu: HTMLDetailsElement): HTMLElement | null {
  const button = menu.querySelector("summary");
  return menu.open && button && button.getClientRects().length ? button : null;
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  for (const menu of menus) {
    const button = opened(menu);
    if (!button) continue;
    const own = document.activeElement === document.body || menu.contains(document.activeElement);
    menu.open = false;
    if (own) button.focus();
  }
});

for (const menu of menus) {
  const elsewhere = (to: EventTarget | null): void => {
    if (opened(menu) && to instanceof Node && !menu.contains(to)) menu.open = false;
  };
  menu.addEventListener("focusout", (event) => elsewhere(event.relatedTarget));
  document.addEventListener("pointerdown", (event) => elsewhere(event.target));
}
