"""Parameters as fields: the ``__init__`` that scikit-learn asks for."""

import inspect
from typing import Any

import pytest
from sklearn.base import BaseEstimator, clone

from paradigms.estimators.parameters import parameters


@parameters
class Model(BaseEstimator):
    """A model."""

    _learned = ("coef_",)

    depth: int = 3
    random_state: Any = 0


def test_the_fields_are_explicit_parameters_in_their_order_and_nothing_else_is():
    signature = inspect.signature(Model)
    assert {name: parameter.default for name, parameter in signature.parameters.items()} == {
        "depth": 3,
        "random_state": 0,
    }
    assert vars(Model(5)) == {"depth": 5, "random_state": 0}
    with pytest.raises(TypeError):
        Model(wishes=3)


def test_a_model_is_cloned_printed_and_compared_as_scikit_learn_does_it():
    model = Model(depth=7)
    assert clone(model).get_params() == {"depth": 7, "random_state": 0}
    assert repr(model) == "Model(depth=7)"
    assert model != Model(depth=7) and len({model, Model(depth=7)}) == 2
