"""Recording a sampler for the player."""

import numpy as np
import pytest

from paradigms.trajectory import Snapshot, Trajectory


def snapshots(n):
    return (Snapshot(step, 0.5 * step, np.full((3, 2), float(step))) for step in range(n))


@pytest.mark.parametrize(
    "n, every, steps",
    [(1, 1, [0]), (4, 1, [0, 1, 2, 3]), (7, 3, [0, 3, 6]), (8, 3, [0, 3, 6, 7]), (3, 10, [0, 2])],
)
def test_one_in_so_many_is_kept_and_always_the_first_and_the_last(n, every, steps):
    trajectory = Trajectory.record(snapshots(n), every)
    assert trajectory.positions.shape == (len(steps), 3, 2)
    assert trajectory.positions.dtype == np.float32
    np.testing.assert_array_equal(trajectory.positions[:, 0, 0], steps)
    np.testing.assert_array_equal(trajectory.times, 0.5 * np.array(steps))


def test_a_sampler_is_run_to_its_end():
    seen = []
    Trajectory.record((seen.append(snapshot.step) or snapshot for snapshot in snapshots(5)), every=4)
    assert seen == [0, 1, 2, 3, 4]


def test_nothing_cannot_be_recorded():
    with pytest.raises(ValueError, match="at least one"):
        Trajectory.record(iter(()))
