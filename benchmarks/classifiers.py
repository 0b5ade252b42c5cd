"""Every classifier on 2,000 points: its fit and its 200 × 200 field, and the support vectors' field alone.

Nothing is promised of the hybrid models, which learn p(x) too.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

import numpy as np
from scipy.special import logit
from sklearn.svm import SVC

from benchmarks.comparison import Comparison, cpu_seconds, milliseconds, one_thread, side_by_side
from benchmarks.stage import Stage
from paradigms import grid, registry
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.discriminative.support_vector_machine import SupportVectorMachine

AXIS = grid.axis(200)
SECONDS = {"gaussian_process": 0.5}  # CPU-seconds that both together may take; 0.4 for all others


def compare(_: Stage) -> Iterator[Comparison]:
    one_thread()
    data = DatasetSpec(preset="moons", size=2000).dataset()
    for name, card in registry.cards().items():
        folder = card.estimator.__module__.split(".")[1]
        if folder in ("discriminative", "hybrid"):
            yield _fit_and_field(name, SECONDS.get(name, 0.4), data.X, data.y)
    overlapping = DatasetSpec(preset="moons", size=2000, noise=0.5).dataset()
    yield _field_of_support_vectors(overlapping.X, overlapping.y)


def _fit_and_field(name: str, most: float, X: np.ndarray, y: np.ndarray) -> Comparison:
    """The CPU-seconds of both together, a median; a first small fit pays for imports and the like."""
    grid.class_probabilities(registry.create(name).fit(X[:100], y[:100]), AXIS, AXIS)
    fits, fields = [], []
    for _ in range(5):
        model = registry.create(name)
        fits.append(cpu_seconds(lambda model=model: model.fit(X, y)))
        fields.append(cpu_seconds(lambda model=model: grid.class_probabilities(model, AXIS, AXIS)))
    total = median(np.add(fits, fields))
    return Comparison(
        f"{name.replace('_', ' ')}: fit and 200 × 200 field, n = 2,000",
        f"{milliseconds(total)} ({milliseconds(median(fits))} + {milliseconds(median(fields))})",
        held_to=f"< {milliseconds(most)}",
        met=bool(total < most),
    )


def _field_of_support_vectors(X: np.ndarray, y: np.ndarray) -> Comparison:
    """Our probabilities, by the separable product of kernels, against scikit-learn's margins.

    On classes that overlap: there are more support vectors where there are errors.
    """
    ours, points = SupportVectorMachine().fit(X, y), grid.points(AXIS, AXIS)
    variance = X.shape[1] * X.var(axis=0).mean()
    peer = SVC(C=ours.C, gamma=ours.gamma / variance, tol=0.01).fit(X, y)
    margins = (logit(ours.on_grid(AXIS, AXIS)[..., 1]) - ours.sigmoid_offset_) / ours.sigmoid_slope_
    astray = np.abs(margins.ravel() - peer.decision_function(points)).max()
    if astray > 0.05:
        raise AssertionError(f"The two machines part by {astray:.1e}; their times cannot be compared.")
    fast, slow = side_by_side(
        lambda: cpu_seconds(lambda: ours.on_grid(AXIS, AXIS)),
        lambda: cpu_seconds(lambda: peer.decision_function(points)),
        runs=7,
    )
    return Comparison(
        f"200 × 200 field of {len(ours.support_vectors_)} support vectors, n = 2,000",
        milliseconds(fast),
        f"{milliseconds(slow)}, sklearn.svm.SVC.decision_function",
        f"{slow / fast:.0f}×",
        "< 20 ms",
        fast < 0.02,
    )
