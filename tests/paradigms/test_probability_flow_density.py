"""The likelihood of the ODE against the exact density of a mixture whose denoiser it is given."""

import numpy as np
import pytest
import torch
from scipy.stats import multivariate_normal

from paradigms.gaussians import mixture_moments
from paradigms.noise_schedules import karras
from paradigms.probability_flow_density import carried_into_noise

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


def clean_and_trace(X, sigma):
    """Tweedie's formula x̂₀ = x + σ² ∇log p_σ(x), and the trace of its Jacobian by autograd."""
    points = torch.tensor(X, requires_grad=True)
    (slope,) = torch.autograd.grad(mixture(sigma).log_prob(points).sum(), points, create_graph=True)
    bend = sum(torch.autograd.grad(slope[:, j].sum(), points, retain_graph=True)[0][:, j] for j in range(2))
    return X + sigma**2 * slope.detach().numpy(), X.shape[1] + sigma**2 * bend.numpy()


def log_density(X, n_levels, denoiser=clean_and_trace):
    """At σ = 0.05; at σ = 10 the mixture is nearly the Gaussian that has its moments."""
    levels = karras(n_levels, sigma_max=LARGEST, sigma_min=0.05)[-2::-1]
    ends, gained = carried_into_noise(denoiser, X, levels)
    mean, covariance = mixture_moments(
        np.array(WEIGHTS), np.array(MEANS), np.array([(DEVIATION**2 + LARGEST**2) * np.eye(2)] * 2)
    )
    return gained + multivariate_normal(mean, covariance).logpdf(ends)


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
        clean, trace = clean_and_trace(X, sigma)
        return np.clip(clean, -2, 2), np.where((np.abs(clean) < 2).all(axis=1), trace, 0.0)

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
