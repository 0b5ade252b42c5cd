/** The planes of a page are pointed at together: each shows where, and what its own fields say there. */

const planes = new Set();

/** @returns {() => void} leave again */
export function join(plane) {
  planes.add(plane);
  return () => planes.delete(plane);
}

/** @param {?{x: number, y: number}} at null: nowhere */
export function pointAt(at) {
  for (const { pointing } of planes) pointing.show(at);
}

/** Mark the place that is asked about on every plane that can be asked, before Python has answered. */
export function probeAt(at) {
  for (const { probe } of planes) if (probe.allowed) probe.show(at);
}
