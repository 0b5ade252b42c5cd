"""The adjusted chain leaves its target alone, whatever the step."""

import numpy as np
import pytest
from formulas import Normal, two_islands

from paradigms.samplers.metropolis_langevin import metropolis_langevin


@pytest.mark.parametrize("step_size", [0.1, 0.5, 1.0])
def test_on_a_standard_normal_the_variance_is_one(step_size):
    """The unadjusted step would settle at 1/(1 − ε/2): 1.05, 1.33, 2."""
    start = np.random.default_rng(1).standard_normal((100_000, 1))
    *_, last = metropolis_langevin(
        Normal(), start, step_size=step_size, n_steps=60, rng=np.random.default_rng(0)
    )
    assert last.position.var() == pytest.approx(1.0, abs=4 * np.sqrt(2 / 100_000))


def test_from_a_wrong_start_it_finds_the_target():
    *_, last = metropolis_langevin(
        Normal(mean=2.0, variance=0.5),
        np.full((50_000, 2), -1.0),
        step_size=0.2,
        n_steps=60,
        rng=np.random.default_rng(0),
    )
    np.testing.assert_allclose(last.position.mean(axis=0), 2.0, atol=4 * np.sqrt(0.5 / 50_000))
    np.testing.assert_allclose(last.position.var(axis=0), 0.5, atol=4 * 0.5 * np.sqrt(2 / 50_000))


def test_two_islands_keep_their_shares():
    mixture = two_islands(weight=0.7)
    *_, last = metropolis_langevin(
        mixture, mixture.sample(20_000, 0), step_size=0.3, n_steps=50, rng=np.random.default_rng(1)
    )
    assert np.mean(last.position[:, 0] < 0) == pytest.approx(0.7, abs=0.013)  # 4 standard errors
    np.testing.assert_allclose(last.position[:, 1].var(), 0.25, atol=0.01)


def test_acceptance_is_that_of_the_formula():
    """One step from one point: the share accepted is the mean of min(1, ratio) by quadrature over ξ."""
    x, step_size = 1.5, 0.8
    nodes, weights = np.polynomial.hermite_e.hermegauss(200)
    proposal = x - step_size * x + np.sqrt(2 * step_size) * nodes

    def log_q(to, origin):
        return -((to - origin + step_size * origin) ** 2) / (4 * step_size)

    log_ratio = (x**2 - proposal**2) / 2 + log_q(x, proposal) - log_q(proposal, x)
    expected = (weights * np.minimum(1, np.exp(log_ratio))).sum() / np.sqrt(2 * np.pi)
    _, after = metropolis_langevin(
        Normal(), np.full((100_000, 1), x), step_size=step_size, n_steps=1, rng=np.random.default_rng(0)
    )
    assert 0.5 < expected < 0.98
    assert after.accepted.mean() == pytest.approx(expected, abs=0.008)
