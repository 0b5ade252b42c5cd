"""``fit`` of models that are trained step by step: all steps, one after another."""

from __future__ import annotations

from typing import Self

import numpy as np

from paradigms.estimators.fitted_arrays import FittedArrays


class TrainedInSteps(FittedArrays):
    """Mixin for models with ``fit_steps``."""

    def fit(self, X: np.ndarray, y: np.ndarray | None = None) -> Self:
        """``X (n, d)``, ``y (n,)`` where the model asks for it; drains ``fit_steps``."""
        for _ in self.fit_steps(X, y):
            pass
        return self
