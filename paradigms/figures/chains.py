"""Curves about chains: how soon they forget, and how wide the unadjusted step settles."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import cycle

import numpy as np
import plotly.graph_objects as go

from paradigms.figures.axes import with_axes

DASHES = ("solid", "dash", "dot", "dashdot")


def autocorrelations(curves: Mapping[str, np.ndarray]) -> go.Figure:
    """ρ_t by the sampler's name, ``(lags,)`` each: at 0 a chain has forgotten where it was."""
    figure = go.Figure()
    for (name, values), dash in zip(curves.items(), cycle(DASHES), strict=False):
        figure.add_scatter(y=values, mode="lines", name=name, line={"dash": dash})
    return with_axes(figure, "lag, in steps", "autocorrelation", [-0.3, 1.05])


def marginals(draws: Mapping[str, np.ndarray], truth: np.ndarray, column: int) -> go.Figure:
    """The histograms of one coordinate of the draws ``(n, 2)``, over that of the truth ``(m, 2)``."""
    edges = np.linspace(-4, 4, 61)
    middles = (edges[1:] + edges[:-1]) / 2
    figure = go.Figure()
    everything = {"truth": truth} | dict(draws)
    for (name, values), dash in zip(everything.items(), cycle(DASHES), strict=False):
        heights, _ = np.histogram(values[:, column], edges)
        density = heights / (len(values) * (edges[1] - edges[0]))
        figure.add_scatter(x=middles, y=density, mode="lines", name=name, line={"dash": dash, "shape": "hvh"})
    return with_axes(figure, f"x{'₁₂'[column]}", "density")


def bias_of_the_step(steps: np.ndarray, measured: np.ndarray) -> go.Figure:
    """The variance that the unadjusted walk settles at on N(0, 1), beside 1/(1 − ε/2)."""
    fine = np.linspace(0, 1.8, 200)
    figure = go.Figure()
    figure.add_scatter(x=fine, y=1 / (1 - fine / 2), mode="lines", name="1/(1 − ε/2)")
    figure.add_scatter(x=steps, y=measured, mode="markers", name="measured", marker={"size": 10})
    figure.add_hline(y=1, line={"dash": "dot"}, annotation_text="the target's")
    return with_axes(figure, "step size ε", "variance", [0, 8])
