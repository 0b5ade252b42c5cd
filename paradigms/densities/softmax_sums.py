"""Sums weighted by the exponentials of logits, in single precision."""

from __future__ import annotations

import numpy as np

_SMALLEST_LOGIT = np.float32(-80)  # e⁻⁸⁰ adds nothing; below e⁻⁸⁷ single precision grows slow


def softmax_sums(logits: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Σ_j exp(l_ij) v_j as ``(n, c)`` for ``logits (n, m)``, which are overwritten, and ``values (m, c)``.

    Logits in single precision, and none so high that its exponential overflows. With a column of ones among
    the values the mean weighted by the softmax is the rest divided by it.
    """
    np.maximum(logits, _SMALLEST_LOGIT, out=logits)
    np.exp(logits, out=logits)
    return logits @ values
