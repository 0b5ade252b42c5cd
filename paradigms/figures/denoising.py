"""Curves about the way back from noise: what steps buy, and likelihoods along it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import cycle

import numpy as np
import plotly.graph_objects as go

from paradigms.experiments.sample.likelihood import LikelihoodTrial
from paradigms.experiments.sample.reverse_process import StepTrial
from paradigms.figures.axes import with_axes

DASHES = ("solid", "dash", "dot", "dashdot")
SYMBOLS = ("circle", "square", "diamond", "cross", "x", "triangle-up", "star")


def quality_against_steps(*trials: StepTrial) -> go.Figure:
    """Each sampler's distance against its evaluations, both logarithmic; hover for the milliseconds."""
    figure, looks = go.Figure(), zip(cycle(DASHES), cycle(SYMBOLS), strict=False)
    for trial in trials:
        for (name, distances), (dash, symbol) in zip(trial.distances.items(), looks, strict=False):
            spent = [f"{milliseconds:.0f} ms" for milliseconds in trial.milliseconds[name]]
            figure.add_scatter(
                x=trial.evaluations[name],
                y=distances,
                mode="lines+markers",
                name=name,
                text=spent,
                line={"dash": dash},
                marker={"symbol": symbol, "size": 8},
            )
    floor = trials[0].floor
    figure.add_hline(y=floor, line={"dash": "dot"})
    # On a logarithmic axis an annotation stands at the logarithm.
    figure.add_annotation(
        x=1,
        xref="paper",
        y=np.log10(floor),
        text="fresh points",
        showarrow=False,
        xanchor="right",
        yanchor="top",
    )
    figure = with_axes(figure, "evaluations of the denoiser", "energy distance")
    figure.update_xaxes(type="log", tickvals=[1, 2, 5, 10, 20, 50, 100])
    return figure.update_yaxes(type="log", tickvals=[0.05, 0.1, 0.2, 0.5, 1, 2])


def likelihoods(trials: Mapping[str, LikelihoodTrial]) -> go.Figure:
    """ln p along the ODE against the formula's, a dot a point; on the line both agree."""
    figure = go.Figure()
    ends = [np.concatenate([trial.exact for trial in trials.values()])]
    ends = [float(np.min(ends)), float(np.max(ends))]
    figure.add_scatter(x=ends, y=ends, mode="lines", name="equal", line={"dash": "dot"})
    for (name, trial), symbol in zip(trials.items(), cycle(SYMBOLS), strict=False):
        figure.add_scatter(
            x=trial.exact, y=trial.found, mode="markers", name=name, marker={"symbol": symbol, "size": 6}
        )
    return with_axes(figure, "ln p(x), the mixture's formula or the truth", "ln p(x), along the ODE")
