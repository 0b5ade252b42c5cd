import numpy as np
import pytest
import torch
from scipy.stats import multivariate_normal, norm

from paradigms import grid
from paradigms.estimators.energies import minus_energies
from paradigms.generative.energy_based import OBJECTIVES, EnergyBased


def ring(n=400):
    rng = np.random.default_rng(0)
    angle = 2 * np.pi * rng.random(n)
    return (
        2 * np.column_stack([np.cos(angle), np.sin(angle)]) + 0.2 * rng.standard_normal((n, 2)) + [1.0, -0.5]
    )


@pytest.fixture(scope="module")
def fitted():
    return EnergyBased(n_steps=150).fit(ring())


def without_network(model):
    """The same model with f = 0: what is left is the base term alone."""
    arrays = model.to_arrays()
    arrays |= {
        name: np.zeros_like(value) for name, value in arrays.items() if name.startswith("network.layers")
    }
    del arrays["log_partition_"]  # that of the network
    return type(model).from_arrays(arrays)


def test_an_untrained_model_is_the_gaussian_of_its_base_term(fitted):
    X = ring()
    variance = X.var(axis=0).mean()
    expected = multivariate_normal(X.mean(axis=0), variance * np.eye(2))
    base = without_network(fitted)
    np.testing.assert_allclose(base.score_samples(X), expected.logpdf(X), atol=1e-4)
    assert base.log_partition_ == pytest.approx(np.log(2 * np.pi * variance), abs=1e-4)


def test_the_gradient_is_minus_the_energy_s(fitted):
    """Against central differences of E, the step 1e-5 in double precision."""
    X, gradient = ring(20), fitted.log_density_gradient(ring(20))
    for j, direction in enumerate(1e-5 * np.eye(2)):
        slope = (fitted.energy(X + direction) - fitted.energy(X - direction)) / 2e-5
        np.testing.assert_allclose(gradient[:, j], -slope, rtol=1e-5, atol=1e-6)


def test_the_constant_is_the_integral_of_the_energy(fitted):
    """Over another grid than its own, in the plane's units."""
    x_axis, y_axis = np.linspace(-9, 9, 301), np.linspace(-8, 8, 277)
    minus_energy = -fitted.energy(grid.points(x_axis, y_axis)).reshape(277, 301)
    assert fitted.log_partition_ == pytest.approx(
        np.log(grid.integral(minus_energy, x_axis, y_axis)), abs=1e-3
    )


def test_a_restored_model_needs_no_reference_points_for_a_density(fitted, monkeypatch):
    model, expected = EnergyBased.from_arrays(fitted.to_arrays()), fitted.score_samples(ring(20))
    monkeypatch.setattr(EnergyBased, "_reference", None)
    np.testing.assert_array_equal(model.score_samples(ring(20)), expected)


def test_a_frozen_copy_keeps_its_own_constant_while_the_model_learns_on():
    model = EnergyBased(n_steps=3)
    steps = model.fit_steps(ring())
    next(steps)
    frozen, before = model.frozen(), model.log_partition_
    next(steps)
    assert frozen.log_partition_ == before != model.log_partition_
    restored = EnergyBased.from_arrays(frozen.to_arrays())
    np.testing.assert_array_equal(frozen.sample(9, 0), restored.sample(9, 0))


def test_in_one_dimension_it_finds_a_known_mixture():
    rng = np.random.default_rng(1)
    X = rng.normal(np.where(rng.random(4000) < 0.3, -2.0, 1.0), 0.5)[:, None]
    places = np.linspace(-3.5, 2.5, 40)[:, None]
    truth = 0.3 * norm.pdf(places, -2, 0.5) + 0.7 * norm.pdf(places, 1, 0.5)
    model = EnergyBased(n_steps=200).fit(X)
    assert model.density_kind == "exact"
    assert np.abs(np.exp(model.score_samples(places)) - truth[:, 0]).mean() < 0.03


def test_in_five_dimensions_it_says_that_it_is_not_normalised():
    X = np.random.default_rng(0).standard_normal((200, 5))
    model = EnergyBased(n_steps=20).fit(X)
    assert model.density_kind == "unnormalised"
    base = without_network(model)
    assert base.log_partition_ == pytest.approx(2.5 * np.log(2 * np.pi * X.var(axis=0).mean()), abs=1e-6)
    np.testing.assert_allclose(base.sample(4000, 0).mean(axis=0), X.mean(axis=0), atol=0.08)


def test_contrastive_divergence_finds_the_ring_too():
    model = EnergyBased(objective="contrastive_divergence", n_steps=150).fit(ring())
    on_ring, middle = model.score_samples(ring()), model.score_samples([[1.0, -0.5]])
    assert np.median(on_ring) > middle[0] + 1
    assert set(next(iter(model.fit_steps(ring()))).losses) == {"contrast", "size"}


def test_contrast_vanishes_where_langevin_stays(fitted):
    """Points of the model itself are carried to points of the model: both halves have the same mean.

    The walk is Metropolis-adjusted, so this holds whatever its step; the standard error here is some 0.01.
    """
    points = fitted._standardised(fitted.sample(20_000, 0)).float()

    def contrast(start):
        ends = torch.from_numpy(fitted._langevin(start.numpy(), np.random.default_rng(0))).float()
        return fitted._contrast(start, ends)["contrast"].item()

    still, moved = contrast(points), contrast(0.3 * points)
    assert abs(still) < 0.05 and moved > 0.5, (still, moved)


@pytest.mark.parametrize("objective", ["exact", "contrastive_divergence"])
def test_the_slope_of_the_loss_in_the_weights_is_that_of_finite_differences(objective):
    """Along the gradient itself, where a difference should be its length; walkers stay where they end."""
    model = EnergyBased(objective, n_steps=30).fit(ring())
    parameters, points = list(model._network.parameters()), model._standardised(ring()).float()
    walkers = points[torch.randperm(400, generator=torch.Generator().manual_seed(0))] + 0.3

    def loss():
        if objective == "exact":
            return sum(model._exact(points, np.random.default_rng(0)).values())
        return (minus_energies(model._network, walkers) - minus_energies(model._network, points)).mean()

    gradient = torch.autograd.grad(loss(), parameters)
    length = torch.sqrt(sum((part**2).sum() for part in gradient)).item()
    losses = []
    for step in (1e-3, -1e-3):
        with torch.no_grad():
            for parameter, part in zip(parameters, gradient, strict=True):
                parameter += step / length * part
            losses.append(loss().item())
            for parameter, part in zip(parameters, gradient, strict=True):
                parameter -= step / length * part
    assert length > 0.01
    assert (losses[0] - losses[1]) / 2e-3 == pytest.approx(length, rel=0.02)


@pytest.mark.slow
def test_only_the_exact_way_gets_the_shares_of_far_islands_right():
    """The lesson of contrastive divergence: no walker crosses, so nobody tells how much lies where."""
    rng = np.random.default_rng(0)
    X = np.column_stack([np.where(rng.random(2000) < 0.8, -2.0, 2.0), np.zeros(2000)])
    X += 0.4 * rng.standard_normal((2000, 2))
    shares = {
        objective: np.mean(EnergyBased(objective).fit(X).sample(5000, 0)[:, 0] < 0)
        for objective in OBJECTIVES
    }
    assert shares["exact"] == pytest.approx(0.8, abs=0.03)
    assert abs(shares["contrastive_divergence"] - 0.8) > 0.05
    assert abs(shares["persistent_contrastive_divergence"] - 0.8) > 0.05


def test_an_unknown_objective_is_refused():
    with pytest.raises(ValueError, match="objective"):
        EnergyBased(objective="magic").fit(ring())
