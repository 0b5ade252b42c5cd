"""Random-walk Metropolis against the acceptance rate of its own formula."""

from itertools import pairwise

import numpy as np
import pytest
from formulas import Normal

from paradigms.samplers.random_walk_metropolis import random_walk_metropolis


@pytest.mark.parametrize("step_size", [0.5, 2.4])
def test_on_a_line_the_share_of_accepted_steps_is_that_of_the_formula(step_size):
    """At stationarity on N(0, 1) it is (2/π) arctan(2/s), an integral over two correlated normals."""
    start = np.random.default_rng(1).standard_normal((20_000, 1))
    *_, last = random_walk_metropolis(
        Normal(), start, step_size=step_size, n_steps=1, rng=np.random.default_rng(0)
    )
    assert last.accepted.mean() == pytest.approx(2 / np.pi * np.arctan(2 / step_size), abs=0.014)


def test_it_goes_uphill_always_and_downhill_by_the_ratio():
    start = np.zeros((20_000, 1))
    *_, last = random_walk_metropolis(Normal(), start, step_size=1.0, n_steps=1, rng=np.random.default_rng(0))
    edges = np.linspace(0, 2, 9)
    for low, high in pairwise(edges):
        own = (low < np.abs(last.proposal[:, 0])) & (np.abs(last.proposal[:, 0]) < high)
        middle = (low + high) / 2
        assert last.accepted[own].mean() == pytest.approx(np.exp(-(middle**2) / 2), abs=0.05)
