/** The plane: the square [-4, 4]² with its layers, and what can be done to it. It joins the other modules together. */

import { Easel } from "./easel.js";
import { element } from "./element.js";
import { keyHelp, listenToKeyboard } from "./keyboard.js";
import { paintPicture } from "./layers.js";
import { join, pointAt, probeAt } from "./linked.js";
import { sameBytes, unpack } from "./message.js";
import { paintOverlay } from "./overlay.js";
import { Particles } from "./particles.js";
import { Player } from "./player.js";
import { listenToPointer } from "./pointer.js";
import { place, read } from "./readout.js";
import { dress, themeOf, watchTheme } from "./theme.js";
import { Transport } from "./transport.js";
import { clamp, sharpen } from "./view.js";

const CANVASES = ["field", "picture", "drawing", "particles", "overlay"]; // from the bottom up
const ALL = ["picture", "drawing", "particles", "overlay"];
let planes = 0;

export class Plane {
  scene = unpack(null);
  size = 0;
  pointer = null; // where any plane of the page is pointed at
  here = null; // where this one is, by mouse, finger or pen
  cursor = null; // where the keyboard is
  marked = null; // the place that was asked about
  easel = null;
  player = null;
  transport = null;
  #painted = 0;
  #stale = new Set();
  #request = 0;
  #asked = [];
  #reported = 0;
  #message = null;

  constructor(parent) {
    const id = `plane-${++planes}`;
    for (const name of CANVASES) this[`${name}Canvas`] = element("canvas", { class: `plane-${name}`, "aria-hidden": "true" });
    this.readout = element("div", { class: "plane-readout", "aria-hidden": "true" });
    this.veil = element("p", { class: "plane-veil", hidden: true });
    this.notice = element("p", { class: "plane-notice", "aria-hidden": "true", hidden: true });
    this.help = element("p", { class: "plane-unseen", id: `${id}-help` });
    this.announcer = element("p", { class: "plane-unseen", "aria-live": "polite" });
    this.stage = element("div", {
      class: "plane-stage", tabindex: 0, role: "application", "aria-roledescription": "plane", "aria-describedby": `${id}-help`,
    }, ...CANVASES.map((name) => this[`${name}Canvas`]), this.readout, this.veil, this.notice);
    this.root = element("div", { class: "plane", "data-testid": "plane" }, this.stage, this.help, this.announcer);
    this.root.toggleAttribute("data-touch", navigator.maxTouchPoints > 0 || matchMedia("(any-pointer: coarse)").matches);
    parent.append(this.root);

    this.theme = themeOf(this.root);
    dress(this.root, this.theme);
    const resized = new ResizeObserver(() => this.#resize());
    const seen = new IntersectionObserver(([entry]) => this.#hold((this.offScreen = !entry.isIntersecting)));
    const hidden = () => this.#hold(this.offScreen);
    resized.observe(this.stage);
    seen.observe(this.stage);
    document.addEventListener("visibilitychange", hidden);
    this.stage.addEventListener("blur", () => this.hideCursor());
    const ends = [listenToPointer(this), listenToKeyboard(this), join(this),
      watchTheme(this.root, (theme) => this.#dress(theme)), () => resized.disconnect(), () => seen.disconnect(),
      () => document.removeEventListener("visibilitychange", hidden)];
    this.remove = () => {
      this.easel?.end();
      this.player?.stop();
      cancelAnimationFrame(this.#request);
      clearTimeout(this.noticeTimer);
      ends.forEach((end) => end());
      this.root.remove();
    };
    this.#resize();
  }

  get probes() { return this.scene.probe; }

  /** Show another message. The same one again changes nothing. */
  update({ data, setStateValue }) {
    this.send = setStateValue;
    if (this.#message && sameBytes(data, this.#message)) return;
    this.#message = data?.slice?.() ?? null;
    const scene = unpack(data), before = this.scene;
    this.scene = scene;
    this.root.dataset.name = scene.name;
    this.veil.textContent = scene.dimmed ?? "";
    this.veil.hidden = !scene.dimmed;
    this.#setEasel();
    this.#setPlayer(before.timeline, scene.timeline);
    this.#setProbe(scene.layers.find(({ kind }) => kind === "probe")?.at);
    this.stage.setAttribute("aria-label", [scene.alt || scene.name || "Empty plane", scene.dimmed].filter(Boolean).join(" "));
    this.help.textContent = keyHelp(this);
    this.invalidate(...ALL);
    this.#report();
  }

  /** Paint these again with the next frame: any of ALL, or "strokes", what a stroke has just changed in the drawing. */
  invalidate(...stale) {
    stale.forEach((name) => this.#stale.add(name));
    this.#request ||= requestAnimationFrame(() => this.#paint());
  }

  announce(text) {
    // The same words twice in a row are spoken twice only if they differ.
    this.announcer.textContent = this.announcer.textContent === text ? `${text}\u00a0` : text;
  }

  /** Say it in sight as well. */
  notify(text) {
    this.announce(text);
    this.notice.textContent = text;
    this.notice.hidden = false;
    clearTimeout(this.noticeTimer);
    this.noticeTimer = setTimeout(() => { this.notice.hidden = true; }, 3500);
  }

  /** The pointer is over this plane, at a place or (null) gone. */
  point(at) {
    this.here = at;
    this.cursor = null;
    pointAt(at);
  }

  showPointer(at) {
    this.pointer = at;
    this.invalidate("overlay");
  }

  moveCursor(at) {
    this.here = null;
    this.cursor = at;
    this.easel?.extend([at]);
    pointAt(at);
    this.announce([place(at, 1), ...read(this.scene, at)].join("; "));
  }

  hideCursor() {
    this.easel?.end();
    if (!this.cursor) return;
    this.cursor = null;
    pointAt(null);
  }

  /** Space or Enter: draw or ask at the cursor. */
  act(tool) {
    this.cursor ??= { x: 0, y: 0 };
    pointAt(this.cursor);
    if (this.easel) this.easel.act(this.cursor, tool);
    else this.ask(this.cursor);
  }

  /** Ask Python about a place, and mark it at once. */
  ask({ x, y }) {
    const at = { x: Number(clamp(x).toFixed(4)), y: Number(clamp(y).toFixed(4)) };
    this.#asked.push(at);
    probeAt(at);
    this.send("probe", { ...at, id: Math.random().toString(36).slice(2) });
    this.announce(`Asked about ${place(at)}`);
  }

  showProbe(at) {
    this.marked = at;
    this.invalidate("overlay");
  }

  /** The answer to an earlier question must not move the mark back from a later one. */
  #setProbe(at) {
    const answered = at ? this.#asked.findIndex(({ x, y }) => Math.hypot(x - at[0], y - at[1]) < 0.01) : -1;
    this.#asked.splice(0, answered + 1);
    if (this.#asked.length === 0 || (at && answered < 0)) this.marked = at ? { x: at[0], y: at[1] } : null;
  }

  #setEasel() {
    if (!this.scene.draw || this.easel?.drawing.name !== this.scene.name) {
      this.easel?.toolbar.root.remove();
      this.easel = this.scene.draw ? new Easel(this, this.scene, this.theme) : null;
      if (this.easel) this.stage.after(this.easel.toolbar.root);
    }
    this.root.toggleAttribute("data-draw", Boolean(this.easel));
    this.root.toggleAttribute("data-probe", !this.easel && this.scene.probe);
    this.easel?.receive(this.scene);
  }

  #setPlayer(before, timeline) {
    const layer = this.scene.layers.find(({ kind, positions }) => kind === "particles" && positions);
    this.particles = layer ? new Particles(layer, this.theme) : null;
    if (JSON.stringify(before) === JSON.stringify(timeline)) return;
    const old = this.player, same = old && timeline && before.id === timeline.id;
    old?.stop();
    this.transport?.root.remove();
    this.player = this.transport = null;
    if (!(timeline?.frames > 0)) return;
    this.player = new Player(timeline, (exact) => this.#moved(exact));
    this.transport = new Transport(this.player, timeline, (text) => this.announce(text));
    this.root.append(this.transport.root);
    this.#hold(this.offScreen);
    if (same) this.player.position = Math.min(old.position, this.player.last);
    if (same ? old.playing : timeline.autoplay && !matchMedia("(prefers-reduced-motion: reduce)").matches) this.player.play();
    this.transport.show();
  }

  #hold(offScreen) { this.player?.hold(Boolean(offScreen) || document.hidden); }

  /** The player has moved. While it plays, words and state follow ten times a second. */
  #moved(exact) {
    if (exact) this.invalidate("particles");
    else this.#paintParticles();
    const telling = exact || performance.now() - this.#reported > 100;
    this.transport?.show(telling);
    if (telling) this.#report();
  }

  #dress(theme) {
    this.theme = theme;
    dress(this.root, theme);
    if (this.particles) this.particles = new Particles(this.particles.layer, theme);
    this.invalidate(...ALL);
  }

  #resize() {
    this.size = this.stage.clientWidth;
    this.invalidate(...ALL);
  }

  #paint() {
    this.#request = 0;
    if (this.size < 1) return;
    const stale = new Set(this.#stale);
    this.#stale.clear();
    if (stale.has("picture")) {
      const without = this.easel && Easel.layerOf(this.scene);
      paintPicture(sharpen(this.pictureCanvas, this.size), { size: this.size, theme: this.theme, scene: this.scene, without });
      this.#painted++;
    }
    if (stale.has("drawing") || stale.has("strokes")) this.easel?.paint(this.drawingCanvas, this.size, this.theme, stale.has("drawing"));
    if (stale.has("particles")) this.#paintParticles();
    if (stale.has("overlay")) this.#paintOverlay();
    this.#report();
  }

  #paintParticles() {
    const { particles, player, size } = this;
    if (!particles?.layer.fields) this.fieldCanvas.hidden = true;
    this.particlesCanvas.hidden = !particles;
    if (!particles || size < 1) return;
    particles.paintField(this.fieldCanvas, player?.frame ?? 0);
    particles.paint(this.particlesCanvas, player?.shown ?? 0, size);
  }

  #paintOverlay() {
    const { size, theme, pointer, cursor, easel, marked, here } = this;
    paintOverlay(sharpen(this.overlayCanvas, size), {
      size, theme, pointer, cursor, probe: marked, at: cursor ?? here, reach: easel?.reach });
    this.readout.hidden = !pointer;
    if (!pointer) return;
    const lines = [place(pointer), ...read(this.scene, pointer)];
    this.readout.replaceChildren(...lines.map((line) => element("span", {}, line)));
    // Out of the pointer's way.
    this.readout.classList.toggle("plane-readout-low", pointer.y > 1 && pointer.x > 0);
  }

  /** Tell tests, and pages that embed this one, how things stand. */
  #report() {
    this.#reported = performance.now();
    const layer = Easel.layerOf(this.scene);
    this.root.dataset.state = JSON.stringify({
      points: this.easel ? this.easel.points.length : layer?.xy?.shape[0] ?? 0,
      revision: this.scene.revision,
      frame: this.player?.frame ?? 0,
      frames: this.player?.frames ?? 0,
      playing: this.player?.moving ?? false,
      painted: this.#painted,
    });
  }
}
