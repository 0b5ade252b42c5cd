"""R̂ and effective sample size against arviz, and against an autoregression whose answers are known."""

import os

import numpy as np
import pytest

from paradigms.evaluation.chain_diagnostics import autocorrelation, effective_sample_size, split_r_hat

try:
    import arviz as az
except ImportError:
    az = None
without_arviz = pytest.mark.skipif(
    az is None and os.environ.get("CI") != "true", reason="arviz, the oracle, is not installed"
)


def autoregression(rho, m=4, n=2000, seed=0):
    """x_t = ρ x_{t−1} + √(1 − ρ²) ξ, from its own N(0, 1): autocorrelation ρᵗ, τ = (1 + ρ)/(1 − ρ)."""
    rng = np.random.default_rng(seed)
    x = np.empty((m, n))
    x[:, 0] = rng.standard_normal(m)
    for t in range(1, n):
        x[:, t] = rho * x[:, t - 1] + np.sqrt(1 - rho**2) * rng.standard_normal(m)
    return x


CHAINS = {
    "independent": autoregression(0.0),
    "slow": autoregression(0.95),
    "alternating": autoregression(-0.6),
    "short": autoregression(0.5, n=51),
    "apart": autoregression(0.5) + np.array([0.0, 0.0, 0.0, 0.8])[:, None],
    "of unequal width": autoregression(0.5) * np.array([1.0, 1.0, 1.0, 3.0])[:, None],
    "with heavy tails": np.sinh(3 * autoregression(0.7)),
    "drifting": autoregression(0.5) + np.linspace(0, 2, 2000),
}


@without_arviz
@pytest.mark.parametrize("kind", CHAINS)
def test_both_are_arviz_s_to_one_per_cent(kind):
    chains = CHAINS[kind]
    assert split_r_hat(chains) == pytest.approx(float(az.rhat(chains)), rel=0.01)
    assert effective_sample_size(chains) == pytest.approx(float(az.ess(chains)), rel=0.01)


@pytest.mark.parametrize("rho", [0.0, 0.5, 0.9])
def test_an_autoregression_is_worth_what_the_formula_says(rho):
    chains = autoregression(rho, n=20_000, seed=1)
    assert effective_sample_size(chains) == pytest.approx(80_000 * (1 - rho) / (1 + rho), rel=0.1)
    np.testing.assert_allclose(autocorrelation(chains, 6), rho ** np.arange(6), atol=0.03)


def test_r_hat_notices_what_it_is_for():
    assert split_r_hat(CHAINS["independent"]) < 1.01
    for kind in ("apart", "of unequal width", "drifting"):
        assert split_r_hat(CHAINS[kind]) > 1.05, kind


def test_chains_that_never_moved_are_not_believed():
    stuck = np.repeat([[0.0], [1.0]], 100, axis=1)
    assert split_r_hat(stuck) == np.inf
    assert np.isfinite(effective_sample_size(stuck))
