"""The truth behind every preset: it is a density, and the points follow it."""

import numpy as np
import pytest
from scipy.special import logsumexp
from scipy.stats import chi2

from paradigms import grid, registry
from paradigms.data.truth import Truth, class_sizes
from paradigms.protocols import Classifier, DensityModel, GridEvaluable, JointModel, methods_of

PRESETS = registry.presets()
SETTINGS = {
    "default": {},
    "noisy": {"noise": 0.7, "balance": 0.8, "label_noise": 0.15},
    "noisiest": {"noise": 1.0},
}
every_truth = pytest.mark.parametrize(
    "truth",
    [preset.truth(**setting) for preset in PRESETS.values() for setting in SETTINGS.values()],
    ids=[f"{name}-{setting}" for name in PRESETS for setting in SETTINGS],
)


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_says_what_it_is(name):
    preset = PRESETS[name]
    assert preset.description.endswith(".") and preset.title
    assert len(preset.make(preset.noise)) == len(preset.class_names)


def test_ranks_order_the_thumbnails():
    ranks = [preset.rank for preset in PRESETS.values()]
    assert ranks == sorted(ranks)


def test_a_truth_answers_what_a_joint_model_answers():
    truth = PRESETS["moons"].truth()
    for protocol in (Classifier, DensityModel, JointModel, GridEvaluable):
        assert all(hasattr(truth, name) for name in set(methods_of(protocol)) - {"fit"})


@every_truth
def test_it_integrates_to_one_on_the_plane_and_each_class_to_its_share(truth):
    axis = grid.axis(500)
    log_joint = truth.on_grid(axis, axis)
    assert grid.integral(logsumexp(log_joint, axis=-1), axis, axis) == pytest.approx(1, abs=1e-3)
    for class_index, log_share in enumerate(truth.class_log_prior_):
        share = grid.integral(log_joint[..., class_index], axis, axis)
        assert share == pytest.approx(np.exp(log_share), abs=1e-3)


@every_truth
def test_the_sample_fills_the_cells_that_the_density_says(truth):
    """Pearson's χ² over the cells of a grid, each class apart: a noise that is off by 10 % fails it.

    Only the checkerboard needs the next test for that: its noise shows within the cells.
    """
    n, axis = 40_000, grid.axis(480)  # 16 cells of 30 × 30 quadrature points on each side
    X, y = truth.sample_joint(n, random_state=1)
    area = (axis[1] - axis[0]) ** 2
    mass = np.exp(truth.on_grid(axis, axis)).reshape(16, 30, 16, 30, -1).sum(axis=(1, 3)) * area
    assert (np.abs(X) <= 4).all()
    column, row = np.clip(((X + 4) // 0.5).astype(int), 0, 15).T
    counts = np.zeros_like(mass)
    np.add.at(counts, (row, column, y), 1)
    statistic, freedom = _chi_squared(counts.ravel(), n * mass.ravel())
    assert statistic < chi2.ppf(1 - 1e-5, freedom)


def _chi_squared(counts, expected):
    """Cells with fewer than ten expected points are taken together."""
    large = expected >= 10
    counts = np.append(counts[large], counts[~large].sum())
    expected = np.append(expected[large], max(expected[~large].sum(), 1e-9))
    if expected[-1] < 10:  # too little is left over for a cell of its own
        counts, expected = counts[:-1], expected[:-1]
    return ((counts - expected) ** 2 / expected).sum(), len(counts) - 1


@pytest.mark.parametrize("name", PRESETS)
def test_the_noise_is_the_one_that_fits_best(name):
    preset = PRESETS[name]
    X, y = preset.truth().draw(10_000, seed=5)
    log_likelihood = [
        preset.truth(noise=factor * preset.noise).log_joint(X)[np.arange(10_000), y].sum()
        for factor in (0.85, 1.0, 1.15)
    ]
    assert np.argmax(log_likelihood) == 1


@pytest.mark.parametrize("name", PRESETS)
def test_a_drawn_set_has_the_likelihood_of_an_independent_one(name):
    truth = PRESETS[name].truth()
    drawn = truth.score_samples(truth.draw(4_000, seed=3)[0])
    independent = truth.score_samples(truth.sample_joint(4_000, random_state=4)[0])
    standard_error = np.hypot(drawn.std(), independent.std()) / np.sqrt(4_000)
    assert abs(drawn.mean() - independent.mean()) < 4.5 * standard_error


@every_truth
def test_probabilities_sum_to_one_and_all_stays_finite_far_away(truth):
    X = np.array([[0.0, 0.0], [1.5, -2.0], [40.0, 40.0], [-40.0, 40.0]])
    np.testing.assert_allclose(truth.predict_proba(X).sum(axis=1), 1)
    assert np.isfinite(truth.log_joint(X)).all()
    np.testing.assert_allclose(truth.log_joint(X) - truth.class_log_prior_, truth.log_conditional(X))
    np.testing.assert_allclose(np.exp(truth.class_log_prior_).sum(), 1)


@pytest.mark.parametrize("name", PRESETS)
def test_the_least_noise_stays_finite_far_away(name):
    assert np.isfinite(PRESETS[name].truth(noise=0.02).log_joint(np.array([[40.0, 40.0]]))).all()


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_fills_the_plane_and_stays_on_it(name):
    preset = PRESETS[name]
    X, _ = preset.truth().draw(5_000, seed=0)
    assert 0.9 < X.std() < 2.1
    noisiest, _ = preset.truth(noise=preset.noise_range[1]).draw(50_000, seed=1)
    assert np.abs(np.concatenate([X, noisiest])).max() <= 4


@pytest.mark.parametrize("name", PRESETS)
def test_the_grid_agrees_with_the_points(name):
    truth, x_axis, y_axis = PRESETS[name].truth(label_noise=0.1), np.linspace(-3, 2, 7), np.linspace(-2, 4, 5)
    expected = truth.log_joint(grid.points(x_axis, y_axis)).reshape(5, 7, -1)
    np.testing.assert_allclose(truth.on_grid(x_axis, y_axis), expected, atol=1e-8)


def test_label_noise_mixes_the_classes():
    clean, noisy = PRESETS["four_blobs"].truth(), PRESETS["four_blobs"].truth(label_noise=0.3)
    X = np.random.default_rng(0).uniform(-3, 3, (40, 2))
    joint = np.exp(clean.log_joint(X))
    others = joint.sum(axis=1, keepdims=True) - joint
    np.testing.assert_allclose(np.exp(noisy.log_joint(X)), 0.7 * joint + 0.1 * others, rtol=1e-10)
    np.testing.assert_allclose(noisy.score_samples(X), clean.score_samples(X))


def test_bayes_error_of_two_gaussians_is_the_tail_of_one():
    # Two Gaussians with one covariance err with Φ(−Δ/2), Δ the Mahalanobis distance of their means.
    from scipy.stats import norm

    truth = PRESETS["two_gaussians_same_spread"].truth(noise=0.7)  # at which 0.03 % would leave the plane
    first, second = truth.conditionals
    difference = second.means[0] - first.means[0]
    distance = np.sqrt(difference @ np.linalg.solve(first.covariances[0], difference))
    assert truth.bayes_error(50_000) == pytest.approx(norm.cdf(-distance / 2), abs=2e-3)
    noisy = PRESETS["two_gaussians_same_spread"].truth(noise=0.1, label_noise=0.2)
    assert noisy.bayes_error() == pytest.approx(0.2, abs=1e-6)


@pytest.mark.parametrize("name", PRESETS)
def test_bayes_error_is_that_of_what_lies_on_the_plane(name):
    truth, axis = PRESETS[name].truth(noise=1.0), grid.axis(300)
    highest = truth.on_grid(axis, axis).max(axis=-1)
    assert truth.bayes_error(40_000) == pytest.approx(1 - grid.integral(highest, axis, axis), abs=5e-3)


def test_sizes_keep_the_proportions_and_leave_no_class_out():
    assert class_sizes([0.95, 0.05], 400).tolist() == [380, 20]
    assert class_sizes([0.95, 0.05], 4).tolist() == [3, 1]
    assert class_sizes([1 / 3, 1 / 3, 1 / 3], 100).sum() == 100
    assert class_sizes([0.25] * 4, 4).tolist() == [1, 1, 1, 1]
    with pytest.raises(ValueError, match="each class"):
        class_sizes([0.5, 0.5], 1)


def test_settings_keep_the_points_that_they_can():
    preset = PRESETS["moons"]
    X, y = preset.truth().draw(400, seed=0)
    noisy_X, noisy_y = preset.truth(label_noise=0.1).draw(400, seed=0)
    np.testing.assert_array_equal(X, noisy_X)
    assert 0.05 < (y != noisy_y).mean() < 0.16
    more, _ = preset.truth().draw(500, seed=0)
    assert set(map(tuple, X)) <= set(map(tuple, more))
    assert not set(map(tuple, X)) & set(map(tuple, preset.truth().draw(400, seed=1)[0]))


@pytest.mark.parametrize("name", ["moons", "eight_gaussians", "checkerboard"])
def test_who_falls_outside_is_drawn_again_and_nobody_else_is(name):
    X, _ = PRESETS[name].truth(noise=1.0).draw(400, seed=0)
    more, _ = PRESETS[name].truth(noise=1.0).draw(500, seed=0)
    assert set(map(tuple, X)) <= set(map(tuple, more))
    shapes = PRESETS[name].make(1.0)
    streams = [np.random.default_rng([0, class_index, 1]) for class_index in range(2)]
    free = np.concatenate([shape.sample(200, rng) for shape, rng in zip(shapes, streams, strict=True)])
    stayed = {tuple(x) for x in free if np.abs(x).max() <= 4}
    assert len(free) - len(stayed) >= 5 and stayed <= set(map(tuple, X))


@pytest.mark.parametrize("prior", [[0.5, 0.6], [1.0, 0.0], [1.0]])
def test_a_prior_that_is_none_is_refused(prior):
    with pytest.raises(ValueError, match="prior"):
        Truth(PRESETS["moons"].make(0.2), prior)
