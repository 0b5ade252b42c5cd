"""What holds of every model of p(y|x) for a real y."""

import inspect
import io

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.utils.estimator_checks import parametrize_with_checks

from paradigms import registry
from paradigms.protocols import CannotFit, Classifier, ConditionalDensity, Regressor, Trainable, can

REGRESSORS = list(registry.regressors())
TRAINABLE = [name for name, card in registry.regressors().items() if can(card.estimator, Trainable)]


def create(name, n_steps=150):
    """An unfitted model that learns in a moment."""
    parameters = inspect.signature(registry.regressors()[name].estimator).parameters
    return registry.create(name, **({"n_steps": n_steps} if "n_steps" in parameters else {}))


def wave(n=200, seed=0):
    """y = x + sin 2x + noise of deviation 0.3, over [-3, 3]."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(-3, 3, n)
    return x[:, None], x + np.sin(2 * x) + 0.3 * rng.standard_normal(n)


@pytest.fixture(scope="module", params=REGRESSORS)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def fitted(name):
    return create(name).fit(*wave())


def test_it_is_a_regressor_and_no_classifier(name, fitted):
    assert can(fitted, Regressor)
    assert can(fitted, ConditionalDensity)
    assert name not in registry.that_can(Classifier)


def test_the_mean_is_near_the_data(fitted):
    X, y = wave(seed=1)
    assert fitted.predict(X).shape == (200,)
    assert np.mean((fitted.predict(X) - y) ** 2) < 0.3 * y.var()


def test_the_conditional_density_integrates_to_one_and_has_the_mean(fitted):
    y_axis = np.linspace(-25, 25, 20_001)
    for x in (-2.0, 0.0, 1.3):
        density = np.exp(fitted.log_conditional_density(np.full((len(y_axis), 1), x), y_axis))
        step = y_axis[1] - y_axis[0]
        assert density.sum() * step == pytest.approx(1, abs=1e-4)
        assert (density * y_axis).sum() * step == pytest.approx(fitted.predict([[x]])[0], abs=1e-3)


def test_far_from_the_data_everything_stays_finite(fitted):
    far = np.array([[40.0], [-400.0]])
    assert np.isfinite(fitted.predict(far)).all()
    assert np.isfinite(fitted.log_conditional_density(far, np.array([40.0, -40.0]))).all()


def test_the_same_seed_and_a_second_fit_give_the_same_model(name, fitted):
    X, y = wave()
    again = create(name).fit(3 * X, y[::-1]).fit(X, y)
    np.testing.assert_array_equal(again.predict(X), fitted.predict(X))
    np.testing.assert_array_equal(again.log_conditional_density(X, y), fitted.log_conditional_density(X, y))


def test_a_model_survives_as_arrays(fitted):
    X, y = wave()
    file = io.BytesIO()
    np.savez(file, **fitted.to_arrays())
    file.seek(0)
    with np.load(file, allow_pickle=False) as stored:
        read = type(fitted).from_arrays(dict(stored))
    np.testing.assert_array_equal(read.predict(X), fitted.predict(X))
    np.testing.assert_array_equal(read.log_conditional_density(X, y), fitted.log_conditional_density(X, y))


def test_units_do_not_matter(name, fitted):
    """y in thousandths: the mean scales along, and log p carries the Jacobian."""
    X, y = wave()
    scaled = create(name).fit(X, 1000 * y)
    np.testing.assert_allclose(scaled.predict(X), 1000 * fitted.predict(X), atol=20)
    expected = fitted.log_conditional_density(X, y) - np.log(1000)
    np.testing.assert_allclose(scaled.log_conditional_density(X, 1000 * y), expected, atol=0.05)


@pytest.mark.parametrize(
    ("X", "y"),
    [
        ([[0.0, 1.0]], [2.0]),
        ([[1.0], [1.0], [1.0]], [0.0, 1.0, 2.0]),
        ([[0.0], [1.0], [2.0]], [1.0, 1.0, 1.0]),
        ([[0.0], [1.0], [2.0]], [0.0, 1.0, 2.0]),
    ],
    ids=["one point", "one x", "one y", "on a line"],
)
def test_a_handful_of_points_gets_a_finite_answer(name, X, y):
    model = create(name).fit(np.array(X), np.array(y))
    assert np.isfinite(model.predict(X)).all()
    assert np.isfinite(model.log_conditional_density(X, y)).all()


def test_no_points_are_refused_in_a_sentence(name):
    with pytest.raises(CannotFit, match=r"\.$"):
        create(name).fit(np.empty((0, 1)), np.empty(0))


def test_a_number_for_each_point_is_asked_for(fitted):
    with pytest.raises(ValueError, match="y has the shape"):
        fitted.log_conditional_density([[0.0], [1.0]], [0.0])


@pytest.mark.parametrize("name", TRAINABLE)
def test_learning_is_the_steps_drained_and_may_be_cut_short(name):
    X, y = wave()
    model = create(name, n_steps=60)
    progress, answers = [], []
    for step in model.fit_steps(X, y):
        progress.append(step)
        answers.append(model.log_conditional_density(X, y))
    assert [p.step for p in progress] == list(range(1, 61))
    losses = np.array([sum(p.losses.values()) for p in progress])
    assert losses[-10:].mean() < 0.8 * losses[:3].mean()
    whole = create(name, n_steps=60).fit(X, y)
    np.testing.assert_array_equal(whole.log_conditional_density(X, y), answers[-1])
    cut = create(name, n_steps=60)
    steps = cut.fit_steps(X, y)
    for _ in range(7):
        next(steps)
    steps.close()
    np.testing.assert_array_equal(cut.log_conditional_density(X, y), answers[6])


@parametrize_with_checks([clone(create(name)) for name in REGRESSORS])
def test_scikit_learn_accepts_it(estimator, check):
    check(estimator)
