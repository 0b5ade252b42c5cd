"""Every sampler from the same noise: nearer with more steps, evaluations counted, on the plane always."""

import numpy as np
import pytest

from paradigms import registry
from paradigms.bayes_rule import BayesRule
from paradigms.experiments.sample import reverse_process


@pytest.fixture(scope="module")
def model():
    rng = np.random.default_rng(0)
    y = np.arange(600) % 2
    X = np.where(y[:, None] == 0, -2.0, 2.0) * [1.0, 0.0] + [0.0, 1.0] + 0.4 * rng.standard_normal((600, 2))
    return BayesRule(registry.create("gaussian_mixture", n_components=1)).fit(X, y)


def test_more_steps_come_nearer_and_evaluations_are_counted(model):
    trial = reverse_process.step_trial(model, steps=(3, 40))
    for name, distances in trial.distances.items():
        assert distances[1] < distances[0], name
        assert distances[1] < 3 * trial.floor, name
    np.testing.assert_array_equal(trial.evaluations["ODE, Euler"], [3, 40])
    np.testing.assert_array_equal(trial.evaluations["ODE, Heun"], [5, 79])


def test_a_way_is_the_curve_s_own(model):
    trial, found = (
        reverse_process.step_trial(model, steps=(8,)),
        reverse_process.reverse_run(model, sampler="ODE, Heun", n_steps=8),
    )
    assert found.distance == trial.distances["ODE, Heun"][0] and found.floor == trial.floor
    assert found.evaluations == 15


@pytest.mark.parametrize("sampler", reverse_process.reverse_samplers())
def test_noise_stays_on_the_plane_and_ends_where_the_samples_are(model, sampler):
    """Shown about the mean, in coordinates whose variance is that of the data all the way."""
    path = reverse_process.reverse_run(model, sampler=sampler, n_steps=40).trajectory
    np.testing.assert_allclose(path.positions.mean(axis=1), np.tile([0.0, 1.0], (41, 1)), atol=0.4)
    np.testing.assert_allclose(path.times[[0, -1]], [20, 0], atol=1e-12)
    spread = path.positions.var(axis=1).mean(axis=1)
    np.testing.assert_allclose(spread, spread[-1], rtol=0.2)


def test_ddim_with_all_its_chance_is_ddpm(model):
    ancestral, chance = (
        reverse_process.reverse_run(model, sampler=name, n_steps=20, eta=1.0).trajectory.positions
        for name in ("DDPM", "DDIM")
    )
    np.testing.assert_allclose(ancestral, chance, atol=1e-4)
