"""A stream, a map and slices, recorded: where they begin, how they follow the model, where they arrive."""

import numpy as np
import pytest
from scipy.stats import norm

from paradigms.experiments.sample import learned_maps


class Shift:
    """Two classes, N(−2, 1/4 I) and N(2, 1/4 I), and the straight stream that carries N(0, I) there."""

    classes_ = np.array([0, 3])
    class_log_prior_ = np.log([0.25, 0.75])
    latent_dimension = 2

    def centres(self, y):
        return np.where(np.asarray(y) == 0, -2.0, 2.0)[:, None] * [1.0, 1.0]

    def velocity(self, X, time, y):
        """x_t = (1 − t/2) x₀ + t c, hence dx/dt = c − x₀/2."""
        start = (X - time * self.centres(y)) / (1 - time / 2)
        return self.centres(y) - start / 2

    def warp(self, Z, y):
        return np.stack([Z, 0.9 * Z, self.centres(y) + Z / 2])


def test_a_flow_starts_as_noise_and_ends_at_each_particle_s_class():
    recorded = learned_maps.flow(Shift(), n_frames=20)
    positions = recorded.trajectory.positions
    assert positions.shape == (20, learned_maps.N_PARTICLES, 2)
    np.testing.assert_allclose(recorded.trajectory.times[[0, -1]], [0, 1])
    assert np.mean(recorded.class_indices == 3) == pytest.approx(0.75, abs=0.08)
    expected = Shift().centres(recorded.class_indices) + positions[0] / 2
    # The velocity is constant along a path, and Heun's rule exact for it.
    np.testing.assert_allclose(positions[-1], expected, atol=1e-4)
    assert np.abs(positions[0].std(axis=0) - 1).max() < 0.1


def test_a_seed_gives_the_same_flow():
    first, again, other = (learned_maps.flow(Shift(), seed=seed).trajectory.positions for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_a_map_shows_every_stage_exactly_and_rests_there():
    recorded = learned_maps.latent_map(Shift(), n_frames=21)
    positions, y = recorded.trajectory.positions, recorded.class_indices
    assert set(y) == {0, 3} and len(y) == positions.shape[1]
    assert recorded.turns == (10,)
    np.testing.assert_allclose(positions[10], 0.9 * positions[0], atol=1e-6)
    np.testing.assert_allclose(positions[-1], Shift().centres(y) + positions[0] / 2, atol=1e-6)
    speeds = np.abs(np.diff(positions, axis=0)).max(axis=(1, 2))
    assert speeds[0] < speeds[4] and speeds[9] < speeds[4] and speeds[-1] < speeds[-6]


def test_the_same_grid_is_laid_out_for_every_class():
    recorded = learned_maps.latent_map(Shift())
    first = recorded.trajectory.positions[0]
    np.testing.assert_array_equal(first[recorded.class_indices == 0], first[recorded.class_indices == 3])
    assert np.abs(first).max() == pytest.approx(learned_maps.LATENT_REACH)


@pytest.mark.parametrize("latent_dimension", [1, 2, 3])
def test_codes_of_any_dimension_have_a_grid(latent_dimension):
    model = Shift()
    model.latent_dimension, seen = latent_dimension, []

    def warp(Z, y):
        seen.append(Z)
        return np.stack([np.zeros((len(Z), 2)), model.centres(y)])

    model.warp = warp
    learned_maps.latent_map(model)
    assert seen[0].shape[1] == latent_dimension
    assert np.abs(seen[0]).max() == pytest.approx(learned_maps.LATENT_REACH)


def test_slices_stand_at_the_quantiles_of_the_conditional_and_the_curve_is_the_marginal():
    """For N(0, 1) times N(x₁/2, 1/4): x₂ given x₁ has known quantiles."""
    axis = np.linspace(-4, 4, 401)[:-1] + 0.01
    x1, x2 = np.meshgrid(axis, axis)
    log_density = -0.5 * x1**2 - 0.5 * ((x2 - x1 / 2) / 0.5) ** 2
    motion, marginal = learned_maps.slices(log_density, 4.0)
    places, positions = motion.trajectory.times, motion.trajectory.positions
    assert (np.diff(places) > 0).all() and places[0] > -4 and places[-1] < 4
    np.testing.assert_allclose(marginal, norm.pdf(places), rtol=0.01)
    levels = (np.arange(learned_maps.N_IN_SLICE) + 0.5) / learned_maps.N_IN_SLICE
    for frame in (0, 40, 79):
        np.testing.assert_allclose(positions[frame, :, 0], places[frame], atol=1e-6)
        expected = norm.ppf(levels, places[frame] / 2, 0.5)
        np.testing.assert_allclose(positions[frame, :, 1], expected, atol=0.02)
