"""What holds of every sampler, by what its card says: chains, direct draws, reverse processes."""

import inspect
from typing import get_args

import numpy as np
import pytest

from pages.parts.text.story import sections, words
from paradigms import registry
from paradigms.cards import Family, SamplerCard
from paradigms.diffusion.noise_schedules import karras
from paradigms.experiments.sample.walks import usual_settings
from paradigms.generative.gaussian_mixture import GaussianMixture
from paradigms.protocols import Denoiser, Density, VelocityField, methods_of

CARDS = registry.samplers()
CHAINS = [name for name, card in CARDS.items() if card.family == "chain" and not card.anneals]
DIRECT = [name for name, card in CARDS.items() if card.family == "direct"]
DIFFUSIONS = [name for name, card in CARDS.items() if card.anneals]  # the reverse processes, and annealing
FLOWS = [name for name, card in CARDS.items() if card.family == "flow"]
STEPPED = [name for name in CHAINS if "step_size" in dict(usual_settings(name))]
PARAMETERS = {name: inspect.signature(card.estimator).parameters for name, card in CARDS.items()}
N_STEPS = 20


@pytest.fixture(scope="module")
def mixture():
    rng = np.random.default_rng(0)
    X = rng.standard_normal((300, 2)) * 0.6 + np.where(rng.random((300, 1)) < 0.5, -1.0, 1.0)
    return GaussianMixture(n_components=2).fit(X)


def run(name, mixture, start, seed=0, **changes):
    settings = {"n_steps": N_STEPS, "rng": np.random.default_rng(seed)}
    if name in STEPPED:
        settings["step_size"] = 0.05
    return registry.samplers()[name].estimator(mixture, start, **settings | changes)


@pytest.fixture(params=[*CHAINS, *DIFFUSIONS])
def name(request):
    return request.param


@pytest.fixture(params=[*CHAINS, *DIFFUSIONS, *DIRECT])
def any_name(request):
    return request.param


@pytest.fixture
def start(request):
    name = request.getfixturevalue("name" if "name" in request.fixturenames else "any_name")
    scale = 20.0 if name in DIFFUSIONS else 1.0
    return scale * np.random.default_rng(1).standard_normal((40, 2))


def test_it_starts_at_the_start_and_shows_every_step(name, mixture, start):
    snapshots = list(run(name, mixture, start))
    assert [snapshot.step for snapshot in snapshots] == list(range(N_STEPS + 1))
    np.testing.assert_array_equal(snapshots[0].position, start)
    assert all(snapshot.position.shape == (40, 2) for snapshot in snapshots)
    assert np.isfinite(snapshots[-1].position).all()
    times = np.diff([snapshot.time for snapshot in snapshots])
    assert (times > 0).all() if name in CHAINS else (times < 0).all()


def test_the_start_and_earlier_snapshots_are_left_alone(any_name, mixture, start):
    before = start.copy()
    snapshots = run(any_name, mixture, start)
    kept = [(snapshot.position, snapshot.position.copy()) for snapshot in snapshots]  # as each arrives
    np.testing.assert_array_equal(start, before)
    assert not np.shares_memory(kept[0][0], start)
    assert all(np.array_equal(position, copy) for position, copy in kept)


def test_a_seed_gives_the_same_run(any_name, mixture, start):
    first, second, other = (list(run(any_name, mixture, start, seed))[-1].position for seed in (3, 3, 4))
    np.testing.assert_array_equal(first, second)
    if PARAMETERS[any_name]["rng"].default is inspect.Parameter.empty:
        assert not np.array_equal(first, other)


def test_a_run_may_be_left_early(name, mixture, start):
    sampler = run(name, mixture, start)
    next(sampler), next(sampler)
    sampler.close()
    assert next(sampler, None) is None


def test_it_arrives_at_the_distribution(name, mixture):
    """Mean and covariance after a run that is long enough, with slack for bias: a coarse check for all."""
    rng = np.random.default_rng(2)
    if name in CHAINS:
        settings = dict(usual_settings(name)) | {"n_steps": CARDS[name].chain_length // 8}
        if name == "hamiltonian":
            settings["step_size"] = 0.06  # the usual path is half a turn here, and mixes nothing
        start = rng.standard_normal((2000, 2))
    else:
        start, settings = 20.0 * rng.standard_normal((2000, 2)), {"n_steps": 400}  # annealing is slow
    *_, last = run(name, mixture, start, **settings)
    mean, covariance = mixture.mean_and_covariance()
    np.testing.assert_allclose(last.position.mean(axis=0), mean, atol=0.15)
    np.testing.assert_allclose(np.cov(last.position.T), covariance, atol=0.2)


@pytest.mark.parametrize("chain", STEPPED)
def test_tiny_steps_are_nearly_always_accepted(chain, mixture):
    start = mixture.sample(500, 0)
    snapshots = list(run(chain, mixture, start, step_size=1e-4))
    if snapshots[1].accepted is None:
        pytest.skip("accepts everything by construction")
    assert snapshots[1].accepted.shape == (500,) and snapshots[1].accepted.dtype == bool
    assert np.mean([snapshot.accepted for snapshot in snapshots[1:]]) > 0.999


@pytest.mark.parametrize("chain", CHAINS)
def test_a_refused_proposal_stays_and_an_accepted_one_moves(chain, mixture):
    bold = {"step_size": 1.0} if chain in STEPPED else {}
    before, after = list(run(chain, mixture, mixture.sample(500, 0), n_steps=1, **bold))
    if after.proposal is None:
        pytest.skip("proposes nothing that could be refused")
    chosen = dict(after.phases)["choice"]
    assert 0 < after.accepted.sum() < 500
    np.testing.assert_array_equal(chosen[after.accepted], after.proposal[after.accepted])
    np.testing.assert_array_equal(chosen[~after.accepted], before.position[~after.accepted])


@pytest.mark.parametrize("chain", [name for name, card in CARDS.items() if card.family == "chain"])
def test_the_phases_lead_from_step_to_step_and_are_those_of_the_formula(chain, mixture):
    """A term of the formula for each, and at the end of the last one is the next position."""
    start = mixture.sample(30, 0)
    first, *snapshots = run(chain, mixture, start)
    assert first.phases == ()
    for snapshot in snapshots:
        for name, positions in snapshot.phases:
            assert name and positions.shape[-2:] == start.shape and positions.ndim in (2, 3)
        np.testing.assert_array_equal(snapshot.phases[-1][1].reshape(-1, *start.shape)[-1], snapshot.position)
        assert (snapshot.accepted is not None) == ("choice" in dict(snapshot.phases))
    assert {name for snapshot in snapshots for name, _ in snapshot.phases} == CARDS[chain].phases


@pytest.mark.parametrize("name", CARDS)
def test_a_card_says_what_the_sampler_is_and_asks_for(name):
    card, (target, start, *settings) = CARDS[name], PARAMETERS[name].values()
    assert isinstance(card, SamplerCard) and card.family in get_args(Family)
    assert start.name == "start" and all(setting.kind is setting.KEYWORD_ONLY for setting in settings)
    assert {"n_steps", "rng"} <= PARAMETERS[name].keys()
    expected = {"reverse": (Denoiser,), "flow": (VelocityField,), "direct": (Density,)}
    assert card.asks and card.asks == expected.get(card.family, card.asks)
    assert (target.name == "denoiser") == card.anneals == ("noise_levels" in PARAMETERS[name])
    if card.usual_step is not None:
        (control,) = [control for control in card.controls if control.parameter == "step_size"]
        assert control.low <= card.usual_step <= control.high


@pytest.mark.parametrize("name", [*CHAINS, *DIRECT, *DIFFUSIONS])
def test_a_sampler_asks_for_nothing_but_what_its_card_says(name, mixture):
    card = CARDS[name]

    class Target:
        """Has the methods of the protocols that are asked for, and no other."""

    for protocol in card.asks:
        for method in methods_of(protocol):
            setattr(Target, method, staticmethod(getattr(mixture, method)))
    assert card.can_run_on(Target()) and not card.can_run_on(object())
    snapshots = list(run(name, Target(), mixture.sample(10, 0), n_steps=2))
    assert np.isfinite(snapshots[-1].position).all()


@pytest.mark.parametrize("name", CARDS)
def test_every_sampler_has_its_text(name):
    """What it does; of a chain also what its share of accepted steps is called and means, and every phase."""
    card, page = CARDS[name], f"samplers/{name}"
    methods = [
        method for control in card.controls if control.parameter == "method" for method in control.options
    ]
    expected = {f"idea, {method}" for method in methods if card.family == "reverse"} or {"idea"}
    if card.family == "chain":
        expected |= {"share", "share means"} | {f"phase {phase}" for phase in card.phases}
    assert set(sections(page)) == expected
    assert all(words(page, section, goes="3", stays="1") for section in expected)


class Disc:
    """Even within a radius of 2, and nothing beyond, where the gradient points home all the same."""

    def score_samples(self, X):
        return np.where((X**2).sum(axis=1) < 4, 0.0, -np.inf)

    def log_density_gradient(self, X):
        return np.where((X**2).sum(axis=1, keepdims=True) < 4, 0.0, -X)


@pytest.mark.parametrize("chain", [name for name in CHAINS if Density in CARDS[name].asks])
def test_a_start_where_there_is_nothing_finds_home(chain):
    if chain == "no_u_turn":
        pytest.skip("stays there, as it says: it has no energy to keep")
    start = np.array([[2.3, 0.0], [-1.7, 1.7], [1.9, -1.9]] * 5)
    *_, last = run(chain, Disc(), start, n_steps=200, **dict(usual_settings(chain)))
    assert np.isfinite(Disc().score_samples(last.position)).all()


@pytest.mark.parametrize("diffusion", ["ddpm", "ddim", "dpm_solver"])
def test_noise_that_does_not_fall_is_refused(diffusion, mixture):
    with pytest.raises(ValueError, match="must fall"):
        list(run(diffusion, mixture, np.zeros((3, 2)), noise_levels=[1.0, 2.0, 0.0]))


@pytest.mark.parametrize("diffusion", DIFFUSIONS)
def test_a_diffusion_follows_the_noise_levels_it_is_given(diffusion, mixture):
    levels = karras(7, sigma_max=5.0)
    times = [snapshot.time for snapshot in run(diffusion, mixture, np.zeros((3, 2)), noise_levels=levels)]
    np.testing.assert_array_equal(times, levels)


@pytest.mark.parametrize("diffusion", DIFFUSIONS)
def test_a_diffusion_passes_the_labels_on(diffusion):
    class Labelled:
        def predict_noise(self, X, noise_level, y=None):
            return (X - 5.0 * y[:, None]) / noise_level if noise_level > 0 else np.zeros_like(X)

    y = np.array([0, 1, 1, 0])
    *_, last = run(diffusion, Labelled(), np.ones((4, 2)), y=y)
    np.testing.assert_allclose(last.position, 5.0 * np.repeat(y[:, None], 2, axis=1), atol=0.1)
