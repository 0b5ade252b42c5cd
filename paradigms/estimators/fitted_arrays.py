"""Fitted models as plain arrays: learned attributes, serialisation, frozen copies."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from sklearn.utils.validation import check_is_fitted


class FittedArrays:
    """``to_arrays`` and ``from_arrays`` for estimators whose learned state is a handful of arrays.

    ``_learned`` names the attributes; ``fit`` sets them with :meth:`_learn` and with nothing else, so that
    a fitted model cannot be changed by accident and a refit leaves nothing of the earlier one behind.
    """

    _learned: tuple[str, ...] = ()

    def _learn(self, **arrays: Any) -> Self:
        for name in self._learned:
            setattr(self, name, read_only(arrays[name]))
        self._prepare()
        return self

    def _prepare(self) -> None:
        """Compute once, or make ready to be computed, whatever follows from what was learned."""

    def to_arrays(self) -> dict[str, np.ndarray]:
        """Everything a fitted model knows, as arrays that ``np.savez`` stores without pickle.

        A parameter that is None or no plain value (a random generator) is left out: it has done its work.
        """
        check_is_fitted(self)
        parameters = {f"parameter/{name}": np.array(value) for name, value in self.get_params().items()}
        learned = {name: _without_objects(getattr(self, name)) for name in self._learned}
        kept = {name: value for name, value in parameters.items() if value.dtype != object}
        return {**kept, **learned, "n_features_in_": np.array(self.n_features_in_)}

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray]) -> Self:
        """The fitted model that ``to_arrays`` wrote."""
        prefix = "parameter/"
        parameters = {k.removeprefix(prefix): v.item() for k, v in arrays.items() if k.startswith(prefix)}
        model = cls(**parameters)
        model.n_features_in_ = int(arrays["n_features_in_"])
        return model._learn(**{name: arrays[name] for name in cls._learned})

    def frozen(self) -> Self:
        """An equal model that stays as it is while this one learns on."""
        return type(self).from_arrays(self.to_arrays())


def read_only(values: Any) -> np.ndarray:
    """A copy that nobody can write into."""
    array = np.array(values)
    array.setflags(write=False)
    return array


def _without_objects(values: np.ndarray) -> np.ndarray:
    """An array of Python strings as one of numpy's own strings."""
    return np.array(values.tolist()) if values.dtype == object else values
