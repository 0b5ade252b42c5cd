"""Curves about the way back from noise: what is left of the data, and what steps buy."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from paradigms.experiments.denoised import NOISY_START, StepTrial
from paradigms.figures.axes import with_axes

DASHES = ("solid", "dash", "dot", "dashdot", "longdash")


def alpha_bars(values: np.ndarray) -> go.Figure:
    """ᾱ_t against t, logarithmic, with the line below which the start is noise."""
    figure = go.Figure()
    figure.add_scatter(x=np.arange(1, len(values) + 1), y=values, mode="lines", name="ᾱ")
    figure.add_hline(y=NOISY_START, line={"dash": "dot"}, annotation_text="noise from here on")
    return with_axes(figure, "step t", "ᾱ, the share of data").update_yaxes(
        type="log", exponentformat="power"
    )


def quality_against_steps(trial: StepTrial) -> go.Figure:
    """Each sampler's distance against its evaluations, both logarithmic; hover for the milliseconds."""
    figure = go.Figure()
    for (name, distances), dash in zip(trial.distances.items(), DASHES, strict=True):
        figure.add_scatter(
            x=trial.evaluations[name], y=distances, mode="lines+markers", name=name, line={"dash": dash},
            text=[f"{spent:.0f} ms" for spent in trial.milliseconds[name]],
        )  # fmt: skip
    figure.add_hline(y=trial.floor, line={"dash": "dot"}, annotation_text="two sets of fresh points")
    figure = with_axes(figure, "evaluations of the denoiser", "energy distance")
    return figure.update_xaxes(type="log").update_yaxes(type="log", exponentformat="power")
