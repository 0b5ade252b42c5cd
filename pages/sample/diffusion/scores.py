"""Three denoisers and where each leads: the exact one of a mixture, that of the raw points, a network."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from pages.parts.computing.place import STILL, place
from pages.parts.computing.results import computed, recorded
from pages.parts.text.fewer import say_if_fewer
from pages.parts.text.numbers import UNKNOWN, percent, rounded
from pages.parts.text.story import tell, words
from pages.parts.workspace.setting import Setting
from pages.sample.diffusion.sample_planes import show, show_layers, show_nothing_yet
from paradigms.data.dataset import Dataset
from paradigms.diffusion.empirical_denoiser import EmpiricalDenoiser, n_memorised
from paradigms.experiments.sample.denoised_samples import N_SAMPLES, denoised_samples
from paradigms.experiments.sample.score_fields import score_difference, score_field
from paradigms.fits.assessment import Assessment
from paradigms.scene import pictures

NEAR = 0.02  # within so much of a training point a sample counts as that point
SAMPLES, SLOPES, DIFFERENCE = "samples", "slopes", "difference"
VIEW = Setting(
    "scores_view",
    SAMPLES,
    words("diffusion", "view"),
    choices=(SAMPLES, SLOPES, DIFFERENCE),
    look="segmented_control",
    required=True,
    format_func=lambda name: words("diffusion", f"view {name}"),
)
NOISE = Setting("scores_noise", 0.3, words("diffusion", "noise"), low=0.05, high=3.0, step=0.05)


def three_scores(mixture: Assessment, network: Assessment | None, data: Dataset) -> None:
    """The exact slope of a mixture, that of the raw points, and a network's: where each leads."""
    X, y = data.train
    view = VIEW.widget()
    noise = NOISE.value if view == SAMPLES else NOISE.widget()
    raw = recorded(mixture.digest, EmpiricalDenoiser, X, y)
    denoisers = {
        "mixture": (mixture.digest, mixture.model),
        "raw": (f"{mixture.digest}, raw", raw),
        "network": (network.digest, network.model) if network else None,
    }
    for (name, known), column in zip(denoisers.items(), st.columns(3, gap="medium"), strict=True):
        with column:
            tell("diffusion", f"score {name}")
            if known is None:
                continue
            of, denoiser = known
            with place(f"score_{name}", partial(show_nothing_yet, f"score_{name}", data), room=STILL):
                if view == SAMPLES:
                    samples = computed(of, denoised_samples, denoiser, mixture.model)
                    with st.container():
                        show(f"score_{name}", data, samples)
                        _memory(samples, data)
                else:
                    _slopes(name, data, known, noise, mixture if view == DIFFERENCE else None)


def _memory(samples: np.ndarray, data: Dataset) -> None:
    """How many are training points; and of points that were held out, since some come near by chance."""
    (train, _), (held_out, _) = data.train, data.held_out
    counted = {"k": str(n_memorised(samples, train, NEAR)), "n": str(len(samples)), "near": str(NEAR)}
    chance = UNKNOWN
    if len(held_out):
        chance = percent(n_memorised(held_out, train, NEAR) / len(held_out), 0)
    tell("diffusion", "memorised", chance=chance, **counted)
    say_if_fewer("samples", len(samples), N_SAMPLES)


def _slopes(
    name: str, data: Dataset, known: tuple[str, Any], noise: float, mixture: Assessment | None
) -> None:
    """Of one denoiser at a noise level, or what it says differently from the mixture."""
    of, denoiser = known
    differs, mean = mixture is not None and of != mixture.digest, None
    if differs:
        about = (of, mixture.digest)
        field, mean = computed(about, score_difference, denoiser, mixture.model, noise_level=noise)
    else:
        field = computed(of, score_field, denoiser, noise_level=noise)
    about = words("diffusion", f"about score_{name}")
    alt = words("diffusion", "alt slopes", about=about, noise=rounded(noise))
    with st.container():
        show_layers(f"score_{name}", alt, data, pictures.vectors(field, shaded=differs))
        if differs:
            tell("diffusion", "difference", mean=rounded(mean))
        elif mixture is not None:
            tell("diffusion", "its own")
