"""What may be shown of a fitted model: its pictures on the plane, and its numbers on held-out points.

What a model can be shown as is presence: it has a ``boundary``, a ``density``, ``samples``, or has not. All
in an assessment is immutable, so it may be kept, and handed from process to process.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from scipy.special import softmax

from paradigms import grid
from paradigms.data.dataset import Dataset
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.evaluation import measures
from paradigms.evaluation.adaptive_cubature import adaptive_cubature
from paradigms.evaluation.distances import energy_distance
from paradigms.evaluation.mass_levels import contours
from paradigms.fits.parts import Boundary, Density, HeldOut, Samples, frozen
from paradigms.fits.specs import FitSpec
from paradigms.protocols import Classifier, DifferentiableDensity, JointModel, MarginClassifier, can

RESOLUTION = 200
N_SAMPLES = 300  # that stand for a model without a density
N_FLOORS = 5  # times that training points are drawn to be compared with held-out ones
N_ARROWS = 19  # in a row of the field of scores

# Why there is no number.
NONE_HELD_OUT, NO_CLASSIFIER, NO_DENSITY = "none held out", "no classifier", "no density"
UP_TO_A_CONSTANT, NO_SAMPLES = "up to a constant", "no samples"


@dataclass(frozen=True, eq=False)
class Assessment:
    """A fitted model, what it can be shown as, and how it does on held-out points.

    ``seconds`` is what the fit took. ``of`` says in plain data which fit this is, or whose truth; ``step``
    after which optimiser step, None at its end.
    """

    model: Any
    seconds: float
    held_out: HeldOut
    boundary: Boundary | None = None
    density: Density | None = None
    samples: Samples | None = None
    of: FitSpec | DatasetSpec | None = None
    step: int | None = None

    @property
    def labels(self) -> tuple[int, ...]:
        """The classes that the model knows, in the order of its columns."""
        return tuple(int(label) for label in self.model.classes_)

    @cached_property
    def digest(self) -> str:
        """A short name of what was assessed, the same in every process. Raises ValueError without ``of``."""
        if self.of is None:
            raise ValueError("Nobody has said what this is an assessment of.")
        return self.of.digest if self.step is None else f"{self.of.digest}@{self.step}"

    def why_no(self, number: str) -> str | None:
        """The reason for which that number of ``held_out`` is None, in words that texts are filed under."""
        if getattr(self.held_out, number) is not None:
            return None
        if self.held_out.n == 0:
            return NONE_HELD_OUT
        if number == "mean_log_density":
            return UP_TO_A_CONSTANT if self.density else NO_DENSITY
        return NO_CLASSIFIER if number in ("accuracy", "log_loss") else NO_SAMPLES

    def to_arrays(self) -> dict[str, np.ndarray]:
        """All of it, the model too, as arrays by name. Raises ValueError without ``of``."""
        whole = {"seconds": self.seconds, "digest": self.digest, "of": self.of.to_json(), "step": self.step}
        arrays = {name: np.asarray(value) for name, value in whole.items() if value is not None}
        parts = {name: getattr(self, name) for name in _PARTS if getattr(self, name) is not None}
        if isinstance(self.of, FitSpec):
            parts["model"] = self.model
        for name, part in parts.items():
            arrays |= {f"{name}/{key}": value for key, value in part.to_arrays().items()}
        return arrays

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, np.ndarray]) -> Self:
        """The assessment that ``to_arrays`` wrote."""

        def beneath(name: str) -> dict[str, np.ndarray]:
            return {k.removeprefix(f"{name}/"): v for k, v in arrays.items() if k.startswith(f"{name}/")}

        text, model = arrays["of"].item(), beneath("model")
        of = FitSpec.from_json(text) if model else DatasetSpec.from_json(text)
        fitted = of.model.restored(model) if model else of.dataset().truth
        parts = {name: kind.from_arrays(beneath(name)) for name, kind in _PARTS.items() if beneath(name)}
        step = arrays["step"].item() if "step" in arrays else None
        return cls(fitted, arrays["seconds"].item(), of=of, step=step, **parts)

    def __reduce__(self) -> tuple:
        """Plain arrays between processes, so that what arrives is as frozen as what was sent."""
        return type(self).from_arrays, (self.to_arrays(),)


_PARTS = {"held_out": HeldOut, "boundary": Boundary, "density": Density, "samples": Samples}


def assess(
    model: Any,
    dataset: Dataset,
    seconds: float = 0.0,
    resolution: int = RESOLUTION,
    *,
    of: FitSpec | DatasetSpec | None = None,
    step: int | None = None,
) -> Assessment:
    """Look at a fitted model. It must not know more than the plane's four classes.

    A density is shown where the model has one, and else samples where it can make some. The pictures are
    ``(H, W)`` over the plane, H = W = ``resolution``.
    """
    numbers: dict[str, Any] = {"n": len(dataset.held_out[0])}
    boundary = density = samples = None
    if can(model, Classifier):
        numbers |= _classification(model, dataset)
    if can(model, JointModel):
        density, log_joint = _density(model, dataset, resolution)
        boundary = Boundary(frozen(softmax(log_joint, axis=-1).astype(np.float32)))
        if numbers["n"] and density.kind != "unnormalised":
            numbers["mean_log_density"] = measures.mean_log_density(density.held_out_log_density)
    elif can(model, Classifier):
        boundary = _boundary(model, dataset, resolution)
    else:
        samples = _samples(model)
        numbers |= _distances(samples.points, dataset)
    return Assessment(model, seconds, HeldOut(**numbers), boundary, density, samples, of, step)


def _boundary(model: Any, dataset: Dataset, resolution: int) -> Boundary:
    axis = grid.axis(resolution)
    probabilities = frozen(grid.class_probabilities(model, axis, axis).astype(np.float32))
    margin = supporting = None
    if can(model, MarginClassifier):
        if len(model.classes_) == 2:
            margin = frozen(model.margins_on_grid(axis, axis)[..., 0].astype(np.float32))
        among = (dataset.X[:, None] == model.support_vectors_).all(axis=2).any(axis=1)
        supporting = frozen(among & ~dataset.held_out_mask)
    return Boundary(probabilities, margin, supporting)


def _density(model: Any, dataset: Dataset, resolution: int) -> tuple[Density, np.ndarray]:
    """The density, and log p(x, y) at the very centres of the picture's cells."""
    axis = grid.axis(resolution)
    at_centres = grid.log_joint(model, axis, axis)
    mass = adaptive_cubature(model, at_centres)
    held_out, _ = dataset.held_out
    log_density = frozen(model.score_samples(held_out) if len(held_out) else np.empty(0))
    lines = (frozen(np.array(values)) for values in contours(mass))
    log_joint = frozen(mass.log_joint.astype(np.float32))
    numbers = model.density_kind, log_density, float(mass.integral), float(mass.narrow)
    return Density(log_joint, *numbers, *lines), at_centres


def _samples(model: Any) -> Samples:
    points, labels = (frozen(array) for array in model.sample_joint(N_SAMPLES, random_state=0))
    if not can(model, DifferentiableDensity):
        return Samples(points, labels)
    axis = grid.axis(N_ARROWS)
    places = frozen(grid.points(axis, axis))
    return Samples(points, labels, places, frozen(model.log_density_gradient(places)))


def _classification(model: Any, dataset: Dataset) -> dict[str, float]:
    X, y = dataset.held_out
    if len(X) == 0:
        return {}
    probabilities = model.predict_proba(X)
    predicted = model.classes_[probabilities.argmax(axis=1)]
    loss = measures.log_loss(y, probabilities, model.classes_)
    return {"accuracy": measures.accuracy(y, predicted), "log_loss": loss}


def _distances(samples: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    (train, _), (held_out, _) = dataset.train, dataset.held_out
    n = min(len(samples), len(train))
    if len(held_out) == 0:
        return {"n_compared": n}
    rng = np.random.default_rng(0)
    again = [train[rng.integers(len(train), size=n)] for _ in range(N_FLOORS)]
    floor = np.mean([energy_distance(points, held_out) for points in again])
    return {"distance": energy_distance(samples[:n], held_out), "floor": float(floor), "n_compared": n}
