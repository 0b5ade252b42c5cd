"""The No-U-Turn Sampler (NUTS): Hamiltonian Monte Carlo whose path is as long as it goes on moving away."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from paradigms.cards import Control, SamplerCard, Term
from paradigms.protocols import Density, DensityWithGradient, DifferentiableDensity, QuickDensity, can
from paradigms.samplers.hamiltonian import leapfrog
from paradigms.trajectory import Snapshot

_LOST = 1000.0  # an error of the energy as large as this means that the leapfrog has come off the path


def no_u_turn(
    target: DensityWithGradient,
    start: np.ndarray,
    *,
    step_size: float = 0.1,
    n_steps: int = 100,
    max_depth: int = 6,
    rng: np.random.Generator,
) -> Iterator[Snapshot]:
    """Double the path, forwards or backwards in time at random, until its ends begin to approach each other.

    A doubling that turns back within itself is thrown away; so is one whose energy is lost. The next position
    is one of the path's points, chosen with weights exp(−H) as the path grows, which leaves p stationary. The
    target has ``score_samples`` (up to a constant) and ``log_density_gradient``; each of ``start (n, d)`` is
    a chain of its own, and all take their leapfrog steps together. Snapshots carry ``proposal``, the chosen
    point, ``accepted (n,)``, whether the chain moved there, and ``path (m, n, d)``, the points in the order
    in which they were visited, a chain's last one repeated; ``time`` counts steps. A chain that starts where
    p is 0 stays there: it has no energy to keep. Where the target has ``quick_score_samples``, nearly log p,
    the whole path follows these, and its point is accepted by the ratio of the ratios p/p̃, so that p is
    stationary and asked for once a step.

    Hoffman and Gelman (2014), The No-U-Turn Sampler, algorithm 3, with the weights of Betancourt (2017), A
    conceptual introduction to Hamiltonian Monte Carlo, appendix A.3, and without recursion, as Phan, Pradhan
    and Jankowiak (2019), Composable effects for flexible and accelerated probabilistic programming. The quick
    path: Liu (2001), Monte Carlo strategies in scientific computing, section 9.4.3, surrogate transition.
    """
    position = np.array(start, dtype=float)
    surrogate = _Surrogate(target) if can(target, QuickDensity) else target
    log_density, gradient = surrogate.score_samples(position), surrogate.log_density_gradient(position)
    excess = target.score_samples(position) - log_density if surrogate is not target else None
    yield Snapshot(0, 0.0, position)
    for step in range(1, n_steps + 1):
        before = _Points(position, rng.standard_normal(position.shape), gradient, log_density)
        grown = _Path(surrogate, before, step_size)
        for depth in range(max_depth):
            if not grown.grows.any():
                break
            grown.double(depth, rng)
        after, path = grown.chosen, np.stack(grown.visited)
        proposal = after.x
        if excess is not None:
            its_excess = target.score_samples(after.x) - after.log_density
            refused = np.log1p(-rng.random(len(position))) >= its_excess - excess
            after = after.where(refused, before)
            excess = np.where(refused, excess, its_excess)
        moved = (after.x != position).any(axis=1)
        position, gradient, log_density = after.x, after.gradient, after.log_density
        phases = ("path", path[1:]), ("choice", position)
        yield Snapshot(step, float(step), position, proposal, accepted=moved, path=path, phases=phases)


class _Surrogate:
    """The quick log-density near one that is costly to evaluate, with its gradient."""

    def __init__(self, target: QuickDensity) -> None:
        self.score_samples = target.quick_score_samples
        self.log_density_gradient = target.log_density_gradient


class _Points:
    """Points of phase space, one a chain: x, momentum and gradient ``(n, d)``, log π ``(n,)``."""

    def __init__(
        self, x: np.ndarray, momentum: np.ndarray, gradient: np.ndarray, log_density: np.ndarray
    ) -> None:
        self.x, self.momentum, self.gradient, self.log_density = x, momentum, gradient, log_density

    def where(self, mask: np.ndarray, other: _Points) -> _Points:
        """These, but the other ones where the mask ``(n,)`` says so."""
        column = mask[:, None]
        return _Points(
            np.where(column, other.x, self.x),
            np.where(column, other.momentum, self.momentum),
            np.where(column, other.gradient, self.gradient),
            np.where(mask, other.log_density, self.log_density),
        )


class _Path:
    """The paths of all chains: their two ends, the point chosen so far and the total weight ``(n,)``."""

    def __init__(self, target: DensityWithGradient, start: _Points, step_size: float) -> None:
        self.target, self.step_size = target, step_size
        self.first = self.last = self.chosen = start
        self.energy = 0.5 * (start.momentum**2).sum(axis=1) - start.log_density
        self.log_weight = np.zeros(len(start.x))
        self.grows = np.ones(len(start.x), dtype=bool)
        self.visited = [start.x]

    def double(self, depth: int, rng: np.random.Generator) -> None:
        """Add 2^depth points at one end; ``grows`` says afterwards which paths may go on."""
        n = len(self.grows)
        forwards = rng.random(n) < 0.5
        tip = self.first.where(forwards, self.last)
        stride = self.step_size * np.where(forwards, 1.0, -1.0)[:, None]
        alive, log_weight, chosen = self.grows.copy(), np.full(n, -np.inf), tip
        # A point with an even number is kept at the level of its binary ones until the block that it opens
        # has been looked at: a point with an odd number closes as many blocks as it has ones at its end.
        opened: dict[int, _Points] = {}
        for leaf in range(2**depth):
            if not alive.any():
                break
            tip = self._stepped(tip, stride, np.flatnonzero(alive))
            log_ratio = np.nan_to_num(
                self.energy - 0.5 * (tip.momentum**2).sum(axis=1) + tip.log_density, nan=-np.inf
            )
            alive = alive & (log_ratio > -_LOST)
            log_weight = np.where(alive, np.logaddexp(log_weight, log_ratio), log_weight)
            taken = alive & (np.log1p(-rng.random(n)) < log_ratio - log_weight)
            chosen = chosen.where(taken, tip)
            self.visited.append(np.where(alive[:, None], tip.x, self.visited[-1]))
            level = (leaf >> 1).bit_count()
            if leaf % 2 == 0:
                opened[level] = tip
                continue
            ones_at_the_end = (~leaf & (leaf + 1)).bit_length() - 1
            for block in range(level - ones_at_the_end + 1, level + 1):
                alive = alive & ~_turns(opened[block], tip, stride)
        grown = alive
        # The new half is preferred, since it lies further from where the chain stands (Betancourt 2017).
        self.chosen = self.chosen.where(
            grown & (np.log1p(-rng.random(n)) < log_weight - self.log_weight), chosen
        )
        self.log_weight = np.where(grown, np.logaddexp(self.log_weight, log_weight), self.log_weight)
        self.last = self.last.where(grown & forwards, tip)
        self.first = self.first.where(grown & ~forwards, tip)
        self.grows = grown & ~_turns(self.first, self.last, np.ones((n, 1)))

    def _stepped(self, tip: _Points, stride: np.ndarray, rows: np.ndarray) -> _Points:
        """A leapfrog step of the chains ``rows``; the others stay."""
        x, momentum, gradient = leapfrog(
            self.target, tip.x[rows], tip.momentum[rows], tip.gradient[rows], stride[rows]
        )
        after = _Points(tip.x.copy(), tip.momentum.copy(), tip.gradient.copy(), tip.log_density.copy())
        after.x[rows], after.momentum[rows], after.gradient[rows] = x, momentum, gradient
        after.log_density[rows] = self.target.score_samples(x)
        return after


def _turns(before: _Points, after: _Points, direction: np.ndarray) -> np.ndarray:
    """Whether going on at either end would bring the two nearer, ``(n,)``; Hoffman and Gelman, eq. 9."""
    span = (after.x - before.x) * np.sign(direction)
    return ((span * before.momentum).sum(axis=1) < 0) | ((span * after.momentum).sum(axis=1) < 0)


CARD = SamplerCard(
    title="No-U-Turn Sampler",
    estimator=no_u_turn,
    estimates=r"x \sim p(x)",
    source="Hoffman and Gelman (2014), The No-U-Turn Sampler",
    controls=(
        Control("step_size", "Step size ε", low=0.005, high=1.0, scale="log", help="Of the leapfrog."),
        Control("n_steps", "Steps", low=10, high=500, step=10),
    ),
    rank=28,
    family="chain",
    asks=(Density, DifferentiableDensity),
    formula=(
        Term("ẋ = v,  v̇ = ∇ ln p(x),  until it turns back", "path"),
        Term(",  then go to"),
        Term("one of its points", "choice"),
    ),
    n_particles=200,
    chain_length=200,
)
