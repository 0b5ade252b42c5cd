"""The likelihood of the ODE against the exact density of a mixture whose denoiser it is given."""

import numpy as np
import pytest
import torch
from scipy.special import logsumexp
from scipy.stats import multivariate_normal

from paradigms.densities.gaussians import mixture_moments
from paradigms.diffusion.likelihood import probability_flow_density
from paradigms.diffusion.noise_schedules import karras

WEIGHTS, MEANS, DEVIATION = [0.7, 0.3], [[-1.0, 0.0], [1.0, 0.5]], 0.3
LARGEST = 10.0


def mixture(sigma):
    """The mixture convolved with N(0, σ²I), as torch's own distribution."""
    return torch.distributions.MixtureSameFamily(
        torch.distributions.Categorical(torch.tensor(WEIGHTS, dtype=torch.float64)),
        torch.distributions.Independent(
            torch.distributions.Normal(
                torch.tensor(MEANS, dtype=torch.float64),
                torch.full((2, 2), float(np.hypot(DEVIATION, sigma)), dtype=torch.float64),
            ),
            1,
        ),
    )


def clean_and_jacobian(X, sigma):
    """Tweedie's formula x̂₀ = x + σ² ∇log p_σ(x), and its Jacobian by autograd."""
    points = torch.tensor(X, requires_grad=True)
    (slope,) = torch.autograd.grad(mixture(sigma).log_prob(points).sum(), points, create_graph=True)
    bends = [torch.autograd.grad(slope[:, j].sum(), points, retain_graph=True)[0].numpy() for j in range(2)]
    return X + sigma**2 * slope.detach().numpy(), np.eye(2) + sigma**2 * np.stack(bends, axis=1)


def log_density(X, n_levels, denoiser=clean_and_jacobian):
    """At σ = 0.05; at σ = 10 the mixture is nearly the Gaussian that has its moments."""
    levels = karras(n_levels, sigma_max=LARGEST, sigma_min=0.05)[-2::-1]
    mean, covariance = mixture_moments(
        np.array(WEIGHTS), np.array(MEANS), np.array([(DEVIATION**2 + LARGEST**2) * np.eye(2)] * 2)
    )
    return probability_flow_density(denoiser, X, levels, multivariate_normal(mean, covariance).logpdf)


def truth(X):
    return mixture(0.05).log_prob(torch.tensor(X)).numpy()


def error(n_levels, X):
    return np.abs(log_density(X, n_levels) - truth(X))


@pytest.fixture(scope="module")
def X():
    axis = np.linspace(-2, 2, 9)
    grid = np.column_stack([side.ravel() for side in np.meshgrid(axis, axis)])
    rng = np.random.default_rng(0)
    own = np.array(MEANS)[rng.integers(2, size=200)] + DEVIATION * rng.standard_normal((200, 2))
    near = np.vstack([own, grid])
    return near[truth(near) > -12]


def test_it_is_the_exact_density(X):
    """What is left with many levels is that the end is only nearly Gaussian."""
    assert error(31, X).mean() < 0.03
    assert error(241, X).mean() < 0.001


def test_it_is_of_second_order(X):
    assert error(31, X).mean() / error(61, X).mean() == pytest.approx(4, abs=1)


def test_far_away_a_few_levels_will_do():
    """Beyond 8σ of the first level, with guesses that stay within ±2 as those of the models do."""

    def within(X, sigma):
        clean, jacobian = clean_and_jacobian(X, sigma)
        return np.clip(clean, -2, 2), jacobian * (np.abs(clean) < 2)[:, :, None]

    X = np.array([[4.0, 4.0], [15.0, -10.0], [40.0, 40.0]])
    few, many = log_density(X, 31, within), log_density(X, 241, within)
    np.testing.assert_allclose(few, many, rtol=0.05)
    assert (np.diff(many) < -1000).all()


def test_many_points_are_carried_block_by_block(X):
    """600 rows make two blocks; each row has the answer that it has alone, whatever comes with it."""
    many = np.resize(X, (600, 2))
    together = log_density(many, 11)
    np.testing.assert_allclose(together[-3:], log_density(many[-3:], 11))
    np.testing.assert_allclose(together[: len(X)], log_density(X, 11))


def raw_points(n):
    points = np.random.default_rng(4).standard_normal((n, 2))
    return (points - points.mean(axis=0)) / np.sqrt(points.var(axis=0).mean())


def behind(X, points, sigma):
    """How likely each point lies behind a noisy one, ``(n, m)``, and log p_σ(x), by their formulas."""
    logits = -((X[:, None] - points) ** 2).sum(axis=2) / (2 * sigma**2)
    total = logsumexp(logits, axis=1, keepdims=True)
    return np.exp(logits - total), total[:, 0] - np.log(2 * np.pi * sigma**2 * len(points))


def of_raw_points(X, points, n_levels, largest=LARGEST, smallest=0.03):
    """log p along the ODE of a denoiser that knows nothing but the points."""

    def clean_and_jacobian(X, sigma):
        shares, _ = behind(X, points, sigma)
        clean = shares @ points
        apart = points - clean[:, None]
        return clean, np.einsum("nm,nmi,nmj->nij", shares, apart, apart) / sigma**2

    levels = karras(n_levels, sigma_max=largest, sigma_min=smallest)[-2::-1]
    return probability_flow_density(
        clean_and_jacobian, X, levels, lambda ends: behind(ends, points, largest)[1]
    )


@pytest.mark.parametrize("n", [2, 4, 12])
def test_of_raw_points_it_is_the_mixture_of_gaussians_at_them(n):
    """Their guesses jump from point to point, where steps that are too long would make mass of nothing."""
    points, rng = raw_points(n), np.random.default_rng(1)
    near = points[rng.integers(n, size=1000)] + 0.03 * rng.standard_normal((1000, 2))
    anywhere = rng.uniform(-3, 3, (4000, 2))
    X = np.vstack([near, anywhere])
    _, exact = behind(X, points, 0.03)
    # Under (p + 4 u)/5, u uniform on the square, the mean of a ratio is an integral over the square.
    weights = 1 / (0.2 * np.exp(exact) + 0.8 / 36)
    found = of_raw_points(X, points, 121)
    integrals = [(np.exp(log_p) * weights).mean() for log_p in (found, exact)]
    assert integrals[0] == pytest.approx(integrals[1], rel=0.005)
    assert np.abs(found - exact)[:1000].mean() < 0.005


def test_it_integrates_to_one_with_few_levels_too():
    """16 levels are off by a few per cent at single places, and add up all the same."""
    axis = 6 * (np.arange(80) + 0.5) / 80 - 3
    X = np.column_stack([side.ravel() for side in np.meshgrid(axis, axis)])
    assert np.exp(log_density(X, 16)).sum() * (6 / 80) ** 2 == pytest.approx(1, abs=1e-4)
