/**
 * Contour lines by marching squares (Maple 2003, "Geometric design and space planning using the marching squares
 * and marching cube algorithms"). Crossings are joined into whole lines, so that dashes run evenly along them.
 */

import { Field } from "./field.js";

// For each pattern of corners above the level (1: lower left, 2: lower right, 4: upper right, 8: upper left), the
// pairs of cell sides to join; sides are 0: lower, 1: right, 2: upper, 3: left. The two saddles are decided apart.
const JOINS = [
  [], [[3, 0]], [[0, 1]], [[3, 1]], [[1, 2]], null, [[0, 2]], [[3, 2]],
  [[2, 3]], [[0, 2]], null, [[1, 2]], [[3, 1]], [[0, 1]], [[3, 0]], [],
];
const CUT_LOWER_LEFT = [[3, 0], [1, 2]], CUT_LOWER_RIGHT = [[0, 1], [2, 3]];

/**
 * @param {Field} field
 * @param {number} level
 * @returns {Float32Array[]} lines as x, y, x, y, … in plane units; a closed line repeats its first point.
 *   Cells with a NaN corner are skipped.
 */
export function contour(field, level) {
  const { values, width, height } = field;
  // A crossing is named by the grid edge that it lies on: 2i to the right of node i, 2i + 1 above it.
  const links = new Int32Array(4 * width * height).fill(-1);
  const crossings = [];
  const join = (a, b) => {
    links[2 * a + (links[2 * a] < 0 ? 0 : 1)] = b;
    links[2 * b + (links[2 * b] < 0 ? 0 : 1)] = a;
    crossings.push(a, b);
  };
  for (let row = 0; row < height - 1; row++) {
    let pattern = 0; // its left half is the right half of the cell before
    for (let column = -1; column < width - 1; column++) {
      const i = row * width + column;
      pattern = ((pattern & 2) >> 1) | ((pattern & 4) << 1) | (values[i + 1] > level ? 2 : 0) | (values[i + width + 1] > level ? 4 : 0);
      if (pattern === 0 || pattern === 15 || column < 0) continue;
      const a = values[i], b = values[i + 1], c = values[i + width + 1], d = values[i + width];
      if (Number.isNaN(a + b + c + d)) continue;
      const sides = [2 * i, 2 * (i + 1) + 1, 2 * (i + width), 2 * i + 1];
      for (const [from, to] of JOINS[pattern] ?? saddle(pattern, (a + b + c + d) / 4 > level)) join(sides[from], sides[to]);
    }
  }
  const seen = new Uint8Array(2 * width * height);
  const starts = [...crossings.filter((edge) => isEnd(edge, links)), ...crossings];
  return starts.flatMap((edge) => (seen[edge] ? [] : [follow(edge, links, seen, field, level)]));
}

function saddle(pattern, centreAbove) {
  return (pattern === 5) === centreAbove ? CUT_LOWER_RIGHT : CUT_LOWER_LEFT;
}

const isEnd = (edge, links) => links[2 * edge + 1] < 0;

function follow(start, links, seen, field, level) {
  const line = [];
  let edge = start;
  while (edge >= 0 && !seen[edge]) {
    seen[edge] = 1;
    line.push(...place(edge, field, level));
    const [next, other] = [links[2 * edge], links[2 * edge + 1]];
    edge = next >= 0 && !seen[next] ? next : other;
  }
  if (!isEnd(start, links)) line.push(line[0], line[1]); // ends were followed first, so this is a loop
  return Float32Array.from(line);
}

/** Where along its grid edge a crossing lies, by linear interpolation. */
function place(edge, field, level) {
  const { values, width } = field;
  const node = edge >> 1, upright = edge & 1;
  const column = node % width, row = (node - column) / width;
  const from = values[node], to = values[node + (upright ? width : 1)];
  const t = (level - from) / (to - from);
  return [field.x(column + (upright ? 0 : t)), field.y(row + (upright ? t : 0))];
}

/**
 * Where the most probable class changes: the zero lines of p_k − max_{j≠k} p_j, each line once.
 * @param {Field[]} fields one a class
 */
export function decisionBoundaries(fields) {
  const { width, height } = fields[0];
  return fields.slice(0, -1).flatMap((_, k) => {
    const margin = new Float32Array(width * height);
    for (let i = 0; i < margin.length; i++) {
      let rival = k === 0 ? 1 : 0;
      for (let j = rival + 1; j < fields.length; j++) {
        if (j !== k && fields[j].values[i] > fields[rival].values[i]) rival = j;
      }
      // The line between k and an earlier class was drawn on that class's turn.
      margin[i] = rival < k ? NaN : fields[k].values[i] - fields[rival].values[i];
    }
    return contour(new Field(margin, width, height), 0);
  });
}
