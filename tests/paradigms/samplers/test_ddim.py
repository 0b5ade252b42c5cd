"""DDIM between its two ends: Euler's step on the ODE, and DDPM."""

import numpy as np
import pytest
from formulas import Normal, two_islands

from paradigms.diffusion.noise_schedules import karras, starting_noise
from paradigms.samplers.ddim import ddim
from paradigms.samplers.ddpm import ddpm
from paradigms.samplers.probability_flow import probability_flow

START = np.random.default_rng(0).standard_normal((50, 2)) * 20


def test_without_chance_it_is_euler_s_step_on_the_ode():
    levels, rng = karras(15), np.random.default_rng(0)
    ours = [s.position for s in ddim(two_islands(), START, noise_levels=levels, rng=rng)]
    euler = [s.position for s in probability_flow(two_islands(), START, noise_levels=levels, method="euler")]
    np.testing.assert_allclose(ours, euler, atol=1e-9)


def test_with_as_much_chance_as_can_be_it_is_ddpm():
    levels = karras(15)
    ours, theirs = (
        [
            s.position
            for s in sampler(two_islands(), START, noise_levels=levels, rng=np.random.default_rng(1), **eta)
        ]
        for sampler, eta in ((ddim, {"eta": 1.0}), (ddpm, {}))
    )
    np.testing.assert_allclose(ours, theirs, atol=1e-9)


@pytest.mark.parametrize("eta", [0.0, 0.4, 1.0])
def test_in_many_steps_every_eta_gives_the_target(eta):
    target, rng = Normal(mean=1.0, variance=0.5), np.random.default_rng(0)
    start = 1.0 + np.sqrt(0.5 + 20.0**2) * rng.standard_normal((20_000, 2))
    *_, last = ddim(target, start, eta=eta, n_steps=400, rng=rng)
    assert last.position.mean() == pytest.approx(1, abs=0.02)
    assert last.position.var() == pytest.approx(0.5, abs=0.02)


def test_the_marginals_agree_with_the_ode_s():
    mixture, rng = two_islands(weight=0.7), np.random.default_rng(0)
    start = starting_noise(mixture, 20_000, 20.0, rng)
    *_, chance = ddim(mixture, start, eta=1.0, n_steps=200, rng=rng)
    *_, ode = probability_flow(mixture, start, n_steps=100)
    for last in (chance, ode):
        assert np.mean(last.position[:, 0] < 0) == pytest.approx(0.7, abs=0.015)
        assert last.position[:, 1].var() == pytest.approx(0.25, abs=0.015)


@pytest.mark.parametrize("eta", [-0.1, 1.5])
def test_other_etas_are_refused(eta):
    with pytest.raises(ValueError, match="between 0 and 1"):
        next(ddim(Normal(), START, eta=eta, rng=np.random.default_rng(0)))
