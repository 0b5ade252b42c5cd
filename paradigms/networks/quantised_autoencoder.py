"""Encoder, codebooks and decoder of a vector-quantised autoencoder, and the shares of the codes."""

from __future__ import annotations

import math

import torch
from torch import nn

from paradigms.estimators.multilayer_perceptron import multilayer_perceptron

_CODE_DIMENSION = 2
_SMALLEST = 0.01  # standard deviation of the decoder, as a share of the data's spread
_MEMORY = 0.99  # share of the old in the running means that are the codes
_SHORT_MEMORY = 0.95  # and in how often each is used, which must have caught up when the training ends
_HARDLY_USED = 0.1  # of what a code would be used if all were used alike


class QuantisedAutoencoder(nn.Module):
    """Each slot of the encoder's output has a codebook of its own, ``codebook (n_slots, n_codes, ·)``.

    The codes are running means of the outputs that were nearest to them, ``sums / counts``; ``usage`` is the
    running share of each combination of codes, with an axis for each slot.
    """

    def __init__(
        self, dimension: int, n_slots: int, n_codes: int, hidden: int, random: torch.Generator
    ) -> None:
        super().__init__()
        width = n_slots * _CODE_DIMENSION
        self.encoder = multilayer_perceptron([dimension, hidden, width], random, nn.SiLU)
        self.decoder = multilayer_perceptron([width, hidden, hidden, dimension], random, nn.SiLU)
        self.log_noise = nn.Parameter(torch.tensor(-1.0))
        self.register_buffer("codebook", torch.randn((n_slots, n_codes, _CODE_DIMENSION), generator=random))
        self.register_buffer("sums", self.codebook.clone())
        self.register_buffer("counts", torch.ones((n_slots, n_codes)))
        self.register_buffer("usage", torch.zeros([n_codes] * n_slots))

    def encode(self, x: torch.Tensor) -> torch.Tensor:
        """The encoder's output for ``x (n, d)``: ``(n, n_slots, ·)``."""
        return self.encoder(x).unflatten(1, (-1, _CODE_DIMENSION))

    def nearest(self, encoded: torch.Tensor) -> torch.Tensor:
        """The number of the nearest code in each slot, ``(n, n_slots)``."""
        return torch.cdist(encoded.transpose(0, 1), self.codebook).argmin(dim=2).T

    def vectors(self, codes: torch.Tensor) -> torch.Tensor:
        """The codebook's vectors for ``codes (n, n_slots)``: ``(n, n_slots, ·)``."""
        return self.codebook[torch.arange(len(self.codebook)), codes]

    def decode(self, vectors: torch.Tensor) -> torch.Tensor:
        """The mean of p(x | codes) as ``(n, d)``."""
        return self.decoder(vectors.flatten(1))

    def noise(self) -> torch.Tensor:
        """σ, the standard deviation of p(x | codes)."""
        return _SMALLEST + self.log_noise.exp()

    def log_likelihood(self, x: torch.Tensor, vectors: torch.Tensor) -> torch.Tensor:
        """log N(x; decode(vectors), σ²I) as ``(n,)``."""
        noise = self.noise()
        exponent = -0.5 * ((x - self.decode(vectors)) / noise) ** 2
        return (exponent - noise.log() - 0.5 * math.log(2 * math.pi)).sum(dim=1)

    @torch.no_grad()
    def move_codes(self, encoded: torch.Tensor, codes: torch.Tensor) -> None:
        """One step of the running averages (van den Oord et al. 2017, appendix A.1)."""
        chosen = nn.functional.one_hot(codes, self.codebook.shape[1]).to(encoded)  # (n, n_slots, n_codes)
        self.counts.lerp_(chosen.sum(dim=0), 1 - _MEMORY)
        self.sums.lerp_(torch.einsum("nsc,nsv->scv", chosen, encoded), 1 - _MEMORY)
        places = (codes * torch.tensor(self.usage.stride())).sum(dim=1)
        share = torch.bincount(places, minlength=self.usage.numel()).view_as(self.usage) / len(codes)
        self.usage.lerp_(share, 1 - _SHORT_MEMORY)
        self.codebook.copy_(self.sums / self.counts.clamp_min(1e-6)[..., None])

    @torch.no_grad()
    def revive_codes(self, encoded: torch.Tensor, random: torch.Generator) -> None:
        """Put every code that is hardly used where a point of the batch is encoded.

        It starts at twice what counts as hardly used: some seventy steps in which to find points of its own.
        """
        threshold = _HARDLY_USED * len(encoded) / self.codebook.shape[1]
        slot, code = torch.nonzero(self.counts < threshold, as_tuple=True)
        points = torch.randint(len(encoded), (len(slot),), generator=random)
        self.codebook[slot, code] = encoded[points, slot]
        self.counts[slot, code] = 2 * threshold
        self.sums[slot, code] = 2 * threshold * encoded[points, slot]
