"""Multilayer perceptrons in torch, initialised and stored without global state."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import torch
from torch import nn


def multilayer_perceptron(
    sizes: Sequence[int], generator: torch.Generator, activation: type[nn.Module] = nn.Tanh
) -> nn.Sequential:
    """Linear layers from ``sizes[0]`` inputs to ``sizes[-1]`` outputs with ``activation`` between them.

    Weights are drawn from U(±√(6/(n_in + n_out))), offsets start at 0 (Glorot & Bengio 2010, eq. 16).
    """
    layers: list[nn.Module] = []
    for n_in, n_out in itertools.pairwise(sizes):
        linear = nn.utils.skip_init(nn.Linear, n_in, n_out)  # PyTorch's own draw uses the global generator
        nn.init.xavier_uniform_(linear.weight, generator=generator)
        nn.init.zeros_(linear.bias)
        layers += [linear, activation()]
    return nn.Sequential(*layers[:-1])


def weights_to_arrays(network: nn.Module, prefix: str) -> dict[str, np.ndarray]:
    """Copies of a network's weights as ``{prefix + name: array}``."""
    return {prefix + name: tensor.numpy().copy() for name, tensor in network.state_dict().items()}


def load_weights(network: nn.Module, arrays: dict[str, np.ndarray], prefix: str) -> None:
    """Put the arrays of :func:`weights_to_arrays` into a network of the same shape."""
    network.load_state_dict({name: torch.tensor(arrays[prefix + name]) for name in network.state_dict()})
