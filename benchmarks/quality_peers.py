"""The recipes that our models are compared with, restated; each trains as a generator and draws samples.

``steps(X)`` takes points of mean 0 and mean variance 1 and yields after each optimiser step, for ever;
``sample(n)`` draws in the same units. Where a restatement departs from its source it is to the peer's good:
batches are slices of a tensor (a data loader that collects rows one by one would cost more), nothing is
printed or stored, and only the training counts, so that their longer ways to a sample cost them nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TypeVar

import numpy as np
import torch
import zuko
from scipy.integrate import solve_ivp
from torch import nn

Made = TypeVar("Made")


class TinyDiffusion:
    """github.com/tanelp/tiny-diffusion, ddpm.py, with the defaults of its command line: a DDPM in the plane.

    Both coordinates (times 25) and the time step go in as 64 sines and 64 cosines each, of rates from 1 down
    to 1/10,000; a GELU layer of 128, three residual ones, and the noise is predicted. β rises in a straight
    line from 0.0001 to 0.02; AdamW at 0.001, the gradient clipped at norm 1; ancestral sampling with the
    posterior's variance. As it stands it has ``n_noise_steps`` 50 and ``batch_size`` 32, and the dinosaur it
    draws has the ``scale`` 1.8; at its best, 250, 256 and 1.
    """

    def __init__(self, n_noise_steps: int, batch_size: int, scale: float, seed: int) -> None:
        self.random = torch.Generator().manual_seed(seed)
        self.batch_size, self.scale = batch_size, scale
        self.network = _made_with(seed, _SinusoidalNetwork)
        self.beta = torch.linspace(1e-4, 0.02, n_noise_steps)
        self.alpha_bar = torch.cumprod(1 - self.beta, dim=0)

    def steps(self, X: np.ndarray) -> Iterator[None]:
        data = torch.tensor(self.scale * X, dtype=torch.float32)
        whole_batches = len(data) - len(data) % self.batch_size
        optimiser = torch.optim.AdamW(self.network.parameters(), lr=1e-3)
        while True:
            order = torch.randperm(len(data), generator=self.random)[:whole_batches]
            for rows in order.split(self.batch_size):
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
            beta, signal = self.beta[t], self.alpha_bar[t]
            before = self.alpha_bar[t - 1] if t > 0 else torch.tensor(1.0)
            clean = (x - (1 - signal).sqrt() * self.network(x, torch.full((n,), t))) / signal.sqrt()
            mean = (before.sqrt() * beta * clean + (1 - beta).sqrt() * (1 - before) * x) / (1 - signal)
            deviation = (beta * (1 - before) / (1 - signal)).sqrt()  # 0 in the last step
            x = mean + deviation * torch.randn(n, 2, generator=self.random)
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


class TorchFlowMatching:
    """github.com/atong01/conditional-flow-matching, examples/2D_tutorials/Flow_matching_tutorial.ipynb.

    The first half of it, with independent pairs. Three SELU layers of 64 take the point and the time; at
    x_t = (1 − t) x₀ + t x₁ + 0.01 ε they regress on x₁ − x₀; batches of 256, Adam at 0.001. The tutorial goes
    from eight Gaussians to fresh moons of scale 2.2; here N(0, I) takes the place of the first, and points
    that everyone gets, at that scale, of the second. Samples by Dormand and Prince's rule to 1e-4, as there.
    """

    def __init__(self, seed: int, scale: float = 2.2) -> None:
        self.random, self.scale = torch.Generator().manual_seed(seed), scale
        self.network = _made_with(seed, _selu_network)

    def steps(self, X: np.ndarray) -> Iterator[None]:
        data = torch.tensor(self.scale * X, dtype=torch.float32)
        optimiser = torch.optim.Adam(self.network.parameters(), lr=1e-3)
        while True:
            ends = data[torch.randint(len(data), (256,), generator=self.random)]
            starts, blur = torch.randn(2, 256, 2, generator=self.random)
            t = torch.rand(256, 1, generator=self.random)
            seen = torch.cat([(1 - t) * starts + t * ends + 0.01 * blur, t], dim=1)
            optimiser.zero_grad()
            ((self.network(seen) - (ends - starts)) ** 2).mean().backward()
            optimiser.step()
            yield

    @torch.no_grad()
    def sample(self, n: int) -> np.ndarray:
        def velocity(t: float, x: np.ndarray) -> np.ndarray:
            seen = np.column_stack([x.reshape(n, 2), np.full(n, t)]).astype(np.float32)
            return self.network(torch.from_numpy(seen)).numpy().ravel()

        start = torch.randn(2 * n, generator=self.random).numpy()
        way = solve_ivp(velocity, (0.0, 1.0), start, method="RK45", rtol=1e-4, atol=1e-4)
        return way.y[:, -1].reshape(n, 2) / self.scale


def _selu_network() -> nn.Sequential:
    sizes = [3, 64, 64, 64, 2]
    layers = [(nn.Linear(a, b), nn.SELU()) for a, b in pairwise(sizes)]
    return nn.Sequential(*[part for layer in layers for part in layer][:-1])


class SplineFlow:
    """github.com/probabilists/zuko, docs/tutorials/forward_kl.ipynb: a spline flow (Durkan et al. 2019).

    Three autoregressive transforms of 8 bins, their networks with two ReLU layers of 64; batches of 64, Adam
    at 0.001, the mean of −log p(x) is minimised.
    """

    def __init__(self, seed: int) -> None:
        self.random, self.seed = torch.Generator().manual_seed(seed), seed
        self.flow = _made_with(seed, lambda: zuko.flows.NSF(2, transforms=3, hidden_features=(64, 64)))

    def steps(self, X: np.ndarray) -> Iterator[None]:
        data = torch.tensor(X, dtype=torch.float32)
        optimiser = torch.optim.Adam(self.flow.parameters(), lr=1e-3)
        while True:
            for rows in torch.randperm(len(data), generator=self.random).split(64):
                optimiser.zero_grad()
                (-self.flow().log_prob(data[rows]).mean()).backward()
                optimiser.step()
                yield

    @torch.no_grad()
    def sample(self, n: int) -> np.ndarray:
        return _made_with(self.seed, lambda: self.flow().sample((n,))).numpy().astype(float)


def _made_with(seed: int, make: Callable[[], Made]) -> Made:
    """``make()`` with torch's global generator seeded, which is put back as it was."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        return make()
