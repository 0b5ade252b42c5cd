/** What moves on a plane: its particles, the player that moves them, and the controls. */

import { Particles } from "./particles.js";
import { Player } from "./player.js";
import { Transport } from "./transport.js";

export class Animation {
  player = null;
  transport = null;
  trails = false;
  #timeline = null;
  #particles = null;
  #unseen = false;
  #reported = 0;

  /** @param {object} plane answers to stage, size, theme, invalidate() and report() */
  constructor(plane) {
    this.plane = plane;
    const { picture } = plane.stage;
    const onScreen = new IntersectionObserver(([entry]) => { this.#unseen = !entry.isIntersecting; this.#hold(); });
    onScreen.observe(picture);
    document.addEventListener("visibilitychange", this.#hold);
    this.stop = () => {
      this.player?.stop();
      onScreen.disconnect();
      document.removeEventListener("visibilitychange", this.#hold);
    };
  }

  /** The same timeline again (by its id) goes on where it was; another starts afresh. */
  receive({ layers, timeline }) {
    const layer = layers.find(({ kind }) => kind === "particles");
    this.#particles = layer ? new Particles(layer, this.plane.theme) : null;
    const before = this.#timeline, old = this.player;
    if (JSON.stringify(before) === JSON.stringify(timeline)) return;
    old?.stop();
    this.transport?.root.remove();
    this.player = this.transport = null;
    this.#timeline = timeline;
    if (!(timeline?.frames > 0)) return;

    this.player = new Player(timeline, (exact) => this.#moved(exact));
    const goesOn = old && before.id === timeline.id;
    if (goesOn) this.player.position = Math.min(old.position, this.player.last);
    if (old) Object.assign(this.player, { speed: old.speed, loop: old.loop }); // what the visitor chose holds for the next
    else this.trails = Boolean(timeline.trails);
    this.transport = new Transport(this, timeline, (text) => this.plane.stage.announce(text));
    this.plane.stage.root.append(this.transport.root);
    this.#hold();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (goesOn ? old.playing : timeline.autoplay && !still) this.player.play();
    else if (!goesOn && still) this.player.seek(this.player.last); // a finished picture, and nothing moves
  }

  /** Show where particles were a moment ago, or not. */
  setTrails(on) {
    this.trails = on;
    this.plane.invalidate("particles");
  }

  setTheme(theme) {
    if (this.#particles) this.#particles = new Particles(this.#particles.layer, theme);
  }

  paint() {
    const { stage: { canvases }, size } = this.plane;
    canvases.particles.hidden = !this.#particles;
    // In the page only while it shows something: the lowest canvas of a plane is one that can be seen.
    if (this.#particles?.layer.fields) canvases.picture.before(canvases.field);
    else canvases.field.remove();
    if (!this.#particles || size < 1) return;
    this.#particles.paintField(canvases.field, this.player?.frame ?? 0);
    const trail = this.trails ? this.#timeline?.trail ?? 0 : 0;
    this.#particles.paint(canvases.particles, this.player?.shown ?? 0, size, trail);
  }

  #hold = () => this.player?.hold(this.#unseen || document.hidden);

  /** While it plays, words and state follow ten times a second; all else is exact at once. */
  #moved(exact) {
    if (exact) this.plane.invalidate("particles");
    else this.paint();
    const reporting = exact || performance.now() - this.#reported > 100;
    this.transport?.show(reporting);
    if (!reporting) return;
    this.#reported = performance.now();
    this.plane.report();
  }
}
