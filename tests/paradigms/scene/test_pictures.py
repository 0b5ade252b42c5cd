"""From fields and numbers to layers."""

from types import SimpleNamespace

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from paradigms import grid
from paradigms.data.dataset import Dataset
from paradigms.fits import parts
from paradigms.fits.assessment import Assessment
from paradigms.scene import pictures
from paradigms.scene.layers import (
    HELD_OUT,
    RINGED,
    SAMPLED,
    SUPPORTING,
    Boundary,
    Contour,
    Density,
    Probability,
)

AXIS = grid.axis(400)
COVARIANCE = np.array([[0.5, 0.2], [0.2, 0.3]])
GAUSSIAN = multivariate_normal([0.3, -0.2], COVARIANCE)
LOG_DENSITY = GAUSSIAN.logpdf(grid.points(AXIS, AXIS)).reshape(400, 400)


def test_held_out_points_are_hollow_and_strange_ones_ringed():
    data = Dataset(np.zeros((10, 2)), np.repeat([0, 1], 5), ("A", "B"))
    ringed = np.arange(10) % 2 == 0
    flags = np.asarray(pictures.data(data, ringed).flags)
    np.testing.assert_array_equal((flags & HELD_OUT) > 0, data.held_out_mask)
    np.testing.assert_array_equal((flags & RINGED) > 0, ringed)


NO_NUMBERS = parts.HeldOut(0)


def assessed(log_joint, class_indices):
    model = SimpleNamespace(classes_=np.array(class_indices))
    density = parts.Density(log_joint, "exact", np.empty(0), 1.0, 0.0, np.array([-2.0, -3.0]))
    return Assessment(model, 0.0, NO_NUMBERS, density=density)


def test_a_distribution_is_its_density_its_contours_and_its_boundary():
    log_joint = np.log([0.7, 0.3]) + np.stack([LOG_DENSITY, LOG_DENSITY.T], axis=-1)
    distribution = assessed(log_joint, (0, 3))
    density, contour = pictures.density(distribution)
    posterior, boundary = pictures.bayes_boundary(distribution)
    assert isinstance(density, Density) and isinstance(contour, Contour) and isinstance(boundary, Boundary)
    assert contour.levels == distribution.density.contours.levels
    assert contour.field == density.id and boundary.field == posterior.id
    np.testing.assert_allclose(density.values, np.log(np.exp(log_joint).sum(axis=-1)), atol=1e-9)
    assert isinstance(posterior, Probability) and not posterior.visible and posterior.class_indices == (0, 3)
    joint = np.exp(log_joint[100:300, 100:300])
    expected = joint / joint.sum(axis=-1, keepdims=True)
    np.testing.assert_allclose(posterior.values[100:300, 100:300], expected, atol=1e-9)


def test_one_class_has_no_boundary():
    distribution = assessed(LOG_DENSITY[..., None], (2,))
    assert pictures.bayes_boundary(distribution) == ()
    assert len(pictures.density(distribution)) == 2


def test_truth_is_drawn_in_its_own_hue_with_the_same_masses():
    truth = assessed(LOG_DENSITY[..., None] + np.log([0.5, 0.5]), (0, 1))
    density, contour = pictures.true_density(truth)
    assert not density.visible and contour.hue == "truth" and contour.field == density.id
    assert contour.levels == truth.density.contours.levels
    posterior, boundary = pictures.true_boundary(truth)
    assert not posterior.visible and boundary.style == "solid" and boundary.hue == "truth"


def test_a_margin_is_drawn_where_the_value_is_one():
    margin = np.tile(3 * AXIS, (400, 1))  # f(x) = 3 x₁
    model = SimpleNamespace(classes_=np.array([0, 1]))
    function = Assessment(model, 0.0, NO_NUMBERS, parts.Boundary(np.full((400, 400, 2), 0.5), margin))
    *_, field, contour = pictures.function(function)
    assert not field.visible and contour.field == field.id and contour.levels == (-1.0, 1.0)
    for level, x in ((-1.0, -1 / 3), (1.0, 1 / 3)):
        assert np.interp(level, field.values[200], AXIS) == pytest.approx(x, abs=1e-6)
    assert field.values.max() <= 4 and field.values.min() >= -4, "so that quantisation does not eat the edges"


def test_support_vectors_have_a_ring():
    X = np.random.default_rng(0).normal(size=(20, 2))
    data, supporting = Dataset(X, np.repeat([0, 1], 10), ("A", "B")), np.arange(20) % 5 == 0
    flags = np.asarray(pictures.data(data, supporting=supporting).flags)
    np.testing.assert_array_equal((flags & SUPPORTING) > 0, supporting)


def test_a_model_without_a_density_shows_its_points_and_its_slopes():
    model = SimpleNamespace(classes_=np.array([0, 2]))
    xy, class_indices = np.random.default_rng(0).normal(size=(9, 2)), np.repeat([0, 2], [4, 5])
    (points,) = pictures.samples(Assessment(model, 0.0, NO_NUMBERS, samples=parts.Samples(xy, class_indices)))
    assert points.flags == SAMPLED and points.xy is xy and points.class_indices is class_indices
    slopes = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1e6]])
    samples = parts.Samples(xy, class_indices, np.zeros((3, 2)), slopes)
    sloping = Assessment(model, 0.0, NO_NUMBERS, samples=samples)
    arrows, _ = pictures.samples(sloping)
    lengths = np.linalg.norm(arrows.uv, axis=1) / pictures.LONGEST_ARROW
    np.testing.assert_allclose(lengths, [0, 0.5, 1], atol=1e-5)
