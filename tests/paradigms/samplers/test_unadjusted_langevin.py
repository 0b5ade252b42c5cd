"""The unadjusted step has a known bias: on N(0, 1) its variance is 1/(1 − ε/2)."""

import time

import numpy as np
import pytest
from formulas import Normal, two_islands

from paradigms.samplers.unadjusted_langevin import unadjusted_langevin


@pytest.mark.parametrize("step_size", [0.1, 0.5, 1.0])
def test_on_a_standard_normal_the_variance_is_too_large_by_the_known_factor(step_size):
    """x' = (1 − ε)x + √(2ε)ξ has the stationary variance 2ε/(1 − (1 − ε)²) = 1/(1 − ε/2)."""
    *_, last = unadjusted_langevin(
        Normal(), np.zeros((100_000, 1)), step_size=step_size, n_steps=80, rng=np.random.default_rng(0)
    )
    expected = 1 / (1 - step_size / 2)
    standard_error = expected * np.sqrt(2 / 100_000)
    assert last.position.var() == pytest.approx(expected, abs=4 * standard_error)
    assert abs(expected - 1) > 8 * standard_error, "the bias must be visible for this to mean anything"


def test_one_step_is_the_formula():
    start = np.array([[1.0, -2.0]])
    _, after = unadjusted_langevin(
        Normal(mean=3.0), start, step_size=0.2, n_steps=1, rng=np.random.default_rng(5)
    )
    kick = np.random.default_rng(5).standard_normal((1, 2))
    np.testing.assert_allclose(after.position, start + 0.2 * (3.0 - start) + np.sqrt(0.4) * kick)
    assert after.time == pytest.approx(0.2)


def test_a_step_that_is_far_too_large_ends_in_a_sentence():
    steps = unadjusted_langevin(
        Normal(), np.ones((10, 2)), step_size=1e6, n_steps=1000, rng=np.random.default_rng(0)
    )
    with pytest.raises(FloatingPointError, match=r"too large here\.$"):
        list(steps)


def test_five_hundred_particles_move_at_once():
    """A guard with a wide margin; the number itself (0.1 s) is for the benchmarks."""
    start = np.random.default_rng(0).standard_normal((500, 2))
    began = time.perf_counter()
    for _ in unadjusted_langevin(two_islands(), start, n_steps=200, rng=np.random.default_rng(0)):
        pass
    assert time.perf_counter() - began < 1.0
