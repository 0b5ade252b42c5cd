/** The clock of an animation: a position between the first and the last frame, and how it moves. It knows no DOM. */

const REST = 0.8; // seconds on the last frame before a loop starts again

export class Player {
  position = 0;
  playing = false;
  speed = 1;
  #held = false;
  #request = 0;
  #then = 0;

  /** @param {{frames: number, seconds: number, loop: boolean}} timeline
   *  @param {(exact: boolean) => void} onMove called with false for a move while playing, with true for all else */
  constructor(timeline, onMove) {
    Object.assign(this, { frames: timeline.frames, seconds: timeline.seconds, loop: timeline.loop, onMove });
  }

  get last() { return this.frames - 1; }

  /** The frame nearest to now. */
  get frame() { return Math.round(this.shown); }

  /** The position as it is to be shown; a loop rests on its last frame. */
  get shown() { return Math.min(this.position, this.last); }

  play() {
    if (this.position >= this.last) this.position = 0;
    this.playing = true;
    this.#run();
    this.onMove(true);
  }

  pause() {
    this.playing = false;
    cancelAnimationFrame(this.#request);
    this.position = this.frame;
    this.onMove(true);
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  /** Pause and go to a frame. */
  seek(frame) {
    this.position = Math.min(this.last, Math.max(0, frame));
    this.pause();
  }

  /** Stand still while nobody can see it, and go on afterwards. */
  hold(held) {
    if (held === this.#held) return;
    this.#held = held;
    this.#run();
    this.onMove(true);
  }

  get moving() { return this.playing && !this.#held; }

  stop() { cancelAnimationFrame(this.#request); }

  #run() {
    cancelAnimationFrame(this.#request);
    if (!this.moving) return;
    this.#then = performance.now();
    this.#request = requestAnimationFrame(this.#tick);
  }

  #tick = (now) => {
    const rate = (this.speed * this.last) / this.seconds;
    this.position += rate * Math.min(0.1, Math.max(0, (now - this.#then) / 1000));
    this.#then = now;
    if (this.position >= this.last) {
      if (!this.loop) return this.seek(this.last);
      if (this.position > this.last + rate * REST) this.position = 0;
    }
    this.#request = requestAnimationFrame(this.#tick);
    this.onMove(false);
  };
}
