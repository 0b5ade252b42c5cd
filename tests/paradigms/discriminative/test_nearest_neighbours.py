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
