"""CPU-seconds of training until Q ≤ 2, beside the recipes of others (``quality_peers``) in the same run.

Q is that of ``sample_quality``: of three seeds, the median. It is looked at after a while and then each time
√2 times later. A peer trains at one pace for ever and is looked at on its way; a training of ours knows its
length in advance, so each look has a training of its own, and only the last one's seconds count. Q leaps
about from look to look, with a constant learning rate by a factor of two. So there are two rows for each
peer: when the median was at 2 for the first time, which luck can bring, and when it was there twice running.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from statistics import geometric_mean, median
from typing import Any

import numpy as np

from benchmarks.comparison import Comparison, cpu_seconds, one_thread
from benchmarks.quality_peers import SplineFlow, TinyDiffusion, TorchFlowMatching
from benchmarks.quality_shapes import FIRST_FOUR, N_SAMPLES, points, scales
from benchmarks.stage import Stage
from paradigms import registry
from paradigms.estimators.standardising import centre_and_scale
from paradigms.evaluation.quality import QualityScale

TARGET = 2.0
SEEDS = (0, 1, 2)  # of the data and the training alike
LATER = math.sqrt(2)
FIRST_STEPS, MOST_STEPS = 30, 2000  # of our trainings
FIRST_SECONDS = 1.5  # of a peer's training
ONCE, TWICE = "the first time", "twice running"


@dataclass(frozen=True)
class Peer:
    """``make(seed)`` is a recipe, given up after ``seconds``; ``ours`` is the model that stands beside it."""

    name: str
    make: Callable[[int], Any]
    ours: str
    seconds: float
    promised: float | None = None


PEERS = (
    Peer("tiny-diffusion at its best", lambda seed: TinyDiffusion(250, 256, 1.0, seed), "diffusion", 24, 60),
    Peer("tiny-diffusion as it stands", lambda seed: TinyDiffusion(50, 32, 1.8, seed), "diffusion", 8),
    Peer("torchcfm's tutorial", TorchFlowMatching, "diffusion", 24, 100),
    Peer("zuko's spline flow", SplineFlow, "diffusion", 24),
    Peer("zuko's spline flow", SplineFlow, "normalizing_flow", 24),
)


def compare(_: Stage) -> Iterator[Comparison]:
    one_thread()
    judges = scales()
    of_ours = cache(lambda model: [_seconds_of_ours(model, n, judges[n]) for n in FIRST_FOUR])
    of_peer = cache(lambda make, most: [_seconds_of_peer(make, most, n, judges[n]) for n in FIRST_FOUR])
    yield Comparison(f"CPU-seconds until Q ≤ 2 on {', '.join(FIRST_FOUR)}", "—")
    for peer in PEERS:
        ours, theirs = of_ours(peer.ours), of_peer(peer.make, peer.seconds)
        for i, when in enumerate((ONCE, TWICE)):
            yield _row(peer, when, [pair[i] for pair in ours], [pair[i] for pair in theirs])


def _row(peer: Peer, when: str, ours: list[float], theirs: list[float]) -> Comparison:
    promised = peer.promised and when == TWICE
    missing = "> " if math.inf in theirs else ""
    theirs_at_least = [min(seconds, peer.seconds) for seconds in theirs]
    ratios = [their / our for our, their in zip(ours, theirs_at_least, strict=True)]
    mean = geometric_mean(ratios) if all(ratios) else 0.0  # 0 where ours never arrived
    return Comparison(
        f"{peer.ours.replace('_', ' ')} beside {peer.name}, {when}",
        "  ".join(f"{seconds:.2f}" for seconds in ours) + " s",
        "  ".join(f"{s:.1f}" if s < math.inf else f"> {peer.seconds}" for s in theirs) + " s",
        "  ".join(f"{ratio:.0f}×" for ratio in ratios) + f", mean {missing}{mean:.0f}×",
        f"≥ {peer.promised}×, aim 150×" if promised else "—",
        mean >= peer.promised if promised else None,
    )


def _seconds_of_ours(model: str, name: str, judge: QualityScale) -> tuple[float, float]:
    """CPU-seconds of our shortest training at the target; and of the shortest such that the next is, too."""
    spent: dict[tuple[int, float], float] = {}

    def quality(seed: int, n_steps: float) -> float:
        X, trained = points(name, seed), registry.create(model, n_steps=int(n_steps), random_state=seed)
        spent[seed, n_steps] = cpu_seconds(lambda: trained.fit(X))
        return judge.quality(trained.sample(N_SAMPLES, seed))

    registry.create(model, n_steps=FIRST_STEPS).fit(points(name, SEEDS[0]))  # pays for imports and the like
    once, running = _arrivals(quality, FIRST_STEPS, MOST_STEPS)
    return _median_at(spent, once), _median_at(spent, running)


def _median_at(spent: dict[tuple[int, float], float], n_steps: float) -> float:
    seconds = [value for (_, length), value in spent.items() if length == n_steps]
    return median(seconds) if seconds else math.inf


def _seconds_of_peer(
    make: Callable[[int], Any], most: float, name: str, judge: QualityScale
) -> tuple[float, float]:
    """CPU-seconds of the peer's training at the first look at the target; and at the first of two running."""
    runs = [_Run(make(seed), points(name, seed)) for seed in SEEDS]

    def quality(seed: int, seconds: float) -> float:
        return judge.quality(runs[seed].samples_after(seconds))

    return _arrivals(quality, FIRST_SECONDS, most)


def _arrivals(quality: Callable[[int, float], float], first: float, most: float) -> tuple[float, float]:
    """When the median of ``quality(seed, when)`` is at the target: once, and at two looks running.

    Infinity stands for never. The third seed is asked only where the first two do not agree.
    """
    once, before, when = math.inf, math.inf, first
    while when < 1.01 * most:
        verdicts = [quality(seed, when) <= TARGET for seed in SEEDS[:2]]
        there = verdicts[0] if verdicts[0] == verdicts[1] else quality(SEEDS[2], when) <= TARGET
        if there and before < math.inf:
            return once, before
        before = when if there else math.inf
        once, when = min(once, before), when * LATER
    return once, math.inf


class _Run:
    """A peer's training on ``X (n, 2)``, as far as it has come."""

    def __init__(self, peer: Any, X: np.ndarray) -> None:
        self._peer, (self._mean, self._scale) = peer, centre_and_scale(X)
        self._steps, self._spent = peer.steps((X - self._mean) / self._scale), 0.0

    def samples_after(self, seconds: float) -> np.ndarray:
        """Samples after that many CPU-seconds of training in all, in the units of X."""
        while self._spent < seconds:
            self._spent += cpu_seconds(lambda: [next(self._steps) for _ in range(10)])
        return self._mean + self._scale * self._peer.sample(N_SAMPLES)
