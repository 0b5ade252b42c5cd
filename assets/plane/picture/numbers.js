/** Numbers as people write them, to as many digits as they are worth. pages/parts/text/written.py writes them alike. */

const NARROW = "\u202f"; // a space between thousands that no line is broken at
const RAISED = { "-": "⁻", ...Object.fromEntries([..."⁰¹²³⁴⁵⁶⁷⁸⁹"].map((raised, digit) => [digit, raised])) };

/** How many digits after the point tell numbers apart that differ by a step; below 0 where that is 10 and more. */
const decimals = (step) => Math.min(20, -Math.floor(Math.log10(step) + 1e-9));

const stripped = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

/** "12 500.0" */
function plain(v, step) {
  if (!(v < 1e15)) return null;
  const digits = decimals(step), whole = 10 ** -digits;
  const [integer, rest] = (digits < 0 ? Math.round(v / whole) * whole : v).toFixed(Math.max(0, digits)).split(".");
  const grouped = integer.length < 5 ? integer : integer.replace(/\B(?=(\d{3})+$)/g, NARROW);
  return rest ? `${grouped}.${rest}` : grouped;
}

/** "12.5k" and "1.5M" */
function abbreviated(v, step) {
  if (!(v < 1e9)) return null;
  const [unit, letter] = v >= 1e6 ? [1e6, "M"] : v >= 1e3 ? [1e3, "k"] : [1, ""];
  return stripped(plain(v / unit, step / unit)) + letter;
}

/** "1.25×10⁴" */
function scientific(v, step) {
  if (v < step / 2) return "0";
  const digits = Math.min(15, Math.max(0, Math.floor(Math.log10(v)) + decimals(step)));
  const [mantissa, exponent] = v.toExponential(digits).replace("+", "").split("e");
  const power = `10${[...exponent].map((sign) => RAISED[sign]).join("")}`;
  return exponent === "0" ? mantissa : stripped(mantissa) === "1" ? power : `${mantissa}×${power}`;
}

/**
 * The same way for all: in full where none is longer than `room` letters, else in thousands and millions, else with
 * powers of ten; where none is as short, the shortest.
 * @param {number[]} values
 * @param {number[]} steps by how much each may be off
 * @returns {string[]}
 */
export function written(values, steps, room) {
  const ways = [plain, abbreviated, scientific].map((way) => values.map((v, i) => signed(v, steps[i], way)));
  const length = (texts) => Math.max(...texts.map((text) => text?.replaceAll(NARROW, "").length ?? Infinity));
  return ways.find((texts) => length(texts) <= room) ?? ways.reduce((a, b) => (length(b) < length(a) ? b : a));
}

/** With a true minus sign, and none before a zero. */
function signed(v, step, way) {
  if (Number.isNaN(v)) return "—";
  const size = Number.isFinite(v) ? way(Math.abs(v), step) : "∞";
  return size && v < 0 && /[1-9∞]/.test(size) ? `−${size}` : size;
}
