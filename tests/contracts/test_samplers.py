"""What holds of every sampler: chains over a density, and diffusions over a denoiser."""

import inspect

import numpy as np
import pytest

from paradigms import registry
from paradigms.diffusion.noise_schedules import karras
from paradigms.generative.gaussian_mixture import GaussianMixture

PARAMETERS = {
    name: inspect.signature(card.estimator).parameters for name, card in registry.samplers().items()
}
CHAINS = [name for name, p in PARAMETERS.items() if {"target", "start", "step_size"} <= p.keys()]
DIRECT = [name for name, p in PARAMETERS.items() if "target" in p and name not in CHAINS]
DIFFUSIONS = [name for name, p in PARAMETERS.items() if {"denoiser", "start"} <= p.keys()]
N_STEPS = 20
USUAL_STEP = {
    "gibbs": 0.1,
    "random_walk_metropolis": 0.7,
    "parallel_tempering": 0.7,
    "hamiltonian": 0.06,
    "no_u_turn": 0.2,
}


@pytest.fixture(scope="module")
def mixture():
    rng = np.random.default_rng(0)
    X = rng.standard_normal((300, 2)) * 0.6 + np.where(rng.random((300, 1)) < 0.5, -1.0, 1.0)
    return GaussianMixture(n_components=2).fit(X)


def run(name, mixture, start, seed=0, **changes):
    settings = {"n_steps": N_STEPS, "rng": np.random.default_rng(seed)}
    if name in CHAINS:
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
        far = name in ("hamiltonian", "no_u_turn", "gibbs")  # a single step goes far
        settings = {"n_steps": 25 if far else 300, "step_size": USUAL_STEP.get(name, 0.05)}
        start = rng.standard_normal((2000, 2))
    else:
        start, settings = 20.0 * rng.standard_normal((2000, 2)), {"n_steps": 400}  # annealing is slow
    *_, last = run(name, mixture, start, **settings)
    mean, covariance = mixture.mean_and_covariance()
    np.testing.assert_allclose(last.position.mean(axis=0), mean, atol=0.15)
    np.testing.assert_allclose(np.cov(last.position.T), covariance, atol=0.2)


@pytest.mark.parametrize("chain", CHAINS)
def test_tiny_steps_are_nearly_always_accepted(chain, mixture):
    start = mixture.sample(500, 0)
    snapshots = list(run(chain, mixture, start, step_size=1e-4))
    if snapshots[1].accepted is None or chain == "no_u_turn":
        pytest.skip("accepts everything by construction")
    assert snapshots[1].accepted.shape == (500,) and snapshots[1].accepted.dtype == bool
    least = 0.98 if chain == "gibbs" else 0.999  # whose cells are never that small
    assert np.mean([snapshot.accepted for snapshot in snapshots[1:]]) > least


@pytest.mark.parametrize("chain", CHAINS)
def test_a_refused_proposal_stays_and_an_accepted_one_moves(chain, mixture):
    before, after = list(run(chain, mixture, mixture.sample(500, 0), step_size=1.0, n_steps=1))
    if after.proposal is None or chain in ("no_u_turn", "parallel_tempering"):
        pytest.skip("has no single proposal, or changes places besides")
    assert 0 < after.accepted.sum() < 500
    np.testing.assert_array_equal(after.position[after.accepted], after.proposal[after.accepted])
    np.testing.assert_array_equal(after.position[~after.accepted], before.position[~after.accepted])


class Disc:
    """Even within a radius of 2, and nothing beyond, where the slope points home all the same."""

    def score_samples(self, X):
        return np.where((X**2).sum(axis=1) < 4, 0.0, -np.inf)

    def log_density_gradient(self, X):
        return np.where((X**2).sum(axis=1, keepdims=True) < 4, 0.0, -X)


@pytest.mark.parametrize(
    "chain", [name for name in CHAINS if name not in ("unadjusted_langevin", "no_u_turn")]
)
def test_a_start_where_there_is_nothing_finds_home(chain):
    start = np.array([[2.3, 0.0], [-1.7, 1.7], [1.9, -1.9]] * 5)
    settings = {"n_steps": 200, "step_size": USUAL_STEP.get(chain, 0.05)}
    *_, last = run(chain, Disc(), start, **settings)
    assert np.isfinite(Disc().score_samples(last.position)).all()


@pytest.mark.parametrize("diffusion", [name for name in DIFFUSIONS if name in ("ddpm", "ddim", "dpm_solver")])
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
