"""Targets whose every answer is a formula."""

import numpy as np

from paradigms.generative.gaussian_mixture import GaussianMixture


class Normal:
    """N(mean, variance · I), as a density and as a denoiser."""

    def __init__(self, mean=0.0, variance=1.0):
        self.mean, self.variance = mean, variance

    def score_samples(self, X):
        return -0.5 * ((X - self.mean) ** 2).sum(axis=1) / self.variance

    def log_density_gradient(self, X):
        return (self.mean - X) / self.variance

    def mean_and_covariance(self):
        return np.full(2, self.mean), self.variance * np.eye(2)

    def predict_noise(self, X, noise_level, y=None):
        return noise_level * (X - self.mean) / (self.variance + noise_level**2)


def two_islands(weight=0.7):
    """weight · N((−2, 0), I/4) + (1 − weight) · N((2, 0), I/4) as a fitted mixture."""
    return GaussianMixture.from_arrays(
        {
            "weights_": np.array([weight, 1 - weight]),
            "means_": np.array([[-2.0, 0.0], [2.0, 0.0]]),
            "covariances_": np.array([0.25 * np.eye(2)] * 2),
            "n_features_in_": np.array(2),
        }
    )
