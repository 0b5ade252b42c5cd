"""How good samples of the learned models are after how much training, beside the recipes of others.

``python -m benchmarks.model_quality`` prints all of it (a quarter of an hour and more: the peers are slow);
``ours`` alone takes two minutes. CPU-seconds of training in one thread, medians of three seeds.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any, NamedTuple

import numpy as np

from benchmarks.quality_shapes import TUNED_ON, UNTOUCHED, Draw
from paradigms.evaluation.quality import QualityScale
from paradigms.generative.diffusion import Diffusion
from paradigms.generative.flow_matching import FlowMatching

SEEDS = (0, 1, 2)
N_POINTS, N_SAMPLES = 8000, 5000
FIRST_FOUR = ("moons", "eight Gaussians", "checkerboard", "swiss roll")
LADDER = (40, 60, 80, 120, 160, 240, 320, 480, 700, 1000)  # lengths of our training
PEER_SECONDS = 240.0  # after which a peer counts as not arrived


class Row(NamedTuple):
    """A line of the table: what was measured, ours, the peer's, their ratio, and what we hold ourselves to."""

    what: str
    ours: str
    peer: str = "—"
    ratio: str = "—"
    held_to: str = "—"
    met: bool | None = None


def rows(*, peers: bool = True) -> Iterator[Row]:
    """All lines; without ``peers``, those of our own models only."""
    shapes = TUNED_ON | UNTOUCHED
    scales = {name: _scale(draw) for name, draw in shapes.items()}
    for seconds, held_to, promised in ((0.6, 1.5, True), (1.5, 1.3, True)):
        for name, draw in shapes.items():
            yield _after(
                Diffusion, name, draw, scales[name], seconds, held_to, promised and name in FIRST_FOUR
            )
    for name in FIRST_FOUR:
        yield _after(FlowMatching, name, shapes[name], scales[name], 4.0, 2.0, True)
    for name in ("drawn letter", "moons"):
        for n in (300, 1000, 2000):
            yield _few_points(name, shapes[name], scales[name], n)
    yield _sampling_speed()
    if peers:
        yield from _against_peers(shapes, scales)


def _after(
    model: type, name: str, draw: Draw, scale: QualityScale, seconds: float, held_to: float, promised: bool
) -> Row:
    """Q after as many steps as fit into that many CPU-seconds."""
    results = []
    for seed in SEEDS:
        X = draw(N_POINTS, np.random.default_rng(seed))
        results.append(_trained_for(model, X, seed, seconds))
    quality = median(
        scale.quality(fitted.sample(N_SAMPLES, seed)) for seed, (fitted, _) in enumerate(results)
    )
    spent = median(spent for _, spent in results)
    met = bool(quality <= held_to and spent <= 1.02 * seconds) if promised else None
    what = f"{model.__name__}, {name}: Q in {seconds} s"
    return Row(what, f"{quality:.2f} ({spent:.2f} s)", held_to=f"≤ {held_to}" if promised else "—", met=met)


def _trained_for(model: type, X: np.ndarray, seed: int, seconds: float) -> tuple[Any, float]:
    """A model with as many steps as fit: a tenth of a second tells how long one takes."""
    pilot, n_steps = model(n_steps=60, random_state=seed), 60
    for _ in range(3):
        started = time.process_time()
        pilot.fit(X)
        spent = time.process_time() - started
        if 0.9 * seconds <= spent <= seconds:
            break
        n_steps = max(int(0.95 * n_steps * seconds / spent), 20)
        pilot = model(n_steps=n_steps, random_state=seed)
    return pilot, spent


def _few_points(name: str, draw: Draw, scale: QualityScale, n: int) -> Row:
    """From few points no model can know the shape better than they do: a bootstrap of them is the floor."""
    ratios = []
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        X = draw(n, rng)
        fitted, _ = _trained_for(Diffusion, X, seed, 0.6)
        floor = scale.quality(X[rng.integers(n, size=N_SAMPLES)])
        ratios.append(scale.quality(fitted.sample(N_SAMPLES, seed)) / floor)
    ratio = median(ratios)
    what = f"Diffusion, {name}, {n} points: Q in 0.6 s over that of a bootstrap"
    return Row(what, f"{ratio:.2f}", held_to="≤ 1.1", met=bool(ratio <= 1.1))


def _sampling_speed() -> Row:
    fitted = Diffusion(n_steps=200).fit(TUNED_ON["moons"](N_POINTS, np.random.default_rng(0)))
    spent = median(_cpu_seconds(lambda: fitted.sample(2000, 0)) for _ in range(9))
    return Row(
        "2,000 samples in 25 evaluations", f"{1000 * spent:.0f} ms", held_to="< 100 ms", met=spent < 0.1
    )


def _against_peers(shapes: dict[str, Draw], scales: dict[str, QualityScale]) -> Iterator[Row]:
    from benchmarks.quality_peers import PlanarFlowMatching, SplineFlow, TinyDiffusion

    peers: dict[str, tuple[Callable[[int], Any], float | None]] = {
        "tiny-diffusion at its best": (lambda seed: TinyDiffusion(250, 256, 1.0, seed), 60.0),
        "tiny-diffusion as it stands": (lambda seed: TinyDiffusion(50, 32, 1.5, seed), None),
        "torchcfm's tutorial": (PlanarFlowMatching, 100.0),
        "zuko's spline flow": (SplineFlow, None),
    }
    ours = {name: _our_seconds_until(shapes[name], scales[name], 2.0) for name in FIRST_FOUR}
    for peer, (make, held_to) in peers.items():
        ratios = []
        for name in FIRST_FOUR:
            theirs, best = _peer_seconds_until(make, shapes[name], scales[name], 2.0)
            ratios.append(theirs / ours[name])
            reached = f"{theirs:.1f} s" if best <= 2 else f"> {theirs:.0f} s (Q {best:.1f})"
            yield Row(f"Q ≤ 2 on {name}, {peer}", f"{ours[name]:.2f} s", reached, f"{ratios[-1]:.0f}×")
        mean = float(np.exp(np.mean(np.log(ratios))))
        promise = f"≥ {held_to:.0f}×" if held_to else "—"
        met = bool(mean >= held_to) if held_to else None
        yield Row(f"Q ≤ 2, {peer}: geometric mean", "—", "—", f"{mean:.0f}×", promise, met)


def _our_seconds_until(draw: Draw, scale: QualityScale, target: float) -> float:
    """CPU-seconds of the shortest training of the ladder whose median Q is at the target."""
    for n_steps in LADDER:
        spent, qualities = [], []
        for seed in SEEDS:
            X = draw(N_POINTS, np.random.default_rng(seed))
            model = Diffusion(n_steps=n_steps, random_state=seed)
            spent.append(_cpu_seconds(lambda model=model, X=X: model.fit(X)))
            qualities.append(scale.quality(model.sample(N_SAMPLES, seed)))
        if median(qualities) <= target:
            return median(spent)
    return float("inf")


def _peer_seconds_until(
    make: Callable[[int], Any], draw: Draw, scale: QualityScale, target: float
) -> tuple[float, float]:
    """CPU-seconds of training until a look, each a fifth later than the last, finds the target; one seed."""
    X = draw(N_POINTS, np.random.default_rng(0))
    mean, spread = X.mean(axis=0), X.std()
    peer = make(0)
    steps, spent, next_look, best = peer.steps((X - mean) / spread), 0.0, 1.0, float("inf")
    while spent < PEER_SECONDS and best > target:
        spent += _cpu_seconds(lambda: [next(steps) for _ in range(20)])
        if spent >= next_look:
            best = min(best, scale.quality(mean + spread * peer.sample(N_SAMPLES)))
            next_look = 1.2 * spent
    return spent, best


def _scale(draw: Draw) -> QualityScale:
    rng = np.random.default_rng(12345)
    return QualityScale([draw(N_SAMPLES, rng) for _ in range(4)])


def _cpu_seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    for row in rows(peers="ours" not in sys.argv[1:]):
        print(*row[:5], {True: "met", False: "NOT MET", None: "—"}[row.met], sep="   ", flush=True)
