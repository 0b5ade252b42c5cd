"""The recipes that our diffusion is compared with, restated; each trains as a generator and draws samples.

All of them get the data shifted to mean 0 and scaled by one number, and nothing but their training counts.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch
from torch import nn


class TinyDiffusion:
    """The recipe of github.com/tanelp/tiny-diffusion (ddpm.py): a small DDPM in the plane.

    Three residual GELU layers of 128; both coordinates (times 25) and the time step go in as 128 sines and
    cosines each, of wavelengths up to 10,000; linear β from 0.0001 to 0.02; AdamW at 0.001, gradients clipped
    at 1; ancestral sampling. As it stands it has 50 steps of noise and batches of 32, and its data reach from
    −3 to 3; at its best, 250 steps, batches of 256 and data of unit scale.
    """

    def __init__(self, n_noise_steps: int, batch_size: int, scale: float, seed: int) -> None:
        self.random = torch.Generator().manual_seed(seed)
        self.batch_size, self.scale = batch_size, scale
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            self.network = _SinusoidalNetwork()
        self.beta = torch.linspace(1e-4, 0.02, n_noise_steps)
        self.alpha_bar = torch.cumprod(1 - self.beta, dim=0)

    def steps(self, X: np.ndarray) -> Iterator[None]:
        data = torch.tensor(self.scale * X, dtype=torch.float32)
        optimiser = torch.optim.AdamW(self.network.parameters(), lr=1e-3)
        while True:
            for rows in torch.randperm(len(data), generator=self.random).split(self.batch_size):
                noise = torch.randn(len(rows), 2, generator=self.random)
                t = torch.randint(len(self.beta), (len(rows),), generator=self.random)
                signal = self.alpha_bar[t, None]
                noisy = signal.sqrt() * data[rows] + (1 - signal).sqrt() * noise
                optimiser.zero_grad()
                nn.functional.mse_loss(self.network(noisy, t), noise).backward()
                nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
                optimiser.step()
                yield

    @torch.no_grad()
    def sample(self, n: int) -> np.ndarray:
        x = torch.randn(n, 2, generator=self.random)
        for t in range(len(self.beta) - 1, -1, -1):
            signal, before = self.alpha_bar[t], self.alpha_bar[t - 1] if t else torch.tensor(1.0)
            noise = self.network(x, torch.full((n,), t))
            clean = (x - (1 - signal).sqrt() * noise) / signal.sqrt()
            mean = before.sqrt() * self.beta[t] * clean + (1 - self.beta[t]).sqrt() * (1 - before) * x
            spread = (self.beta[t] * (1 - before) / (1 - signal)).sqrt()
            x = mean / (1 - signal) + spread * torch.randn(n, 2, generator=self.random)
        return x.numpy().astype(float) / self.scale


class _SinusoidalNetwork(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.rates = torch.exp(-np.log(10_000.0) * torch.arange(64) / 63)
        self.first, self.last = nn.Linear(3 * 128, 128), nn.Linear(128, 2)
        self.middle = nn.ModuleList(nn.Linear(128, 128) for _ in range(3))

    def forward(self, x: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        phases = [inputs[:, None] * self.rates for inputs in (25 * x[:, 0], 25 * x[:, 1], t.float())]
        h = torch.cat([wave for phase in phases for wave in (phase.sin(), phase.cos())], dim=1)
        h = nn.functional.gelu(self.first(h))
        for layer in self.middle:
            h = h + nn.functional.gelu(layer(h))
        return self.last(h)


class PlanarFlowMatching:
    """The recipe of github.com/atong01/conditional-flow-matching (examples/2D_tutorials, torchcfm's MLP).

    Four linear layers with 64 SELU units take the point and the time; x_t = (1 − t) x₀ + t x₁ + 0.1 ε, the
    velocity x₁ − x₀ is regressed on; batches of 256, Adam at 0.001. Data of scale 3, as there; pairing is
    independent. Samples by 50 steps of Runge and Kutta's fourth-order rule.
    """

    def __init__(self, seed: int, scale: float = 3.0) -> None:
        self.random, self.scale = torch.Generator().manual_seed(seed), scale
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            sizes = [3, 64, 64, 64, 2]
            layers = [
                layer
                for a, b in zip(sizes, sizes[1:], strict=False)
                for layer in (nn.Linear(a, b), nn.SELU())
            ]
        self.network = nn.Sequential(*layers[:-1])

    def steps(self, X: np.ndarray) -> Iterator[None]:
        data = torch.tensor(self.scale * X, dtype=torch.float32)
        optimiser = torch.optim.Adam(self.network.parameters())
        while True:
            ends = data[torch.randint(len(data), (256,), generator=self.random)]
            starts, blur = (torch.randn(256, 2, generator=self.random) for _ in range(2))
            t = torch.rand(256, 1, generator=self.random)
            seen = torch.cat([(1 - t) * starts + t * ends + 0.1 * blur, t], dim=1)
            optimiser.zero_grad()
            ((self.network(seen) - (ends - starts)) ** 2).mean().backward()
            optimiser.step()
            yield

    @torch.no_grad()
    def sample(self, n: int) -> np.ndarray:
        x, h = torch.randn(n, 2, generator=self.random), 1 / 50

        def velocity(x: torch.Tensor, t: float) -> torch.Tensor:
            return self.network(torch.cat([x, torch.full((n, 1), t)], dim=1))

        for step in range(50):
            t = step * h
            k1 = velocity(x, t)
            k2 = velocity(x + h / 2 * k1, t + h / 2)
            k3 = velocity(x + h / 2 * k2, t + h / 2)
            k4 = velocity(x + h * k3, t + h)
            x = x + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        return x.numpy().astype(float) / self.scale


class SplineFlow:
    """zuko's neural spline flow (Durkan et al. 2019) as its tutorials use it: three transforms, Adam at 0.001."""

    def __init__(self, seed: int) -> None:
        import zuko

        self.random = torch.Generator().manual_seed(seed)
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            self.flow = zuko.flows.NSF(features=2, transforms=3, hidden_features=(64, 64))
        self.seed = seed

    def steps(self, X: np.ndarray) -> Iterator[None]:
        data = torch.tensor(X, dtype=torch.float32)
        optimiser = torch.optim.Adam(self.flow.parameters(), lr=1e-3)
        while True:
            rows = torch.randint(len(data), (256,), generator=self.random)
            optimiser.zero_grad()
            (-self.flow().log_prob(data[rows]).mean()).backward()
            optimiser.step()
            yield

    @torch.no_grad()
    def sample(self, n: int) -> np.ndarray:
        with torch.random.fork_rng():
            torch.manual_seed(self.seed)
            return self.flow().sample((n,)).numpy().astype(float)
