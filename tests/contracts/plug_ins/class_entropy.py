"""The entropy of p(y|x): strange is what a classifier has no opinion about."""

import numpy as np
from scipy.special import entr

from paradigms.cards import Card
from paradigms.protocols import Classifier


class ClassEntropy:
    """−Σ_y p(y|x) log p(y|x), from a fitted classifier (Shannon 1948)."""

    def __init__(self, classifier: Classifier) -> None:
        self.classifier = classifier

    def anomaly_score(self, X: np.ndarray) -> np.ndarray:
        """As ``(n,)``; higher is stranger."""
        return entr(self.classifier.predict_proba(X)).sum(axis=1)


CARD = Card(
    title="Entropy of the classifier",
    estimator=ClassEntropy,
    estimates=r"H(y \mid x)",
    source="C. E. Shannon (1948), A mathematical theory of communication",
)
