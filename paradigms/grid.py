"""Models on a tensor grid: by their ``on_grid`` where they have one, point by point otherwise."""

from __future__ import annotations

import numpy as np
from scipy.special import logsumexp, softmax

from paradigms.contract import CONTRACT
from paradigms.protocols import Classifier, Density, GridEvaluable, JointModel, can

HALF_WIDTH = float(CONTRACT["half_width"])  # the plane shows [-4, 4]²


def axis(resolution: int, half_width: float = HALF_WIDTH) -> np.ndarray:
    """Centres of ``resolution`` equal cells of [-half_width, half_width]."""
    edges = np.linspace(-half_width, half_width, resolution + 1)
    return (edges[:-1] + edges[1:]) / 2


def points(x_axis: np.ndarray, y_axis: np.ndarray) -> np.ndarray:
    """The grid's points ``(H * W, 2)`` in the order of a raveled ``(H, W)``: rows of constant y."""
    return np.stack(np.meshgrid(x_axis, y_axis), axis=-1).reshape(-1, 2)


def log_joint(model: JointModel, x_axis: np.ndarray, y_axis: np.ndarray) -> np.ndarray:
    """log p(x, y) of a joint model on the grid, ``(H, W, K)``."""
    if can(model, GridEvaluable):
        return model.on_grid(x_axis, y_axis)
    return _shaped(model.log_joint(points(x_axis, y_axis)), x_axis, y_axis)


def log_density(model: Density | JointModel, x_axis: np.ndarray, y_axis: np.ndarray) -> np.ndarray:
    """log p(x) on the grid, ``(H, W)``."""
    if can(model, JointModel):
        return logsumexp(log_joint(model, x_axis, y_axis), axis=-1)
    if can(model, GridEvaluable):
        return model.on_grid(x_axis, y_axis)
    return _shaped(model.score_samples(points(x_axis, y_axis)), x_axis, y_axis)


def class_probabilities(model: Classifier, x_axis: np.ndarray, y_axis: np.ndarray) -> np.ndarray:
    """p(y|x) on the grid, ``(H, W, K)``."""
    if can(model, JointModel):
        return softmax(log_joint(model, x_axis, y_axis), axis=-1)
    if can(model, GridEvaluable):
        return model.on_grid(x_axis, y_axis)
    return _shaped(model.predict_proba(points(x_axis, y_axis)), x_axis, y_axis)


def integral(log_values: np.ndarray, x_axis: np.ndarray, y_axis: np.ndarray) -> float:
    """The integral of exp(log_values) over the grid by the midpoint rule."""
    cell = (x_axis[1] - x_axis[0]) * (y_axis[1] - y_axis[0])
    return float(np.exp(logsumexp(log_values)) * cell)


def _shaped(values: np.ndarray, x_axis: np.ndarray, y_axis: np.ndarray) -> np.ndarray:
    return values.reshape(len(y_axis), len(x_axis), *values.shape[1:])
