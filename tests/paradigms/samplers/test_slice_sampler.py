"""Slice sampling: a known transition by the formula, exact draws whatever the width, and what it costs."""

import numpy as np
import pytest
from formulas import Normal, two_islands
from scipy.stats import kstest, norm

from paradigms.samplers.slice_sampler import slice_sampler


class Box:
    """Uniform in the square [-1, 1]²."""

    def score_samples(self, X):
        return np.where((np.abs(X) < 1).all(axis=1), 0.0, -np.inf)


class Counted(Normal):
    n = 0

    def score_samples(self, X):
        self.n += len(X)
        return super().score_samples(X)


def run(target, start, seed=0, **settings):
    return list(slice_sampler(target, start, rng=np.random.default_rng(seed), **settings))


def test_a_step_on_a_line_is_uniform_between_the_ends_of_the_slice():
    """On N(0, 1): |x'| ≤ √(x² − 2 ln u), so that F(x'|x) = ∫ (x'/√(x² − 2 ln u) + 1)/2 du, where within."""
    x, n = 0.7, 20_000
    _, after = run(Normal(), np.full((n, 1), x), width=8.0, n_steps=1)
    u = (np.arange(4000) + 0.5) / 4000
    reach = np.sqrt(x**2 - 2 * np.log(u))

    def distribution_function(places):
        return np.clip((places[:, None] / reach + 1) / 2, 0, 1).mean(axis=1)

    assert kstest(after.position[:, 0], distribution_function).pvalue > 0.001


@pytest.mark.parametrize("width", [0.1, 1.0, 5.0])
def test_draws_of_a_gaussian_stay_its_draws_whatever_the_width(width):
    start = np.random.default_rng(1).standard_normal((4000, 2))
    last = run(Normal(), start, width=width, n_steps=10)[-1]
    for column in last.position.T:
        assert kstest(column, norm.cdf).pvalue > 0.001
    assert abs(np.corrcoef(last.position.T)[0, 1]) < 4 / np.sqrt(4000)


def test_no_direction_is_preferred():
    """From the middle of a disc-shaped density the angle of the first step is uniform."""
    _, after = run(Normal(), np.zeros((4000, 2)), n_steps=1)
    angle = np.arctan2(*after.position.T)
    assert kstest(angle, "uniform", args=(-np.pi, 2 * np.pi)).pvalue > 0.001


def test_the_interval_contains_the_step_and_the_draws_shrink_it():
    target = two_islands()
    before, after = run(target, target.sample(300, 0), n_steps=1)
    phases = dict(after.phases)
    left, right, back = phases["path"]
    np.testing.assert_array_equal(back, before.position)
    length = np.linalg.norm(right - left, axis=1)
    np.testing.assert_allclose(length, length.round(), atol=1e-9)
    assert (length < 10.5).all() and len(np.unique(length.round())) > 1, "widths of 1"
    for places in (before.position, *phases["slice"]):
        along = np.linalg.norm(places - left, axis=1) + np.linalg.norm(places - right, axis=1)
        np.testing.assert_allclose(along, length, atol=1e-9)
    np.testing.assert_array_equal(phases["slice"][-1], after.position)
    t = ((phases["slice"] - before.position) * (right - left)).sum(axis=2)
    for earlier, drawn in ((t[:k], t[k]) for k in range(1, len(t))):
        again = drawn != earlier[-1]  # of the others the draw was accepted before
        low = np.where(earlier < 0, earlier, -np.inf).max(axis=0)
        high = np.where(earlier > 0, earlier, np.inf).min(axis=0)
        assert ((low < drawn) & (drawn < high))[again].all()


def test_the_limit_of_the_interval_holds_and_keeps_the_target():
    """The target is kept all the same, since where x lies among the 3 widths is left to chance."""
    start = np.random.default_rng(0).uniform(-1, 1, (4000, 2))
    snapshots = run(Box(), start, width=0.2, max_widths=3, n_steps=10)
    for snapshot in snapshots[1:]:
        left, right, _ = dict(snapshot.phases)["path"]
        assert np.linalg.norm(right - left, axis=1).max() < 0.6 + 1e-9
    for column in snapshots[-1].position.T:
        assert kstest(column, "uniform", args=(-1, 2)).pvalue > 0.001


def test_a_poor_width_only_costs_evaluations():
    start, evaluations = np.random.default_rng(0).standard_normal((500, 2)), {}
    for width in (0.1, 2.0, 100.0):
        target = Counted()
        run(target, start, width=width, max_widths=1000, n_steps=5)
        evaluations[width] = target.n / 500 / 5
    assert evaluations[0.1] > 5 * evaluations[2.0] and evaluations[100.0] > 1.5 * evaluations[2.0]
    assert evaluations[2.0] < 8
