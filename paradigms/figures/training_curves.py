"""How a training went, as a small drawing: light enough to be redrawn twice a second.

An SVG of our own and no Plotly figure: the landing page does without Plotly's 1.4 MB.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from itertools import cycle

import numpy as np

WIDTH, HEIGHT, TOP, MARGIN = 360, 104, 24, 8
LETTER = 6.0  # about the width of one at this size
DASHES = ("none", "6 4", "2 3", "9 3 2 3")
LEVEL_DASHES = "1 4"


def training_curves(
    title: str,
    steps: np.ndarray | int,
    curves: Mapping[str, np.ndarray],
    n_steps: int,
    written: Callable[[float], str],
    level: tuple[str, float] | None = None,
) -> str:
    """Each of the ``curves (k,)`` by name as a line over the optimiser ``steps (k,)``, of ``n_steps`` in all.

    Of values that are evenly spread the last step is enough. All share one unit, which the ``title`` says,
    and one axis; the first tenth of the values leaves the drawing where it is far off, by more than twice the
    range of the others from their median. Each line is named where it ends, with its last value as it is
    ``written``; so is the ``level``, a line right across. Colours are those of the text around the drawing.
    """
    if isinstance(steps, int):
        k = len(next(iter(curves.values())))
        steps = np.linspace(steps / k, steps, k)
    everything = np.array(list(curves.values()))
    settled = np.append(everything[:, len(steps) // 10 :], level[1:] if level else ())
    shown = everything[np.abs(everything - np.median(settled)) <= 2 * np.ptp(settled)]
    low, high = min(settled.min(), *shown), max(settled.max(), *shown)
    span = max(high - low, 1e-9)

    def height(values: np.ndarray) -> np.ndarray:
        return TOP + (HEIGHT - TOP - MARGIN) * (1 - (values - low) / span)

    lines = [(f"{name} {written(values[-1])}", values) for name, values in curves.items()]
    room = WIDTH - 10 - LETTER * max(len(label) for label, _ in [*lines, *([level] if level else [])])
    x = steps / n_steps * room
    looks = zip(lines, cycle(DASHES), strict=False)
    drawn = [(label, x, height(values), dash) for (label, values), dash in looks]
    if level:
        drawn.append((level[0], np.array([0, room]), np.repeat(height(np.array(level[1])), 2), LEVEL_DASHES))
    ends = _apart(np.array([heights[-1] for _, _, heights, _ in drawn]))
    plot, labels = [], []
    for (label, across, heights, dash), end in zip(drawn, ends, strict=True):
        places = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(across, heights, strict=True))
        plot.append(
            f'<polyline points="{places}" fill="none" stroke="currentColor" stroke-width="1.6" '
            f'stroke-dasharray="{dash}"/><circle cx="{across[-1]:.1f}" cy="{heights[-1]:.1f}" r="2"/>'
        )
        labels.append(f'<text x="{across[-1] + 5:.1f}" y="{end + 4:.1f}">{escape(label)}</text>')
    told = [f"{name} from {written(values[0])} to {written(values[-1])}" for name, values in curves.items()]
    top = TOP - 3  # what leaves the drawing does not cross its title
    said = "; ".join(told + ([level[0]] if level else []))
    return (
        f'<svg class="training-curves" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="How the training went. {escape(title)}: {escape(said)}" font-size="11" '
        f'fill="currentColor"><text x="0" y="11">{escape(title)}</text>'
        f'<svg y="{top}" height="{HEIGHT - top}" viewBox="0 {top} {WIDTH} {HEIGHT - top}">'
        f"{''.join(plot)}</svg>"
        f"{''.join(labels)}</svg>"
    )


def _apart(heights: np.ndarray, least: float = 13.0) -> np.ndarray:
    """The heights moved apart so that labels do not overlap, and none leaves the drawing."""
    order = np.argsort(heights)
    ranks = np.arange(len(heights)) * least
    moved = np.maximum.accumulate(heights[order] - ranks) + ranks
    moved -= max(0.0, moved[-1] - (HEIGHT - MARGIN))
    return moved[np.argsort(order)]
