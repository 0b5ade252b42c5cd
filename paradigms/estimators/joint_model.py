"""The rules of probability for a joint model: what follows from log p(x, y) alone."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import logsumexp, softmax
from sklearn.base import ClassifierMixin
from sklearn.utils.validation import check_is_fitted

from paradigms.randomness import generator


class SampledByClass:
    """Mixin for models with ``sample_given``, ``classes_`` and ``class_log_prior_``."""

    def sample_joint(self, n_samples: int, random_state: Any = None) -> tuple[np.ndarray, np.ndarray]:
        """Labels from p(y), then points from p(x|y): ``(n, d)`` and ``(n,)``."""
        check_is_fitted(self)
        rng = generator(random_state)
        labels = rng.choice(self.classes_, size=n_samples, p=softmax(self.class_log_prior_))
        return self.sample_given(labels, rng), labels

    def sample(self, n_samples: int, random_state: Any = None) -> np.ndarray:
        """x ~ p(x) as ``(n, d)``: a joint sample without its labels."""
        return self.sample_joint(n_samples, random_state)[0]


class JointModelMixin(SampledByClass, ClassifierMixin):
    """Mixin for models with ``log_joint``, ``sample_given``, ``classes_`` and ``class_log_prior_``."""

    def log_conditional(self, X: np.ndarray) -> np.ndarray:
        """log p(x|y) = log p(x, y) − log p(y) as ``(n, K)``."""
        log_joint = self.log_joint(X)
        return log_joint - self.class_log_prior_

    def score_samples(self, X: np.ndarray) -> np.ndarray:
        """log p(x) = log Σ_y p(x, y) as ``(n,)``."""
        return logsumexp(self.log_joint(X), axis=1)

    def predict_proba(self, X: np.ndarray) -> np.ndarray:
        """p(y|x) = p(x, y) / p(x) as ``(n, K)``."""
        return softmax(self.log_joint(X), axis=1)

    def predict(self, X: np.ndarray) -> np.ndarray:
        """The most probable label of each point, ``(n,)``."""
        most_probable = np.argmax(self.log_joint(X), axis=1)
        return self.classes_[most_probable]
