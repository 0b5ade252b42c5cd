"""What is to be fitted, as plain data: the key of every result, job and link, and a recipe in any process."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np

from paradigms import registry
from paradigms.bayes_rule import BayesRule
from paradigms.data.dataset_spec import DatasetSpec

Scalar = str | int | float | bool | None


class BadSpec(ValueError):
    """The description is of nothing that can be fitted; the message is a sentence for people."""


@dataclass(frozen=True)
class ModelSpec:
    """A model by its ``name`` in the registry, with the parameters that differ from its defaults.

    ``parameters`` may be given as a mapping; they are kept in the order of their names, and those that stand
    at their defaults are left out, and each has its default's type, so that equal models have equal specs and
    digests. Raises BadSpec, also for a number that is not finite or has no exact value of that type.
    """

    name: str
    parameters: tuple[tuple[str, Scalar], ...] = ()

    def __post_init__(self) -> None:
        models = registry.cards() | registry.regressors()
        if not isinstance(self.name, str) or self.name not in models:
            raise BadSpec(f"There is no model called “{str(self.name)[:40]}”.")
        card = models[self.name]
        usual = registry.defaults(card.estimator)
        different = {}
        for parameter, value in dict(self.parameters).items():
            if parameter not in usual:
                raise BadSpec(f"{card.title} has no such setting: “{str(parameter)[:40]}”.")
            try:
                value = _of_type(type(usual[parameter]), value)
            except (ValueError, OverflowError):
                raise BadSpec(f"“{parameter}” of {card.title} cannot be “{str(value)[:40]}”.") from None
            if value != usual[parameter]:
                different[parameter] = value
        object.__setattr__(self, "parameters", tuple(sorted(different.items())))

    def create(self) -> Any:
        """The unfitted model; a density that is blind to classes comes lifted by Bayes' rule."""
        model = registry.create(self.name, **dict(self.parameters))
        return BayesRule(model) if self.name in registry.lifted() else model

    def restored(self, arrays: Mapping[str, np.ndarray]) -> Any:
        """The fitted model whose ``to_arrays`` these are."""
        model = self.create()
        if isinstance(model, BayesRule):
            return BayesRule.from_arrays(model.density, dict(arrays))
        return type(model).from_arrays(dict(arrays))

    @cached_property
    def digest(self) -> str:
        """A short name of the content, the same in every process."""
        return _digest(self.to_json())

    def to_json(self) -> str:
        return _written({"name": self.name, "parameters": dict(self.parameters)})

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The spec that ``to_json`` wrote. Raises BadSpec."""
        return cls._of(_read(text))

    @classmethod
    def _of(cls, content: Any) -> Self:
        if not isinstance(content, Mapping) or not isinstance(content.get("parameters", {}), Mapping):
            raise BadSpec("This is no description of a model.")
        return cls(content.get("name", ""), tuple(content.get("parameters", {}).items()))


@dataclass(frozen=True)
class FitSpec:
    """A model and the data that it is fitted to."""

    model: ModelSpec
    data: DatasetSpec

    def fit(self) -> Any:
        """The fitted model. Raises CannotFit."""
        return self.model.create().fit(*self.data.dataset().train)

    @cached_property
    def digest(self) -> str:
        """A short name of the content, the same in every process."""
        return _digest(self.to_json())

    def to_json(self) -> str:
        return _written({"model": json.loads(self.model.to_json()), "data": json.loads(self.data.to_json())})

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The spec that ``to_json`` wrote. Raises BadSpec, or BadData for its data."""
        content = _read(text)
        if not isinstance(content, Mapping) or not {"model", "data"} <= set(content):
            raise BadSpec("This is no description of a fit.")
        return cls(ModelSpec._of(content["model"]), DatasetSpec.from_json(_written(content["data"])))


def _of_type(kind: type, value: Any) -> Scalar:
    """The equal value of that type. Raises ValueError or OverflowError where there is none."""
    if kind in (int, float) and isinstance(value, int | float) and not isinstance(value, bool):
        number = kind(value)
        if math.isfinite(number) and number == value:
            return number + 0  # −0.0 equals 0.0 and would be written otherwise
    elif type(value) is kind:
        return value
    raise ValueError


def _written(content: Any) -> str:
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, TypeError, RecursionError):
        raise BadSpec("This is no description of a fit.") from None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
