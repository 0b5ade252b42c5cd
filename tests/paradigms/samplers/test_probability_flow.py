"""The ODE against a Gaussian's closed form, and the weights of two islands."""

import numpy as np
import pytest
from formulas import Normal, two_islands

from paradigms.diffusion.noise_schedules import karras, starting_noise
from paradigms.samplers.probability_flow import probability_flow

START = np.array([[-15.0, 4.0], [3.0, 22.0], [0.5, -0.5]])


def exact(start, mean, variance, first, last):
    """dx/dσ = σ(x − μ)/(v + σ²) gives x(σ) = μ + (x(σ₀) − μ) √((v + σ²)/(v + σ₀²))."""
    return mean + (start - mean) * np.sqrt((variance + last**2) / (variance + first**2))


def error(method, n_steps):
    """The largest error at σ = 0.5 of a solution that starts at σ = 20."""
    levels = karras(n_steps + 1, sigma_min=0.5)[:-1]
    normal = Normal(mean=1.0, variance=0.8)
    *_, last = probability_flow(normal, START, noise_levels=levels, method=method)
    return np.abs(last.position - exact(START, 1.0, 0.8, 20.0, 0.5)).max()


def test_the_whole_path_is_the_gaussian_s_closed_form():
    levels = karras(200)
    snapshots = list(probability_flow(Normal(mean=1.0, variance=0.8), START, noise_levels=levels))
    for snapshot in snapshots[::20]:
        expected = exact(START, 1.0, 0.8, levels[0], snapshot.time)
        np.testing.assert_allclose(snapshot.position, expected, atol=2e-3)
    np.testing.assert_allclose(snapshots[-1].position, exact(START, 1.0, 0.8, levels[0], 0.0), atol=2e-3)


def test_euler_is_of_first_order_and_heun_of_second():
    assert error("euler", 40) / error("euler", 80) == pytest.approx(2, abs=0.25)
    assert error("heun", 40) / error("heun", 80) == pytest.approx(4, abs=0.5)
    assert error("heun", 40) < 0.1 * error("euler", 40)


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match="heun"):
        next(probability_flow(Normal(), START, method="midpoint"))


@pytest.mark.slow
def test_two_islands_get_their_weights_back():
    mixture, rng = two_islands(weight=0.7), np.random.default_rng(0)
    start = starting_noise(mixture, 50_000, karras(1)[0], rng)
    *_, last = probability_flow(mixture, start)
    assert np.mean(last.position[:, 0] < 0) == pytest.approx(0.7, abs=0.01)
    np.testing.assert_allclose(last.position[:, 1].var(), 0.25, atol=0.01)
