"""The two animations: what is recorded, and where the particles come from and arrive."""

import numpy as np
import pytest
from scipy.stats import kstest, multivariate_normal

from paradigms import grid, registry
from paradigms.bayes_rule import BayesRule
from paradigms.diffusion import noise_schedules
from paradigms.experiments.sample import motion

MANY = 10_000
ADJUSTED, UNADJUSTED = "metropolis_langevin", "unadjusted_langevin"


@pytest.fixture(scope="module")
def data():
    rng = np.random.default_rng(0)
    X = np.vstack([rng.normal([-1.5, 0.5], 0.4, (140, 2)), rng.normal([1.2, -0.6], [0.7, 0.3], (60, 2))])
    return X, np.repeat([0, 1], [140, 60])


@pytest.fixture(scope="module")
def model(data):
    return BayesRule(registry.create("gaussian_mixture", n_components=1)).fit(*data)


@pytest.fixture
def many_particles(monkeypatch):
    monkeypatch.setattr(motion, "N_PARTICLES", MANY)


def assert_moments(points, mean, covariance, standard_errors=5):
    """Within so many standard errors of a sample of that size (the covariance's, as if Gaussian)."""
    n, variance = len(points), np.diag(covariance)
    np.testing.assert_array_less(np.abs(points.mean(axis=0) - mean), standard_errors * np.sqrt(variance / n))
    error = np.sqrt((np.outer(variance, variance) + covariance**2) / n)
    np.testing.assert_array_less(np.abs(np.cov(points.T) - covariance), standard_errors * error)


def test_langevin_records_one_step_in_so_many(model):
    walked = motion.langevin(model, step_size=0.01, name=UNADJUSTED, n_frames=14, steps_a_frame=3)
    assert walked.trajectory.positions.shape == (15, motion.N_PARTICLES, 2)
    np.testing.assert_allclose(walked.trajectory.times[[0, 1, 2, -1]], [0, 0.03, 0.06, 0.42])
    assert walked.accepted is None and walked.problem is None and walked.turns == ()


def test_particles_that_fly_away_are_shown_until_then_and_the_reason_told():
    X = np.random.default_rng(0).normal(scale=0.05, size=(200, 2))
    narrow = BayesRule(registry.create("gaussian_mixture", n_components=1)).fit(X)
    lost = motion.langevin(narrow, step_size=0.5, name=UNADJUSTED)
    assert "too large" in lost.problem
    assert 1 < len(lost.trajectory.positions) < 151
    assert np.abs(lost.trajectory.positions).max() <= motion.FAR


def test_langevin_starts_wide(model, many_particles):
    start = motion.langevin(model, step_size=0.01, name=ADJUSTED, n_frames=1).trajectory.positions[0]
    assert_moments(start, np.zeros(2), motion.START_DEVIATION**2 * np.eye(2))


def test_adjusted_chains_arrive_at_the_model(many_particles):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(200, 2)) @ [[0.8, 0.3], [0.0, 0.5]] + [0.5, -0.5]
    target = BayesRule(registry.create("gaussian_mixture", n_components=1)).fit(X)
    walked = motion.langevin(target, step_size=0.1, name=ADJUSTED, n_frames=3, steps_a_frame=50)
    assert_moments(walked.trajectory.positions[-1], *target.mean_and_covariance())
    assert 0.5 < walked.accepted < 1


def test_bolder_steps_are_refused_more_often(model):
    shares = [
        motion.langevin(model, step_size=step_size, name=ADJUSTED, n_frames=25).accepted
        for step_size in (0.001, 0.05, 0.5)
    ]
    assert 1 >= shares[0] > shares[1] > shares[2] > 0
    assert shares[0] > 0.98


def test_a_seed_gives_one_animation(model):
    first, again, other = (
        motion.langevin(model, step_size=0.01, name=ADJUSTED, n_frames=9, seed=seed).trajectory.positions
        for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.fixture(scope="module", params=["ddpm", "probability_flow"])
def diffused(request, model, data):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(motion, "N_PARTICLES", MANY)
        return motion.diffusion(model, data[0], name=request.param)


def test_diffusion_goes_in_and_back_on_one_timeline(diffused):
    (n,), times = diffused.turns, diffused.trajectory.times
    assert diffused.trajectory.positions.shape == (2 * n, MANY, 2)
    assert len(diffused.trajectory.fields) == n and len(diffused.field_of_frame) == 2 * n
    np.testing.assert_array_equal(times, times[::-1])
    assert times[0] == 0 and times[n] == noise_schedules.karras(60)[0] and (np.diff(times[n:]) < 0).all()
    np.testing.assert_array_equal(times[n:][list(diffused.field_of_frame)], times)


def test_the_way_in_begins_at_the_data(diffused, data):
    first = diffused.trajectory.positions[0]
    known = {tuple(point) for point in data[0].astype(np.float32).tolist()}
    assert {tuple(point) for point in first.tolist()} <= known


def test_the_way_in_ends_as_noise_of_the_datas_scale(diffused, data):
    # x₀ + σε in shrunken coordinates x/√(1 + σ²/s²): variance (v + σ²)/(1 + σ²/s²), which is s² at the top.
    X, sigma = data[0], diffused.trajectory.times[diffused.turns[0]]
    squared_scale = X.var(axis=0).mean()
    squared_shrink = 1 / (1 + sigma**2 / squared_scale)
    covariance = (np.cov(X.T, ddof=0) + sigma**2 * np.eye(2)) * squared_shrink
    noise = diffused.trajectory.positions[diffused.turns[0] - 1]
    assert_moments(noise, X.mean(axis=0) * np.sqrt(squared_shrink), covariance)
    np.testing.assert_allclose(np.diag(covariance), squared_scale, rtol=0.01)
    for column, variance in zip(noise.T, np.diag(covariance), strict=True):
        standardised = (column - column.mean()) / np.sqrt(variance)
        assert kstest(standardised, "norm").pvalue > 1e-4


def test_every_noise_level_of_the_way_in_has_its_own_variance(diffused, data):
    X = data[0]
    squared_scale = X.var(axis=0).mean()
    for frame in (10, 25, 40, 55):
        sigma = diffused.trajectory.times[frame]
        expected = (X.var(axis=0) + sigma**2) / (1 + sigma**2 / squared_scale)
        np.testing.assert_allclose(diffused.trajectory.positions[frame].var(axis=0), expected, rtol=0.06)


def test_the_way_back_starts_as_noise_too(diffused, model, data):
    sigma = diffused.trajectory.times[diffused.turns[0]]
    shrink = 1 / np.sqrt(1 + sigma**2 / data[0].var(axis=0).mean())
    mean, covariance = model.noised(sigma).mean_and_covariance()
    assert_moments(diffused.trajectory.positions[diffused.turns[0]], mean * shrink, covariance * shrink**2)


def test_the_way_back_ends_distributed_as_the_model(diffused, model):
    mean, covariance = model.mean_and_covariance()
    arrived = diffused.trajectory.positions[-1].astype(float)
    np.testing.assert_allclose(arrived.mean(axis=0), mean, atol=0.05)
    np.testing.assert_allclose(np.cov(arrived.T), covariance, rtol=0.06, atol=0.02)
    # The weights of the two classes, 70 : 30.
    assert model.predict_proba(arrived)[:, 0].mean() == pytest.approx(0.7, abs=0.02)
    # As likely under the model as the model's own samples are: neither too narrow nor too wide.
    own = model.score_samples(model.sample(MANY, random_state=0))
    assert model.score_samples(arrived).mean() == pytest.approx(own.mean(), abs=0.06)


def test_the_fields_are_the_noised_density_in_the_same_coordinates(data):
    X = data[0]
    single = BayesRule(registry.create("gaussian_mixture", n_components=1)).fit(X)
    recorded = motion.diffusion(single, X, name="probability_flow")
    fields, levels = recorded.trajectory.fields, recorded.trajectory.times[recorded.turns[0] :]
    assert fields.shape == (len(levels), motion.FIELD_RESOLUTION, motion.FIELD_RESOLUTION)
    assert fields.min() >= 0
    np.testing.assert_allclose(fields.max(axis=(1, 2)), 1, atol=1e-6)
    axis = grid.axis(motion.FIELD_RESOLUTION)
    mean, covariance = single.mean_and_covariance()
    for index in (0, 30, 60):
        sigma = levels[index]
        shrink = 1 / np.sqrt(1 + sigma**2 / X.var(axis=0).mean())
        shrunken = multivariate_normal(mean * shrink, (covariance + sigma**2 * np.eye(2)) * shrink**2)
        density = shrunken.pdf(grid.points(axis, axis)).reshape(fields[index].shape)
        np.testing.assert_allclose(fields[index], np.sqrt(density / density.max()), atol=1e-6)


def test_data_in_one_spot_do_not_divide_by_zero():
    X = np.zeros((10, 2))
    model = BayesRule(registry.create("kernel_density")).fit(X)
    moved = motion.diffusion(model, X, name="ddpm", n_frames=5)
    assert np.isfinite(moved.trajectory.positions).all() and np.isfinite(moved.trajectory.fields).all()
