/** The drawing tools' buttons. It shows which tool the drawing has in use, and asks the editor for everything else. */

import { allow, element, vector } from "../picture/element.js";
import { icon } from "../picture/icons.js";
import { OUTLINES } from "../picture/markers.js";
import { nameOf } from "../picture/readout.js";
import { TOOLS } from "./tools.js";

const TIPS = {
  brush: "Brush: scatter points", point: "Point: place one", eraser: "Eraser: remove points", move: "Move: drag points",
};
let toolbars = 0;

export class Toolbar {
  /** @param {object} editor answers to undo(), redo(), clear(), letDraw(on) and toolChanged() */
  constructor(editor, drawing, theme) {
    const id = `plane-tools-${++toolbars}`;
    this.drawing = drawing;
    this.slots = theme.classes.map(({ color, marker }, slot) => radio(
      { name: `${id}-class`, value: slot, tip: "", kind: "class" },
      () => { drawing.slot = slot; editor.toolChanged(); },
      swatch(marker, color), element("bdi", { class: "plane-class-name", "aria-hidden": "true" })));
    this.tools = Object.keys(TOOLS).map((tool) => radio(
      { name: `${id}-tool`, value: tool, tip: TIPS[tool], kind: "tool" },
      () => { drawing.tool = tool; editor.toolChanged(); }, icon(tool)));
    this.undo = button("undo", "Undo (Ctrl+Z)", () => editor.undo());
    this.redo = button("redo", "Redo (Ctrl+Shift+Z)", () => editor.redo());
    this.clear = button("clear", "Clear all points", () => editor.clear());
    this.pen = element("button", {
      type: "button", class: "plane-button plane-pen", "data-tool": "draw", "aria-pressed": "false",
      title: "Draw with a finger; off, a finger scrolls the page", click: () => editor.letDraw(this.pen.ariaPressed !== "true"),
    }, icon("draw"), "Draw");
    this.radius = slider("Size", { name: "size", min: 0.1, max: 1.5, step: 0.05, value: drawing.radius },
      (v) => { drawing.radius = v; editor.toolChanged(); });
    this.density = slider("Density", { name: "density", min: 1, max: 20, step: 1, value: drawing.density },
      (v) => { drawing.density = v; });
    this.root = element("div", { class: "plane-tools", role: "group", "aria-label": "Drawing tools" },
      this.pen,
      element("div", { class: "plane-group plane-classes", role: "radiogroup", "aria-label": "Class" }, ...this.slots),
      element("div", { class: "plane-group", role: "radiogroup", "aria-label": "Tool" }, ...this.tools),
      element("div", { class: "plane-group" }, this.undo, this.redo, this.clear),
      element("div", { class: "plane-sliders" }, this.radius, this.density));
    this.show();
  }

  show() {
    const { drawing } = this;
    this.slots.forEach((label, slot) => {
      const name = nameOf(drawing.provenance.class_names, slot);
      label.firstChild.checked = slot === drawing.slot;
      label.title = label.firstChild.ariaLabel = `Class ${name}`;
      label.lastChild.textContent = name;
    });
    this.tools.forEach((label) => { label.firstChild.checked = label.firstChild.value === drawing.tool; });
    allow(this.undo, drawing.canUndo);
    allow(this.redo, drawing.canRedo);
    allow(this.clear, drawing.points.length > 0);
    this.radius.querySelector("input").disabled = !TOOLS[drawing.tool].hasRadius;
    this.density.querySelector("input").disabled = drawing.tool !== "brush";
  }
}

function radio({ name, value, tip, kind }, choose, ...face) {
  return element("label", { class: "plane-radio", title: tip, [`data-${kind}`]: value },
    element("input", { type: "radio", name, value, "aria-label": tip, change: choose }), ...face);
}

function button(name, tip, act) {
  return element("button", {
    type: "button", class: "plane-button", "data-tool": name, title: tip, "aria-label": tip, click: act,
  }, icon(name));
}

function slider(label, attributes, slide) {
  return element("label", { class: "plane-slider" }, element("span", {}, label),
    element("input", { type: "range", ...attributes, input: (event) => slide(Number(event.target.value)) }));
}

function swatch(marker, color) {
  return vector("svg", { viewBox: "-1.4 -1.4 2.8 2.8", class: "plane-swatch", "aria-hidden": "true" },
    vector("path", { d: OUTLINES[marker], fill: color }));
}
