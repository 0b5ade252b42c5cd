"""Denoising diffusion: a network that guesses the clean point behind a noisy one, for every noise level."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from paradigms.card import Card, Control
from paradigms.denoising_network import DenoisingNetwork, learn
from paradigms.fitted_arrays import FittedArrays
from paradigms.joint_identities import JointIdentities, labelled_points, query_points, slots_of
from paradigms.noise_schedules import karras
from paradigms.noisy_pairs import centre_and_scale, order_of_appearance, posterior_mean, stratified_normal
from paradigms.preconditioned_denoiser import PreconditionedDenoiser, target_of
from paradigms.probability_flow_density import log_density
from paradigms.randomness import generator
from paradigms.samplers.dpm_solver import dpm_solver
from paradigms.training import Progress

_LARGEST_NOISE = 10.0  # in units of the data's scale: noise that hides them
_MARGIN = 0.1  # of the data's range: how far outside it a clean point may be


class Diffusion(JointIdentities, FittedArrays, BaseEstimator):
    """p(x|y) as where a diffusion comes from: one network for all classes learns to undo its noise.

    ``n_steps`` batches of ``batch_size`` points x = x₀ + σε, with ln σ ~ N(−0.6, 1.3²) in units where the
    data have variance 1. In one case of ten the class is hidden, so that the network knows p(x) too, which
    guidance starts from (Ho & Salimans 2022). A clean point is looked for inside the range of its class's points and a
    tenth more. The density is the sampler's own, up to the solver's steps: its total is 1 within about 1 %.

    Ho, Jain and Abbeel (2020), Denoising diffusion probabilistic models; Karras et al. (2022).
    """

    density_kind = "exact"
    _learned = (
        "classes_", "class_log_prior_", "numbers_", "mean_", "scale_", "lowest_", "highest_", "weights_",
    )  # fmt: skip

    def __init__(
        self, n_steps: int = 600, batch_size: int = 256, learning_rate: float = 0.01, random_state: Any = 0
    ) -> None:
        self.n_steps = n_steps
        self.batch_size = batch_size
        self.learning_rate = learning_rate
        self.random_state = random_state

    def fit(self, X: np.ndarray, y: np.ndarray | None = None) -> Self:
        for _ in self.fit_steps(X, y):
            pass
        return self

    def fit_steps(self, X: np.ndarray, y: np.ndarray | None = None) -> Iterator[Progress]:
        """Learn batch by batch; between two steps the model is that of the averaged weights so far."""
        X, classes, slots = labelled_points(self, X, y)
        rng, (mean, scale) = generator(self.random_state), centre_and_scale(X)
        points, numbers = ((X - mean) / scale).astype(np.float32), order_of_appearance(slots)
        own = [points[slots == k] for k in np.argsort(numbers)] + [points]
        ranges = np.array([[part.min(axis=0), part.max(axis=0)] for part in own], dtype=float)
        margin = _MARGIN * (ranges[:, 1] - ranges[:, 0])
        settled = {
            "classes_": classes,
            "class_log_prior_": np.log(np.bincount(slots) / len(X)),
            "numbers_": numbers,
            "mean_": mean,
            "scale_": scale,
            "lowest_": ranges[:, 0] - margin,
            "highest_": ranges[:, 1] + margin,
        }
        network = DenoisingNetwork.untrained(X.shape[1], len(classes), rng)

        def examples() -> tuple[np.ndarray, np.ndarray, float]:
            chosen = rng.integers(len(points), size=self.batch_size)
            clean, own_numbers = points[chosen], numbers[slots[chosen]]
            log_sigma = -0.6 + 1.3 * stratified_normal(self.batch_size, rng)[:, None]
            sigma, told = np.exp(log_sigma), rng.random(self.batch_size) > 0.1
            noisy = clean + sigma * rng.standard_normal(clean.shape, dtype=np.float32)
            target = posterior_mean(noisy, clean, sigma, own_numbers, told)
            z, F = target_of(target, noisy, sigma)
            return network.features(z, log_sigma, np.where(told, own_numbers, len(classes))), F, 1.0

        for step, loss, weights in learn(
            network, examples, n_steps=self.n_steps, learning_rate=self.learning_rate
        ):
            self._learn(**settled, weights_=weights)
            yield Progress(step, self.n_steps, {"denoising": loss})

    def _prepare(self) -> None:
        network = DenoisingNetwork(len(self.mean_), len(self.classes_), self.weights_)
        self._denoiser = PreconditionedDenoiser(network, self.lowest_, self.highest_)

    def predict_clean(self, X: np.ndarray, noise_level: float, y: np.ndarray | None = None) -> np.ndarray:
        """x̂₀ = E[x₀ | x] as ``(n, d)`` for x = x₀ + σε, σ = ``noise_level``; with labels, given the class."""
        X = (query_points(self, X) - self.mean_) / self.scale_
        everyone = np.full(len(X), len(self.classes_))
        numbers = everyone if y is None else self.numbers_[slots_of(y, self.classes_)]
        return self.mean_ + self.scale_ * self._denoiser.predict_clean(X, self._inner(noise_level), numbers)

    def predict_noise(self, X: np.ndarray, noise_level: float, y: np.ndarray | None = None) -> np.ndarray:
        """ε̂ = (x − x̂₀)/σ as ``(n, d)``, σ = ``noise_level``; with labels, given each point's class."""
        return (X - self.predict_clean(X, noise_level, y)) / (self._inner(noise_level) * self.scale_)

    def predict_v(self, X: np.ndarray, noise_level: float, y: np.ndarray | None = None) -> np.ndarray:
        """v̂ = (ε̂ − σ x̂₀)/√(1+σ²) as ``(n, d)``, with x̂₀ and σ in units where the data have variance 1."""
        sigma, clean = self._inner(noise_level), self.predict_clean(X, noise_level, y)
        noise = (X - clean) / (sigma * self.scale_)
        return (noise - sigma * (clean - self.mean_) / self.scale_) / np.sqrt(1 + sigma**2)

    def velocity(self, X: np.ndarray, time: float, y: np.ndarray | None = None) -> np.ndarray:
        """dx/dt as ``(n, d)`` for x_t = t x₀ + (1 − t) ε: a denoiser is a velocity field.

        x_t/t = x₀ + σε with σ = (1 − t)/t, so that E[x₀ − ε | x_t] = (x̂₀(x_t/t, σ) − x_t)/(1 − t). Both ends
        are singular: t is kept between 0.01 and 0.99.
        """
        t = float(np.clip(time, 0.01, 0.99))
        return (self.predict_clean(np.asarray(X) / t, (1 - t) / t, y) - X) / (1 - t)

    def log_joint(self, X: np.ndarray) -> np.ndarray:
        """log p(y) + log p(x|y) as ``(n, K)``, p(x|y) by the probability-flow ODE."""
        X = (query_points(self, X) - self.mean_) / self.scale_
        of_class = [partial(self._denoiser.clean_and_trace, number=number) for number in self.numbers_]
        log_conditional = np.column_stack([log_density(denoiser, X) for denoiser in of_class])
        return self.class_log_prior_ + log_conditional - X.shape[1] * np.log(self.scale_)

    def sample_given(self, y: np.ndarray, random_state: Any = None) -> np.ndarray:
        """x ~ p(x|y) for each label, ``(len(y), d)``: 25 steps of DPM-Solver++ from Gaussian noise."""
        check_is_fitted(self)
        noise = generator(random_state).standard_normal((len(y), len(self.mean_)))
        *_, last = dpm_solver(
            self._denoiser,
            np.sqrt(1 + _LARGEST_NOISE**2) * noise,
            noise_levels=karras(25, sigma_max=_LARGEST_NOISE),
            y=self.numbers_[slots_of(y, self.classes_)],
        )
        return self.mean_ + self.scale_ * last.position

    def _inner(self, noise_level: float) -> float:
        """σ in units of the data's scale; a little more than 0, where x̂₀ would be x itself."""
        if not noise_level >= 0:
            raise ValueError(f"The noise level must be at least 0; it is {noise_level}.")
        return max(noise_level / float(self.scale_), 1e-6)


CARD = Card(
    title="Diffusion",
    estimator=Diffusion,
    estimates=r"p(x, y)",
    source="Ho, Jain and Abbeel (2020), Denoising diffusion probabilistic models",
    controls=(
        Control("n_steps", "Steps", low=100, high=3000, step=100, help="More make a sharper picture."),
    ),
    rank=80,
)
