"""A spec is a small key: equal models, equal specs and digests; anything else is refused in a sentence."""

import json
import math

import numpy as np
import pytest

from paradigms.fits.specs import BadSpec, FitSpec, ModelSpec


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("gaussian_mixture", {"n_components": 4}, {"n_components": 4.0}),
        ("support_vector_machine", {"gamma": 2}, {"gamma": 2.0}),
        ("joint_energy_model", {"generative_weight": 0.0}, {"generative_weight": -0.0}),
        ("gaussian_mixture", {"n_components": 3.0, "covariance": "full"}, {}),
    ],
)
def test_equal_models_have_equal_specs_and_digests(name, one, other):
    one, other = ModelSpec(name, one), ModelSpec(name, other)
    assert one == other and hash(one) == hash(other)
    assert one.digest == other.digest and one.to_json() == other.to_json()


def test_a_number_has_the_type_of_the_default():
    model = ModelSpec("gaussian_mixture", {"n_components": 4.0}).create().density
    assert type(model.n_components) is int
    assert type(ModelSpec("logistic_regression", {"C": 3}).create().C) is float


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ([], {}),
        ({}, {}),
        (None, {}),
        ("x" * 100, {}),
        ("gaussian_mixture", {"no such": 1}),
        ("gaussian_mixture", {"n_components": "abc"}),
        ("gaussian_mixture", {"n_components": "4"}),
        ("gaussian_mixture", {"n_components": 2.5}),
        ("gaussian_mixture", {"n_components": math.nan}),
        ("gaussian_mixture", {"n_components": -math.inf}),
        ("gaussian_mixture", {"n_components": True}),
        ("gaussian_mixture", {"n_components": None}),
        ("gaussian_mixture", {"n_components": [4]}),
        ("gaussian_mixture", {"covariance": 1}),
        ("logistic_regression", {"C": math.inf}),
        ("logistic_regression", {"C": 10**400}),
        ("logistic_regression", {"C": 2**53 + 1}),
        ("logistic_regression", {"C": False}),
    ],
)
def test_what_no_model_can_have_is_refused_in_one_sentence(name, parameters):
    with pytest.raises(BadSpec, match=r"^[A-Z“][^\n]{10,150}\.$"):
        ModelSpec(name, parameters)
    content = {"model": {"name": name, "parameters": parameters}, "data": {}}
    with pytest.raises(BadSpec):
        ModelSpec.from_json(json.dumps(content["model"]))
    with pytest.raises(BadSpec):
        FitSpec.from_json(json.dumps(content))


def test_a_spec_comes_back_from_json():
    spec = ModelSpec("normalizing_flow", {"jitter": 1, "n_layers": 3, "coupling": "affine"})
    assert ModelSpec.from_json(spec.to_json()) == spec
    assert spec.parameters == (("coupling", "affine"), ("jitter", 1.0), ("n_layers", 3))


def test_a_restored_model_answers_as_the_fitted_one_did():
    spec = ModelSpec("gaussian_mixture", {"n_components": 2})
    X, y = np.random.default_rng(0).normal(size=(60, 2)), np.repeat([0, 1], 30)
    model = spec.create().fit(X, y)
    np.testing.assert_array_equal(spec.restored(model.to_arrays()).log_joint(X), model.log_joint(X))
