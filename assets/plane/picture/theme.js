/** Colours: the shared palette, and which half of it suits the page behind the plane. */

const palette = await (await fetch(new URL("../../palette.json", import.meta.url))).json();

export const THEMES = {
  light: { ...palette.light, classes: palette.classes, dark: false },
  dark: { ...palette.dark, classes: palette.classes, dark: true },
};

const probe = document.createElement("canvas").getContext("2d");

/** @returns {[number, number, number]} red, green and blue, 0–255, of any CSS colour */
export function rgb(colour) {
  probe.fillStyle = "#000";
  probe.fillStyle = colour;
  const plain = probe.fillStyle; // "#rrggbb", or "rgba(…)" where it is translucent
  if (plain[0] === "#") return [1, 3, 5].map((i) => parseInt(plain.slice(i, i + 2), 16));
  return plain.match(/[\d.]+/g).slice(0, 3).map(Number);
}

/** The same colour, let through: `alpha` 0–1. */
export const translucent = (colour, alpha) => `rgb(${rgb(colour).join(" ")} / ${alpha})`;

/** The theme for an element, by the luminance of Streamlit's background, or by the system's wish. */
export function themeOf(element) {
  const background = getComputedStyle(element).getPropertyValue("--st-background-color").trim();
  if (!background) return matchMedia("(prefers-color-scheme: dark)").matches ? THEMES.dark : THEMES.light;
  const [r, g, b] = rgb(background);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 128 ? THEMES.dark : THEMES.light;
}

/** Let plane.css use the theme's colours too. */
export function applyTheme(element, theme) {
  for (const name of ["ink", "muted", "paper", "grid", "distribution", "function", "anomaly"]) {
    element.style.setProperty(`--plane-${name}`, theme[name]);
  }
  element.dataset.theme = theme.dark ? "dark" : "light";
}

/** Call back when the theme has changed. Streamlit tells nobody, so a glance a second must do. */
export function watchTheme(element, callback) {
  let theme = themeOf(element);
  const timer = setInterval(() => {
    const now = themeOf(element);
    if (now !== theme) callback((theme = now));
  }, 1000);
  return () => clearInterval(timer);
}
