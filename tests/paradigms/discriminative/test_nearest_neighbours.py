import numpy as np
import pytest
from sklearn.datasets import make_blobs
from sklearn.neighbors import KNeighborsClassifier

from paradigms.discriminative.nearest_neighbours import NearestNeighbours
from paradigms.protocols import CannotFit


@pytest.mark.parametrize("k", [1, 7, 15])
def test_votes_against_scikit_learn(k):
    X, y = make_blobs(300, n_features=3, centers=3, cluster_std=5, random_state=0)
    queries = np.random.default_rng(1).normal(scale=6, size=(200, 3))
    model = NearestNeighbours(n_neighbours=k).fit(X, y)
    votes = model.predict_proba(queries) * (k + 1) - model.class_share_
    theirs = KNeighborsClassifier(k).fit(X, y).predict_proba(queries)
    np.testing.assert_allclose(votes / k, theirs, atol=1e-12)


def test_the_extra_vote_is_split_by_the_shares():
    """Three points around the origin say 0, and one in four of all points says 1: (3 + ¾)/4 and ¼/4."""
    X = np.array([[0.0, 0.1], [0.1, 0.0], [0.0, -0.1], [9.0, 9.0]])
    model = NearestNeighbours(n_neighbours=3).fit(X, np.array([0, 0, 0, 1]))
    np.testing.assert_allclose(model.predict_proba(np.zeros((1, 2))), [[3.75 / 4, 0.25 / 4]])


def test_more_neighbours_than_points_are_all_of_them():
    X, y = np.array([[0.0], [1.0], [2.0]]), np.array([0, 0, 1])
    p = NearestNeighbours(n_neighbours=50).fit(X, y).predict_proba(np.array([[7.0]]))
    np.testing.assert_allclose(p, [[2 / 3, 1 / 3]])


def test_somebody_has_to_vote():
    with pytest.raises(CannotFit, match="neighbour"):
        NearestNeighbours(n_neighbours=0).fit(np.eye(2), np.array([0, 1]))


TIED = {
    "one place": (np.zeros((48, 2)), np.repeat([0, 1], 24)),
    "two places": (np.repeat([[-1.0, 0.3], [1.0, 0.3]], [30, 20], axis=0), np.arange(50) % 3),
    "a lattice": (np.stack(np.meshgrid(*[np.arange(6.0)] * 2), axis=-1).reshape(-1, 2), np.arange(36) % 3),
    "a circle": (
        np.stack([np.cos(np.arange(36) * np.pi / 18), np.sin(np.arange(36) * np.pi / 18)], axis=1),
        np.arange(36) // 12,
    ),
}


@pytest.mark.parametrize("name", TIED)
@pytest.mark.parametrize("k", [1, 4, 15, 100])
def test_the_order_of_the_points_is_of_no_account(name, k):
    X, y = TIED[name]
    queries = np.concatenate(
        [X, np.zeros((1, 2)), np.full((1, 2), 2.5), np.random.default_rng(0).normal(size=(50, 2))]
    )
    expected = NearestNeighbours(n_neighbours=k).fit(X, y).predict_proba(queries)
    for seed in range(3):
        order = np.random.default_rng(seed).permutation(len(X))
        shuffled = NearestNeighbours(n_neighbours=k).fit(X[order], y[order])
        np.testing.assert_array_equal(shuffled.predict_proba(queries), expected)


@pytest.mark.parametrize("k", [1, 3, 5, 20, 60])
def test_ties_share_what_is_left_as_the_average_over_all_orders_does(k):
    """An oracle that ranks the points anew, ties at random, two thousand times."""
    X, y = TIED["a lattice"]
    X, y = np.concatenate([X, X[:9]]), np.concatenate([y, y[9:18]])
    queries, rng = np.array([[2.0, 3.0], [2.5, 2.5], [0.5, 0.0], [1.3, 4.1]]), np.random.default_rng(0)
    model = NearestNeighbours(n_neighbours=k).fit(X, y)
    m = min(k, len(X))
    distance = np.round(((queries[:, None] - X) ** 2).sum(axis=2), 9)
    votes = np.zeros((len(queries), 3))
    for _ in range(2000):
        chosen = np.lexsort((rng.random(distance.shape), distance), axis=1)[:, :m]
        votes += np.stack([(y[chosen] == c).sum(axis=1) for c in range(3)], axis=1) / 2000
    np.testing.assert_allclose(model.predict_proba(queries) * (m + 1) - model.class_share_, votes, atol=0.12)


def test_at_a_busy_place_the_labels_there_share_all_votes():
    """24 points of each label on one place: an even answer, whichever came first."""
    X, y = TIED["one place"]
    far = np.array([[3.0, 3.0]] * 4)
    model = NearestNeighbours().fit(np.concatenate([X, far]), np.concatenate([y, [0, 0, 1, 1]]))
    np.testing.assert_allclose(model.predict_proba(np.zeros((1, 2))), [[0.5, 0.5]])
