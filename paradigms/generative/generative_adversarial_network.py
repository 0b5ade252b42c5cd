"""Generative adversarial network: a generator and a discriminator, trained in turns."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted
from torch.nn.functional import softplus

from paradigms.cards import Card, Control
from paradigms.estimators.fitted_network import FittedNetwork
from paradigms.estimators.input_checks import class_index_of, labelled_points, query_points
from paradigms.estimators.joint_model import SampledByClass
from paradigms.estimators.parameters import parameters
from paradigms.estimators.standardising import mean_and_scale
from paradigms.networks.generator_and_discriminator import GeneratorAndDiscriminator
from paradigms.randomness import generator, torch_generator
from paradigms.training import Progress, TrainingDiverged

_PLAYERS = ("critic", "generator")  # as the curves of their losses are called on the screen
_AVERAGED_STEPS = 100  # about as many as the average that samples are made from looks back


@parameters
class GenerativeAdversarialNetwork(SampledByClass, FittedNetwork, BaseEstimator):
    """x = G(z, y), z ~ N(0, I), so that the discriminator D(x, y) cannot tell it from the data; no density.

    D sees each column through sines and cosines too. Of the Adam steps the odd ones are D's and the even ones
    G's, with a learning rate that falls in a straight line; samples are those of a running average of G's
    weights.

    Parameters
    ----------
    objective
        "relativistic": with t = D(x) − D(G(z)), D minimises softplus(−t) + penalties and G softplus(t).
        "vanilla": D minimises softplus(−D(x)) + softplus(D(G(z))) and G softplus(−D(G(z))), which may go
        round in circles.
    penalty
        Of the penalties R₁ and R₂: half of it times |∇D|² at the data and at the samples.
    hidden
        Units in each of the two layers of both networks.

    References
    ----------
    Huang et al. (2024), The GAN is dead; long live the GAN, eqs. 2, 4, 5; Goodfellow et al. (2014),
    Generative adversarial nets, section 3.
    """

    _learned = ("classes_", "class_log_prior_", "mean_", "scale_")

    objective: str = "relativistic"
    penalty: float = 0.1
    latent_dimension: int = 2
    hidden: int = 64
    learning_rate: float = 0.01
    n_steps: int = 1600
    batch_size: int = 256
    random_state: Any = 0

    def fit_steps(self, X: np.ndarray, y: np.ndarray | None = None) -> Iterator[Progress]:
        """Train step by step; every answer between two steps is that of the weights so far.

        Raises TrainingDiverged, with the last good weights in place.
        """
        if self.objective not in ("relativistic", "vanilla"):
            raise ValueError(f'objective must be "relativistic" or "vanilla"; it is {self.objective!r}.')
        X, classes, class_index = labelled_points(self, X, y)
        log_prior = np.log(np.bincount(class_index) / len(X))
        self._learn(classes_=classes, class_log_prior_=log_prior, **mean_and_scale(X))
        random = torch_generator(generator(self.random_state))
        network = self._network = self._untrained(random)
        points, labels = self._standardised(X).float(), self._one_hot(class_index)
        optimisers = (
            torch.optim.Adam(half.parameters(), betas=(0.0, 0.99), fused=True)
            for half in (network.discriminator, network.generator)
        )
        losses_of = (self._discriminator_loss, self._generator_loss)
        players = tuple(zip(_PLAYERS, optimisers, losses_of, strict=True))
        losses: dict[str, float] = {}
        for step in range(1, self.n_steps + 1):
            rows = torch.randint(len(points), (self.batch_size,), generator=random)
            latent = torch.randn((self.batch_size, self.latent_dimension), generator=random)
            batch = points[rows], labels[rows], latent
            losses = losses or {name: loss(*batch).item() for name, _, loss in players}
            name, optimiser, loss = players[(step - 1) % 2]
            optimiser.param_groups[0]["lr"] = self.learning_rate * (1 - (step - 1) / self.n_steps)
            losses[name] = _descend(optimiser, loss(*batch))
            if not math.isfinite(losses[name]):
                raise TrainingDiverged(step)
            if name == "generator":  # of which the first steps count for little
                network.average(max(1 / _AVERAGED_STEPS, 9 / (9 + step / 2)))
            yield Progress(step, self.n_steps, dict(losses))

    def _discriminator_loss(self, x: torch.Tensor, given: torch.Tensor, z: torch.Tensor) -> torch.Tensor:
        """What D minimises; the generator is taken as it is."""
        network = self._network
        with torch.no_grad():
            generated = network.generate(z, given)
        everything = torch.cat([x, generated]).requires_grad_()
        logits = network.discriminate(everything, given.repeat(2, 1))
        real, fake = logits.chunk(2)
        if self.objective == "vanilla":
            return softplus(-real).mean() + softplus(fake).mean()
        (gradient,) = torch.autograd.grad(logits.sum(), everything, create_graph=True)
        r1, r2 = (half.square().sum(dim=1).mean() for half in gradient.chunk(2))
        return softplus(fake - real).mean() + self.penalty / 2 * (r1 + r2)

    def _generator_loss(self, x: torch.Tensor, given: torch.Tensor, z: torch.Tensor) -> torch.Tensor:
        """What G minimises; the discriminator is taken as it is."""
        network = self._network
        fake = network.discriminate(network.generate(z, given), given)
        if self.objective == "vanilla":
            return softplus(-fake).mean()
        with torch.no_grad():
            real = network.discriminate(x, given)
        return softplus(real - fake).mean()

    def decode(self, Z: np.ndarray, y: np.ndarray | None = None) -> np.ndarray:
        """G(z, y) as ``(n, d)`` for ``Z (n, latent_dimension)``; without y, of the first class."""
        check_is_fitted(self)
        class_index = np.zeros(len(Z), dtype=int) if y is None else class_index_of(y, self.classes_)
        latent = torch.as_tensor(np.array(Z, dtype=np.float64))
        return self._in_data_units(self._precise().sample(latent, self._one_hot(class_index).double()))

    def warp(self, Z: np.ndarray, y: np.ndarray | None = None) -> np.ndarray:
        """Codes ``Z (n, latent_dimension)`` as mean + scale · z, and G(z, y): ``(2, n, d)``."""
        return np.stack([self._codes_in_data_units(Z), self.decode(Z, y)])

    def sample_given(self, y: np.ndarray, random_state: Any = None) -> np.ndarray:
        """One sample G(z, y) for each label: ``(len(y), d)``."""
        check_is_fitted(self)
        return self.decode(generator(random_state).standard_normal((len(y), self.latent_dimension)), y)

    def discriminate(self, X: np.ndarray) -> np.ndarray:
        """The discriminator's D(x, y) for each class, ``(n, K)``: higher looks more like data. No density."""
        X = query_points(self, X)
        network, points = self._precise(), self._standardised(X)
        one_hot = torch.eye(len(self.classes_), dtype=torch.float64)
        values = [network.discriminate(points, row.expand(len(X), -1)) for row in one_hot]
        return torch.stack(values, dim=1).numpy()

    def _one_hot(self, class_index: np.ndarray) -> torch.Tensor:
        """The class as the networks are given it: a one in its column, ``(n, K)``."""
        return torch.eye(len(self.classes_))[torch.from_numpy(class_index)]

    def _untrained(self, random: torch.Generator) -> GeneratorAndDiscriminator:
        shape = (self.n_features_in_, self.latent_dimension, self.hidden, len(self.classes_))
        return GeneratorAndDiscriminator(*shape, random)


def _descend(optimiser: torch.optim.Optimizer, loss: torch.Tensor) -> float:
    """One step down the loss, which is returned; where a gradient is not finite, no step and NaN."""
    parameters = optimiser.param_groups[0]["params"]
    gradients = torch.autograd.grad(loss, parameters)
    if not math.isfinite(loss.item() + sum(torch._foreach_norm(gradients)).item()):
        return math.nan
    for parameter, gradient in zip(parameters, gradients, strict=True):
        parameter.grad = gradient
    optimiser.step()
    return loss.item()


CARD = Card(
    title="Adversarial network (GAN)",
    estimator=GenerativeAdversarialNetwork,
    estimates=r"p(x \mid y)",
    source="Goodfellow et al. (2014), Generative adversarial nets; Huang et al. (2024), The GAN is dead",
    controls=(
        Control("objective", "Objective", options=("relativistic", "vanilla"), help="Stable, or historic."),
        Control(
            "penalty", "Penalty", low=0.001, high=10.0, scale="log", help="How smooth the critic must be."
        ),
    ),
    rank=90,
)
