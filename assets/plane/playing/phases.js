/** The phases of a step: where its score, its noise or its path has led each particle so far. */

import { toX, toY } from "../picture/view.js";

/** How each is drawn, in CSS pixels; told apart by line and head, not by colour alone. */
const STYLES = {
  score: { hue: "distribution", width: 2.6, dash: [], head: 7 },
  noise: { hue: "ink", width: 1.6, dash: [4, 4], head: 7 },
  slice: { hue: "ink", width: 1.6, dash: [4, 4], head: 7 },
  path: { hue: "function", width: 2, dash: [], head: 0 },
};
/** One that a sampler has made up. */
const OTHER = { hue: "ink", width: 2.2, dash: [], head: 7 };
/** These lead nowhere new: back to where the step began, or to the place of another chain. */
const WITHOUT_A_LINE = ["choice", "swap"];

/**
 * @param {CanvasRenderingContext2D} context
 * @param {object} particles answers to count, frames, at(i, position), and layer.phases: [first frame, which phase, whether
 *   a step begins] in order
 */
export function paintPhases(context, particles, position, theme) {
  const { phases } = particles.layer, now = phases.findLastIndex(([first]) => first < position);
  const begin = phases.slice(0, now + 1).findLastIndex(([, , begins]) => begins);
  const ratio = window.devicePixelRatio || 1, side = context.canvas.width;
  context.save();
  context.lineCap = "round";
  for (let k = Math.max(0, begin); k <= now; k++) {
    const [first, name] = phases[k], style = STYLES[name] ?? OTHER;
    if (WITHOUT_A_LINE.includes(name)) continue;
    const last = Math.min(position, phases[k + 1]?.[0] ?? particles.frames - 1);
    const path = new Path2D(), heads = new Path2D();
    for (let i = 0; i < particles.count; i++) {
      const places = [...(name === "path" ? between(first, last) : [first]), last].map((frame) => particles.at(i, frame));
      trace(path, heads, places.map(([x, y]) => [toX(x, side), toY(y, side)]), style.head * ratio);
    }
    context.lineWidth = style.width * ratio;
    context.setLineDash(style.dash.map((length) => length * ratio));
    context.strokeStyle = theme[style.hue];
    context.stroke(path);
    context.setLineDash([]);
    context.stroke(heads);
  }
  context.restore();
}

const between = (first, last) => Array.from({ length: Math.max(1, Math.ceil(last - first)) }, (_, k) => first + k);

function trace(path, heads, places, head) {
  path.moveTo(...places[0]);
  for (const place of places.slice(1)) path.lineTo(...place);
  const [x, y] = places.at(-1), [u, v] = places.at(-2), length = Math.hypot(x - u, y - v);
  if (!head || length < head) return;
  const angle = Math.atan2(y - v, x - u);
  for (const turn of [2.6, -2.6]) {
    heads.moveTo(x, y);
    heads.lineTo(x + head * Math.cos(angle + turn), y + head * Math.sin(angle + turn));
  }
}
