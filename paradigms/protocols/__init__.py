"""The protocols of models, densities and targets: which questions each of them answers.

A capability *is* a method: a model that cannot say how likely a point is has no ``score_samples``, and
every page can see that with :func:`can`. There are no flags to keep in step. Conventions are
scikit-learn's: ``__init__`` only stores, learned attributes end in ``_``, ``fit`` returns self and
forgets any earlier fit.

Shapes and words. ``X (n, d)`` are points, ``y (n,)`` their *labels*, of any kind. ``classes_ (K,)`` are the
distinct labels in order, and the *class index* of a label is its position there, 0 to K − 1: the order of the
columns of every ``(n, K)``. A network that numbers the classes for itself, as they first appear in the data,
calls that the *network class*. All logarithms are natural.
"""

from __future__ import annotations

from typing import Any

from paradigms.protocols.distributions import (
    Bounded,
    ConditionallyDifferentiable,
    ConditionalSampleable,
    CoordinateFactors,
    Density,
    DensityWithGradient,
    DifferentiableDensity,
    GridEvaluable,
    Moments,
    QuickDensity,
    Sampleable,
)
from paradigms.protocols.models import (
    AnomalyScorer,
    Classifier,
    ConditionalDensity,
    DensityModel,
    JointModel,
    MarginClassifier,
    PosteriorDraws,
    Regressor,
    Storable,
    Trainable,
)
from paradigms.protocols.transport import (
    Denoiser,
    LatentMap,
    LatentModel,
    Noisable,
    SampleableDenoiser,
    VelocityField,
)

__all__ = [
    "AnomalyScorer",
    "Bounded",
    "CannotFit",
    "Classifier",
    "ConditionalDensity",
    "ConditionalSampleable",
    "ConditionallyDifferentiable",
    "CoordinateFactors",
    "Denoiser",
    "Density",
    "DensityModel",
    "DensityWithGradient",
    "DifferentiableDensity",
    "GridEvaluable",
    "JointModel",
    "LatentMap",
    "LatentModel",
    "MarginClassifier",
    "Moments",
    "Noisable",
    "PosteriorDraws",
    "QuickDensity",
    "Regressor",
    "Sampleable",
    "SampleableDenoiser",
    "Storable",
    "Trainable",
    "VelocityField",
    "can",
    "methods_of",
]


class CannotFit(ValueError):
    """The model cannot be fitted to these data; the message is a sentence for people."""


def can(model: Any, *protocols: type) -> bool:
    """Whether a model (or a model's class) has every method of the given protocols."""
    return all(hasattr(model, name) for protocol in protocols for name in methods_of(protocol))


def methods_of(protocol: type) -> tuple[str, ...]:
    """The names of the methods that a protocol asks for, those that it inherits first."""
    kinds = reversed(protocol.__mro__)
    return tuple(name for kind in kinds for name in vars(kind) if not name.startswith("_"))
