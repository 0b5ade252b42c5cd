/** The plane by keyboard. What is handled here goes no further: Streamlit has shortcuts of its own. */

import { clamp } from "../picture/view.js";
import { CURSOR_STEP } from "./pointing.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** @returns {() => void} stop listening */
export function listenToKeyboard(plane) {
  const listener = (event) => {
    if (handle(plane, event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  plane.stage.root.addEventListener("keydown", listener);
  return () => plane.stage.root.removeEventListener("keydown", listener);
}

/** A sentence for those who cannot see the controls. */
export function keyHelp({ editor, probe, transport }) {
  return [
    "Arrow keys move a cursor, with Shift in larger steps; Escape hides it.",
    editor && "Space uses the tool at the cursor, 1 to 4 choose the class, Delete erases near the cursor, Control Z undoes.",
    !editor && probe.allowed && "Space or Enter asks about the place under the cursor.",
    transport && `${editor || probe.allowed ? "" : "Space plays and pauses, "}comma and full stop step, Home and End go to the first and last frame.`,
  ].filter(Boolean).join(" ");
}

/** @returns {boolean} whether the key meant something here */
function handle(plane, event) {
  const { key, shiftKey } = event;
  if (event.ctrlKey || event.metaKey) return plane.editor && history(plane.editor, key.toLowerCase(), shiftKey);
  if (event.altKey) return false;
  const onStage = event.target === plane.stage.picture;
  return (plane.transport && transport(plane, key, onStage, event.target)) || (onStage && stage(plane, key, shiftKey));
}

function history(editor, key, shift) {
  if (key === "y" || (key === "z" && shift)) editor.redo();
  else if (key === "z") editor.undo();
  else return false;
  return true;
}

function transport({ transport: controls, player, editor, probe }, key, onStage, target) {
  if (key === ",") controls.step(-1);
  else if (key === ".") controls.step(1);
  else if (key === " " && (onStage ? !editor && !probe.allowed : target.type === "range")) controls.toggle();
  else if (onStage && key === "Home") controls.go(0);
  else if (onStage && key === "End") controls.go(player.last);
  else return false;
  return true;
}

function stage(plane, key, shift) {
  if (ARROWS[key]) {
    const [u, v] = ARROWS[key], by = shift ? 5 * CURSOR_STEP : CURSOR_STEP;
    const { x, y } = plane.pointing.cursor ?? { x: 0, y: 0 };
    plane.pointing.moveCursor({ x: clamp(Math.round((x + u * by) * 10) / 10), y: clamp(Math.round((y + v * by) * 10) / 10) });
  } else if ((plane.editor || plane.probe.allowed) && (key === " " || key === "Enter")) plane.pointing.act();
  else if (key === "Escape") plane.pointing.hideCursor();
  else if (plane.editor && /^[1-4]$/.test(key)) plane.editor.chooseClass(Number(key) - 1);
  else if (plane.editor && (key === "Delete" || key === "Backspace")) plane.pointing.act("eraser");
  else return false;
  return true;
}
