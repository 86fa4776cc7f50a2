// Many pictures take their time: how much has been sent is shown, and what is done when all of it has come.
// Without this the browser sends the form as any other.

function upload(form: HTMLFormElement): void {
  const files = form.querySelector<HTMLInputElement>("input[type=file]");
  if (!files) return;
  const word = (name: string): string => form.dataset[name] ?? "";
  let running = false;

  form.addEventListener("submit", (event) => {
    if (running) {
      event.preventDefault();
      return;
    }
    if (!files.files?.length) return;
    event.preventDefault();
    running = true;
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.setAttribute("aria-label", word("label"));
    const status = document.createElement("p");
    status.setAttribute("role", "status");
    const box = document.createElement("div");
    box.className = "sending";
    box.append(bar, status);
    form.querySelector(".sending")?.remove();
    form.querySelector(".formact")?.before(box);
    box.scrollIntoView({ block: "nearest" });
    const buttons = form.querySelectorAll<HTMLButtonElement>(".formact button");
    const able = (yes: boolean): void => buttons.forEach((button) => (yes ? button.removeAttribute("aria-disabled") : button.setAttribute("aria-disabled", "true")));
    able(false);

    let told = -1;
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.addEventListener("progress", (sent) => {
      if (!sent.lengthComputable) return;
      const part = Math.floor(sent.loaded / sent.total * 100);
      bar.value = part;
      // A screen reader is not told of each hundredth.
      if (part < 100 && part >= told + 10) {
        told = part - part % 10;
        status.textContent = word("sending").replace("#", String(told));
      }
    });
    request.upload.addEventListener("load", () => {
      bar.removeAttribute("value");
      status.textContent = word("making");
    });
    const stop = (message: string): void => {
      running = false;
      able(true);
      bar.remove();
      status.textContent = message;
    };
    request.addEventListener("error", () => stop(word("failed")));
    request.addEventListener("abort", () => stop(""));
    request.addEventListener("load", () => {
      if (request.responseURL && new URL(request.responseURL).pathname !== new URL(form.action).pathname) {
        location.assign(request.responseURL);
        return;
      }
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const main = page.querySelector("main");
      if (!main) {
        stop(word("failed"));
        return;
      }
      document.title = page.title;
      document.querySelector("main")?.replaceWith(main);
      const first = main.querySelector<HTMLElement>(".errsum") ?? main.querySelector<HTMLElement>("h1");
      if (first) {
        first.tabIndex = -1;
        first.focus();
      }
      document.querySelectorAll<HTMLFormElement>("form[data-upload]").forEach(upload);
    });
    request.send(new FormData(form));
  });
}

document.querySelectorAll<HTMLFormElement>("form[data-upload]").forEach(upload);
