"""Classifier-free and classifier guidance of a denoiser."""

from __future__ import annotations

import numpy as np

from paradigms.diffusion.empirical_denoiser import shares_behind
from paradigms.protocols import Classifier, Denoiser


class Guided:
    """The denoiser ε̂(x) + w (ε̂(x|y) − ε̂(x)): w = 0 ignores the class, w = 1 is the model, more exaggerates.

    Any sampler takes it in the place of ``denoiser``. Ho and Salimans (2022), Classifier-free diffusion
    guidance, eq. 6, whose weight is ours less 1.
    """

    def __init__(self, denoiser: Denoiser, weight: float) -> None:
        self.denoiser = denoiser
        self.weight = weight

    def predict_noise(self, X: np.ndarray, noise_level: float, y: np.ndarray | None = None) -> np.ndarray:
        """As ``(n, d)``; without labels there is nothing to exaggerate."""
        blind = self.denoiser.predict_noise(X, noise_level)
        if y is None:
            return blind
        return blind + self.weight * (self.denoiser.predict_noise(X, noise_level, y) - blind)


class SteeredByClassifier:
    """The denoiser ε̂(x) − w σ ∇ log p(y|x): a function steers a distribution that knows no classes.

    The ``classifier`` knows clean points. What it says of a noisy one is its mean over what may lie behind,
    p(y|x) = E[p(y|x₀) | x]: here over ``draws (m, d)`` of the distribution itself, each weighed by how likely
    x is behind it, so that the classifier is asked once and for all. Then

        σ² ∇ log p(y|x) = E[x₀ | x, y] − E[x₀ | x],

    and w = 1 samples p(x) p(y|x) as m grows: Dhariwal and Nichol (2021), Diffusion models beat GANs on image
    synthesis, algorithm 2, with a classifier that knows noise by self-normalised importance sampling.
    """

    def __init__(self, denoiser: Denoiser, classifier: Classifier, weight: float, draws: np.ndarray) -> None:
        self.denoiser, self.weight, self.draws = denoiser, weight, draws
        self.classes = classifier.classes_
        self.probabilities = np.maximum(classifier.predict_proba(draws), 1e-12)

    def predict_noise(self, X: np.ndarray, noise_level: float, y: np.ndarray | None = None) -> np.ndarray:
        """As ``(n, d)``; without labels nobody steers. Raises ValueError for a label it never saw."""
        noise = self.denoiser.predict_noise(X, noise_level)
        if y is None or self.weight == 0:
            return noise
        unknown = np.setdiff1d(y, self.classes)
        if len(unknown):
            raise ValueError(f"The classifier knows no class {unknown[0]!r}.")
        for label in np.unique(y):
            rows = np.asarray(y) == label
            votes = self.probabilities[:, self.classes == label]
            shares = shares_behind(X[rows], self.draws, noise_level)
            clean_given_label = shares @ (votes * self.draws) / (shares @ votes)
            noise[rows] -= self.weight / noise_level * (clean_given_label - shares @ self.draws)
        return noise
