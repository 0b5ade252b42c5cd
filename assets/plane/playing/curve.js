/** The curve over the timeline, with a dot that moves along it, and the marks of the timeline. */

import { element, vector } from "../picture/element.js";

export class Curve {
  /** @param {{frames: number, curve: ?object, marks: Array}} timeline */
  constructor({ frames, curve, marks }) {
    const share = (frame) => (frames > 1 ? frame / (frames - 1) : 0);
    this.label = curve?.label ?? "";
    this.values = curve?.values ?? [];
    this.heights = heights(this.values, curve?.log);
    this.share = share;
    this.runner = element("div", { class: "plane-curve-runner" }, element("span", { class: "plane-curve-dot" }));
    this.number = element("output", { class: "plane-curve-number" });
    const line = this.heights.map((h, i) => (h === null ? "" : `${100 * share(i)},${100 - 100 * h}`)).join(" ");
    this.root = element("div", { class: curve ? "plane-curve" : "plane-curve plane-curve-bare", "aria-hidden": "true" },
      vector("svg", { viewBox: "0 0 100 100", preserveAspectRatio: "none" },
        vector("polyline", { points: line, "vector-effect": "non-scaling-stroke" })),
      ...marks.map(([frame, label]) => element("span", {
        class: `plane-mark${share(frame) > 0.7 ? " plane-mark-left" : ""}`, style: `left: ${100 * share(frame)}%`,
      }, element("span", {}, label))),
      ...(curve ? [this.runner] : []));
  }

  /** @param {number} position a frame, with a fraction
   *  @param {boolean} exact whether the number is to follow, too */
  show(position, exact) {
    if (!this.values.length) return;
    const i = Math.min(Math.floor(position), this.heights.length - 1), j = Math.min(i + 1, this.heights.length - 1);
    const height = (this.heights[i] ?? 0) + (position - i) * ((this.heights[j] ?? 0) - (this.heights[i] ?? 0));
    this.runner.style.transform = `translate(${100 * this.share(position)}%, ${100 - 100 * height}%)`;
    if (exact) this.number.textContent = `${this.label} ${significant(this.values[Math.round(position)])}`;
  }
}

/** Values to 0–1 of the curve's own range; null where there is none. */
function heights(values, log) {
  const scaled = values.map((v) => (Number.isFinite(v) ? (log ? Math.log(Math.max(v, 1e-12)) : v) : null));
  const there = scaled.filter((v) => v !== null);
  const low = Math.min(...there), range = Math.max(...there) - low || 1;
  return scaled.map((v) => (v === null ? null : (v - low) / range));
}

/** Three significant digits, as people write them. */
export function significant(v) {
  if (!Number.isFinite(v)) return "—";
  const size = Math.abs(v);
  const digits = size >= 100 || v === 0 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : size >= 0.001 ? 4 : -1;
  return (digits < 0 ? v.toExponential(1) : v.toFixed(digits)).replace("-", "−");
}
