"""What holds of everything that answers p(y|x): the classifiers, and densities lifted by Bayes' rule."""

import inspect
import io

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.utils.estimator_checks import parametrize_with_checks

from paradigms import grid, registry
from paradigms.bayes_rule import BayesRule
from paradigms.protocols import CannotFit, Classifier, GridEvaluable, JointModel, can

CLASSIFIERS = [*registry.that_can(Classifier), *registry.lifted()]
DISCRIMINATIVE = [name for name in CLASSIFIERS if registry.cards()[name].paradigm == "discriminative"]
# A joint model answers a grid with log p(x, y), which the contract of the densities checks.
GRID_CLASSIFIERS = [
    name
    for name, card in registry.that_can(Classifier, GridEvaluable).items()
    if not can(card.estimator, JointModel)
]


def create(name):
    """An unfitted model that learns in a moment and answers p(y|x)."""
    parameters = inspect.signature(registry.cards()[name].estimator).parameters
    brief = {"n_steps": min(100, parameters["n_steps"].default)} if "n_steps" in parameters else {}
    model = registry.create(name, **brief)
    return BayesRule(model) if name in registry.lifted() else model


def three_clouds(n_each=40, d=2):
    rng = np.random.default_rng(7)
    centres = np.array([[-2.0, -1.0], [2.0, -1.0], [0.0, 2.0]]) @ np.eye(2, d)
    y = np.repeat([0, 1, 2], n_each)
    return centres[y] + 0.6 * rng.standard_normal((len(y), d)), y


@pytest.fixture(scope="module", params=CLASSIFIERS)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def fitted(name):
    return create(name).fit(*three_clouds())


def test_rows_sum_to_one_and_columns_follow_the_classes(fitted):
    X, y = three_clouds()
    probabilities = fitted.predict_proba(X)
    assert probabilities.shape == (len(X), 3)
    assert (probabilities >= 0).all()
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-12)
    np.testing.assert_array_equal(fitted.classes_, [0, 1, 2])
    np.testing.assert_array_equal(fitted.predict(X), fitted.classes_[probabilities.argmax(axis=1)])
    assert np.mean(fitted.predict(X) == y) > 0.95


def test_far_from_the_data_the_answer_is_finite(fitted):
    far = np.array([[40.0, 40.0], [-40.0, 40.0], [0.0, -400.0]])
    probabilities = fitted.predict_proba(far)
    assert np.isfinite(probabilities).all()
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-12)


def test_labels_may_be_permuted_and_may_be_words(name, fitted):
    X, y = three_clouds()
    words = np.array(["pear", "fig", "apple"])[y]  # sorted: apple (2), fig (1), pear (0)
    renamed = create(name).fit(X, words)
    np.testing.assert_array_equal(renamed.classes_, ["apple", "fig", "pear"])
    # Where random numbers are dealt out class by class, another order of the classes gets other ones.
    np.testing.assert_allclose(renamed.predict_proba(X)[:, ::-1], fitted.predict_proba(X), atol=0.05)


def test_the_same_seed_gives_the_same_answer(name, fitted):
    X, y = three_clouds()
    np.testing.assert_array_equal(create(name).fit(X, y).predict_proba(X), fitted.predict_proba(X))


def test_prediction_changes_nothing(fitted):
    X, _ = three_clouds()
    before, first = fitted.to_arrays(), fitted.predict_proba(X)
    fitted.predict_proba(X[:5])
    fitted.predict(X + 40)
    after = fitted.to_arrays()
    assert before.keys() == after.keys()
    for key in before:
        np.testing.assert_array_equal(before[key], after[key], err_msg=key)
    np.testing.assert_array_equal(fitted.predict_proba(X), first)


def test_a_second_fit_forgets_the_first(name, fitted):
    X, y = three_clouds()
    model = create(name).fit(X[:, :1] * 3, y % 2)
    np.testing.assert_array_equal(model.fit(X, y).predict_proba(X), fitted.predict_proba(X))


def test_the_prior_is_respected(name):
    """Nine to one on two identical clouds: nothing to tell apart but the shares (DESIGN 7)."""
    rng = np.random.default_rng(3)
    X = rng.standard_normal((1000, 2))
    y = np.arange(1000) % 10 == 0
    probabilities = create(name).fit(X, y).predict_proba(rng.standard_normal((1000, 2)))
    np.testing.assert_allclose(probabilities.mean(axis=0), [0.9, 0.1], atol=0.02)


@pytest.mark.parametrize("labels", [[0, 1, 2], ["pear", "fig", "apple"]])
def test_a_model_survives_as_arrays(name, labels):
    X, y = three_clouds()
    model = create(name).fit(X, np.array(labels, dtype=object)[y] if isinstance(labels[0], str) else y)
    file = io.BytesIO()
    np.savez(file, **model.to_arrays())
    file.seek(0)
    with np.load(file, allow_pickle=False) as stored:
        arrays = dict(stored)
    lifted = name in registry.lifted()
    read = BayesRule.from_arrays(model.density, arrays) if lifted else type(model).from_arrays(arrays)
    np.testing.assert_array_equal(read.predict_proba(X), model.predict_proba(X))
    np.testing.assert_array_equal(read.predict(X), model.predict(X))
    assert read.to_arrays().keys() == model.to_arrays().keys()


@pytest.mark.parametrize("name", GRID_CLASSIFIERS)
def test_the_grid_says_what_the_points_say(name):
    fitted = create(name).fit(*three_clouds())
    x_axis, y_axis = np.linspace(-4, 4, 23), np.linspace(-3, 4, 17)
    on_grid = fitted.on_grid(x_axis, y_axis)
    assert on_grid.shape == (17, 23, 3)
    by_points = fitted.predict_proba(grid.points(x_axis, y_axis)).reshape(on_grid.shape)
    np.testing.assert_allclose(on_grid, by_points, atol=1e-5)


def test_any_number_of_columns(name):
    X, y = three_clouds(d=5)
    assert create(name).fit(X, y).predict_proba(X).shape == (len(X), 3)


@pytest.mark.parametrize("name", DISCRIMINATIVE)
def test_one_class_leaves_nothing_to_tell_apart(name):
    X, _ = three_clouds()
    with pytest.raises(CannotFit, match="one class"):
        create(name).fit(X, np.zeros(len(X)))


@pytest.mark.parametrize("name", DISCRIMINATIVE)
@pytest.mark.parametrize(
    ("X", "y"),
    [
        ([[0.0, 0.0], [1.0, 1.0]], [0, 1]),
        ([[0.0, 0.0], [0.0, 0.0], [0.0, 0.0]], [0, 1, 1]),
        ([[-1.0, 0.0], [0.0, 0.0], [1.0, 0.0]], [0, 0, 1]),
        ([[0.0, 0.0], [1.0, 1.0], [2.0, 0.0], [3.0, 1.0]], [0, 1, 2, 3]),
    ],
    ids=["two points", "all in one spot", "on a line", "one point a class"],
)
def test_a_handful_of_points_gets_a_finite_answer(name, X, y):
    model = create(name).fit(np.array(X), np.array(y))
    probabilities = model.predict_proba(np.array([*X, [40.0, 40.0]]))
    assert np.isfinite(probabilities).all()
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-12)


@parametrize_with_checks([clone(create(name)) for name in DISCRIMINATIVE])
def test_scikit_learn_accepts_it(estimator, check):
    check(estimator)
