// "My position" beside the field for a place: asked for by a press only, rounded to some ten metres before it
// stands in the address, and never sent anywhere else. Without this script the field takes an address.

function begin(button: HTMLButtonElement): void {
  const form = button.form;
  const said = form?.querySelector<HTMLElement>("[data-near-said]");
  if (!form || !said || !("geolocation" in navigator)) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    said.textContent = button.dataset.wait ?? "";
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      const at = `${coords.latitude.toFixed(4)},${coords.longitude.toFixed(4)}`;
      const place = form.elements.namedItem("place");
      if (place instanceof HTMLInputElement) place.value = "";
      let near = form.elements.namedItem("near");
      if (!(near instanceof HTMLInputElement)) {
        near = Object.assign(document.createElement("input"), { type: "hidden", name: "near" });
        form.append(near as HTMLInputElement);
      }
      (near as HTMLInputElement).value = at;
      form.requestSubmit();
    }, (error) => {
      said.textContent = (error.code === error.PERMISSION_DENIED ? button.dataset.denied : button.dataset.failed) ?? "";
    }, { maximumAge: 60_000, timeout: 15_000 });
  });
}

for (const form of document.querySelectorAll<HTMLFormElement>("form.finder")) {
  // What is left empty need not stand in the address.
  form.addEventListener("submit", () => {
    for (const one of form.elements) {
      if ((one instanceof HTMLInputElement || one instanceof HTMLSelectElement) && one.name && !one.value) one.disabled = true;
    }
    window.addEventListener("pageshow", () => { for (const one of form.elements) (one as HTMLInputElement).disabled = false; }, { once: true });
  });
}
for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-near]")) begin(button);
