/**
 * An axis {name, shift, scale, logarithmic}: the table's number at v on the plane is scale · v + shift, or ten to the
 * power of that; and where its ticks are.
 */

import { CONTRACT } from "../contract.js";
import { written } from "./numbers.js";
import { HALF } from "./view.js";

const FEWEST = 3, MOST = 5, TOO_MANY = 8;
const SHOWN = 0.89; // ticks further out have no room for their numbers
const TICK_ROOM = 6, PLACE_ROOM = CONTRACT.letters_of_a_place; // letters

const valueAt = ({ shift, scale, logarithmic }, v) => (logarithmic ? 10 ** (scale * v + shift) : scale * v + shift);
const placeOf = ({ shift, scale, logarithmic }, value) => ((logarithmic ? Math.log10(value) : value) - shift) / scale;

/** The table's numbers at places on the plane, where those that are `by` apart are told apart. */
export function numbersAt(axis, places, by) {
  const values = places.map((v) => valueAt(axis, v)), step = by * axis.scale;
  return written(values, values.map((value) => (axis.logarithmic ? step * Math.LN10 * value : step)), PLACE_ROOM);
}

/** @returns {{at: number, text: string, value: number}[]} from left to right, at nice numbers; `at` in plane units */
export function ticks(axis) {
  const found = chosen(axis.logarithmic ? logarithmicTicks(axis) : linearTicks(axis), axis);
  const texts = found.length ? written(found.map(({ value }) => value), found.map(({ step }) => step), TICK_ROOM) : [];
  return found.map(({ value }, i) => ({ at: placeOf(axis, value), text: texts[i], value }));
}

/** Of several sets of ticks, from the most to the fewest, the first that has three to five. */
function chosen(sets, axis) {
  const seen = sets.map((set) => set.filter(({ value }) => Math.abs(placeOf(axis, value)) <= SHOWN * HALF));
  const few = seen.findIndex(({ length }) => length <= MOST);
  if (few < 0) return [];
  const more = seen[few - 1] ?? [];
  return seen[few].length < FEWEST && more.length && more.length <= TOO_MANY ? more : seen[few];
}

/** Multiples of 1, 2 and 5 times a power of ten. */
function linearTicks(axis) {
  const low = valueAt(axis, -HALF), high = valueAt(axis, HALF);
  const power = Math.floor(Math.log10((high - low) / TOO_MANY));
  if (!Number.isFinite(power)) return [];
  return [power, power + 1].flatMap((k) => [1, 2, 5].map((leading) => multiples(leading, k, low, high)));
}

function multiples(leading, k, low, high) {
  // 10 ** −k is no inverse of 10 ** k: to divide keeps 3 · 0.1 from becoming 0.30000000000000004.
  const times = (i) => (k < 0 ? (i * leading) / 10 ** -k : i * leading * 10 ** k), step = times(1);
  const first = Math.ceil(low / step), count = Math.floor(high / step) - first + 1;
  if (!(Math.abs(first) < 2 ** 52 && count >= 0 && count < 100)) return []; // finer than the numbers themselves
  return Array.from({ length: count }, (_, i) => ({ value: times(first + i) + 0, step }));
}

/** Powers of ten with their 2- and 5-fold, powers alone, every second one …; nice numbers on less than a decade. */
function logarithmicTicks(axis) {
  const low = axis.shift - HALF * axis.scale, high = axis.shift + HALF * axis.scale;
  const powers = (by) => {
    const first = Math.ceil(low / by);
    return Array.from({ length: Math.max(0, Math.floor(high / by) - first + 1) }, (_, i) => (first + i) * by);
  };
  const at = (k, leading) => ({ value: leading * 10 ** k, step: 10 ** k });
  const folded = high - low > 20 ? [] : [[Math.floor(low), ...powers(1)].flatMap((k) => [1, 2, 5].map((m) => at(k, m)))];
  const sparse = [1, 2, 3, 5, 10, 20, 50, 100].map((by) => powers(by).map((k) => at(k, 1)));
  const count = folded[0]?.filter(({ value }) => Math.abs(placeOf(axis, value)) <= SHOWN * HALF).length;
  return count < FEWEST ? linearTicks(axis) : [...folded, ...sparse];
}
