"""Score network: ∇ log p_σ at many noise levels σ, by denoising score matching."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from paradigms.cards import Card, Control
from paradigms.diffusion.denoising_estimator import DenoisingEstimator
from paradigms.diffusion.denoising_network import DenoisingNetwork
from paradigms.diffusion.noise_schedules import karras
from paradigms.diffusion.preconditioning import PreconditionedDenoiser, input_and_target
from paradigms.estimators.input_checks import query_points
from paradigms.estimators.joint_model import SampledByClass
from paradigms.estimators.parameters import parameters
from paradigms.estimators.training_controls import DENOISING_STEPS
from paradigms.randomness import generator
from paradigms.samplers.annealed_langevin import annealed_langevin
from paradigms.training import Progress

_LARGEST_NOISE = 10.0  # in units of the data's scale: noise that hides them


@parameters
class ScoreBased(SampledByClass, DenoisingEstimator, BaseEstimator):
    """s(x, σ) ≈ ∇ log p_σ(x) for σ from ``smallest_noise`` up to 10, in units of the data's scale.

    Denoising score matching: for x = x₀ + σε the score is the mean of −ε/σ, so it is enough
    to regress on it, with weight σ² to make the levels count alike. The network is given the class except
    in one case of ten, when it learns the score of p_σ(x) itself. It is asked for scores only: how likely a
    place is follows from those at all levels together, which is what a diffusion does with them.

    Song and Ermon (2019), Generative modeling by estimating gradients of the data distribution, eq. 5–6;
    Vincent (2011), A connection between score matching and denoising autoencoders.
    """

    _loss = "score matching"

    smallest_noise: float = 0.05
    n_steps: int = 1000
    batch_size: int = 256
    learning_rate: float = 0.01
    random_state: Any = 0

    def fit_steps(self, X: np.ndarray, y: np.ndarray | None = None) -> Iterator[Progress]:
        """Learn batch by batch."""
        if not 0 < self.smallest_noise < _LARGEST_NOISE:
            raise ValueError(f"smallest_noise must lie between 0 and 10; it is {self.smallest_noise}.")
        return super().fit_steps(X, y)

    def _examples(
        self, network: DenoisingNetwork, points: np.ndarray, y: np.ndarray, rng: np.random.Generator
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """σ² |s − (−ε/σ)|² = |ε̂ − ε|² = |F − target|²/(1 + σ²), with ln σ spread evenly."""
        clean, _, given = self._batch(network, points, y, rng)
        share = (np.arange(self.batch_size) + rng.random(self.batch_size))[:, None] / self.batch_size
        low, high = np.log(self.smallest_noise), np.log(_LARGEST_NOISE)
        log_sigma = (low + share * (high - low)).astype(np.float32)
        sigma = np.exp(log_sigma)
        noisy = clean + sigma * rng.standard_normal(clean.shape, dtype=np.float32)
        z, target = input_and_target(clean, noisy, sigma)
        return network.features(z, log_sigma, given), target, 1 / (1 + sigma**2)

    def _prepare(self) -> None:
        super()._prepare()
        self._denoiser = PreconditionedDenoiser(self._network)

    def predict_noise(self, X: np.ndarray, noise_level: float, y: np.ndarray | None = None) -> np.ndarray:
        """ε̂ = −σ s(x, σ) as ``(n, d)``, σ = ``noise_level``; with labels, given each point's class."""
        X = (query_points(self, X) - self.mean_) / self.scale_
        return self._denoiser.predict_noise(
            X, self._inner_level(noise_level), self._network_class_of(y, len(X))
        )

    def log_density_gradient(self, X: np.ndarray) -> np.ndarray:
        """∇ log p_σ(x) at the smallest noise level, ``(n, d)``: that of the points nearly as they are."""
        check_is_fitted(self)
        sigma = self.smallest_noise * float(self.scale_)
        return -self.predict_noise(X, sigma) / sigma

    def sample_given(self, y: np.ndarray, random_state: Any = None) -> np.ndarray:
        """x ~ p(x|y), nearly, as ``(len(y), d)``: annealed Langevin, five steps at each of 60 levels."""
        check_is_fitted(self)
        network_class, rng = self._network_class_of(y, len(y)), generator(random_state)
        start = self._noised(_LARGEST_NOISE).sample(network_class, rng)
        levels = karras(60, sigma_max=_LARGEST_NOISE, sigma_min=self.smallest_noise)
        levels = np.append(np.repeat(levels[:-1], 5), 0.0)
        *_, last = annealed_langevin(self._denoiser, start, noise_levels=levels, y=network_class, rng=rng)
        return self.mean_ + self.scale_ * last.position


CARD = Card(
    title="Score network",
    estimator=ScoreBased,
    estimates=r"\nabla_x \log p(x)",
    source="Song and Ermon (2019), Generative modeling by estimating gradients of the data distribution",
    controls=(
        DENOISING_STEPS,
        Control(
            "smallest_noise",
            "Smallest noise",
            low=0.02,
            high=0.5,
            scale="log",
            help="In units of the data's scale: how close to the points the slope is learned.",
        ),
    ),
    rank=85,
)
