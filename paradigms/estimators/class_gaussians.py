"""One Gaussian for each class: all of a joint model but its ``fit``."""

from __future__ import annotations

from copy import copy
from typing import Any, Self

import numpy as np
from sklearn.utils.validation import check_is_fitted

from paradigms.densities.gaussians import Gaussians, convolved, mixture_moments
from paradigms.estimators.exact_denoiser import ExactDenoiser
from paradigms.estimators.fitted_arrays import FittedArrays
from paradigms.estimators.input_checks import class_index_of, query_points
from paradigms.estimators.joint_model import JointModelMixin
from paradigms.randomness import generator


class ClassGaussians(JointModelMixin, ExactDenoiser, FittedArrays):
    """p(x, y) = p(y) N(x; μ_y, Σ_y). ``fit`` has to learn the four arrays named in ``_learned``."""

    density_kind = "exact"
    _learned = ("classes_", "class_log_prior_", "means_", "covariances_")

    def _prepare(self) -> None:
        self.gaussians_ = Gaussians(self.means_, self.covariances_)

    def log_joint(self, X: np.ndarray) -> np.ndarray:
        """log p(y) + log N(x; μ_y, Σ_y) as ``(n, K)``."""
        X = query_points(self, X)
        return self.class_log_prior_ + self.gaussians_.log_density(X)

    def on_grid(self, x_axis: np.ndarray, y_axis: np.ndarray) -> np.ndarray:
        """log p(x, y) on a tensor grid, ``(H, W, K)``, for models of two columns."""
        check_is_fitted(self)
        return self.class_log_prior_ + self.gaussians_.log_density_on_grid(x_axis, y_axis)

    def sample_given(self, y: np.ndarray, random_state: Any = None) -> np.ndarray:
        """One point from the Gaussian of each label's class: ``(len(y), d)``."""
        check_is_fitted(self)
        return self.gaussians_.sample(class_index_of(y, self.classes_), generator(random_state))

    def log_density_gradient(self, X: np.ndarray) -> np.ndarray:
        """∇ log p(x) as ``(n, d)``: that of the mixture over the classes."""
        X = query_points(self, X)
        return self.gaussians_.mixture_log_density_and_gradient(X, self.class_log_prior_)[1]

    def log_conditional_gradient(self, X: np.ndarray, y: np.ndarray) -> np.ndarray:
        """∇ log p(x|y) as ``(n, d)``, with each point's own label ``y (n,)``."""
        X = query_points(self, X)
        return self.gaussians_.component_gradient(X, class_index_of(y, self.classes_))

    def noised(self, sigma: float) -> Self:
        """The model of x + σε: every covariance becomes Σ_y + σ²I."""
        check_is_fitted(self)
        learned = {name: getattr(self, name) for name in self._learned}
        return copy(self)._learn(**learned | {"covariances_": convolved(self.covariances_, sigma)})

    def mean_and_covariance(self) -> tuple[np.ndarray, np.ndarray]:
        """The first two moments of p(x): ``(d,)`` and ``(d, d)``."""
        check_is_fitted(self)
        return mixture_moments(np.exp(self.class_log_prior_), self.means_, self.covariances_)
