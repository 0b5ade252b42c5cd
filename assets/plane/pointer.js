/** Mouse, finger and pen, as deeds on the plane. A finger scrolls the page unless drawing was switched on. */

import { fromEvent } from "./view.js";

const PEN_ERASER = 32; // the bit of `buttons` that a pen's other end sets

/** @returns {() => void} stop listening */
export function listenToPointer(plane) {
  const stage = plane.stage.picture;
  const listening = new AbortController();
  const on = (type, listener) => stage.addEventListener(type, listener, { signal: listening.signal });
  const at = (event) => fromEvent(event, stage.getBoundingClientRect());
  const isFinger = (event) => event.pointerType === "touch";
  let drawing = null; // the id of the pointer that draws

  on("pointerdown", (event) => {
    const { easel } = plane, erases = event.buttons & PEN_ERASER;
    if (!easel || drawing !== null || !event.isPrimary || (event.button !== 0 && !erases)) return;
    if (isFinger(event) && !easel.fingerDraws) return;
    drawing = event.pointerId;
    stage.setPointerCapture(drawing);
    plane.point(at(event));
    easel.begin(at(event), erases ? "eraser" : undefined);
  });
  on("pointermove", (event) => {
    const draws = event.pointerId === drawing;
    if (draws) {
      const events = event.getCoalescedEvents?.() ?? [];
      plane.easel?.extend((events.length ? events : [event]).map(at));
    }
    if (draws || (!isFinger(event) && drawing === null)) plane.point(at(event));
  });
  const finish = (event) => {
    if (event.pointerId !== drawing) return;
    drawing = null;
    plane.easel?.end();
    if (isFinger(event)) plane.point(null);
  };
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) on(end, finish);
  on("pointerleave", () => drawing === null && plane.point(null));
  on("contextmenu", (event) => drawing !== null && event.preventDefault());
  on("click", (event) => {
    if (!plane.easel) plane.probes && plane.ask(at(event));
    else if (isFinger(event) && !plane.easel.fingerDraws) plane.notify("Switch on Draw to draw with a finger.");
  });
  return () => listening.abort();
}
