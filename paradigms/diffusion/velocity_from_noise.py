"""The velocity field of a denoiser."""

from __future__ import annotations

import numpy as np

from paradigms.protocols import Denoiser

_EARLIEST, _LATEST = 1e-3, 1 - 1e-3  # at time 0 the noise level is infinite, at time 1 it is 0


class VelocityFromNoise:
    """v(x, t) = E[x₁ − x₀ | x_t = x] for x_t = (1 − t)x₀ + tx₁, with x₀ ~ N(0, I) and x₁ a point of the data.

    The noise is N(0, I) in the units of the data and knows nothing of them. Since x_t/t = x₁ + σx₀ with
    σ = (1 − t)/t, the ``denoiser`` knows E[x₀ | x_t = x] = ε̂(x/t, σ), and x₁ − x₀ = (x_t − x₀)/t:

        v(x, t) = (x − ε̂(x/t, σ))/t.

    It is as exact as the denoiser. (x̂₁ − x)/(1 − t) is the same, but divides by 0 at the end. Times before
    0.001 and after 0.999 are taken for these; the limits are E[x₁] − x and, for a smooth density, x.

    Lipman et al. (2023), Flow matching for generative modeling, eq. 8 with the path of eq. 20, σ_min = 0.
    """

    def __init__(self, denoiser: Denoiser) -> None:
        self.denoiser = denoiser

    def velocity(self, X: np.ndarray, time: float, y: np.ndarray | None = None) -> np.ndarray:
        """dx/dt as ``(n, d)`` for ``X (n, d)``; with labels ``y (n,)``, towards the class of each point."""
        time = min(max(time, _EARLIEST), _LATEST)
        return (X - self.denoiser.predict_noise(X / time, (1 - time) / time, y)) / time
