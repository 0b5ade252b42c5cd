"""What holds of every model that learns step by step."""

import numpy as np
import pytest
from distributions import energy_distance

from paradigms import registry
from paradigms.bayes_rule import BayesRule
from paradigms.protocols import Classifier, DensityModel, DifferentiableDensity, Trainable, can

N_STEPS = 60
TRAINABLE = list(registry.that_can(Trainable))
LIFTED = [name for name in registry.lifted() if name in TRAINABLE]
# A game has no loss that falls: what one network gains the other loses. Its samples must come nearer instead.
GAMES = ("generative_adversarial_network",)


def data():
    rng = np.random.default_rng(5)
    y = np.repeat([0, 1], 60)
    return np.array([[-1.0, 0.0], [1.0, 0.5]])[y] + 0.5 * rng.standard_normal((120, 2)), y


def answer(model):
    """Whatever the model can be asked that depends on what it learned."""
    X, _ = data()
    if can(model, Classifier):
        return model.predict_proba(X)
    if can(model, DensityModel):
        return model.score_samples(X)
    return model.log_density_gradient(X) if can(model, DifferentiableDensity) else model.sample(200, 0)


@pytest.fixture(params=TRAINABLE)
def name(request):
    return request.param


@pytest.fixture
def create(name):
    return lambda: registry.create(name, n_steps=N_STEPS)


def test_fit_is_the_steps_drained(create):
    drained = create()
    for _ in drained.fit_steps(*data()):
        pass
    np.testing.assert_array_equal(answer(create().fit(*data())), answer(drained))


def test_every_step_is_reported_and_the_losses_fall(create, name):
    progress = list(create().fit_steps(*data()))
    assert [p.step for p in progress] == list(range(1, N_STEPS + 1))
    assert {p.n_steps for p in progress} == {N_STEPS}
    losses = np.array([sum(p.losses.values()) for p in progress])
    assert np.isfinite(losses).all()
    # Without learning the ratio of these means is 1 ± 0.05, as a denoiser's minibatches are noisy. Most of
    # what a score network misses is noise that nobody can guess, so even a good one gets to 0.9 only.
    if name not in GAMES:
        assert losses[-20:].mean() < 0.93 * losses[:5].mean()


@pytest.mark.parametrize("game", GAMES)
def test_in_a_game_the_samples_come_nearer(game):
    X, y = data()
    model = registry.create(game, n_steps=300)
    steps = model.fit_steps(X, y)
    next(steps)
    at_first = energy_distance(model.sample(500, 0), X)
    for _ in steps:
        pass
    assert energy_distance(model.sample(500, 0), X) < 0.5 * at_first


@pytest.mark.parametrize("name", LIFTED)
def test_behind_bayes_rule_fit_is_the_steps_drained_too(name):
    drained = BayesRule(registry.create(name, n_steps=20))
    for _ in drained.fit_steps(*data()):
        pass
    fitted = BayesRule(registry.create(name, n_steps=20)).fit(*data())
    np.testing.assert_array_equal(answer(fitted), answer(drained))


@pytest.mark.parametrize("name", LIFTED)
def test_behind_bayes_rule_a_frozen_model_does_not_learn_on(name):
    model = BayesRule(registry.create(name, n_steps=6))
    steps = model.fit_steps(*data())
    next(steps)
    frozen, before = model.frozen(), answer(model)
    for _ in steps:
        pass
    np.testing.assert_array_equal(answer(frozen), before)
    assert np.abs(answer(model) - before).max() > 1e-6


def test_the_model_answers_after_every_step_and_looking_changes_nothing(create):
    looked_at = create()
    answers = [answer(looked_at).copy() for _ in looked_at.fit_steps(*data())]
    assert all(np.isfinite(a).all() for a in answers)
    assert np.abs(answers[0] - answers[-1]).max() > 0.05
    np.testing.assert_array_equal(answer(create().fit(*data())), answers[-1])


def test_closing_early_leaves_a_usable_model(create):
    model = create()
    steps = model.fit_steps(*data())
    for _ in range(7):
        next(steps)
    at_seven = answer(model).copy()
    steps.close()
    np.testing.assert_array_equal(answer(model), at_seven)
    read = type(model).from_arrays(model.to_arrays())
    np.testing.assert_array_equal(answer(read), at_seven)
    with pytest.raises(StopIteration):
        next(steps)


def test_arrays_taken_in_mid_training_are_a_copy(create):
    model = create()
    steps = model.fit_steps(*data())
    next(steps)
    arrays = model.to_arrays()
    kept = {name: array.copy() for name, array in arrays.items()}
    for _ in steps:
        pass
    for name, array in kept.items():
        np.testing.assert_array_equal(arrays[name], array, err_msg=name)
