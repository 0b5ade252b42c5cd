"""Training as a generator: Adam steps, learning-rate schedules, loss curves."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:  # torch takes a second to import, and Progress does not need it
    import torch


@dataclass(frozen=True)
class Progress:
    """What is known after optimiser step number ``step`` of ``n_steps``: the losses, by name."""

    step: int
    n_steps: int
    losses: Mapping[str, float]


class LossHistory:
    """The losses of a training, step by step, and as a curve that is short enough to be drawn."""

    def __init__(self) -> None:
        self._losses: list[Mapping[str, float]] = []

    def add(self, progress: Progress) -> None:
        self._losses.append(progress.losses)

    def curves(self, n_points: int = 120) -> dict[str, np.ndarray]:
        """Each loss by name as ``(min(n_points, steps),)``: means over equal stretches of steps.

        Means, since the loss of a single minibatch says little. Before the first step there are none.
        """
        names = self._losses[0] if self._losses else ()
        values = np.array([[losses[name] for name in names] for losses in self._losses])
        stretches = np.array_split(values, min(n_points, len(values))) if len(values) else []
        means = np.array([stretch.mean(axis=0) for stretch in stretches])
        return {name: means[:, column] for column, name in enumerate(names)}


class TrainingDiverged(ValueError):
    """A loss or a gradient stopped being a finite number; the last good weights are in place."""

    def __init__(self, step: int):
        super().__init__(
            f"Training diverged at step {step}, so it was stopped there and the last good state kept. "
            "A smaller learning rate usually helps."
        )
        self.step = step


def constant(progress: float) -> float:
    """The same learning rate throughout."""
    return 1.0


def cosine(progress: float) -> float:
    """A learning rate that falls from 1 to 0 along half a cosine (Loshchilov & Hutter 2017, eq. 5)."""
    return 0.5 * (1 + math.cos(math.pi * progress))


def gradient_steps(
    parameters: Iterable[torch.nn.Parameter],
    losses_of: Callable[..., Mapping[str, torch.Tensor]],
    data: tuple[torch.Tensor, ...],
    *,
    n_steps: int,
    batch_size: int,
    learning_rate: float,
    generator: torch.Generator,
    schedule: Callable[[float], float] = constant,
    weight_decay: float = 0.0,
) -> Iterator[Progress]:
    """Minimise the mean over ``data`` of the sum of the named losses, one Adam step at a time.

    Parameters
    ----------
    losses_of
        ``losses_of(*minibatch)`` gives each loss of some rows of ``data`` as a scalar, by name.
    data
        Tensors with one row a point.
    schedule
        Maps progress in [0, 1) to a factor of ``learning_rate``.
    weight_decay
        λ adds λ|θ|²/2 to what is minimised.

    Yields
    ------
    Progress
        After each step, with the losses just before it.

    Raises
    ------
    TrainingDiverged
        Where a loss or gradient is not finite; the last good weights are in place.

    References
    ----------
    Kingma and Ba (2015), Adam: a method for stochastic optimization, algorithm 1.
    """
    import torch

    parameters = list(parameters)
    good = [parameter.detach().clone() for parameter in parameters]
    # Fused: one call updates all weights, which for networks this small halves the price of a step.
    optimiser = torch.optim.Adam(parameters, lr=learning_rate, weight_decay=weight_decay, fused=True)
    minibatches = _minibatches(data, batch_size, generator)
    for step in range(1, n_steps + 1):
        optimiser.param_groups[0]["lr"] = learning_rate * schedule((step - 1) / n_steps)
        optimiser.zero_grad()
        losses = losses_of(*next(minibatches))
        total = sum(losses.values())
        total.backward()
        norms = torch._foreach_norm([p.grad for p in parameters if p.grad is not None])
        if not math.isfinite(total.item() + sum(norms).item()):
            with torch.no_grad():
                torch._foreach_copy_(parameters, good)
            raise TrainingDiverged(step)
        with torch.no_grad():
            torch._foreach_copy_(good, parameters)
        optimiser.step()
        yield Progress(step, n_steps, {name: loss.item() for name, loss in losses.items()})


def _minibatches(
    data: tuple[torch.Tensor, ...], batch_size: int, generator: torch.Generator
) -> Iterator[tuple[torch.Tensor, ...]]:
    """Rows in a new order on every pass; all of them at once where they fit into one batch."""
    import torch

    n_rows = len(data[0])
    while n_rows <= batch_size:
        yield data
    while True:
        for rows in torch.randperm(n_rows, generator=generator).split(batch_size):
            yield tuple(tensor[rows] for tensor in data)
