"""Denoising diffusion: one network learns E[x₀ | x] for every noise level and class."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from paradigms.cards import Card
from paradigms.diffusion.denoising_estimator import DenoisingEstimator
from paradigms.diffusion.denoising_network import DenoisingNetwork
from paradigms.diffusion.likelihood import probability_flow_density
from paradigms.diffusion.noise_schedules import karras
from paradigms.diffusion.noisy_pairs import posterior_mean, stratified_normal
from paradigms.diffusion.preconditioning import PreconditionedDenoiser, input_and_target
from paradigms.estimators.input_checks import query_points
from paradigms.estimators.joint_model import JointModelMixin
from paradigms.estimators.parameters import parameters
from paradigms.estimators.training_controls import DENOISING_STEPS
from paradigms.randomness import generator
from paradigms.samplers.dpm_solver import dpm_solver

_LARGEST_NOISE, _SMALLEST_NOISE = 10.0, 0.03  # in units of the data's scale


@parameters
class Diffusion(DenoisingEstimator, JointModelMixin, BaseEstimator):
    """p(x|y) as where a diffusion comes from: one network for all classes learns to undo its noise.

    Batches of points x = x₀ + σε, with ln σ ~ N(−0.6, 1.3²) in units where the data have variance 1. In one
    case of ten the class is hidden, so that the network knows p(x) too, which guidance starts from (Ho &
    Salimans 2022). Density and samples are those of the probability-flow ODE at a noise of 0.03 of the data's
    scale, along the same levels: 30 steps, or 60 where a class has fewer than 30 different points. The
    integral is then 1 within 1 %, and samples follow the density up to the error of the solver, a hundredth
    of the mass at most.

    Parameters
    ----------
    n_steps, batch_size, learning_rate
        Adam steps, points in each, and the largest rate.

    References
    ----------
    Ho, Jain and Abbeel (2020), Denoising diffusion probabilistic models; Karras et al. (2022), Elucidating
    the design space of diffusion-based generative models.
    """

    density_kind = "exact"

    n_steps: int = 600
    batch_size: int = 256
    learning_rate: float = 0.01
    random_state: Any = 0

    def _examples(
        self, network: DenoisingNetwork, points: np.ndarray, y: np.ndarray, rng: np.random.Generator
    ) -> tuple[np.ndarray, np.ndarray, float]:
        """Noisy points and the best answers to them: the features of a batch, the targets, the weight."""
        clean, own, given = self._batch(network, points, y, rng)
        log_sigma = -0.6 + 1.3 * stratified_normal(self.batch_size, rng)[:, None]
        sigma = np.exp(log_sigma)
        noisy = clean + sigma * rng.standard_normal(clean.shape, dtype=np.float32)
        answer = posterior_mean(noisy, clean, sigma, own, given == own)
        z, target = input_and_target(answer, noisy, sigma)
        return network.features(z, log_sigma, given), target, 1.0

    def _prepare(self) -> None:
        super()._prepare()
        self._denoiser = PreconditionedDenoiser(self._network)

    def predict_clean(self, X: np.ndarray, noise_level: float, y: np.ndarray | None = None) -> np.ndarray:
        """x̂₀ = E[x₀ | x] as ``(n, d)`` for x = x₀ + σε, σ = ``noise_level``; with labels, given the class."""
        X = (query_points(self, X) - self.mean_) / self.scale_
        sigma, network_class = self._inner_level(noise_level), self._network_class_of(y, len(X))
        return self.mean_ + self.scale_ * self._denoiser.predict_clean(X, sigma, network_class)

    def predict_noise(self, X: np.ndarray, noise_level: float, y: np.ndarray | None = None) -> np.ndarray:
        """ε̂ = (x − x̂₀)/σ as ``(n, d)``, σ = ``noise_level``; with labels, given each point's class."""
        return (X - self.predict_clean(X, noise_level, y)) / (self._inner_level(noise_level) * self.scale_)

    def predict_v(self, X: np.ndarray, noise_level: float, y: np.ndarray | None = None) -> np.ndarray:
        """v̂ = (ε̂ − σx̂₀)/√(1+σ²) as ``(n, d)``, with x̂₀ and σ in units where the data have variance 1."""
        sigma, clean = self._inner_level(noise_level), self.predict_clean(X, noise_level, y)
        noise = (X - clean) / (sigma * self.scale_)
        return (noise - sigma * (clean - self.mean_) / self.scale_) / np.sqrt(1 + sigma**2)

    def velocity(self, X: np.ndarray, time: float, y: np.ndarray | None = None) -> np.ndarray:
        """dx/dt as ``(n, d)`` for x_t = t x₀ + (1 − t) ε: a trained denoiser is a velocity field.

        x_t/t = x₀ + σε with σ = (1 − t)/t, so that E[x₀ − ε | x_t] = (x̂₀(x_t/t, σ) − x_t)/(1 − t). Both ends
        are singular: t is kept between 0.01 and 0.99.
        """
        t, X = float(np.clip(time, 0.01, 0.99)), np.asarray(X, dtype=float)
        return (self.predict_clean(X / t, (1 - t) / t, y) - X) / (1 - t)

    def log_joint(self, X: np.ndarray) -> np.ndarray:
        """log p(y) + log p(x|y) as ``(n, K)``, p(x|y) by the probability-flow ODE."""
        X = (query_points(self, X) - self.mean_) / self.scale_
        noise = self._noised(_LARGEST_NOISE)
        log_joint = np.empty((len(X), len(self.classes_)))
        for k, own in enumerate(self.network_class_):
            denoise, levels = partial(self._denoiser.clean_and_jacobian, network_class=own), self._levels(own)
            log_joint[:, k] = probability_flow_density(
                denoise, X, levels[::-1], lambda ends, own=own: noise.log_density(ends)[:, own]
            )
        return log_joint + self.class_log_prior_ - X.shape[1] * np.log(self.scale_)

    def sample_given(self, y: np.ndarray, random_state: Any = None) -> np.ndarray:
        """x ~ p(x|y) for each label, ``(len(y), d)``: DPM-Solver++ from Gaussian noise to the density's."""
        check_is_fitted(self)
        network_class = self._network_class_of(y, len(y))
        start = self._noised(_LARGEST_NOISE).sample(network_class, generator(random_state))
        *_, last = dpm_solver(self._denoiser, start, noise_levels=self._levels(), y=network_class)
        return self.mean_ + self.scale_ * last.position

    def _levels(self, network_class: Any = slice(None)) -> np.ndarray:
        """The falling noise levels for these network classes."""
        return karras(self.n_levels_[network_class].max(), _LARGEST_NOISE, _SMALLEST_NOISE)[:-1]


CARD = Card(
    title="Diffusion",
    estimator=Diffusion,
    estimates=r"p(x, y)",
    source="Ho, Jain and Abbeel (2020), Denoising diffusion probabilistic models",
    controls=(DENOISING_STEPS,),
    rank=80,
)
