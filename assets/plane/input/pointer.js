/** Mouse, finger and pen, as deeds on the plane. A finger scrolls the page unless drawing was switched on. */

import { fromEvent } from "../picture/view.js";

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
    const { editor } = plane, erases = event.buttons & PEN_ERASER;
    if (!editor || drawing !== null || !event.isPrimary || (event.button !== 0 && !erases)) return;
    if (isFinger(event) && !editor.fingerDraws) return;
    drawing = event.pointerId;
    stage.setPointerCapture(drawing);
    plane.pointing.point(at(event));
    editor.begin(at(event), erases ? "eraser" : undefined);
  });
  on("pointermove", (event) => {
    const draws = event.pointerId === drawing;
    if (draws) {
      const events = event.getCoalescedEvents?.() ?? [];
      plane.editor?.extend((events.length ? events : [event]).map(at));
    }
    if (draws || (!isFinger(event) && drawing === null)) plane.pointing.point(at(event));
  });
  const finish = (event) => {
    if (event.pointerId !== drawing) return;
    drawing = null;
    plane.editor?.end();
    if (isFinger(event)) plane.pointing.point(null);
  };
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) on(end, finish);
  on("pointerleave", () => drawing === null && plane.pointing.point(null));
  on("contextmenu", (event) => drawing !== null && event.preventDefault());
  on("click", (event) => {
    if (!plane.editor) plane.probe.allowed && plane.probe.ask(at(event));
    else if (isFinger(event) && !plane.editor.fingerDraws) plane.notify("Switch on Draw to draw with a finger.");
  });
  return () => listening.abort();
}
