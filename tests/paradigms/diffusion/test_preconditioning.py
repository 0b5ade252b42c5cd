"""One network read as x̂₀, ε̂ and v̂, and the Jacobian that a likelihood needs."""

import numpy as np

from paradigms.diffusion.denoising_network import DenoisingNetwork
from paradigms.diffusion.preconditioning import PreconditionedDenoiser, input_and_target

SIGMA = 0.7


def network(seed=0):
    rng = np.random.default_rng(seed)
    untrained = DenoisingNetwork.untrained(2, 2, rng)
    return DenoisingNetwork(2, 2, untrained.weights + 0.1 * rng.standard_normal(len(untrained.weights)))


def places(n=50):
    rng = np.random.default_rng(1)
    return 1.5 * rng.standard_normal((n, 2)), rng.integers(3, size=n)


def test_the_three_readings_are_one():
    """x = x̂₀ + σε̂, and −F is the v of Salimans and Ho (2022): αε̂ − σ'x̂₀ with α² = 1/(1+σ²), σ'² = 1 − α²."""
    X, y = places()
    net = network()
    denoiser = PreconditionedDenoiser(net)
    clean, noise = denoiser.predict_clean(X, SIGMA, y), denoiser.predict_noise(X, SIGMA, y)
    np.testing.assert_allclose(clean + SIGMA * noise, X, atol=1e-6)
    alpha, noise_share = 1 / np.sqrt(1 + SIGMA**2), SIGMA / np.sqrt(1 + SIGMA**2)
    F = net(net.features(alpha * X, np.log(SIGMA), y))
    np.testing.assert_allclose(alpha * noise - noise_share * clean, -F, atol=1e-5)


def test_a_network_that_hits_its_target_is_read_as_the_clean_point():
    clean = places()[0]
    noisy = clean + SIGMA * np.random.default_rng(2).standard_normal(clean.shape)
    z, target = input_and_target(clean, noisy, np.full((len(clean), 1), SIGMA))
    np.testing.assert_allclose(z, noisy / np.sqrt(1 + SIGMA**2))

    class Hits:
        def features(self, z, log_sigma, y):
            return z

        def __call__(self, features):
            return target

    y = np.zeros(len(clean), dtype=int)
    found = PreconditionedDenoiser(Hits()).predict_clean(noisy, SIGMA, y)
    np.testing.assert_allclose(found, clean)


def test_the_target_has_variance_one_for_unit_data():
    """What preconditioning is for (Karras et al. 2022, appendix B.6): F is of size 1 at every level."""
    rng = np.random.default_rng(0)
    clean = rng.standard_normal((50_000, 2))
    for sigma in (0.02, 0.5, 8.0):
        noisy = clean + sigma * rng.standard_normal(clean.shape)
        z, target = input_and_target(clean, noisy, np.full((len(clean), 1), sigma))
        np.testing.assert_allclose([z.var(), target.var()], 1, atol=0.03)


def test_the_jacobian_is_that_of_finite_differences():
    X, _ = places()
    denoiser = PreconditionedDenoiser(network())
    clean, jacobian = denoiser.clean_and_jacobian(X, SIGMA, 1)
    y, expected = np.ones(len(X), dtype=int), np.empty((len(X), 2, 2))
    np.testing.assert_allclose(clean, denoiser.predict_clean(X, SIGMA, y), atol=1e-5)
    for j in range(2):
        step = 1e-3 * np.eye(2)[j]
        there, back = (denoiser.predict_clean(X + sign * step, SIGMA, y) for sign in (1, -1))
        expected[:, :, j] = (there - back) / 2e-3
    close = np.isclose(jacobian, expected, rtol=0.02, atol=0.01)
    assert close.mean() > 0.9  # a ReLU's corner may lie between the two sides of a difference
