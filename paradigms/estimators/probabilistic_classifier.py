"""The decision of a classifier that knows p(y|x): the most probable label."""

from __future__ import annotations

import numpy as np
from sklearn.base import ClassifierMixin


class ProbabilisticClassifier(ClassifierMixin):
    """Mixin for models with ``predict_proba`` and ``classes_``."""

    def predict(self, X: np.ndarray) -> np.ndarray:
        """argmax_y p(y|x), the most probable label of each point, ``(n,)``."""
        most_probable = self.predict_proba(X).argmax(axis=1)
        return self.classes_[most_probable]
