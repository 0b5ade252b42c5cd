"""What holds of every model that learns step by step."""

import numpy as np
import pytest

from paradigms import registry
from paradigms.protocols import Classifier, Trainable, can

N_STEPS = 60


def data():
    rng = np.random.default_rng(5)
    y = np.repeat([0, 1], 60)
    return np.array([[-1.0, 0.0], [1.0, 0.5]])[y] + 0.5 * rng.standard_normal((120, 2)), y


def answer(model):
    X, _ = data()
    return model.predict_proba(X) if can(model, Classifier) else model.score_samples(X)


@pytest.fixture(params=registry.that_can(Trainable))
def create(request):
    return lambda: registry.create(request.param, n_steps=N_STEPS)


def test_fit_is_the_steps_drained(create):
    drained = create()
    for _ in drained.fit_steps(*data()):
        pass
    np.testing.assert_array_equal(answer(create().fit(*data())), answer(drained))


def test_every_step_is_reported_and_the_losses_fall(create):
    progress = list(create().fit_steps(*data()))
    assert [p.step for p in progress] == list(range(1, N_STEPS + 1))
    assert {p.n_steps for p in progress} == {N_STEPS}
    losses = np.array([sum(p.losses.values()) for p in progress])
    assert np.isfinite(losses).all()
    assert losses[-10:].mean() < 0.8 * losses[:3].mean()


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
