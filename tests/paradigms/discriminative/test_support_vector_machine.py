import numpy as np
import pytest
from scipy.special import expit
from sklearn.calibration import CalibratedClassifierCV, _sigmoid_calibration
from sklearn.datasets import make_blobs, make_moons
from sklearn.svm import SVC

from paradigms import grid
from paradigms.discriminative.support_vector_machine import SupportVectorMachine, _platt_sigmoid


def moons():
    X, y = make_moons(300, noise=0.3, random_state=0)
    return 3 * X, y


def test_margins_against_scikit_learn():
    """gamma = 1 of ours is gamma="scale" of theirs. Both solvers stop within their tolerance on f."""
    X, y = moons()
    ours = SupportVectorMachine(C=2.0, gamma=1.0).fit(X, y)
    Z = X - X.mean(axis=0)  # theirs counts how far the columns' means are apart as variance
    theirs = SVC(C=2.0, gamma="scale", tol=1e-5).fit(Z, y)
    np.testing.assert_allclose(ours.margins(X)[:, 0], theirs.decision_function(Z), atol=0.03)


def test_it_does_not_matter_where_the_points_lie():
    X, y = moons()
    moved = X + np.array([30.0, -30.0])
    here, there = SupportVectorMachine().fit(X, y), SupportVectorMachine().fit(moved, y)
    np.testing.assert_allclose(there.margins(moved), here.margins(X), atol=1e-6)


def test_margins_are_those_of_one_against_the_rest():
    X, y = make_blobs(200, n_features=4, centers=3, cluster_std=4, random_state=2)
    ours = SupportVectorMachine(gamma=3.0).fit(X, y)
    assert ours.margins(X).shape == (200, 3)
    for k in range(3):
        theirs = SVC(gamma=3.0 / (4 * X.var(axis=0).mean()), tol=1e-5).fit(X, y == k)
        np.testing.assert_allclose(ours.margins(X)[:, k], theirs.decision_function(X), atol=0.03)


def test_margins_do_not_depend_on_how_many_points_are_asked_at_once():
    X, y = moons()
    model = SupportVectorMachine().fit(X, y)
    many = np.tile(X, (30, 1))
    np.testing.assert_allclose(model.margins(many), np.tile(model.margins(X), (30, 1)), atol=1e-12)


@pytest.mark.parametrize("kernel", ["rbf", "linear"])
@pytest.mark.parametrize("n_classes", [2, 3])
def test_margins_on_a_grid_are_those_of_its_points(kernel, n_classes):
    X, y = make_blobs(150, centers=n_classes, cluster_std=3, random_state=0)
    model = SupportVectorMachine(kernel=kernel).fit(X, y)
    x_axis, y_axis = np.linspace(-9, 9, 31), np.linspace(-8, 7, 17)
    on_grid = model.margins_on_grid(x_axis, y_axis)
    assert on_grid.shape == (17, 31, 1 if n_classes == 2 else 3)
    at_points = model.margins(grid.points(x_axis, y_axis)).reshape(on_grid.shape)
    np.testing.assert_allclose(on_grid, at_points, atol=1e-9)


def test_support_vectors_hold_the_margin_or_stand_inside_it():
    """The Karush-Kuhn-Tucker conditions: y f ≤ 1 with α = C inside, y f = 1 with less, no α outside."""
    X, y = moons()
    model = SupportVectorMachine(C=0.5).fit(X, y)
    side = np.where(y == 1, 1.0, -1.0)
    inside = side * model.margins(X)[:, 0]
    rows = {tuple(x): i for i, x in enumerate(X)}
    used = np.array([rows[tuple(x)] for x in model.support_vectors_])
    alpha = np.zeros(len(X))
    alpha[used] = model.weights_[:, 0] * side[used]
    assert (alpha >= 0).all() and alpha.max() <= 0.5 + 1e-9
    assert inside[alpha == 0].min() > 1 - 0.02  # the solver's tolerance
    assert inside[alpha > 0.5 - 1e-9].max() < 1 + 0.02
    np.testing.assert_allclose(inside[(alpha > 0) & (alpha < 0.5 - 1e-9)], 1, atol=0.02)


@pytest.mark.parametrize("seed", range(3))
def test_platts_sigmoid_against_scikit_learn(seed):
    rng = np.random.default_rng(seed)
    margins = rng.normal(size=200)
    side = rng.random(200) < expit(2 * margins - 0.5)
    slope, offset = _platt_sigmoid(margins, side)
    a, b = _sigmoid_calibration(margins, side.astype(float))  # p = 1 / (1 + exp(a f + b))
    assert (slope, offset) == pytest.approx((-a, -b), abs=1e-3)


def test_platts_sigmoid_never_turns_the_answer_round():
    """Values that point the wrong way give the share of the side: (n₊t₊ + n₋t₋)/n with Platt's targets."""
    margins, side = np.repeat([-1.0, 1.0], 20), np.arange(40) < 20
    side[25] = True
    slope, offset = _platt_sigmoid(margins, side)
    assert slope == 0
    assert expit(offset) == pytest.approx((21 * 22 / 23 + 19 / 21) / 40, abs=1e-4)


def test_probabilities_against_scikit_learns_cross_validated_calibration():
    """The same recipe but for the folds and, with ensemble=False, the same single machine on all points."""
    X, y = moons()
    ours = SupportVectorMachine(gamma=1.0).fit(X, y).predict_proba(X)
    theirs = CalibratedClassifierCV(SVC(gamma="scale"), method="sigmoid", cv=3, ensemble=False).fit(X, y)
    assert np.abs(ours - theirs.predict_proba(X)).mean() < 0.02


def test_probabilities_come_near_the_bayes_posterior():
    """Two Gaussians with means (±1, 0) and covariance I: p(1|x) = σ(2 x₁)."""
    rng = np.random.default_rng(0)
    y = np.repeat([0, 1], 1000)
    X = rng.standard_normal((2000, 2)) + np.array([[-1.0, 0.0], [1.0, 0.0]])[y]
    model = SupportVectorMachine(gamma=0.3).fit(X, y)
    assert np.abs(model.predict_proba(X)[:, 1] - expit(2 * X[:, 0])).mean() < 0.06


def test_strokes_that_come_in_order_are_spread_over_the_folds():
    """A class drawn from left to right: contiguous folds would each hold out a whole end of it."""
    X, y = moons()
    order = np.lexsort((X[:, 0], y))
    shuffled = np.random.default_rng(0).permutation(len(y))
    one = SupportVectorMachine().fit(X[order], y[order]).predict_proba(X)
    other = SupportVectorMachine().fit(X[shuffled], y[shuffled]).predict_proba(X)
    assert np.abs(one - other).max() < 0.05


def test_far_away_only_the_offset_is_left():
    X, y = moons()
    model = SupportVectorMachine().fit(X, y)
    np.testing.assert_allclose(model.margins(np.array([[400.0, 0.0], [0.0, -400.0]])), model.intercept_[0])


@pytest.mark.parametrize("n_classes", [2, 3])
def test_linear_margins_against_scikit_learn(n_classes):
    """Ours works in units of √(d · Var X) about the mean, which theirs is given by hand."""
    X, y = make_blobs(200, n_features=3, centers=n_classes, cluster_std=4, random_state=2)
    ours = SupportVectorMachine(C=2.0, kernel="linear").fit(X, y)
    Z = (X - X.mean(axis=0)) / np.sqrt(3 * X.var(axis=0).mean())
    for j, k in enumerate([1] if n_classes == 2 else range(3)):
        theirs = SVC(kernel="linear", C=2.0, tol=1e-5).fit(Z, y == k)
        np.testing.assert_allclose(ours.margins(X)[:, j], theirs.decision_function(Z), rtol=0.02, atol=0.05)


def test_the_widest_street_between_two_walls_is_known():
    """Points at x₁ = ±1 and further out: f = x₁, so the walls stand at |f| = 1 and they alone hold it."""
    X = np.array([[-1.0, -1.0], [-1.0, 1.0], [-3.0, 0.0], [1.0, -1.0], [1.0, 1.0], [3.0, 0.0]])
    model = SupportVectorMachine(C=1e3, kernel="linear").fit(X, np.repeat([0, 1], 3))
    np.testing.assert_allclose(model.margins(X)[:, 0], X[:, 0], atol=0.02)
    assert set(np.abs(model.support_vectors_[:, 0])) == {1.0}


def test_a_linear_boundary_is_where_the_straight_line_is_on_the_grid_too():
    X, y = moons()
    model = SupportVectorMachine(kernel="linear").fit(X, y)
    x_axis, y_axis = np.linspace(-4, 4, 9), np.linspace(-3, 3, 7)
    on_grid = model.on_grid(x_axis, y_axis)
    assert on_grid.shape == (7, 9, 2)
    np.testing.assert_allclose(on_grid[2, 5], model.predict_proba([[x_axis[5], y_axis[2]]])[0])
    slopes = np.diff(model.margins(np.column_stack([x_axis, np.zeros(9)])), axis=0)
    np.testing.assert_allclose(slopes, slopes.mean())


def test_an_unknown_kernel_is_refused():
    with pytest.raises(ValueError, match="kernel"):
        SupportVectorMachine(kernel="magic").fit(*moons())
