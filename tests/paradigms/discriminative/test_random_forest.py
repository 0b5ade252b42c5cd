import numpy as np
import pytest
from sklearn.datasets import make_moons
from sklearn.ensemble import RandomForestClassifier

from paradigms import grid
from paradigms.discriminative.random_forest import RandomForest
from paradigms.randomness import generator


def moons():
    X, y = make_moons(300, noise=0.3, random_state=0)
    return X, y


def test_the_trees_against_scikit_learn():
    """Theirs gives the plain shares n_k/n; take the extra vote out of ours: n_k/n = (p (n + 1) − π)/n."""
    X, y = moons()
    y[:40] = 2
    queries = np.random.default_rng(1).normal(scale=2, size=(500, 2))
    ours = RandomForest(n_trees=20, random_state=3).fit(X, y)
    seed = np.random.RandomState(generator(3).integers(2**31))
    theirs = RandomForestClassifier(20, max_depth=10, min_samples_leaf=2, random_state=seed).fit(X, y)
    n_points = np.concatenate([tree.tree_.weighted_n_node_samples for tree in theirs.estimators_])
    leaves = ours._leaves(queries.astype(np.float32))
    n = n_points[leaves][:, :, None]
    shares = (ours.value_[leaves] * (n + 1) - np.bincount(y) / len(y)) / n
    np.testing.assert_allclose(shares.mean(axis=1), theirs.predict_proba(queries), atol=1e-12)


def test_one_question_and_one_more_vote():
    """A stump between 0 and 1, every point on its own side: (n_k + π_k)/(n + 1)."""
    X, y = np.array([[0.0], [0.0], [1.0], [1.0]] * 25), np.array([0, 0, 1, 1] * 25)
    model = RandomForest(n_trees=1, max_depth=1).fit(X, y)
    n_left = (
        RandomForestClassifier(  # how many points the bootstrap put to the left
            1, max_depth=1, random_state=np.random.RandomState(generator(0).integers(2**31))
        )
        .fit(X, y)
        .estimators_[0]
        .tree_.weighted_n_node_samples[1]
    )
    expected = (n_left + 0.5) / (n_left + 1)
    assert model.predict_proba([[-5.0]])[0, 0] == pytest.approx(expected, abs=1e-12)


def test_no_probability_is_zero():
    X, y = moons()
    assert RandomForest(min_leaf=1, max_depth=30).fit(X, y).predict_proba(X).min() > 0


def test_rectangles_on_a_grid_are_the_leaves_of_its_points():
    """Thresholds that fall exactly on grid lines are the hard case: at most the threshold goes left."""
    rng = np.random.default_rng(0)
    X = rng.integers(-4, 5, (400, 2)).astype(float)
    y = (X[:, 0] * X[:, 1] > 0) ^ (rng.random(400) < 0.1)
    model = RandomForest().fit(X, y)
    x_axis, y_axis = np.arange(-5, 5.25, 0.5), np.arange(-4, 4.1, 0.1)
    by_points = model.predict_proba(grid.points(x_axis, y_axis)).reshape(len(y_axis), len(x_axis), 2)
    np.testing.assert_allclose(model.on_grid(x_axis, y_axis), by_points, atol=1e-12)


def test_the_defaults_learn_the_moons():
    X, y = make_moons(400, noise=0.15, random_state=0)
    fresh, labels = make_moons(1000, noise=0.15, random_state=1)
    assert np.mean(RandomForest().fit(X, y).predict(fresh) == labels) > 0.96
