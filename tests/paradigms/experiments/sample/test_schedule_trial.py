"""A noise schedule that ends in noise, and one that ends too early."""

import numpy as np

from paradigms.experiments.sample.schedule_trial import NOISY_START, schedule_trial


def test_a_schedule_that_ends_in_noise_gives_the_data_back_and_a_short_one_does_not(model, data):
    """With ᾱ_T = 0.60 two islands start as one Gaussian, and some samples end between them."""
    long, short = (schedule_trial(model, data[0], n_steps=n_steps, last_beta=0.02) for n_steps in (1000, 20))
    assert long.last_alpha_bar < NOISY_START < short.last_alpha_bar
    assert long.distance < 1.6 * long.floor
    assert short.distance > 2 * long.distance


def test_the_way_in_and_the_way_back_have_the_variance_that_the_schedule_says(model, data):
    """Inside the data have variance 1, and keep it: ᾱ of data and 1 − ᾱ of noise."""
    found = schedule_trial(model, data[0], n_steps=400, last_beta=0.05)
    positions, (turn,) = found.motion.trajectory.positions.astype(float), found.motion.turns
    np.testing.assert_array_equal(found.alpha_bars[:turn], found.alpha_bars[turn:][::-1])
    assert found.alpha_bars[0] == 1 and found.alpha_bars[turn] == found.last_alpha_bar
    assert list(found.motion.trajectory.times[[0, turn - 1, turn, -1]]) == [0, 400, 400, 0]
    variances = positions.var(axis=1).mean(axis=1)
    np.testing.assert_allclose(variances, data[0].var(axis=0).mean(), rtol=0.15)
    end = positions[turn - 1] - data[0].mean(axis=0)
    correlation = np.corrcoef(end[:, 0], positions[0, :, 0])[0, 1]
    assert abs(correlation - np.sqrt(found.last_alpha_bar)) < 0.12, "that much of the start is left"
