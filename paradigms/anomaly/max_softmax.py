"""Max-softmax score: one minus the largest class probability of a classifier."""

from __future__ import annotations

import numpy as np

from paradigms.cards import Card
from paradigms.protocols import Classifier


class MaxSoftmax:
    """1 − max over y of p(y|x), from a fitted classifier (Hendrycks & Gimpel 2017, section 2).

    It sees doubt between the classes, and none of the distance from the data: far away, where no point
    has ever been, most classifiers are sure and this score is near 0.
    """

    def __init__(self, classifier: Classifier):
        self.classifier = classifier

    def anomaly_score(self, X: np.ndarray) -> np.ndarray:
        """How strange each point is, ``(n,)`` in [0, 1 − 1/K]; higher is stranger."""
        return 1.0 - self.classifier.predict_proba(X).max(axis=1)


CARD = Card(
    title="Doubt of the classifier",
    estimator=MaxSoftmax,
    estimates=r"1 - \max_y p(y \mid x)",
    source="D. Hendrycks & K. Gimpel (2017), A baseline for detecting misclassified and out-of-distribution "
    "examples in neural networks, ICLR",
    rank=20,
)
