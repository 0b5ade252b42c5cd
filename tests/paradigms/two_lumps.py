"""Two lumps whose conditionals are a formula, as a denoiser."""

import numpy as np

from paradigms.bayes_rule import BayesRule
from paradigms.generative.gaussian_mixture import GaussianMixture


def two_lumps(correlation=0.0):
    """0.5 N((−1, −1), Σ) + 0.5 N((1, 1.5), Σ) with variances 0.36, as a denoiser."""
    mixture = GaussianMixture.from_arrays(
        {
            "weights_": np.array([0.5, 0.5]),
            "means_": np.array([[-1.0, -1.0], [1.0, 1.5]]),
            "covariances_": np.array([0.36 * np.array([[1, correlation], [correlation, 1]])] * 2),
            "n_features_in_": np.array(2),
        }
    )
    model = BayesRule(mixture)
    model.classes_, model.densities_, model.class_log_prior_ = np.array([0]), (mixture,), np.zeros(1)
    model.n_features_in_ = 2
    return model
