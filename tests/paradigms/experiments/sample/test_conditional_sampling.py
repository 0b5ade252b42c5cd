"""A coordinate given the other, against the exact conditional of a mixture and of a Gaussian."""

import numpy as np
import pytest
from formulas import Normal
from scipy.stats import kstest, norm
from two_lumps import two_lumps

from paradigms.experiments.sample.conditional_sampling import conditional_samples


@pytest.mark.parametrize("known", [-0.3, 0.1, 0.8])
def test_a_coordinate_is_filled_in_as_the_conditional_says(known):
    """p(x₂|x₁) is 1 − w to w between the lumps, w = p(second | x₁); shares to 0.06, widths to a tenth."""
    X = np.concatenate(
        [conditional_samples(two_lumps(), known=known, n=2000, seed=seed) for seed in range(4)]
    )
    np.testing.assert_array_equal(X[:, 0], known)
    near = norm.pdf(known, [-1.0, 1.0], 0.6)
    share = near[1] / near.sum()
    exact = np.array([-1.0, 1.5])
    mean = (1 - share) * exact[0] + share * exact[1]
    spread = np.sqrt(0.36 + share * (1 - share) * 2.5**2)
    assert X[:, 1].mean() == pytest.approx(mean, abs=0.15)
    assert X[:, 1].std() == pytest.approx(spread, rel=0.1)


def test_a_coordinate_that_leans_on_the_other_is_filled_in_along_the_slope():
    """Within each lump x₂ | x₁ ~ N(μ₂ + ρ(x₁ − μ₁), 0.36 (1 − ρ²)): Kolmogorov's distance to the mixture."""
    rho, known = 0.7, 0.1
    X = np.concatenate(
        [conditional_samples(two_lumps(rho), known=known, seed=seed)[:, 1] for seed in range(4)]
    )
    near = norm.pdf(known, [-1.0, 1.0], 0.6)
    means, deviation = (
        np.array([-1.0, 1.5]) + rho * (known - np.array([-1.0, 1.0])),
        0.6 * np.sqrt(1 - rho**2),
    )
    assert kstest(X, lambda x: norm.cdf(x[:, None], means, deviation) @ near / near.sum()).statistic < 0.06


def test_of_a_gaussian_the_other_coordinate_does_not_care():
    X = conditional_samples(Normal(mean=0.5), known=2.0, n=4000)
    assert kstest(X[:, 1], norm(0.5, 1).cdf).statistic < 0.06
