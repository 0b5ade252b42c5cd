"""Controls of training parameters that several models share."""

from __future__ import annotations

from paradigms.cards import Control

LEARNING_RATE = Control(
    "learning_rate",
    "Learning rate",
    low=0.0005,
    high=0.3,
    step=0.0005,
    scale="log",
    help="How far each step goes: too small creeps, too large jumps about.",
)
JITTER = Control("jitter", "Blur", low=0.01, high=3.0, scale="log", help="How far points move at each look.")
DENOISING_STEPS = Control(
    "n_steps", "Steps", low=100, high=3000, step=100, help="More steps draw finer shapes."
)
