"""Naive Bayes against scikit-learn's GaussianNB."""

import numpy as np
from sklearn.datasets import load_iris
from sklearn.naive_bayes import GaussianNB

from paradigms.generative.naive_bayes import NaiveBayes


def test_it_is_scikit_learn_s_on_iris():
    X, y = load_iris(return_X_y=True)
    ours, theirs = NaiveBayes(variance_floor=1e-9).fit(X, y), GaussianNB(var_smoothing=0.0).fit(X, y)
    np.testing.assert_allclose(ours.log_joint(X), theirs.predict_joint_log_proba(X), rtol=1e-9)
    np.testing.assert_allclose(ours.predict_proba(X), theirs.predict_proba(X), atol=1e-12)


def test_no_variance_falls_below_its_share_of_the_data_s():
    X = np.random.default_rng(0).standard_normal((200, 2)) * [3.0, 0.01]
    model = NaiveBayes(variance_floor=0.1).fit(X)
    floor = 0.1 * X.var(axis=0).mean()
    np.testing.assert_allclose(np.diag(model.covariances_[0]), [X[:, 0].var(), floor])


def test_noise_keeps_it_naive():
    X, y = load_iris(return_X_y=True)
    noised = NaiveBayes().fit(X, y).noised(0.5)
    assert isinstance(noised, NaiveBayes)
    assert all(np.array_equal(c, np.diag(np.diag(c))) for c in noised.covariances_)
