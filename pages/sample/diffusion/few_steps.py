"""One sampler with as many steps as one likes, and all of them with few and with many."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.parts.charts.chart import chart, no_chart_yet
from pages.parts.computing.place import MOVING, place
from pages.parts.computing.results import computed
from pages.parts.text.numbers import rounded
from pages.parts.text.story import tell, words
from pages.parts.workspace.setting import Setting
from pages.sample.diffusion.sample_planes import show_moving, show_nothing_yet
from paradigms.data.dataset import Dataset
from paradigms.experiments.sample.rectified_flow import (
    FLOW_MATCHING,
    RECTIFIED,
    flow_run,
    flow_trial,
    rectified,
)
from paradigms.experiments.sample.reverse_process import (
    ReverseRun,
    reverse_run,
    reverse_samplers,
    step_trial,
)
from paradigms.figures.denoising import quality_against_steps
from paradigms.fits.assessment import Assessment
from paradigms.scene.timeline import Timeline

FLOWS = {"flow_matching": FLOW_MATCHING, "rectified_flow": RECTIFIED}
N_STEPS = (1, 2, 3, 5, 8, 12, 20, 40, 80)


def titles() -> dict[str, str]:
    """Of the samplers, with their methods, and of the flows, by what a link calls them."""
    samplers = {"_".join(filter(None, sampler)): title for title, sampler in reverse_samplers().items()}
    return samplers | FLOWS


SAMPLER = Setting("way_sampler", lambda: list(titles())[1], words("diffusion", "sampler"), choices=titles)
STEPS = Setting("way_steps", 8, words("diffusion", "steps"), choices=N_STEPS, look="select_slider")
ETA = Setting("way_eta", 0.0, words("diffusion", "eta"), low=0.0, high=1.0, step=0.1)


def few_steps(mixture: Assessment, data: Dataset) -> None:
    of, model, samplers = mixture.digest, mixture.model, reverse_samplers()
    found, (picture, beside) = None, st.columns([1, 1], gap="large")
    with beside:
        tell("diffusion", "steps text")
        sampler = titles()[SAMPLER.widget(format_func=titles().get)]
        about = {"sampler": sampler, "n_steps": STEPS.widget()}
        if sampler in samplers and samplers[sampler].has_eta:
            about["eta"] = ETA.widget()
        _tell(sampler)
    flows = sampler in FLOWS.values()
    with picture, place("way", partial(show_nothing_yet, "way", data), room=MOVING):
        if flows:
            found = computed(of, flow_run, model, computed(of, rectified, model), **about)
        else:
            found = computed(of, reverse_run, model, **about)
        with st.container():
            path = found.trajectory
            clock = "time" if flows else "σ"
            timeline = Timeline.of(path, clock, seconds=6.0, trails=True, trail=40)
            show_moving("way", data, path.positions, timeline)
    if found:
        with beside:
            _numbers(found)
    with place("quality_against_steps", no_chart_yet):
        trials = (
            computed(of, step_trial, model),
            computed(of, flow_trial, model, computed(of, rectified, model)),
        )
        said = words("diffusion", "steps curve", floor=rounded(trials[0].floor, 3))
        chart(quality_against_steps(*trials), said, key="quality_against_steps")


def _tell(sampler: str) -> None:
    """What the sampler does, or the flow."""
    chosen = reverse_samplers().get(sampler)
    if chosen:
        tell(f"samplers/{chosen.name}", f"idea, {chosen.method}" if chosen.method else "idea")
    else:
        tell("diffusion", f"way {sampler}")


def _numbers(found: ReverseRun) -> None:
    with st.container(horizontal=True):
        label = f"distance (fresh: {rounded(found.floor, 3)})"
        st.metric(label, rounded(found.distance, 3), help=words("diffusion", "distance"))
        st.metric("evaluations", str(found.evaluations), help=words("diffusion", "evaluations"))
        st.metric("ms", f"{found.milliseconds:.0f}", help=words("diffusion", "milliseconds"))
        if found.straightness is not None:
            straightness = rounded(found.straightness, 3)
            st.metric("bend", straightness, help=words("diffusion", "bend"))
