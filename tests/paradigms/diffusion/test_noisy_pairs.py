"""The best answer to a noisy point: against Bayes' rule row by row, and a Gaussian's closed form."""

import numpy as np
from scipy.special import softmax
from scipy.stats import kstest

from paradigms.diffusion.noisy_pairs import posterior_mean, stratified_normal


def noisy_batch(n=60, n_classes=3, seed=0):
    rng = np.random.default_rng(seed)
    clean = rng.standard_normal((n, 2)).astype(np.float32)
    sigma = np.exp(rng.uniform(-3, 2, (n, 1))).astype(np.float32)
    noisy = clean + sigma * rng.standard_normal((n, 2), dtype=np.float32)
    return noisy, clean, sigma, rng.integers(n_classes, size=n), rng.random(n) < 0.7


def test_it_is_bayes_rule_over_the_batch():
    """In double precision and one row at a time: the points weighted by N(x; x_j, σ²), among their class."""
    noisy, clean, sigma, classes, known = noisy_batch()
    expected = np.empty((len(clean), 2))
    for i, x in enumerate(noisy.astype(float)):
        candidates = clean[classes == classes[i]] if known[i] else clean
        log_weights = -0.5 * ((x - candidates) ** 2).sum(axis=1) / float(sigma[i, 0]) ** 2
        expected[i] = softmax(log_weights) @ candidates
    assert known.any() and not known.all()
    np.testing.assert_allclose(posterior_mean(noisy, clean, sigma, classes, known), expected, atol=2e-4)


def test_of_many_points_of_a_gaussian_it_is_the_gaussian_s():
    """For x₀ ~ N(μ, v I): E[x₀ | x] = (v x + σ² μ)/(v + σ²), but for the chance of 20,000 points."""
    rng, mean, v = np.random.default_rng(0), np.array([1.0, -0.5]), 0.5
    clean = (mean + np.sqrt(v) * rng.standard_normal((20_000, 2))).astype(np.float32)
    sigma = np.full((20_000, 1), 0.8, dtype=np.float32)
    noisy = clean + sigma * rng.standard_normal(clean.shape, dtype=np.float32)
    first = slice(0, 500)  # the others answer, too, only more slowly
    nobody, one_class = np.zeros(20_000, dtype=bool), np.zeros(20_000, dtype=int)
    noisy[500:] = clean[500:]
    found = posterior_mean(noisy, clean, sigma, one_class, nobody)[first]
    expected = (v * noisy[first] + 0.8**2 * mean) / (v + 0.8**2)
    assert np.sqrt(np.mean((found - expected) ** 2)) < 0.02


def test_where_there_is_hardly_any_noise_it_is_the_point_itself():
    _, clean, _, classes, known = noisy_batch()
    sigma = np.full((len(clean), 1), 1e-3, dtype=np.float32)
    np.testing.assert_allclose(posterior_mean(clean, clean, sigma, classes, known), clean, atol=1e-6)


def test_noise_in_strata_is_normal_and_calmer_than_chance():
    noise = np.array([stratified_normal(100, np.random.default_rng(seed)) for seed in range(200)])
    assert kstest(noise.ravel(), "norm").pvalue > 0.001
    assert noise.mean(axis=1).std() < 0.2 / np.sqrt(100)  # 1/√n is what chance would give
