/** What the plane's own fields say at a place, in words. */

import { CONTRACT } from "../contract.js";
import { channels } from "./field.js";
import { numbersAt } from "./ticks.js";
import { format, HALF } from "./view.js";

/**
 * @param {object} picture
 * @param {{x: number, y: number}} at
 * @returns {string[]} lines such as "p(A|x) 0.93" and "ln p(x) −3.2"; invisible fields speak too
 */
export function read({ layers, class_names: names }, { x, y }) {
  return layers.filter(({ values, label }) => values && label !== "").flatMap((layer) => {
    layer.channels ??= channels(layer);
    if (layer.kind === "density") {
      // The picture's logarithm has a floor; what lies on it is only known to be no more than that.
      const value = layer.channels[0].at(x, y), floored = value <= layer.values.shift + layer.values.scale;
      return [`${own(layer)}${layer.label} ${floored ? "< " : ""}${format(value, 1)}`];
    }
    return layer.channels.map((field, k) => `${own(layer)}p(${nameOf(names, layer.slots[k])}|x) ${format(field.at(x, y))}`);
  });
}

const own = ({ id }) => (id?.startsWith("true_") ? "true " : "");

/**
 * "0.40, −1.20"; with names where the axes have any: "length 5.1, width 3.5".
 * @param {number} by how far apart places are that are told apart, in plane units
 */
export function place({ x, y }, axes, by) {
  const named = areNamed(axes);
  const numbers = [x, y].flatMap((v, i) => numbersAt(axes[i], [v], by));
  return numbers.map((number, i) => (named ? `${axes[i].name} ${number}` : number)).join(", ");
}

const areNamed = (axes) => axes.some(({ name }, i) => name !== CONTRACT.header.picture.axes[i].name);

/** How far the axes reach, in words; nothing of those without names. */
export function extent(axes) {
  if (!areNamed(axes)) return "";
  const ends = axes.map((axis) => `${axis.name} from ${numbersAt(axis, [-HALF, HALF], 0.1).join(" to ")}`);
  return `To the right lies ${ends[0]}, upwards ${ends[1]}.`;
}

export const nameOf = (names, slot) => names[slot] ?? CONTRACT.class_letters[slot];
