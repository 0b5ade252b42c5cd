"""All randomness is an argument: no model, lifted density or sampler moves a global seed."""

import inspect
import random

import numpy as np
import pytest
import torch
from distributions import LIFTED, create, moons

from paradigms import registry
from paradigms.generative.gaussian_mixture import GaussianMixture

X, Y = moons(60)
# What may be asked of a fitted model, and with what: every method of the protocols that a model has.
ASKED = {
    "predict": (X,), "predict_proba": (X,), "predict_proba_draws": (X, 3), "score_samples": (X,),
    "log_joint": (X,), "log_density_gradient": (X,), "log_conditional_density": (X[:, :1], X[:, 1]),
    "sample": (20,), "sample_joint": (20,), "sample_given": (np.array([0, 1, 1]),),
    "log_density_and_gradient": (X,), "log_conditional_gradient": (X, Y), "mean_and_covariance": (),
    "margins": (X,), "encode": (X,), "predict_noise": (X, 0.5), "velocity": (X, 0.5), "to_arrays": (),
}  # fmt: skip


@pytest.fixture
def nothing_moves():
    def state():
        kind, keys, *rest = np.random.get_state()  # noqa: NPY002 (it is the legacy state that must stay)
        return kind, keys.tolist(), rest, torch.get_rng_state().tolist(), random.getstate()

    before = state()
    yield
    assert state() == before


@pytest.mark.usefixtures("nothing_moves")
@pytest.mark.parametrize("random_state", ["as it is", None])
@pytest.mark.parametrize(
    "name, joint", [(name, False) for name in registry.cards()] + [(name, True) for name in LIFTED]
)
def test_a_model_draws_from_its_own_numbers(name, joint, random_state):
    model = create(name, joint, n_steps=5)
    inner = getattr(model, "density", model)
    if random_state is None:
        if "random_state" not in inner.get_params():
            pytest.skip("uses no random numbers")
        inner.set_params(random_state=None)
    ask_everything(model.fit(X, Y))


@pytest.mark.usefixtures("nothing_moves")
@pytest.mark.parametrize("name", registry.regressors())
def test_a_regressor_draws_from_its_own_numbers(name):
    model = registry.create(name)
    if "n_steps" in model.get_params():
        model.set_params(n_steps=5)
    ask_everything(model.fit(X[:, :1], X[:, 1]))


@pytest.mark.usefixtures("nothing_moves")
@pytest.mark.parametrize("name", registry.samplers())
def test_a_sampler_draws_from_the_numbers_it_is_given(name):
    sampler = registry.samplers()[name].estimator
    wanted = inspect.signature(sampler).parameters
    asked = create("flow_matching", n_steps=5) if "field" in str(wanted) else GaussianMixture(2)
    given = {"n_steps": 4, "rng": np.random.default_rng(0)}
    settings = {key: value for key, value in given.items() if key in wanted}
    assert len(list(sampler(asked.fit(X, Y), X[:10], **settings))) > 1


def ask_everything(model):
    asked = [name for name in ASKED if hasattr(model, name)]
    assert asked
    for name in asked:
        arguments = ASKED[name]
        if not hasattr(model, "classes_") and name in ("predict", "log_conditional_density"):
            arguments = (X[:, :1], X[:, 1])[: len(arguments)]
        getattr(model, name)(*arguments)
