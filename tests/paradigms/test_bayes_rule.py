"""Bayes' rule against a model that is joint by nature, and what it refuses."""

import numpy as np
import pytest

from paradigms.bayes_rule import BayesRule
from paradigms.generative.energy_based import EnergyBased
from paradigms.generative.gaussian_discriminant import GaussianDiscriminant
from paradigms.generative.gaussian_mixture import GaussianMixture
from paradigms.generative.kernel_density import KernelDensity
from paradigms.protocols import CannotFit, DifferentiableDensity, Noisable, Sampleable, can
from paradigms.training import Progress


@pytest.fixture(scope="module")
def data():
    rng = np.random.default_rng(0)
    y = np.repeat([0, 1, 2], [300, 150, 50])
    return rng.standard_normal((500, 2)) + np.array([[0, 0], [3, 1], [-1, 3]])[y], y


class ScoresOnly:
    """A density that knows log p(x) and nothing else."""

    def __init__(self, density_kind="exact"):
        self.density_kind = density_kind

    def get_params(self, deep=True):
        return {"density_kind": self.density_kind}

    def fit(self, X, y=None):
        if len(X) < 2:
            raise CannotFit("Two points are needed.")
        self.mean_ = X.mean(axis=0)
        return self

    def score_samples(self, X):
        return -0.5 * ((X - self.mean_) ** 2).sum(axis=1) - np.log(2 * np.pi)


def test_one_gaussian_a_class_is_quadratic_discriminant_analysis(data):
    """The same model by two ways. They differ by the mixture's ridge: 0.1 % of a class's variance."""
    X, y = data
    lifted, joint = BayesRule(GaussianMixture(n_components=1)).fit(X, y), GaussianDiscriminant().fit(X, y)
    near = X[::5]
    np.testing.assert_allclose(lifted.log_joint(near), joint.log_joint(near), atol=0.1)
    np.testing.assert_allclose(lifted.predict_proba(near), joint.predict_proba(near), atol=2e-3)
    np.testing.assert_allclose(lifted.predict_noise(near, 1.0), joint.predict_noise(near, 1.0), atol=3e-3)
    lifted_mean, lifted_covariance = lifted.mean_and_covariance()
    mean, covariance = joint.mean_and_covariance()
    np.testing.assert_allclose(lifted_mean, mean)
    np.testing.assert_allclose(lifted_covariance, covariance, atol=0.01)


class LearnsInSteps(ScoresOnly):
    def fit_steps(self, X, y=None):
        for step in (1, 2):
            self.fit(X)
            yield Progress(step, 2, {"loss": 0.0})

    def frozen(self):
        return self


def test_a_density_known_up_to_a_constant_is_refused(data):
    with pytest.raises(ValueError, match="constant"):
        BayesRule(ScoresOnly("unnormalised")).fit(*data)
    with pytest.raises(ValueError, match="constant"):
        next(BayesRule(LearnsInSteps("unnormalised")).fit_steps(*data))


def test_a_fit_in_which_constants_were_estimated_does_not_keep_the_next_one_out(data):
    X, y = data
    model = BayesRule(EnergyBased(n_steps=5)).fit(np.column_stack([X, X[:, 0] ** 2]), y)
    assert model.density_kind == "unnormalised"
    assert model.fit(X, y).density_kind == "exact"


@pytest.mark.parametrize("way", ["fit", "fit_steps", "from_arrays"])
def test_a_model_is_shared_by_all_visitors_and_so_nobody_can_change_it(data, way):
    X, y = data
    model = BayesRule(GaussianMixture()).fit(X, y)
    if way == "fit_steps":
        model = BayesRule(LearnsInSteps())
        assert [progress.step for progress in model.fit_steps(X, y)] == [1, 2]
    if way == "from_arrays":
        model = BayesRule.from_arrays(model.density, model.to_arrays())
    for array in (model.classes_, model.class_log_prior_):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 7
    np.testing.assert_allclose(np.exp(model.class_log_prior_), [0.6, 0.3, 0.1])


def test_a_bound_stays_a_bound():
    assert BayesRule(ScoresOnly("lower_bound")).density_kind == "lower_bound"


def test_it_offers_only_what_its_density_can_do(data):
    modest = BayesRule(ScoresOnly()).fit(*data)
    assert np.isfinite(modest.log_joint(data[0])).all()
    for protocol in (Sampleable, DifferentiableDensity, Noisable):
        assert not can(modest, protocol)
        assert can(BayesRule(KernelDensity()), protocol)
    assert not any(hasattr(modest, name) for name in ("sample_joint", "predict_noise", "to_arrays"))


def test_a_class_that_cannot_be_fitted_is_named(data):
    X, y = data
    with pytest.raises(CannotFit, match="Class 7: Two points are needed"):
        BayesRule(ScoresOnly()).fit(X, np.where(np.arange(500) == 0, 7, y))


def test_the_density_that_was_given_stays_unfitted(data):
    density = KernelDensity()
    BayesRule(density).fit(*data)
    assert not hasattr(density, "centres_")


def test_its_density_s_parameters_are_its_own():
    assert BayesRule(KernelDensity()).set_params(density__bandwidth=0.7).density.bandwidth == 0.7
