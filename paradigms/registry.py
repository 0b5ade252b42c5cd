"""The registry of models, samplers, targets, scores and presets, found by scanning their folders.

Adding one is adding one file. One that does not import, or that has no card, fails loudly here rather than
quietly going missing.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import Any

from paradigms.cards import Card, Control, SamplerCard
from paradigms.protocols import DensityModel, JointModel, can

__all__ = [
    "Card",
    "Control",
    "SamplerCard",
    "anomaly_scores",
    "cards",
    "create",
    "defaults",
    "lifted",
    "presets",
    "regressors",
    "samplers",
    "targets",
    "that_can",
]

_MODEL_FOLDERS = ("paradigms.discriminative", "paradigms.generative", "paradigms.hybrid")


@cache
def _found(package_name: str, attribute: str) -> dict[str, Any]:
    """The ``attribute`` of every module of a package, by file name, in the order of rank."""
    package = importlib.import_module(package_name)
    found = {}
    for module in pkgutil.iter_modules(package.__path__):
        found[module.name] = getattr(importlib.import_module(f"{package_name}.{module.name}"), attribute)
    return dict(sorted(found.items(), key=lambda item: (item[1].rank, item[0])))


def cards() -> dict[str, Card]:
    """Every model's card by file name, by paradigm and then by rank."""
    return {name: card for folder in _MODEL_FOLDERS for name, card in _found(folder, "CARD").items()}


def create(name: str, **params: Any) -> Any:
    """An unfitted model.

    Raises
    ------
    KeyError, TypeError
        For an unknown name, for an unknown parameter.
    """
    return (cards() | regressors())[name].estimator(**params)


@cache
def defaults(estimator: Callable) -> dict[str, Any]:
    """The parameters of a model or a sampler with their default values, which are written there only."""
    parameters = inspect.signature(estimator).parameters.values()
    return {parameter.name: parameter.default for parameter in parameters}


def regressors() -> dict[str, Card]:
    """The models of p(y|x) for a real y: a kind of their own, since their y is no class."""
    return dict(_found("paradigms.regression", "CARD"))


def that_can(*protocols: type) -> dict[str, Card]:
    """The cards of all models of points and classes that have the methods of every given protocol."""
    return {name: card for name, card in cards().items() if can(card.estimator, *protocols)}


def lifted() -> dict[str, Card]:
    """The densities that are blind to classes and become classifiers through ``BayesRule``."""
    return {
        name: card
        for name, card in that_can(DensityModel).items()
        if not can(card.estimator, JointModel) and card.estimator.density_kind != "unnormalised"
    }


def samplers() -> dict[str, SamplerCard]:
    """Every sampler by file name, in the order of rank."""
    return dict(_found("paradigms.samplers", "CARD"))


def targets() -> dict[str, Any]:
    """Every distribution with a formula by file name (see ``paradigms.densities.formula_target``)."""
    return dict(_found("paradigms.densities.targets", "TARGET"))


def anomaly_scores() -> dict[str, Card]:
    return dict(_found("paradigms.anomaly", "CARD"))


def presets() -> dict[str, Any]:
    """Every preset by file name (see ``paradigms.data.preset.Preset``)."""
    return dict(_found("paradigms.data.presets", "PRESET"))
