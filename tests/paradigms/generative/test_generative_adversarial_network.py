"""The discriminator against its known optimum, the penalties against finite differences, both games."""

from copy import deepcopy

import numpy as np
import pytest
import torch

from paradigms.evaluation.distances import energy_distance
from paradigms.generative.generative_adversarial_network import GenerativeAdversarialNetwork, _descend
from paradigms.training import TrainingDiverged


def ring(n, seed=0):
    """Six small clouds on a circle of radius 3 around (1, 1)."""
    rng = np.random.default_rng(seed)
    angle = np.pi / 3 * rng.integers(6, size=n)
    return 1 + 3 * np.column_stack([np.cos(angle), np.sin(angle)]) + 0.2 * rng.standard_normal((n, 2))


def after_one_step(**parameters):
    model = GenerativeAdversarialNetwork(**parameters)
    next(model.fit_steps(ring(400)))
    return model


def let_the_generator_copy_z(network):
    """Weights for which G(z) = relu(z) − relu(−z) = z, on one column and one class."""
    first, _, second, _, last = network.generator
    with torch.no_grad():
        for layer in (first, second, last):
            layer.weight.zero_()
            layer.bias.zero_()
        first.weight[0, 0], first.weight[1, 0] = 1, -1
        second.weight[0, 0] = second.weight[1, 1] = 1
        last.weight[0, 0], last.weight[0, 1] = 1, -1


@pytest.mark.slow
@pytest.mark.parametrize(("objective", "has_a_free_constant"), [("vanilla", False), ("relativistic", True)])
def test_the_best_discriminator_is_the_log_ratio_of_the_densities(objective, has_a_free_constant):
    """log p_data − log p_G (Goodfellow et al. 2014, proposition 1; of pairs, up to a constant).

    p_data = N(0.5, 1) and p_G = N(0, 1), so that the log ratio is x/2 − 1/8.
    """
    model = GenerativeAdversarialNetwork(objective, penalty=0.0, latent_dimension=1)
    next(model.fit_steps(np.random.default_rng(0).standard_normal((400, 1))))
    let_the_generator_copy_z(model._network)
    random = torch.Generator().manual_seed(0)
    optimiser = torch.optim.Adam(model._network.discriminator.parameters(), fused=True)
    places, verdicts = torch.linspace(-1.5, 2, 15)[:, None], []
    for step in range(400):
        optimiser.param_groups[0]["lr"] = 0.005 * (1 - step / 400)
        z, x = torch.randn((2, 1024, 1), generator=random)
        _descend(optimiser, model._discriminator_loss(0.5 + x, torch.ones(1024, 1), z))
        if step >= 300:
            verdicts.append(model.discriminate(model._in_data_units(places)))
    verdict, x = np.mean(verdicts, axis=0)[:, 0], places[:, 0].numpy()
    log_ratio = x / 2 - 1 / 8
    if has_a_free_constant:
        verdict, log_ratio = verdict - verdict.mean(), log_ratio - log_ratio.mean()
    np.testing.assert_allclose(verdict, log_ratio, atol=0.15)


def test_the_penalties_are_half_the_mean_squared_slopes_at_data_and_samples():
    """Against central differences of D (Huang et al. 2024, eqs. 4 and 5)."""
    losses = {}
    for penalty in (0.0, 3.0):
        model = after_one_step()
        model.penalty, network = penalty, model._network
        x = model._standardised(ring(50, seed=1)).float()
        z, given = torch.randn((50, 2), generator=torch.Generator().manual_seed(1)), torch.ones(50, 1)
        losses[penalty] = model._discriminator_loss(x, given, z).item()
    with torch.no_grad():
        generated = network.generate(z, given)
    places = model._in_data_units(torch.cat([x, generated]).double())
    step = 1e-5 * model.scale_
    slopes = [
        (model.discriminate(places + step * e) - model.discriminate(places - step * e)) / 2e-5
        for e in np.eye(2)
    ]
    expected = 3.0 / 2 * (np.square(slopes).sum(axis=(0, 2)).reshape(2, 50).mean(axis=1).sum())
    assert expected > 0.1
    assert losses[3.0] - losses[0.0] == pytest.approx(expected, rel=1e-3)


def test_odd_steps_move_the_discriminator_and_even_ones_the_generator():
    model = GenerativeAdversarialNetwork(n_steps=6)
    steps = model.fit_steps(ring(400))
    next(steps)
    network = model._network
    for step in range(2, 7):
        halves = (network.discriminator, network.generator, network.averaged)
        before = [deepcopy(half.state_dict()) for half in halves]
        assert next(steps).step == step
        changed = [
            any(not torch.equal(old[name], value) for name, value in half.state_dict().items())
            for old, half in zip(before, halves, strict=True)
        ]
        assert changed == ([True, False, False] if step % 2 else [False, True, True])


def test_the_losses_are_those_of_a_discriminator_that_cannot_tell_at_the_start_of_a_fair_game():
    """With D = 0 everywhere the vanilla losses are 2 log 2 and log 2, the relativistic ones log 2 each."""
    for objective, discriminator_loss in (("vanilla", 2 * np.log(2)), ("relativistic", np.log(2))):
        model = after_one_step(objective=objective)
        for parameter in model._network.discriminator.parameters():
            parameter.data.zero_()
        x, given, z = torch.zeros(9, 2), torch.ones(9, 1), torch.zeros(9, 2)
        assert model._discriminator_loss(x, given, z).item() == pytest.approx(discriminator_loss, rel=1e-6)
        assert model._generator_loss(x, given, z).item() == pytest.approx(np.log(2), rel=1e-6)


@pytest.mark.slow
def test_the_relativistic_game_finds_every_cloud_from_any_seed_and_the_vanilla_game_does_not():
    fresh = ring(1000, seed=9)
    floor = energy_distance(ring(1000, seed=8), fresh)
    far = {"relativistic": [], "vanilla": []}
    for objective, distances in far.items():
        for seed in range(3):
            model = GenerativeAdversarialNetwork(objective, n_steps=600, random_state=seed).fit(ring(2000))
            samples = model.sample(1000, 0)
            distances.append(energy_distance(samples, fresh) / floor)
            if objective == "relativistic":
                middles = 1 + 3 * np.exp(1j * np.pi / 3 * np.arange(6)).view(float).reshape(6, 2)
                nearest = np.linalg.norm(samples[:, None] - middles, axis=2).argmin(axis=1)
                assert np.bincount(nearest, minlength=6).min() > 1000 / 6 * 0.5
    assert max(far["relativistic"]) < min(far["vanilla"]) / 2


@pytest.mark.parametrize(("latent", "columns"), [(1, 2), (2, 2), (2, 1), (2, 5)])
def test_the_warp_leads_from_the_latent_points_to_the_samples(latent, columns):
    rng = np.random.default_rng(0)
    model = GenerativeAdversarialNetwork(latent_dimension=latent, n_steps=5)
    model.fit(rng.standard_normal((60, columns)) + 3, np.repeat(["a", "b"], 30))
    Z, y = rng.standard_normal((20, latent)), np.tile(["b", "a"], 10)
    start, end = model.warp(Z, y)
    expected, shared = np.tile(model.mean_, (20, 1)), min(latent, columns)
    expected[:, :shared] += model.scale_ * Z[:, :shared]
    np.testing.assert_allclose(start, expected)
    np.testing.assert_array_equal(end, model.decode(Z, y))
    np.testing.assert_array_equal(model.warp(Z)[1], model.decode(Z, np.full(20, "a")))
    assert not np.allclose(model.decode(Z, np.full(20, "a")), model.decode(Z, np.full(20, "b")))


def test_samples_are_decoded_gaussian_noise():
    model = after_one_step()
    Z = np.random.default_rng(3).standard_normal((20, 2))
    np.testing.assert_array_equal(model.sample_given(np.zeros(20, dtype=int), 3), model.decode(Z))


def test_a_game_that_explodes_is_stopped_and_leaves_a_usable_model():
    model = GenerativeAdversarialNetwork(learning_rate=1e30)
    with pytest.raises(TrainingDiverged):
        model.fit(ring(100))
    assert np.isfinite(model.sample(50, 0)).all()


def test_there_is_no_density():
    assert not hasattr(GenerativeAdversarialNetwork(), "score_samples")


def test_an_unknown_game_is_refused():
    with pytest.raises(ValueError, match="objective must be"):
        GenerativeAdversarialNetwork("chess").fit(ring(50))
