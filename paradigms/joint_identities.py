"""What follows from log p(x, y) alone: the rules of probability, written once for every joint model."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import logsumexp, softmax
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

from paradigms.protocols import CannotFit
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


class JointIdentities(SampledByClass, ClassifierMixin):
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


def training_points(model: BaseEstimator, X: np.ndarray) -> np.ndarray:
    """X as a finite float array ``(n, d)``; raises CannotFit when there is no point."""
    X = validate_data(model, X, dtype=np.float64, ensure_min_samples=0)
    if len(X) == 0:
        raise CannotFit("There is no point to fit to: draw at least one.")
    return X


def labelled_points(
    model: BaseEstimator, X: np.ndarray, y: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """X, the distinct labels in order, and the slot of each point among them. Without y: one class, 0."""
    if y is None:
        X = training_points(model, X)
        return X, np.array([0]), np.zeros(len(X), dtype=int)
    X, y = validate_data(model, X, y, dtype=np.float64, ensure_min_samples=0)
    if len(X) == 0:
        raise CannotFit("There is no point to fit to: draw at least one.")
    check_classification_targets(y)
    classes, slots = np.unique(y, return_inverse=True)
    return X, classes, slots


def query_points(model: BaseEstimator, X: np.ndarray) -> np.ndarray:
    """X as a finite float array ``(n, d)`` that a fitted model can answer for."""
    check_is_fitted(model)
    # A chain asks hundreds of times with arrays that need no conversion: they are only looked through.
    plain = type(X) is np.ndarray and X.dtype == np.float64 and X.shape[1:] == (model.n_features_in_,)
    if plain and len(X) and not hasattr(model, "feature_names_in_") and np.isfinite(X).all():
        return X
    return validate_data(model, X, dtype=np.float64, reset=False)


def slots_of(y: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """The position of each label among ``classes``; raises ValueError for a label that was never seen."""
    y = np.asarray(y)
    slots = np.minimum(np.searchsorted(classes, y), len(classes) - 1)
    if not np.array_equal(classes[slots], y):
        unknown = sorted(set(y.tolist()) - set(classes.tolist()))
        raise ValueError(f"The model knows no class {unknown[0]!r}; it was fitted to {classes.tolist()}.")
    return slots
