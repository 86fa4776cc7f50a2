// One line that says where what one has written is, and who else is here.
import savedIcon from "icon:cloud-check";
import writingIcon from "icon:pencil";
import offlineIcon from "icon:cloud-off";
import warningIcon from "icon:circle-alert";
import { el, icon } from "./dom";
import type { Island } from "./island";
import { initials, type Person } from "./marks";
import type { Condition } from "./sync";

export class Status {
  private readonly line = el("p", { class: "ed-status" });
  private readonly faces = el("ul", { class: "ed-faces" });
  private readonly alert = el("div", { class: "ed-alert", role: "alert", hidden: true });
  private condition: Condition | "" = "";
  private isKept = true;
  private here = "";

  constructor(private readonly island: Island, form: HTMLFormElement) {
    const place = document.querySelector("[data-editor-status]");
    const own = el("div", { class: "ed-where" }, this.line, this.faces);
    if (place) place.append(own);
    else island.root.prepend(own);
    this.faces.setAttribute("aria-label", island.t("here-now"));
    this.faces.hidden = true;
    form.prepend(this.alert);
  }

  /** Whether the browser keeps what is not saved. */
  kept(kept: boolean): void {
    if (kept === this.isKept) return;
    this.isKept = kept;
    if (this.condition && this.condition !== "saved") this.draw(this.condition, "");
  }

  show(condition: Condition, message: string): void {
    const before = this.condition;
    this.condition = condition;
    this.draw(condition, message);
    // Saved every few seconds is no news; that it is not saved is.
    const { t } = this.island;
    if (["offline", "logged-out", "forbidden", "refused"].includes(before) && condition === "saved") this.island.say(t("saved-again"));
  }

  private draw(condition: Condition, message: string): void {
    const { t } = this.island;
    const time = new Date().toLocaleTimeString(document.documentElement.lang || "sv", { hour: "2-digit", minute: "2-digit" }).replace(":", document.documentElement.lang.startsWith("en") ? ":" : ".");
    const put = (drawing: string, sentence: string, bad = false): void => {
      this.line.replaceChildren(icon(drawing), el("span", {}, sentence));
      this.line.classList.toggle("bad", bad);
    };
    const trouble = (...children: (globalThis.Node | string)[]): void => {
      if (this.alert.hidden || this.alert.dataset.for !== condition) this.alert.replaceChildren(icon(warningIcon), el("div", {}, ...children));
      this.alert.dataset.for = condition;
      this.alert.hidden = false;
    };
    const stays = t(this.isKept ? "stays-here" : "stays-open");
    if (condition === "saved") put(savedIcon, t("saved", { time }));
    else if (condition === "writing" || condition === "saving") put(writingIcon, t("saving"));
    else if (condition === "offline") put(offlineIcon, t(this.isKept ? "offline" : "offline-not-kept"), !this.isKept);
    else put(warningIcon, t("not-saved"), true);
    if (condition === "logged-out") trouble(el("p", {}, el("b", {}, t("logged-out")), " ", stays), el("p", {}, el("a", { href: "/admin/log-in", target: "_blank", class: "ds-button" }, t("log-in"))));
    else if (condition === "forbidden") trouble(el("p", {}, el("b", {}, t("forbidden")), " ", message || "", " ", stays));
    else if (condition === "refused") trouble(el("p", {}, el("b", {}, t("refused")), " ", message || "", " ", stays));
    else if (condition !== "saving" && condition !== "writing") this.alert.hidden = true;
  }

  /** Somebody pressed a button that needs everything saved. */
  insist(): void {
    this.line.scrollIntoView({ block: "nearest" });
    if (this.alert.hidden) {
      this.alert.replaceChildren(icon(warningIcon), el("div", {}, el("p", {}, this.island.t("not-sent"))));
      this.alert.hidden = false;
    }
  }

  people(people: Person[]): void {
    // Somebody with two windows is one person.
    const names = [...new Set(people.map((person) => person.name))];
    const drawn = JSON.stringify(names);
    if (drawn === this.here) return;
    const before = this.here;
    this.here = drawn;
    this.faces.hidden = !names.length;
    this.faces.replaceChildren(...names.map((name) => el("li", {}, el("span", { class: "ed-face", "aria-hidden": "true", title: name }, initials(name)), el("span", { class: "sr" }, this.island.t("is-here", { name })))));
    if (before && names.length) this.island.say(this.island.t("are-here", { names: names.join(", ") }));
  }
}
