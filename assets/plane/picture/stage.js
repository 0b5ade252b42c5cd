/** The plane's DOM: canvases one over another, and the words round them. */

import { element } from "./element.js";

const CANVASES = ["field", "picture", "drawing", "particles", "overlay"]; // from the bottom up
let stages = 0;

export class Stage {
  #noticeTimer = 0;

  constructor(parent) {
    const help = `plane-${++stages}-help`;
    this.canvases = Object.fromEntries(CANVASES.map((name) =>
      [name, element("canvas", { class: `plane-${name}`, "aria-hidden": "true" })]));
    this.readout = element("div", { class: "plane-readout", "aria-hidden": "true", hidden: true });
    this.dimming = element("p", { class: "plane-dimming", hidden: true });
    this.notice = element("p", { class: "plane-notice", "aria-hidden": "true", hidden: true });
    this.help = element("p", { class: "plane-unseen", id: help });
    this.announcer = element("p", { class: "plane-unseen", "aria-live": "polite" });
    this.picture = element("div", {
      class: "plane-stage", tabindex: 0, role: "application", "aria-roledescription": "plane", "aria-describedby": help,
    }, ...Object.values(this.canvases), this.readout, this.dimming, this.notice);
    this.root = element("div", { class: "plane", "data-testid": "plane" }, this.picture, this.help, this.announcer);
    this.root.toggleAttribute("data-touch", navigator.maxTouchPoints > 0 || matchMedia("(any-pointer: coarse)").matches);
    parent.append(this.root);
  }

  /** What the picture shows, in words; what dims it also lies over it. */
  describe({ name, picture: { alt }, drawing: { drawn }, status: { dimmed, busy } }, help) {
    this.root.dataset.name = name;
    this.root.toggleAttribute("data-drawn", drawn);
    this.picture.setAttribute("aria-busy", busy);
    this.dimming.textContent = dimmed ?? "";
    this.dimming.hidden = !dimmed;
    this.picture.setAttribute("aria-label", [alt || name || "Empty plane", dimmed].filter(Boolean).join(" "));
    this.help.textContent = help;
  }

  announce(text) {
    // The same words twice in a row are spoken twice only if they differ.
    this.announcer.textContent = this.announcer.textContent === text ? `${text}\u00a0` : text;
  }

  /** Announce, and for a moment show. */
  notify(text) {
    this.announce(text);
    this.notice.textContent = text;
    this.notice.hidden = false;
    clearTimeout(this.#noticeTimer);
    this.#noticeTimer = setTimeout(() => { this.notice.hidden = true; }, 3500);
  }

  /** Lines in the corner, the lower one while the pointer is near the upper. */
  read(lines, low) {
    this.readout.hidden = lines.length === 0;
    this.readout.replaceChildren(...lines.map((line) => element("span", {}, line)));
    this.readout.classList.toggle("plane-readout-low", low);
  }
}
