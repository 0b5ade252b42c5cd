"""What can be asked of the way back from noise: where it starts, how many steps it takes, what steers it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from paradigms.evaluation.distances import energy_distance
from paradigms.guidance import Guided, SteeredByClassifier
from paradigms.noise_schedules import karras, linear_beta, sigma_of, starting_noise
from paradigms.noisy_pairs import centre_and_scale
from paradigms.protocols import Classifier, Denoiser
from paradigms.samplers.ddim import ddim
from paradigms.samplers.ddpm import ddpm
from paradigms.samplers.dpm_solver import dpm_solver
from paradigms.samplers.probability_flow import probability_flow

N_SAMPLES = 500
NOISY_START = 0.01  # above this ᾱ_T the start of the way back is not noise yet
Sampler = Callable[..., Any]
SAMPLERS: dict[str, Sampler] = {
    "DDPM": ddpm,
    "DDIM, η = 0": ddim,
    "ODE, Euler": partial(probability_flow, method="euler"),
    "ODE, Heun": probability_flow,
    "DPM-Solver++": dpm_solver,
}


@dataclass(frozen=True, eq=False)
class ScheduleTrial:
    """ᾱ_t ``(T,)``, samples ``(n, 2)`` that began as N(0, I), their distance to the data, its floor."""

    alpha_bars: np.ndarray
    samples: np.ndarray
    distance: float
    floor: float


def schedule_trial(
    denoiser: Denoiser, data: np.ndarray, *, n_steps: int, last_beta: float, seed: int = 0
) -> ScheduleTrial:
    """DDPM with β rising in a straight line, started, as it is always started, from pure noise.

    Inside, the data have mean 0 and variance 1; what is handed to the denoiser is in its own units.
    """
    rng, (mean, scale) = np.random.default_rng(seed), centre_and_scale(data)
    alpha_bars = linear_beta(n_steps, last_beta)
    levels = np.append(scale * sigma_of(alpha_bars)[::-1], 0.0)
    # z ~ N(0, I) stands for √ᾱ (x − mean)/scale.
    start = mean + scale * rng.standard_normal((N_SAMPLES, 2)) / np.sqrt(alpha_bars[-1])
    *_, last = ddpm(denoiser, start, noise_levels=levels, rng=rng)
    again = data[rng.integers(len(data), size=N_SAMPLES)]
    return ScheduleTrial(
        alpha_bars, last.position, energy_distance(last.position, data), energy_distance(again, data)
    )


def samples_of(denoiser: Denoiser, model: Any, *, seed: int = 0) -> np.ndarray:
    """``(n, 2)`` by DDPM in 200 steps, from the noise that the ``model`` of the data ends in."""
    rng, levels = np.random.default_rng(seed), karras(200)
    start = starting_noise(model, N_SAMPLES, levels[0], rng)
    *_, last = ddpm(denoiser, start, noise_levels=levels, rng=rng)
    return last.position


@dataclass(frozen=True, eq=False)
class StepTrial:
    """Energy distances by the sampler's name, ``(k,)`` for the numbers of ``steps (k,)``; evaluations, ms."""

    steps: np.ndarray
    distances: dict[str, np.ndarray]
    evaluations: dict[str, np.ndarray]
    milliseconds: dict[str, np.ndarray]
    floor: float


def step_trial(model: Any, *, steps: Sequence[int] = (3, 5, 8, 12, 20, 40, 80), seed: int = 0) -> StepTrial:
    """Every sampler with few and with many steps, against fresh draws of the model itself."""
    fresh, other = model.sample(2 * N_SAMPLES, [seed, 1]), model.sample(2 * N_SAMPLES, [seed, 2])
    found: dict[str, list[tuple[float, int, float]]] = {}
    for name, sampler in SAMPLERS.items():
        found[name] = []
        for n_steps in steps:
            rng, levels = np.random.default_rng(seed), karras(n_steps)
            counted, started = _Counted(model), time.perf_counter()
            start = starting_noise(model, 2 * N_SAMPLES, levels[0], rng)
            *_, last = sampler(counted, start, noise_levels=levels, rng=rng)
            spent = 1000 * (time.perf_counter() - started)
            found[name].append((energy_distance(last.position, fresh), counted.calls, spent))
    columns = {name: [np.array(column) for column in zip(*rows, strict=True)] for name, rows in found.items()}
    return StepTrial(
        np.array(steps), *({name: each[i] for name, each in columns.items()} for i in range(3)),
        floor=energy_distance(other, fresh),
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class GuidanceTrial:
    """Samples ``(n, 2)``; ``diversity``, their mean deviation; ``fidelity``, the mean p(y|x) of the class."""

    samples: np.ndarray
    diversity: float
    fidelity: float


def guidance_trial(
    model: Any,
    judge: Classifier,
    *,
    label: Any,
    weight: float,
    classifier: Classifier | None = None,
    seed: int = 0,
) -> GuidanceTrial:
    """Samples of a class under guidance: classifier-free, or where there is a ``classifier`` steered by it.

    ``judge`` says how sure the class of a sample is.
    """
    labels, levels = np.full(N_SAMPLES, label), karras(40)
    scale = float(np.sqrt(np.trace(model.mean_and_covariance()[1]) / 2))
    steered = classifier and SteeredByClassifier(model, classifier, weight, scale)
    guided = steered or Guided(model, weight)
    start = starting_noise(model, N_SAMPLES, levels[0], np.random.default_rng(seed))
    *_, last = dpm_solver(guided, start, noise_levels=levels, y=labels)
    column = int(np.searchsorted(judge.classes_, label))
    fidelity = judge.predict_proba(last.position)[:, column].mean()
    return GuidanceTrial(last.position, float(np.sqrt(last.position.var(axis=0).mean())), float(fidelity))


class _Counted:
    """A denoiser that counts how often it is asked."""

    def __init__(self, denoiser: Denoiser) -> None:
        self.denoiser, self.calls = denoiser, 0

    def predict_noise(self, X: np.ndarray, noise_level: float, y: np.ndarray | None = None) -> np.ndarray:
        self.calls += 1
        return self.denoiser.predict_noise(X, noise_level, y)
