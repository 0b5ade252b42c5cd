"""The parameters of an estimator as fields of its class, each written once with its default value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

Estimator = TypeVar("Estimator", bound=type)


@dataclass_transform(eq_default=False)
def parameters(estimator: Estimator) -> Estimator:
    """Give the class the ``__init__`` that scikit-learn asks for: explicit parameters, which it only stores.

    The annotated fields of the class become the parameters, in their order. Models are compared by identity
    and printed as scikit-learn prints them.
    """
    return dataclass(eq=False, repr=False)(estimator)
