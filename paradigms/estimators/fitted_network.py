"""Models that are one torch network over standardised points: training, inference, serialisation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Self

import numpy as np
import torch
from torch import nn

from paradigms.estimators.multilayer_perceptron import load_weights, weights_to_arrays
from paradigms.estimators.trained_in_steps import TrainedInSteps
from paradigms.training import Progress, cosine, gradient_steps

_PREFIX = "network."


class FittedNetwork(TrainedInSteps):
    """Mixin for models with ``fit_steps`` and ``_untrained(random) -> nn.Module``.

    ``_learned`` names "mean_" and "scale_" among others; ``learning_rate``, ``n_steps`` and ``batch_size``
    are parameters. Networks train in single precision and answer in double, so that a log density has the
    digits which its differences need.
    """

    def _train(
        self,
        losses_of: Callable[..., Mapping[str, torch.Tensor]],
        data: tuple[torch.Tensor, ...],
        random: torch.Generator,
        weight_decay: float = 0.0,
    ) -> Iterator[Progress]:
        """Minimise the losses over the data by :func:`gradient_steps`, the learning rate falling to 0.

        After each step what follows from the weights is forgotten, to be computed when next asked for.
        """
        steps = gradient_steps(
            self._network.parameters(),
            losses_of,
            data,
            n_steps=self.n_steps,
            batch_size=self.batch_size,
            learning_rate=self.learning_rate,
            schedule=cosine,
            weight_decay=weight_decay,
            generator=random,
        )
        try:
            for progress in steps:
                self._prepare()
                yield progress
        finally:  # where training diverges, earlier weights come back
            self._prepare()

    def to_arrays(self) -> dict[str, np.ndarray]:
        """Copies of the weights and all else that was learned, and the parameters, by name."""
        return super().to_arrays() | weights_to_arrays(self._network, _PREFIX)

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray]) -> Self:
        """The fitted model that ``to_arrays`` described."""
        model = super().from_arrays(arrays)
        model._network = model._untrained(torch.Generator())
        load_weights(model._network, arrays, _PREFIX)
        return model

    def _standardised(self, X: np.ndarray) -> torch.Tensor:
        return torch.from_numpy((X - self.mean_) / self.scale_)

    def _in_data_units(self, X: torch.Tensor) -> np.ndarray:
        return self.mean_ + self.scale_ * X.numpy()

    def _codes_in_data_units(self, Z: np.ndarray) -> np.ndarray:
        """Codes ``Z (n, latent)`` as mean + scale · z, ``(n, d)``; columns that z lacks stay at the mean."""
        return self.mean_ + self.scale_ * (Z @ np.eye(Z.shape[1], self.n_features_in_))

    def _precise(self) -> nn.Module:
        """A copy of the network in double precision."""
        return deepcopy(self._network).double().requires_grad_(False)


def blur_for(X: np.ndarray, jitter: float) -> float:
    """How far the points ``X (n, d)`` are moved at each look, in their spread: jitter/∛n for n distinct ones.

    So that none gets a spike of its own, and many keep their detail; Rothfuss et al. (2019), Noise
    regularization for conditional density estimation.
    """
    return jitter / len(np.unique(X, axis=0)) ** (1 / 3)


def gradient_of(function: Callable[[torch.Tensor], torch.Tensor], X: torch.Tensor) -> np.ndarray:
    """The gradient of ``function``, ``(n, d)`` to ``(n,)`` row by row, by automatic differentiation."""
    points = X.clone().requires_grad_()
    return torch.autograd.grad(function(points).sum(), points)[0].numpy()
