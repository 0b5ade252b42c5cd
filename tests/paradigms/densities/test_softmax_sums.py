import numpy as np
import pytest
from scipy.special import softmax

from paradigms.densities.softmax_sums import softmax_sums


@pytest.mark.filterwarnings("error")
def test_the_mean_is_that_of_the_softmax():
    rng = np.random.default_rng(0)
    logits = rng.normal(scale=40, size=(50, 30)).astype(np.float32)
    logits[:, 0] = -np.inf
    logits -= logits.max(axis=1, keepdims=True)
    values = rng.normal(size=(30, 2)).astype(np.float32)
    expected = softmax(logits.astype(float), axis=1) @ values
    sums = softmax_sums(logits, np.column_stack([values, np.ones(30, dtype=np.float32)]))
    np.testing.assert_allclose(sums[:, :2] / sums[:, 2:], expected, atol=1e-6)
