"""How the losses of a training fell, as a small drawing: light enough to be redrawn twice a second.

An SVG of our own and no Plotly figure: the landing page does without Plotly's 1.4 MB.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import numpy as np

WIDTH, HEIGHT, MARGIN = 360, 84, 8
LETTER = 6.0  # about the width of one at this size
DASHES = ("none", "6 4", "2 3", "9 3 2 3")


def loss_curves(losses: Mapping[str, np.ndarray], share: float) -> str:
    """Each loss ``(k,)`` by name as a line, over the first ``share`` of the width: what is left is to come.

    All share one axis, which leaves out the highest twentieth of the values (a first step may be far off);
    each is named, with its last value, where it ends. Colours are those of the text around the drawing.
    """
    everything = np.concatenate(list(losses.values()))
    low, high = float(everything.min()), float(np.quantile(everything, 0.95))
    span = max(high - low, 1e-9)

    def height(values: np.ndarray) -> np.ndarray:
        return MARGIN + (HEIGHT - 2 * MARGIN) * (1 - np.clip((values - low) / span, 0, 1))

    labels = [f"{name} {_number(values[-1])}" for name, values in losses.items()]
    room = WIDTH - 10 - LETTER * max(map(len, labels))
    ends = _apart(np.array([height(values[-1:])[0] for values in losses.values()]))
    parts = []
    for values, label, end, dash in zip(losses.values(), labels, ends, DASHES, strict=False):
        x = np.linspace(0, share * room, len(values))
        places = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, height(values), strict=True))
        parts.append(
            f'<polyline points="{places}" fill="none" stroke="currentColor" stroke-width="1.6" '
            f'stroke-dasharray="{dash}"/><text x="{x[-1] + 5:.1f}" y="{end + 4:.1f}">{escape(label)}</text>'
        )
    said = "; ".join(
        f"{name} from {_number(values[0])} to {_number(values[-1])}" for name, values in losses.items()
    )
    return (
        f'<svg class="loss-curves" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="How the losses went: {escape(said)}" font-size="11" fill="currentColor">'
        f"{''.join(parts)}</svg>"
    )


def _number(value: float) -> str:
    return f"{value:.3g}".replace("-", "−")


def _apart(heights: np.ndarray, least: float = 13.0) -> np.ndarray:
    """The heights moved apart so that labels do not overlap, and none leaves the drawing."""
    order = np.argsort(heights)
    ranks = np.arange(len(heights)) * least
    moved = np.maximum.accumulate(heights[order] - ranks) + ranks
    moved -= max(0.0, moved[-1] - (HEIGHT - MARGIN))
    return moved[np.argsort(order)]
