"""Points noised to a level and denoised again (SDEdit)."""

from __future__ import annotations

import numpy as np

from paradigms.diffusion.noise_schedules import karras
from paradigms.progress import Report, reported, unreported
from paradigms.protocols import Denoiser
from paradigms.samplers.probability_flow import probability_flow


def sdedit(
    denoiser: Denoiser,
    X: np.ndarray,
    *,
    noise_level: float,
    n_steps: int = 60,
    seed: int = 0,
    report: Report = unreported,
) -> np.ndarray:
    """Points ``(n, d)`` noised up to a level and denoised: little noise keeps them, much replaces them.

    Meng et al. (2022), SDEdit: guided image synthesis and editing with stochastic differential equations,
    whose reverse process adds noise; this one follows the ODE.
    """
    rng = np.random.default_rng(seed)
    levels = karras(n_steps, sigma_max=noise_level, sigma_min=min(0.01, noise_level / 2))
    noisy = X + noise_level * rng.standard_normal(X.shape)
    *_, last = reported(probability_flow(denoiser, noisy, noise_levels=levels), len(levels), report)
    return last.position
