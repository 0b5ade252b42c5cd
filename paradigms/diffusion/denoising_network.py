"""A perceptron with skip connections in numpy: forward pass, back-propagation, Jacobian, Adam."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import numpy as np

from paradigms.training import TrainingDiverged

HIDDEN = 64
N_FREQUENCIES, LOWEST, HIGHEST = 16, 0.5, 8.0  # Fourier features of z, |ω| from 0.5 to 8
N_LEVEL_FREQUENCIES = 4  # and of ln σ
LOG_SIGMA_RANGE = (-5.3, 3.0)  # σ from 0.005 to 20; beyond, the nearest end stands in


class DenoisingNetwork:
    """F(z, ln σ, class): what a noisy point z of about unit variance says of the clean one.

        f  = [z, sin zω, cos zω, ln σ/4, sin and cos of k/2 ln σ, class, 1]
        h₁ = relu(f W₁),    h₂ = relu([f, h₁] W₂),    F = [f, h₁, h₂] W₃.

    Every layer sees all that came before it, so that there is a straight way from F back to each weight. W₃
    starts at 0, and with it F. Without the Fourier features a network this small learns smooth shapes only
    (Tancik et al. 2020, Fourier features let networks learn high frequency functions in low dimensional
    domains).

    ``weights`` is one vector in single precision; the W are views of it. A network class is
    one of 0 to ``n_classes`` − 1, given as a one in a row of zeros; ``n_classes`` stands for any of them, by
    zeros alone.
    """

    def __init__(self, n_columns: int, n_classes: int, weights: np.ndarray) -> None:
        self.n_columns, self.n_classes, self.weights = n_columns, n_classes, weights
        self._frequencies = _fourier_frequencies(n_columns)
        self._one_hot = np.eye(n_classes + 1, n_classes if n_classes > 1 else 0, dtype=np.float32)
        self.W1, self.W2, self.W3 = self._as_matrices(weights)

    @classmethod
    def untrained(cls, n_columns: int, n_classes: int, rng: np.random.Generator) -> DenoisingNetwork:
        """W₁ and W₂ normal with variance 2/n_in (He et al. 2015); 0 for W₃ and the rows of the classes."""
        network = cls(n_columns, n_classes, np.zeros(_n_weights(n_columns, n_classes), dtype=np.float32))
        first_row, last_row = -1 - network._one_hot.shape[1], -1
        for W in (network.W1, network.W2):
            W[:] = rng.standard_normal(W.shape) * np.sqrt(2 / len(W))
            n_features = len(network.W1)
            W[n_features + first_row : n_features + last_row] = 0
        return network

    def features(self, z: np.ndarray, log_sigma: np.ndarray | float, classes: np.ndarray) -> np.ndarray:
        """f as ``(n, ·)`` from ``z (n, d)``, ``log_sigma`` ``(n,)`` or one number, ``classes (n,)``."""
        z = np.asarray(z, dtype=np.float32)
        phases = z @ self._frequencies
        log_sigma = np.clip(np.asarray(log_sigma, dtype=np.float32), *LOG_SIGMA_RANGE).reshape(-1, 1)
        level_phases = log_sigma * np.arange(1, N_LEVEL_FREQUENCIES + 1, dtype=np.float32) / 2
        level = np.hstack([log_sigma / 4, np.sin(level_phases), np.cos(level_phases)])
        level = np.broadcast_to(level, (len(z), level.shape[1]))
        ones = np.ones((len(z), 1), dtype=np.float32)
        return np.hstack([z, np.sin(phases), np.cos(phases), level, self._one_hot[classes], ones])

    def __call__(self, features: np.ndarray) -> np.ndarray:
        """F as ``(n, d)``."""
        return self.forward(features)[0]

    def forward(self, f: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """F ``(n, d)``, and [f, h₁, h₂], which the way back needs."""
        h1 = np.maximum(f @ self.W1, 0)
        f_h1 = np.hstack([f, h1])
        h2 = np.maximum(f_h1 @ self.W2, 0)
        seen = np.hstack([f_h1, h2])
        return seen @ self.W3, seen

    def backward(self, seen: np.ndarray, dF: np.ndarray) -> np.ndarray:
        """The chain rule from the end: ∂L/∂F ``(n, d)`` in, ∂L/∂weights out."""
        gradient = np.empty_like(self.weights)
        dW1, dW2, dW3 = self._as_matrices(gradient)
        f, f_h1 = seen[:, : len(self.W1)], seen[:, : len(self.W2)]
        h1, h2 = f_h1[:, len(self.W1) :], seen[:, len(self.W2) :]
        np.matmul(seen.T, dF, out=dW3)
        dseen = dF @ self.W3.T  # what reaches h₁ and h₂ on the straight way
        dh2 = dseen[:, len(self.W2) :] * (h2 > 0)
        np.matmul(f_h1.T, dh2, out=dW2)
        dh1 = (dseen[:, len(self.W1) : len(self.W2)] + dh2 @ self.W2[len(self.W1) :].T) * (h1 > 0)
        np.matmul(f.T, dh1, out=dW1)
        return gradient

    def with_jacobian(self, f: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """F ``(n, d)`` and ∂F_i/∂z_j ``(n, d, d)``: a tangent goes through the layers for each column j."""
        F, seen = self.forward(f)
        d, n_features, n_seen = self.n_columns, len(self.W1), len(self.W2)
        on1, on2 = seen[:, n_features:n_seen] > 0, seen[:, n_seen:] > 0
        sines, cosines = f[:, d : d + N_FREQUENCIES], f[:, d + N_FREQUENCIES : d + 2 * N_FREQUENCIES]
        jacobian = np.empty((*F.shape, d), dtype=F.dtype)
        for j, frequencies in enumerate(self._frequencies):
            # f enters all three layers, so one product carries its tangent into all of them.
            from_f = np.column_stack([self.W1, self.W2[:n_features], self.W3[:n_features]])
            d_phases = np.hstack([cosines * frequencies, -sines * frequencies])
            df = d_phases @ from_f[d : d + 2 * N_FREQUENCIES] + from_f[j]
            dh1 = df[:, :HIDDEN] * on1
            dh2 = (df[:, HIDDEN:-d] + dh1 @ self.W2[n_features:]) * on2
            jacobian[:, :, j] = df[:, -d:] + dh1 @ self.W3[n_features:n_seen] + dh2 @ self.W3[n_seen:]
        return F, jacobian

    def _as_matrices(self, vector: np.ndarray) -> list[np.ndarray]:
        """Stretches of one vector as W₁, W₂ and W₃."""
        shapes = _shapes(self.n_columns, self.n_classes)
        ends = np.cumsum([rows * columns for rows, columns in shapes])
        return [part.reshape(shape) for part, shape in zip(np.split(vector, ends[:-1]), shapes, strict=True)]


def learn(
    network: DenoisingNetwork,
    examples: Callable[[], tuple[np.ndarray, np.ndarray, np.ndarray | float]],
    *,
    n_steps: int,
    learning_rate: float,
) -> Iterator[tuple[int, float, np.ndarray]]:
    """Minimise the mean of weight · |F − target|² over ``examples() = (features, target, weight)`` by Adam.

    Adam (Kingma & Ba 2015, algorithm 1) with β = (0.9, 0.99). The learning rate rises over 20 steps and then
    falls in a straight line to 0. Yields after each step its number, its loss and the running average of the
    weights over about the last hundred steps: the average is what should be used. Raises TrainingDiverged.
    """
    weights, average = network.weights, network.weights.copy()
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, n_steps + 1):
        features, target, weight = examples()
        F, seen = network.forward(features)
        error = F - target
        loss = float(np.mean(weight * (error * error).sum(axis=1, keepdims=True)))
        gradient = network.backward(seen, np.float32(2 / len(error)) * weight * error)
        if not np.isfinite(loss + gradient @ gradient):
            raise TrainingDiverged(step)
        mean += np.float32(0.1) * (gradient - mean)
        square += np.float32(0.01) * (gradient * gradient - square)
        rate = learning_rate * min(step / 20, 1) * (1 - (step - 1) / n_steps)
        rate *= np.sqrt(1 - 0.99**step) / (1 - 0.9**step)
        weights -= np.float32(rate) * mean / (np.sqrt(square) + np.float32(1e-8))
        average += np.float32(max(0.01, 9 / (9 + step))) * (weights - average)
        yield step, loss, average


def _shapes(n_columns: int, n_classes: int) -> list[tuple[int, int]]:
    n_features = (
        n_columns + 2 * N_FREQUENCIES + 1 + 2 * N_LEVEL_FREQUENCIES + (n_classes if n_classes > 1 else 0) + 1
    )
    return [(n_features, HIDDEN), (n_features + HIDDEN, HIDDEN), (n_features + 2 * HIDDEN, n_columns)]


def _n_weights(n_columns: int, n_classes: int) -> int:
    return sum(rows * columns for rows, columns in _shapes(n_columns, n_classes))


@cache
def _fourier_frequencies(n_columns: int) -> np.ndarray:
    """ω as ``(d, 16)``. In the plane each direction is the one before turned by the golden angle."""
    if n_columns == 2:
        angles = np.pi * (3 - np.sqrt(5)) * np.arange(N_FREQUENCIES)
        directions = np.stack([np.cos(angles), np.sin(angles)])
    else:
        directions = np.random.default_rng(0).standard_normal((n_columns, N_FREQUENCIES))
        directions /= np.linalg.norm(directions, axis=0)
    return (directions * np.geomspace(LOWEST, HIGHEST, N_FREQUENCIES)).astype(np.float32)
