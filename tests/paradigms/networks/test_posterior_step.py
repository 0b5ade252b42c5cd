import pytest
import torch

from paradigms.networks.posterior_step import State, hamiltonian_step


def quartic(theta):
    return -(theta**4).sum(dim=1), -4 * theta**3


def bowl(theta):
    """The logarithm of N(θ; 1, 1/3) in each coordinate, up to a constant."""
    return -1.5 * ((theta - 1) ** 2).sum(dim=1), -3 * (theta - 1)


def test_short_paths_keep_their_energy_and_are_accepted():
    """The leapfrog's error in the energy is O(ε²): tiny steps are always accepted (Neal 2011, 5.2.3)."""
    random = torch.Generator().manual_seed(0)
    start = State.at(torch.randn(200, 10, generator=random), quartic)
    rates = [
        hamiltonian_step(start, quartic, torch.full((200, 1), size), 5, random)[1].mean()
        for size in (1e-3, 0.02, 0.5)
    ]
    assert rates[0] > 0.999
    assert rates[0] > rates[1] > rates[2]


def test_the_walk_leaves_a_known_distribution_as_it_is():
    """With likelihood N(θ; 1, 1/3) and prior N(0, 1) the posterior is N(3/4, 1/4) in each coordinate.

    A path of length 5 · 0.15 is about a quarter of a turn, after which the start is forgotten.
    """
    random = torch.Generator().manual_seed(0)
    state = State.at(torch.zeros(2000, 3), bowl)
    for _ in range(60):
        state, rate = hamiltonian_step(state, bowl, torch.full((2000, 1), 0.15), 5, random)
    assert rate.mean() > 0.8
    assert state.theta.mean().item() == pytest.approx(0.75, abs=0.026)  # 4 standard errors of 0.5/√6000
    assert state.theta.std().item() == pytest.approx(0.5, abs=0.02)


def test_each_chain_has_its_own_step_and_stays_where_it_was_when_refused():
    random = torch.Generator().manual_seed(0)
    before = State.at(torch.randn(300, 4, generator=random), quartic)
    sizes = torch.where(torch.arange(300) < 150, 1e-3, 3.0)[:, None]
    after, rate = hamiltonian_step(before, quartic, sizes, 5, random)
    assert (rate[:150] > 0.99).all() and rate[150:].mean() < 0.1
    moved = (after.theta != before.theta).any(dim=1)
    assert moved[:150].all() and moved[150:].float().mean() < 0.1
    value, slope = quartic(after.theta)
    torch.testing.assert_close(after.log_likelihood, value)
    torch.testing.assert_close(after.gradient, slope)
