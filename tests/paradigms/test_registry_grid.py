"""How the registry finds files, and how a grid asks a model."""

import sys
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.stats import multivariate_normal, norm

from paradigms import grid, registry
from paradigms.bayes_rule import BayesRule
from paradigms.protocols import DensityModel, JointModel, Sampleable, can

X_AXIS, Y_AXIS = np.linspace(-3, 2, 7), np.linspace(-1, 4, 5)


def test_unknown_names_and_parameters_are_refused():
    with pytest.raises(KeyError):
        registry.create("crystal_ball")
    with pytest.raises(TypeError):
        registry.create("logistic_regression", wishful_thinking=1)


def test_lifted_are_the_normalised_densities_without_classes():
    for name, card in registry.cards().items():
        density = can(card.estimator, DensityModel) and not can(card.estimator, JointModel)
        normalised = getattr(card.estimator, "density_kind", "") in ("exact", "lower_bound")
        assert (name in registry.lifted()) == (density and normalised)
    assert {"gaussian_mixture", "kernel_density"} <= registry.lifted().keys()


def test_that_can_asks_for_every_protocol():
    both = registry.that_can(JointModel, Sampleable)
    assert both.keys() == registry.that_can(JointModel).keys() & registry.that_can(Sampleable).keys()
    assert "naive_bayes" in both and "logistic_regression" not in both


@pytest.mark.parametrize(
    "source, error", [("import no_such_module\n", ImportError), ("CARDS = []\n", AttributeError)]
)
def test_a_file_that_does_not_import_or_has_no_card_fails_loudly(tmp_path, monkeypatch, source, error):
    package = tmp_path / f"broken_{error.__name__.lower()}"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "model.py").write_text(source)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(error):
        registry._found(package.name, "CARD")
    for module in [name for name in sys.modules if name.startswith(package.name)]:
        del sys.modules[module]


def test_an_axis_is_the_centres_of_equal_cells():
    np.testing.assert_allclose(grid.axis(4), [-3, -1, 1, 3])
    np.testing.assert_allclose(grid.axis(2, half_width=1), [-0.5, 0.5])


def test_points_run_along_x_first_and_from_the_lowest_y():
    points = grid.points(np.array([1.0, 2.0, 3.0]), np.array([10.0, 20.0]))
    assert points.tolist() == [[1, 10], [2, 10], [3, 10], [1, 20], [2, 20], [3, 20]]


def test_the_integral_of_a_gaussian_is_one():
    axis = grid.axis(100)
    gaussian = multivariate_normal([0.5, -0.5], [[0.3, 0.1], [0.1, 0.2]])
    log_density = gaussian.logpdf(grid.points(axis, axis)).reshape(100, 100)
    assert grid.integral(log_density, axis, axis) == pytest.approx(1, abs=1e-6)


def test_the_integral_is_over_the_grid_only():
    x_axis, y_axis = grid.axis(400), grid.axis(300)
    log_density = norm(1, 2).logpdf(x_axis) + norm(0, 3).logpdf(y_axis)[:, None]
    box = (norm(1, 2).cdf(4) - norm(1, 2).cdf(-4)) * (norm(0, 3).cdf(4) - norm(0, 3).cdf(-4))
    assert grid.integral(log_density, x_axis, y_axis) == pytest.approx(box, abs=1e-4)


def test_the_integral_of_a_density_that_no_float_can_hold():
    # exp(800) overflows; its log does not.
    axis = grid.axis(10)
    assert grid.integral(np.full((10, 10), -800.0), axis, axis) == pytest.approx(64 * np.exp(-800.0))


def two_clouds():
    rng = np.random.default_rng(0)
    X = np.vstack([rng.normal([-1, 0], 0.6, (60, 2)), rng.normal([1, 1], 0.9, (40, 2))])
    return X, np.repeat([0, 1], [60, 40])


@pytest.mark.parametrize("name", registry.lifted() | registry.that_can(JointModel))
def test_a_joint_model_on_the_grid_is_the_same_as_at_its_points(name):
    model = registry.create(name)
    model = (BayesRule(model) if name in registry.lifted() else model).fit(*two_clouds())
    points, shape = grid.points(X_AXIS, Y_AXIS), (len(Y_AXIS), len(X_AXIS))
    log_joint = grid.log_joint(model, X_AXIS, Y_AXIS)
    expected = model.log_joint(points).reshape(*shape, 2)
    # Only pictures floor a log, so the far tails may differ.
    shown = expected > expected.max() - 20
    np.testing.assert_allclose(log_joint[shown], expected[shown], rtol=0, atol=1e-4)
    seen = shown.all(axis=-1)
    log_density = grid.log_density(model, X_AXIS, Y_AXIS)
    np.testing.assert_allclose(log_density[seen], model.score_samples(points).reshape(shape)[seen], atol=1e-4)
    probabilities = grid.class_probabilities(model, X_AXIS, Y_AXIS)
    np.testing.assert_allclose(
        probabilities[seen], model.predict_proba(points).reshape(*shape, 2)[seen], atol=1e-4
    )


def test_a_model_without_a_fast_way_is_asked_point_by_point():
    gaussian = multivariate_normal([0, 1])
    density = SimpleNamespace(score_samples=gaussian.logpdf, fit=None, density_kind="exact")
    log_density = grid.log_density(density, X_AXIS, Y_AXIS)
    assert log_density.shape == (5, 7)
    assert log_density[3, 2] == pytest.approx(gaussian.logpdf([X_AXIS[2], Y_AXIS[3]]))
    classifier = SimpleNamespace(predict_proba=lambda X: np.column_stack([X[:, 0], 1 - X[:, 0]]))
    probabilities = grid.class_probabilities(classifier, X_AXIS, Y_AXIS)
    assert probabilities.shape == (5, 7, 2)
    np.testing.assert_allclose(probabilities[4, :, 0], X_AXIS)


def test_the_fast_way_is_taken_where_there_is_one():
    asked = []

    def on_grid(x_axis, y_axis):
        asked.append((len(x_axis), len(y_axis)))
        return np.zeros((len(y_axis), len(x_axis)))

    density = SimpleNamespace(score_samples=None, fit=None, density_kind="exact", on_grid=on_grid)
    assert grid.log_density(density, X_AXIS, Y_AXIS).shape == (5, 7)
    assert asked == [(7, 5)]
