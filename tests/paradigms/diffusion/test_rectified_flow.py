"""A reflow: the regression itself by brute force, far from all pairs, and what straightening buys."""

import numpy as np
import pytest
from formulas import two_islands

from paradigms.diffusion.rectified_flow import RectifiedFlow
from paradigms.diffusion.velocity_from_noise import VelocityFromNoise
from paradigms.evaluation.distances import energy_distance
from paradigms.experiments.sample.rectified_flow import rectified, straightness
from paradigms.samplers.velocity_flow import velocity_flow

RNG = np.random.default_rng(0)
STARTS, ENDS = RNG.standard_normal((300, 2)), 2 + RNG.standard_normal((300, 2))
START = np.random.default_rng(1).standard_normal((1500, 2))


@pytest.fixture(scope="module")
def mixture():
    return two_islands(weight=0.6)


@pytest.fixture(scope="module")
def flow(mixture):
    return VelocityFromNoise(mixture)


@pytest.fixture(scope="module")
def reflow(mixture):
    return rectified(mixture)


@pytest.mark.parametrize("width", [0.1, 0.5])
@pytest.mark.parametrize("time", [0.0, 0.4, 1.0])
def test_it_is_the_weighted_mean_direction_of_the_pairs(width, time):
    """Pair by pair in double precision; more places than are answered at a time."""
    X = np.random.default_rng(2).standard_normal((600, 2))
    seen = (1 - time) * STARTS + time * ENDS
    logits = -((X[:, None] - seen) ** 2).sum(axis=2) / (2 * width**2)
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    expected = weights @ (ENDS - STARTS) / weights.sum(axis=1, keepdims=True)
    velocity = RectifiedFlow(STARTS, ENDS, width).velocity(X, time)
    assert velocity.shape == X.shape and velocity.dtype == float
    np.testing.assert_allclose(velocity, expected, atol=0.01)


def test_far_from_all_pairs_the_nearest_one_leads():
    X = np.array([[40.0, 40.0], [-40.0, 3.0], [0.0, -300.0]])
    seen = (STARTS + ENDS) / 2
    nearest = ((X[:, None] - seen) ** 2).sum(axis=2).argmin(axis=1)
    velocity = RectifiedFlow(STARTS, ENDS, 0.1).velocity(X, 0.5)
    np.testing.assert_allclose(velocity, (ENDS - STARTS)[nearest], atol=1e-4)
    assert np.isfinite(RectifiedFlow(STARTS, ENDS).velocity(np.full((1, 2), 1e20), 0.5)).all()


def test_pairs_that_do_not_cross_keep_their_lines():
    """Pairs that only shift, x₁ = x₀ + c: wherever one is, the direction is c."""
    field = RectifiedFlow(STARTS, STARTS + np.array([3.0, -1.0]))
    np.testing.assert_allclose(field.velocity(START, 0.7), np.tile([3.0, -1.0], (1500, 1)), atol=1e-5)
    assert straightness(field, START[:50]) < 1e-9


def test_the_paths_of_a_reflow_are_straighter(flow, reflow):
    """Both transport noise to the mixture; only the first bends on its way."""
    assert straightness(flow, START[:300]) > 0.5
    assert straightness(reflow, START[:300]) < 0.02 * straightness(flow, START[:300])


def test_one_step_of_a_reflow_lands_near_the_data_and_one_of_the_flow_on_the_mean(mixture, flow, reflow):
    fresh, other = mixture.sample(1500, 3), mixture.sample(1500, 4)
    floor = energy_distance(other, fresh)
    *_, bent = velocity_flow(flow, START, n_steps=1, method="euler")
    *_, straight = velocity_flow(reflow, START, n_steps=1, method="euler")
    mean = mixture.mean_and_covariance()[0]
    np.testing.assert_allclose(bent.position, np.tile(mean, (1500, 1)), atol=0.05)
    assert energy_distance(bent.position, fresh) > 0.8
    assert energy_distance(straight.position, fresh) < 2 * floor


def test_the_wider_the_kernel_the_more_stop_half_way_between_two_islands(reflow):
    shares = []
    for width in (0.05, 0.3):
        *_, last = velocity_flow(RectifiedFlow(reflow.starts, reflow.ends, width), START, n_steps=1)
        shares.append(np.mean(np.abs(last.position[:, 0]) < 0.5))
    assert shares[0] < 0.03
    assert shares[1] > 0.06


def test_a_reflow_keeps_the_marginal(mixture, reflow):
    fresh, other = mixture.sample(1500, 3), mixture.sample(1500, 4)
    *_, last = velocity_flow(reflow, START)
    distance = energy_distance(last.position, fresh)
    gaussian = np.random.default_rng(5).multivariate_normal(*mixture.mean_and_covariance(), 1500)
    assert distance < 2 * energy_distance(other, fresh)
    assert distance < 0.5 * energy_distance(gaussian, fresh)


@pytest.mark.parametrize(
    ("starts", "ends", "width", "what"),
    [
        (STARTS, ENDS[:5], 0.1, "Pairs"),
        (STARTS[:0], ENDS[:0], 0.1, "Pairs"),
        (STARTS[:, 0], ENDS[:, 0], 0.1, "Pairs"),
        (STARTS, ENDS, 0.0, "positive"),
    ],
)
def test_what_makes_no_field_is_refused(starts, ends, width, what):
    with pytest.raises(ValueError, match=what):
        RectifiedFlow(starts, ends, width)
