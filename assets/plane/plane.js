/** The plane: the square [-4, 4]² with its layers, and what can be done to it. It joins the rooms together. */

import { Editor } from "./drawing/editor.js";
import { keyHelp, listenToKeyboard } from "./input/keyboard.js";
import { join } from "./input/linked.js";
import { listenToPointer } from "./input/pointer.js";
import { Pointing } from "./input/pointing.js";
import { Probe } from "./input/probe.js";
import { sameBytes, unpack } from "./message.js";
import { ALL, Painting } from "./painting.js";
import { pointsLayer } from "./picture/points.js";
import { extent } from "./picture/readout.js";
import { Stage } from "./picture/stage.js";
import { applyTheme, themeOf, watchTheme } from "./picture/theme.js";
import { Animation } from "./playing/animation.js";

export class Plane {
  scene = unpack(null);
  size = 0;
  editor = null;
  #message = null;

  constructor(parent) {
    this.stage = new Stage(parent);
    const { root, picture } = this.stage;
    this.theme = themeOf(root);
    applyTheme(root, this.theme);
    this.painting = new Painting(this);
    this.pointing = new Pointing(this);
    this.probe = new Probe(this);
    this.animation = new Animation(this);
    const resized = new ResizeObserver(() => this.#resize());
    resized.observe(picture);
    picture.addEventListener("blur", () => this.pointing.hideCursor());
    const ends = [
      listenToPointer(this), listenToKeyboard(this), join(this), watchTheme(root, (theme) => this.#setTheme(theme)),
      () => resized.disconnect(), () => this.animation.stop(),
    ];
    this.remove = () => {
      this.editor?.end();
      this.painting.stop();
      ends.forEach((end) => end());
      root.remove();
    };
    this.#resize();
  }

  get layers() { return this.scene.picture.layers; }
  /** Those of the points that it shows, which undo may have changed before Python has answered. */
  get axes() { return this.editor?.drawing.provenance.axes ?? this.scene.picture.axes; }
  get player() { return this.animation.player; }
  get transport() { return this.animation.transport; }

  /** Show another message. The same one again changes nothing. */
  update({ data, setStateValue }) {
    this.send = setStateValue;
    if (this.#message && sameBytes(data, this.#message)) return;
    this.#message = data?.slice?.() ?? null;
    const before = this.scene;
    this.scene = unpack(data);
    this.#setEditor();
    this.animation.receive(this.scene.picture);
    this.probe.receive(this.layers.find(({ kind }) => kind === "probe")?.at);
    this.stage.describe(this.scene, [extent(this.axes), keyHelp(this)].filter(Boolean).join(" "));
    this.invalidate(...ALL);
    this.report();
    this.#announceNews(before, this.scene);
    if (this.scene.status.reveal > before.status.reveal) this.stage.root.scrollIntoView({ block: "nearest" });
  }

  /** Paint these again with the next frame: see Painting. */
  invalidate(...stale) { this.painting.invalidate(...stale); }

  announce(text) { this.stage.announce(text); }
  notify(text) { this.stage.notify(text); }

  /** Tell tests, and pages that embed this one, how things stand. */
  report() {
    const { player, editor, scene } = this;
    this.stage.root.dataset.state = JSON.stringify({
      points: editor ? editor.points.length : pointsLayer(scene.picture)?.xy.shape[0] ?? 0,
      revision: scene.drawing.revision,
      frame: player?.frame ?? 0,
      frames: player?.frames ?? 0,
      playing: player?.moving ?? false,
      painted: this.painting.count,
    });
  }

  /**
   * What a refit or an answer changed is said once, and not while a training changes it all the time; a refusal is said,
   * too; a drawing speaks for itself at pen-up.
   */
  #announceNews(before, { picture, probing, status }) {
    const { alt } = before.picture, standing = ({ status, dimmed, busy }) => status || (busy ? "" : dimmed) || "";
    const [was, is] = [standing(before.status), standing(status)];
    const news = [
      (status.status || alt) && is !== was && is,
      alt && probing.probe && alt !== picture.alt && !status.busy && picture.alt,
    ].filter(Boolean);
    if (news.length || (was && !is)) this.announce(news.join(" ")); // what is no longer so is not left standing
  }

  #setEditor() {
    const { scene, stage: { picture } } = this, { draw } = scene.drawing;
    if (!draw || this.editor?.drawing.name !== scene.name) {
      this.editor?.end();
      this.editor?.toolbar.root.remove();
      this.editor = draw ? new Editor(this, scene, this.theme) : null;
      if (this.editor) picture.after(this.editor.toolbar.root);
    }
    this.editor?.receive(scene);
  }

  #setTheme(theme) {
    this.theme = theme;
    applyTheme(this.stage.root, theme);
    this.animation.setTheme(theme);
    this.invalidate(...ALL);
  }

  #resize() {
    this.size = this.stage.picture.clientWidth;
    this.invalidate(...ALL);
  }
}
