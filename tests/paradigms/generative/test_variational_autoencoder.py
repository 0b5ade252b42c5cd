"""The variational autoencoder against probabilistic PCA, whose likelihood has a formula."""

import numpy as np
import pytest
from scipy.special import logsumexp
from scipy.stats import multivariate_normal

from paradigms import grid
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.generative.variational_autoencoder import VariationalAutoencoder

COVARIANCE = np.array([[2.0, 1.2], [1.2, 1.0]])


@pytest.fixture(scope="module")
def gaussian_points():
    return np.random.default_rng(0).multivariate_normal([1.0, -0.5], COVARIANCE, 1000)


@pytest.fixture(scope="module")
def linear(gaussian_points):
    """Without hidden layers it is probabilistic PCA (Tipping and Bishop 1999)."""
    return VariationalAutoencoder(latent_dimension=1, n_layers=0, n_steps=1500).fit(gaussian_points)


def exact_log_density(model, X):
    """log N(x; b, WWᵀ + σ²I), W and b read off the linear decoder: Tipping and Bishop, eq. 6."""
    b, tip = model.decode(np.array([[0.0], [1.0]]))
    W = (tip - b)[:, None]
    return multivariate_normal(b, W @ W.T + model.noise_**2 * np.eye(2)).logpdf(X)


def test_the_bound_lies_below_the_exact_value_and_near_it(linear, gaussian_points):
    gap = exact_log_density(linear, gaussian_points) - linear.score_samples(gaussian_points)
    assert gap.mean() > 0
    assert gap.mean() < 0.02, "for a linear model q can be the exact posterior"


def test_it_finds_the_maximum_likelihood_of_probabilistic_pca(linear, gaussian_points):
    """W = √(λ₁ − σ²) u₁ with σ² the mean of the other eigenvalues (Tipping and Bishop, eqs. 7-8)."""
    eigenvalues, eigenvectors = np.linalg.eigh(np.cov(gaussian_points.T))
    assert linear.noise_**2 == pytest.approx(eigenvalues[0], rel=0.15)
    start, tip = linear.decode(np.array([[0.0], [1.0]]))
    W = (tip - start) * np.sign((tip - start) @ eigenvectors[:, 1])
    np.testing.assert_allclose(W, np.sqrt(eigenvalues[1] - eigenvalues[0]) * eigenvectors[:, 1], atol=0.12)


def test_the_encoder_s_codes_are_the_exact_posterior_s(linear, gaussian_points):
    """p(z|x) = N(M⁻¹Wᵀ(x − b), σ²M⁻¹), M = WᵀW + σ² (Tipping and Bishop, eq. 9)."""
    b, tip = linear.decode(np.array([[0.0], [1.0]]))
    W, variance = tip - b, linear.noise_**2
    M = W @ W + variance
    mean, std = linear.encode(gaussian_points)
    np.testing.assert_allclose(mean[:, 0], (gaussian_points - b) @ W / M, atol=0.1)
    np.testing.assert_allclose(std.mean(), np.sqrt(variance / M), rtol=0.15)


def test_the_two_losses_are_the_evidence_lower_bound(gaussian_points):
    """Their sum, with β = 1, is an upper bound on −log p, and at the end a tight one."""
    model = VariationalAutoencoder(latent_dimension=1, n_layers=0, n_steps=1500)
    progress = list(model.fit_steps(gaussian_points))
    assert list(progress[0].losses) == ["reconstruction", "β · KL"]
    bound = np.mean([sum(p.losses.values()) for p in progress[-200:]])
    exact = -exact_log_density(model, gaussian_points).mean()
    assert exact - 0.02 < bound < exact + 0.1


def by_quadrature(model, X):
    """log ∫ N(z; 0, I) N(x; decoder(z), σ²I) dz by the trapezoidal rule, with nodes a third of σ apart.

    For a sum over evenly spaced nodes h apart of something like a Gaussian of width s, the relative error is
    2 exp(−2π²s²/h²): here the decoder's steepest slope sets h, and the error is less than 1e-9.
    """
    latent = model.latent_dimension
    coarse = np.linspace(-7, 7, 2001 if latent == 1 else 201)
    steepest = max(
        np.linalg.norm(np.diff(model.decode(Z), axis=0), axis=1).max() / (coarse[1] - coarse[0])
        for Z in lines(coarse, latent)
    )
    n = max(int(14 * 3 * steepest / model.noise_), 2000 if latent == 1 else 300)
    assert n < (10**6 if latent == 1 else 2500), "too fine for a test"
    axis = np.linspace(-7, 7, n)
    log_sums = np.full(len(X), -np.inf)
    for Z in lines(axis, latent):
        for part in np.array_split(Z, max(1, len(Z) // 20_000)):
            squares = ((X[:, None] - model.decode(part)) ** 2).sum(axis=2)
            log_terms = -0.5 * (part**2).sum(axis=1) - 0.5 * squares / model.noise_**2
            log_sums = np.logaddexp(log_sums, logsumexp(log_terms, axis=1))
    log_cell = latent * (np.log(axis[1] - axis[0]) - 0.5 * np.log(2 * np.pi))
    return log_sums + log_cell - X.shape[1] * np.log(model.noise_ * np.sqrt(2 * np.pi))


def lines(axis, latent):
    """Codes on a grid, line by line."""
    if latent == 1:
        return [axis[:, None]]
    return [np.column_stack([np.full(len(axis), first), axis]) for first in axis]


def few_places():
    rng = np.random.default_rng(0)
    places = rng.integers(-2, 3, size=(8, 2)).astype(float)
    return np.repeat(places, 25, axis=0)


@pytest.mark.parametrize(
    "X, latent_dimension, mean_gap",
    [
        pytest.param(few_places(), 1, 0.02, id="8 places, a string"),
        pytest.param(DatasetSpec(preset="moons").dataset().train[0][:12], 1, 0.01, id="12 points, a string"),
        pytest.param(DatasetSpec(preset="moons").dataset().train[0][:12], 2, 0.01, id="12 points, a sheet"),
        pytest.param(DatasetSpec(preset="moons").dataset().train[0], 1, 0.01, id="moons, a string"),
        pytest.param(DatasetSpec(preset="moons").dataset().train[0], 2, 0.06, id="moons, a sheet"),
    ],
)
def test_the_bound_is_nowhere_above_the_density(X, latent_dimension, mean_gap):
    model = VariationalAutoencoder(latent_dimension=latent_dimension, n_steps=400).fit(X)
    own = model.sample(30, 0)
    everywhere = np.random.default_rng(1).uniform(-4, 4, (20, 2))
    asked = np.concatenate([np.unique(X, axis=0)[:20], everywhere, own])
    gap = by_quadrature(model, asked) - model.score_samples(asked)
    assert gap.min() > -1e-6
    assert gap[-30:].mean() < mean_gap


def ring(n=400):
    rng = np.random.default_rng(1)
    angle = 2 * np.pi * rng.random(n)
    return 2 * np.column_stack([np.cos(angle), np.sin(angle)]) + 0.15 * rng.standard_normal((n, 2))


@pytest.mark.parametrize("seed", range(3))
def test_what_a_bound_integrates_to_is_at_most_one(seed):
    axis = grid.axis(120, half_width=6.0)
    model = VariationalAutoencoder(n_steps=150, random_state=seed).fit(ring())
    assert 0.9 < grid.integral(grid.log_density(model, axis, axis), axis, axis) < 1.0001


def test_a_high_price_empties_the_codes():
    dear = VariationalAutoencoder(beta=50.0, n_steps=400).fit(ring())
    cheap = VariationalAutoencoder(beta=0.5, n_steps=400).fit(ring())
    assert np.abs(dear.encode(ring())[0]).mean() < 0.15 < np.abs(cheap.encode(ring())[0]).mean()
    assert dear.encode(ring())[1].mean() > 0.9 > cheap.encode(ring())[1].mean()


@pytest.mark.parametrize("latent_dimension", [1, 2])
def test_a_warp_begins_with_the_codes_and_ends_with_what_they_decode_to(latent_dimension):
    model = VariationalAutoencoder(latent_dimension=latent_dimension, n_steps=30).fit(ring())
    Z = np.random.default_rng(0).standard_normal((7, latent_dimension))
    start, end = model.warp(Z)
    np.testing.assert_allclose((start - model.mean_)[:, :latent_dimension], model.scale_ * Z)
    np.testing.assert_array_equal(end, model.decode(Z))
