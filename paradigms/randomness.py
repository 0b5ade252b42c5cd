"""All randomness is an argument. Nothing here, or anywhere, touches a global seed."""

from __future__ import annotations

from typing import Any

import numpy as np


def generator(random_state: Any = None) -> np.random.Generator:
    """A numpy Generator from None, an int, a Generator (returned as it is) or a RandomState."""
    if isinstance(random_state, np.random.RandomState):
        return np.random.default_rng(random_state.randint(2**31))
    return np.random.default_rng(random_state)


def torch_generator(rng: np.random.Generator) -> Any:
    """A torch Generator seeded from a numpy one."""
    import torch

    return torch.Generator().manual_seed(int(rng.integers(2**63)))
