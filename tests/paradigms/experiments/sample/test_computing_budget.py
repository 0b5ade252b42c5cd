"""As many particles and steps as there is time for, by the first few steps of each."""

import numpy as np
import pytest

from paradigms import registry
from paradigms.experiments.sample import computing_budget as module
from paradigms.experiments.sample.chain_verdict import judge
from paradigms.experiments.sample.computing_budget import within_budget
from paradigms.experiments.sample.denoised_samples import N_SAMPLES, denoised_samples
from paradigms.experiments.sample.motion import langevin
from paradigms.experiments.sample.walks import chain_samplers, walk
from paradigms.generative.kernel_density import KernelDensity
from paradigms.trajectory import Snapshot

SIZES = [(500, 200), (200, 200), (100, 200), (50, 200)]
BANANA = registry.targets()["banana"].distribution


class Clock:
    """A clock that only a step moves on: so many seconds a particle."""

    def __init__(self, seconds):
        self.now, self.seconds = 0.0, seconds

    def __call__(self):
        return self.now

    def steps(self, n, n_steps):
        for step in range(n_steps + 1):
            self.now += self.seconds * n
            yield Snapshot(step, 0.0, np.full((n, 2), step))


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(module.MOST_SECONDS / 200 / n * 0.99, n) for n, _ in SIZES] + [(1.0, 50), (0.0, 500)],
)
def test_the_largest_size_that_is_done_in_time(seconds, expected):
    clock = Clock(seconds)
    n, n_steps, run = within_budget(clock.steps, SIZES, clock=clock)
    snapshots = list(run)
    assert (n, n_steps) == (expected, 200)
    assert [snapshot.step for snapshot in snapshots] == list(range(201)), "the steps that were tried count"
    assert all(len(snapshot.position) == n for snapshot in snapshots)


def test_a_run_that_is_lost_at_once_says_so_itself():
    def lost(n, n_steps):
        yield Snapshot(0, 0.0, np.zeros((n, 2)))
        raise FloatingPointError("lost")

    n, _, run = within_budget(lost, SIZES, clock=Clock(0.0))
    assert n == 500
    with pytest.raises(FloatingPointError):
        list(run)


def slow():
    """Each look at the clock finds it ten seconds on."""
    now = iter(range(0, 10_000, 10))
    return lambda: next(now)


def test_walks_verdicts_and_samples_are_smaller_where_steps_are_slow():
    about = {"name": "random_walk_metropolis", "settings": ()}
    few, usual = (walk(BANANA, BANANA, **about, **clock) for clock in ({"clock": slow()}, {}))
    assert few.motion.trajectory.positions.shape == (101, 50, 2)
    assert usual.motion.trajectory.positions.shape == (101, 500, 2)
    assert few.floor > usual.floor, "fewer fresh draws lie further away"
    assert judge(BANANA, BANANA, **about, clock=slow()).n_draws == 4 * 51
    walked = langevin(BANANA, name="metropolis_langevin", step_size=0.1, clock=slow())
    assert walked.trajectory.positions.shape[1] == 50
    model = KernelDensity().fit(np.random.default_rng(0).normal(size=(20, 2)))
    assert len(denoised_samples(model, model, clock=slow())) == 50 < N_SAMPLES


def test_samplers_whose_steps_ask_often_begin_with_fewer():
    found = walk(BANANA, BANANA, name="hamiltonian", settings=())
    n_particles = chain_samplers()["hamiltonian"].n_particles
    assert found.motion.trajectory.positions.shape[1] == n_particles < 500
