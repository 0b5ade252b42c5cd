/** The grid and the axes of a picture: ticks at nice numbers of the table, the names of its columns at the ends. */

import { ticks } from "./ticks.js";
import { translucent } from "./theme.js";
import { HALF, toLength, toX, toY } from "./view.js";

const NUMBERS = 11, NAMES = 13; // font sizes
const EDGE = 7, APART = 8;
const LONGEST_NAME = 0.6; // of the plane

/** Lines at the ticks, and half-way between those of an even axis. */
export function paintGrid(context, [x, y], size, theme) {
  const line = (strong, ...rectangle) => {
    context.fillStyle = translucent(theme.ink, strong ? 0.16 : 0.06);
    context.fillRect(...rectangle);
  };
  for (const { at, value } of lines(x)) line(value === 0, Math.round(toX(at, size)), 0, 1, size);
  for (const { at, value } of lines(y)) line(value === 0, 0, Math.round(toY(at, size)), size, 1);
}

function lines(axis) {
  const found = ticks(axis), gap = found.length > 1 ? found[1].at - found[0].at : 0;
  if (axis.logarithmic || !gap) return found;
  const between = [{ at: found[0].at - gap / 2 }, ...found.map(({ at }) => ({ at: at + gap / 2 }))];
  return [...found, ...between.filter(({ at }) => Math.abs(at) < HALF)];
}

/** Numbers and names, none over another. */
export function paintAxes(context, [x, y], size, theme) {
  const font = getComputedStyle(context.canvas).fontFamily;
  const write = (text, left, baseline) => {
    context.strokeText(text, left, baseline);
    context.fillText(text, left, baseline);
  };
  context.save();
  context.fillStyle = theme.muted;
  context.strokeStyle = translucent(theme.paper, 0.75);
  context.lineWidth = 3;
  context.lineJoin = "round";
  context.textAlign = "left";

  context.font = `${NUMBERS}px ${font}`;
  let end = EDGE; // of what stands on the lowest line so far
  for (const { at, text } of fitting(ticks(x), context, size)) {
    const width = context.measureText(text).width, left = toX(at, size) - width / 2;
    write(text, left, size - EDGE);
    end = left + width;
  }
  const highest = NAMES + NUMBERS + APART, lowest = size - EDGE - NUMBERS - 4;
  for (const { at, text } of ticks(y)) {
    const baseline = toY(at, size) + 4;
    if (baseline >= highest && baseline <= lowest) write(text, EDGE, baseline);
  }

  context.font = `italic ${NAMES}px ${font}`;
  write(elided(y.name, context, LONGEST_NAME * size), EDGE + 1, NAMES + 5);
  const name = elided(x.name, context, LONGEST_NAME * size), left = size - EDGE - 2 - context.measureText(name).width;
  const above = left < end + APART ? NUMBERS + 6 : 0;
  write(name, left, size - EDGE - 1 - above);
  context.restore();
}

/** The ticks whose numbers lie inside the plane; every second one, every third, … where they would touch. */
function fitting(found, context, size) {
  const half = Math.max(0, ...found.map(({ text }) => context.measureText(text).width)) / 2;
  const inside = found.filter(({ at }) => toX(at, size) - half > 2 && toX(at, size) + half < size - 2);
  const near = (every) => inside.some(({ at }, i) => i >= every && toLength(at - inside[i - every].at, size) < 2 * half + APART);
  let every = 1;
  while (near(every)) every++;
  return inside.filter((_, i) => i % every === 0);
}

/** As much of a text as `room` pixels hold. */
function elided(text, context, room) {
  const letters = [...text];
  if (context.measureText(text).width <= room) return text;
  while (letters.length && context.measureText(`${letters.join("")}…`).width > room) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}
