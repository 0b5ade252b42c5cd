"""Generator and discriminator of an adversarial network, and the generator's running average."""

from __future__ import annotations

from copy import deepcopy

import torch
from torch import nn

from paradigms.estimators.multilayer_perceptron import multilayer_perceptron

# Of the sines that the discriminator looks at, in standardised units.
_FREQUENCIES = 2.0 ** torch.arange(-1, 3)


class GeneratorAndDiscriminator(nn.Module):
    """G, D and the running average of G, each of two layers of ``hidden`` ReLUs.

    Points are ``(n, d)``, z ``(n, latent)``; classes come as rows of zeros with a one, ``given (n, K)``. D
    also sees sines and cosines of each column: without them it learns smooth shapes only (Tancik et
    al. 2020).
    """

    def __init__(self, dimension: int, latent: int, hidden: int, n_classes: int, random: torch.Generator):
        super().__init__()
        n_looks = dimension * (1 + 2 * len(_FREQUENCIES))
        self.generator = multilayer_perceptron(
            [latent + n_classes, hidden, hidden, dimension], random, nn.ReLU
        )
        self.discriminator = multilayer_perceptron([n_looks + n_classes, hidden, hidden, 1], random, nn.ReLU)
        self.averaged = deepcopy(self.generator).requires_grad_(False)

    def generate(self, z: torch.Tensor, given: torch.Tensor) -> torch.Tensor:
        """G(z, y) as ``(n, d)``, by the weights that are learning."""
        return self.generator(torch.cat([z, given], dim=1))

    def sample(self, z: torch.Tensor, given: torch.Tensor) -> torch.Tensor:
        """G(z, y) as ``(n, d)``, by the averaged weights."""
        return self.averaged(torch.cat([z, given], dim=1))

    def discriminate(self, x: torch.Tensor, given: torch.Tensor) -> torch.Tensor:
        """D(x, y) as ``(n,)``."""
        angles = (x[:, :, None] * _FREQUENCIES.to(x)).flatten(1)
        return self.discriminator(torch.cat([x, angles.sin(), angles.cos(), given], dim=1))[:, 0]

    @torch.no_grad()
    def average(self, share: float) -> None:
        """Move the averaged weights by ``share`` of the way to those of the generator."""
        torch._foreach_lerp_(list(self.averaged.parameters()), list(self.generator.parameters()), share)
