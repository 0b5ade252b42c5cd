"""The vector-quantised autoencoder: a mixture that can be rebuilt from its own codes."""

import numpy as np
import pytest
import torch
from scipy.stats import multivariate_normal

from paradigms.generative.vector_quantized_autoencoder import VectorQuantizedAutoencoder
from paradigms.networks.quantised_autoencoder import QuantisedAutoencoder


def eight_spots(n=800, seed=0):
    """Eight spots of deviation 0.15 on a circle of radius 2, and which one each point is from."""
    rng = np.random.default_rng(seed)
    spot = rng.integers(8, size=n)
    angle = np.pi / 4 * spot
    return 2 * np.column_stack([np.cos(angle), np.sin(angle)]) + 0.15 * rng.standard_normal((n, 2)), spot


@pytest.fixture(scope="module")
def fitted():
    return VectorQuantizedAutoencoder(n_codes=16, n_slots=1).fit(eight_spots()[0])


def test_its_density_is_the_mixture_of_what_its_codes_decode_to(fitted):
    usage = fitted._network.usage.numpy().astype(float)
    noise = float(fitted.scale_) * fitted._network.noise().item()
    centres = fitted.decode(np.arange(16)[:, None])
    kept = usage > 1e-4 * usage.sum()
    X, _ = eight_spots(50, seed=1)
    parts = [multivariate_normal(centre, noise**2).pdf(X) for centre in centres[kept]]
    expected = np.log((usage[kept] / usage[kept].sum()) @ np.array(parts))
    np.testing.assert_allclose(fitted.score_samples(X), expected, atol=1e-4)


def test_codes_tell_the_spots_apart(fitted):
    X, spot = eight_spots()
    codes = fitted.codes(X)[:, 0]
    table = np.zeros((16, 8))
    np.add.at(table, (codes, spot), 1)
    assert table.max(axis=1).sum() / table.sum() > 0.98, "nearly every code belongs to one spot"
    assert set(table[table.any(axis=1)].argmax(axis=1)) == set(range(8)), "every spot has one"
    error = np.sqrt(((fitted.decode(codes[:, None]) - X) ** 2).mean())
    assert error < 0.15, "nearer than the spots are wide"


def test_shares_are_those_of_the_data(fitted):
    X, spot = eight_spots()
    data = np.bincount(fitted.codes(X)[:, 0], minlength=16) / len(X)
    usage = fitted._network.usage.numpy()
    np.testing.assert_allclose(usage / usage.sum(), data, atol=0.02)
    made = fitted.sample(4000, 0)
    found = np.rint(np.arctan2(made[:, 1], made[:, 0]) / (np.pi / 4)).astype(int) % 8
    np.testing.assert_allclose(np.bincount(found) / 4000, np.bincount(spot) / len(X), atol=0.03)


def test_the_gradient_passes_straight_through_the_codes():
    """∂/∂encoder of the decoded point is that of the decoder at the code, as if nothing were rounded."""
    network = QuantisedAutoencoder(2, 2, 5, 8, torch.Generator().manual_seed(0))
    encoded = network.encode(torch.tensor([[0.3, -0.7]])).detach().requires_grad_()
    vectors = network.vectors(network.nearest(encoded.detach()))
    network.decode(encoded + (vectors - encoded).detach()).sum().backward()
    at_code = vectors.detach().clone().requires_grad_()
    network.decode(at_code).sum().backward()
    torch.testing.assert_close(encoded.grad, at_code.grad)


def test_codes_move_to_the_mean_of_what_is_nearest_to_them():
    """The running averages of appendix A.1, run to their limit on one batch."""
    network = QuantisedAutoencoder(2, 1, 3, 8, torch.Generator().manual_seed(0))
    encoded = torch.randn((60, 1, 2), generator=torch.Generator().manual_seed(1))
    for _ in range(2000):
        codes = network.nearest(encoded)
        network.move_codes(encoded, codes)
    for k in range(3):
        own = encoded[codes[:, 0] == k, 0]
        torch.testing.assert_close(network.codebook[0, k], own.mean(dim=0), atol=1e-3, rtol=0)
        assert network.usage[k].item() == pytest.approx(len(own) / 60, abs=1e-3)


def test_a_code_that_nobody_uses_is_put_where_a_point_is():
    network = QuantisedAutoencoder(2, 1, 4, 8, torch.Generator().manual_seed(0))
    network.codebook[0, 2] = network.sums[0, 2] = torch.tensor([90.0, 90.0])
    network.counts[0] = torch.tensor([16.0, 16.0, 0.0, 16.0])
    encoded = torch.randn((64, 1, 2), generator=torch.Generator().manual_seed(1))
    others = network.codebook[0, [0, 1, 3]].clone()
    network.revive_codes(encoded, torch.Generator().manual_seed(2))
    assert (network.codebook[0, 2] == encoded[:, 0]).all(dim=1).any()
    torch.testing.assert_close(network.codebook[0, [0, 1, 3]], others)


def test_a_revived_code_is_given_time_to_be_used():
    network = QuantisedAutoencoder(2, 1, 4, 8, torch.Generator().manual_seed(0))
    random, encoded = torch.Generator().manual_seed(1), torch.zeros((64, 1, 2))
    network.counts[0] = torch.tensor([64.0, 0.0, 0.0, 0.0])
    network.revive_codes(encoded, random)
    nobody_else = torch.zeros((64, 1), dtype=torch.long)  # all points go on choosing the first code
    survived = 0
    while survived < 500:
        network.move_codes(encoded, nobody_else)
        before = network.counts.clone()
        network.revive_codes(encoded, random)
        if not torch.equal(before, network.counts):
            break
        survived += 1
    assert survived == pytest.approx(69, abs=2)  # 0.99⁶⁹ = ½: from twice the threshold down to it


def test_few_codes_find_the_spots_too():
    """A code that moved again at every step could not: then ln p of these was some 0.8 lower."""
    held_out, _ = eight_spots(500, seed=2)
    model = VectorQuantizedAutoencoder(n_codes=8, n_slots=1).fit(eight_spots()[0])
    assert set(model.codes(held_out)[:, 0]) == set(range(8))


def test_two_slots_say_more_than_one():
    X, _ = eight_spots(2000)
    held_out, _ = eight_spots(500, seed=2)
    one, two = (
        VectorQuantizedAutoencoder(n_codes=4, n_slots=n_slots).fit(X).score_samples(held_out).mean()
        for n_slots in (1, 2)
    )
    assert two > one + 0.1
