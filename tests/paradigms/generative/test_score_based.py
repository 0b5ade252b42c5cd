"""The score network against the analytic score of a mixture, noise level by noise level."""

import numpy as np
import pytest
from formulas import Normal, two_islands

from paradigms.generative.score_based import ScoreBased

LEVELS = (0.15, 0.5, 1.5, 5.0)


@pytest.fixture(scope="module")
def fitted():
    return ScoreBased().fit(two_islands(weight=0.7).sample(4000, 0))


@pytest.mark.parametrize("sigma", LEVELS)
def test_it_is_the_slope_of_the_noised_mixture(fitted, sigma):
    """∇ log p_σ at points of p_σ; a tenth of its variance may be missed, so it is no other level's slope."""
    truth = two_islands(weight=0.7).noised(sigma)
    X = truth.sample(3000, 1)
    expected = truth.log_density_gradient(X)
    found = -fitted.predict_noise(X, sigma) / sigma
    assert ((found - expected) ** 2).mean() < 0.1 * (expected**2).mean()
    others = [
        two_islands(weight=0.7).noised(level).log_density_gradient(X) for level in LEVELS if level != sigma
    ]
    assert min(((found - other) ** 2).mean() for other in others) > ((found - expected) ** 2).mean()


def test_its_slope_of_log_p_is_that_at_the_smallest_level(fitted):
    X = two_islands(weight=0.7).sample(3000, 2)
    sigma = 0.05 * float(fitted.scale_)
    np.testing.assert_allclose(fitted.log_density_gradient(X), -fitted.predict_noise(X, sigma) / sigma)
    expected = two_islands(weight=0.7).noised(sigma).log_density_gradient(X)
    assert ((fitted.log_density_gradient(X) - expected) ** 2).mean() < 0.3 * (expected**2).mean()


def test_told_the_class_it_is_the_slope_of_one_island():
    X = two_islands(weight=0.7).sample(4000, 0)
    y = np.where(X[:, 0] < 0, "left", "right")
    model = ScoreBased().fit(X, y)
    places = np.array([1.0, 0.5]) + np.random.default_rng(0).standard_normal((500, 2))
    found = -model.predict_noise(places, 1.5, np.full(500, "left")) / 1.5
    expected = Normal(np.array([-2.0, 0.0]), 0.25 + 1.5**2).log_density_gradient(places)
    assert ((found - expected) ** 2).mean() < 0.05 * (expected**2).mean()


def test_annealing_gives_the_islands_their_weights(fitted):
    X = fitted.sample(4000, 0)
    assert np.mean(X[:, 0] < 0) == pytest.approx(0.7, abs=0.06)
    np.testing.assert_allclose(X[X[:, 0] < 0].std(axis=0), 0.5, atol=0.08)


@pytest.mark.parametrize("smallest_noise", [0.0, -1.0, 10.0])
def test_a_noise_out_of_range_is_refused(smallest_noise):
    with pytest.raises(ValueError, match="between 0 and 10"):
        ScoreBased(smallest_noise=smallest_noise, n_steps=2).fit(np.zeros((3, 2)))
