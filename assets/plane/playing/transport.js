/** The controls of an animation: buttons, timeline, speed, loop, curve and captions round one player. */

import { allow, element } from "../picture/element.js";
import { icon } from "../picture/icons.js";
import { Curve, significant } from "./curve.js";

const SPEEDS = [0.25, 0.5, 1, 2, 4];

export class Transport {
  /** @param {object} animation answers to player, trails and setTrails() */
  constructor(animation, timeline, announce) {
    const { player } = animation;
    Object.assign(this, { player, timeline, announce, curve: new Curve(timeline) });
    this.back = this.#button("step-back", "Step back (,)", () => this.step(-1));
    this.play = this.#button("play", "Play", () => this.toggle());
    this.play.classList.add("plane-play");
    this.forward = this.#button("step", "Step (.)", () => this.step(1));
    this.range = element("input", {
      type: "range", class: "plane-timeline", "data-testid": "timeline", min: 0, max: player.last, step: 1, value: 0,
      "aria-label": "Timeline", input: () => player.seek(Number(this.range.value)),
    });
    this.speed = element("select", {
      class: "plane-speed", "data-testid": "speed", "aria-label": "Speed", title: "Speed",
      change: () => { player.speed = Number(this.speed.value); },
    }, ...SPEEDS.map((speed) => element("option", { value: speed, selected: speed === player.speed }, `${speed}x`)));
    this.loop = this.#button("loop", "Loop", () => {
      player.loop = !player.loop;
      this.loop.ariaPressed = String(player.loop);
    });
    this.loop.ariaPressed = String(Boolean(player.loop));
    this.trails = this.#button("trails", "Trails", () => {
      animation.setTrails(!animation.trails);
      this.trails.ariaPressed = String(animation.trails);
    });
    this.trails.ariaPressed = String(animation.trails);
    this.captions = timeline.captions.map(([, text]) => element("p", {}, text));
    this.terms = timeline.terms.map(([text, part]) => element("span", { "data-part": part }, text));
    this.time = element("output", { class: "plane-time", "aria-hidden": "true" });
    this.root = element("div", { class: "plane-transport", role: "group", "aria-label": "Animation" },
      ...(this.terms.length ? [element("p", { class: "plane-formula" }, ...this.terms)] : []),
      element("div", { class: "plane-captions" }, ...this.captions),
      element("div", { class: "plane-legend", "aria-hidden": "true" }, this.curve.number, this.time),
      element("div", { class: "plane-track" }, this.curve.root, this.range),
      element("div", { class: "plane-controls" }, this.back, this.play, this.forward, this.speed, this.trails, this.loop));
    this.show();
  }

  toggle() {
    this.player.toggle();
    this.announce(this.player.playing ? "Playing" : `Paused at ${this.spoken()}`);
  }

  step(by) { this.go(this.player.frame + by); }

  go(frame) {
    this.player.seek(frame);
    this.announce(this.spoken());
  }

  /** "frame 12 of 120, σ = 2.31" */
  words() {
    const { times, time_label: label } = this.timeline, { frame, frames } = this.player;
    const time = Number.isInteger(times[frame]) ? `${times[frame]}` : significant(times[frame]);
    return `frame ${frame + 1} of ${frames}${label ? `, ${label} = ${time}` : ""}`;
  }

  /** Where the captions stand: the number of the one for this frame, or −1. */
  get chapter() { return this.timeline.captions.findLastIndex(([from]) => from <= this.player.frame); }

  /** The same with what the caption says, for those who only hear it. */
  spoken() { return [this.words(), this.timeline.captions[this.chapter]?.[1]].filter(Boolean).join(". "); }

  /** Follow the player; `exact` also says so in words. */
  show(exact = true) {
    const { player } = this;
    if (this.range.valueAsNumber !== player.frame) this.range.value = player.frame;
    this.curve.show(player.shown, exact);
    if (!exact) return;
    this.range.ariaValueText = this.spoken();
    this.time.textContent = this.timeline.curve ? `${player.frame + 1} / ${player.frames}` : this.words();
    const now = this.chapter, part = this.timeline.captions[now]?.[2];
    this.captions.forEach((caption, i) => caption.classList.toggle("plane-caption-now", i === now));
    for (const term of this.terms) term.ariaCurrent = part && term.dataset.part === part ? "step" : null;
    const label = player.playing ? "Pause" : "Play";
    if (this.play.ariaLabel !== label) {
      this.play.replaceChildren(icon(label.toLowerCase()));
      this.play.ariaLabel = label;
    }
    this.play.title = `${label} (Space)`;
    allow(this.back, player.playing || player.frame > 0);
    allow(this.forward, player.playing || player.frame < player.last);
  }

  #button(name, tip, act) {
    return element("button", {
      type: "button", class: "plane-button", "data-testid": name, title: tip, "aria-label": tip, click: act,
    }, icon(name));
  }
}
