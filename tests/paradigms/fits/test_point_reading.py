"""What both models make of one place: four verdicts, from sureness and familiarity."""

from types import SimpleNamespace

import numpy as np
import pytest

from paradigms import registry
from paradigms.bayes_rule import BayesRule
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.fits.point_reading import read_point
from paradigms.protocols import DensityModel

HELD_OUT = np.arange(99.0)  # log p of 99 held-out points: familiarity comes in hundredths
PLACES = np.array([[-2, -1], [-2, 1], [-1, 0], [0, -2], [0, 1], [1, 0], [1, 2], [2, -1]])


def reading(function, bayes, log_density, class_indices=(0, 1), held_out=HELD_OUT):
    """Of models that give these answers everywhere; ``function`` None: there is none."""
    classes = np.array(class_indices)
    model = SimpleNamespace(classes_=classes, predict_proba=lambda X: np.array([function]))
    density = SimpleNamespace(
        classes_=classes,
        predict_proba=lambda X: np.array([bayes]),
        score_samples=lambda X: np.array([log_density]),
    )
    distribution = SimpleNamespace(model=density, density=SimpleNamespace(held_out_log_density=held_out))
    return read_point(function and SimpleNamespace(model=model), distribution, (0.5, -1.5))


@pytest.mark.parametrize(
    "probabilities, log_density, verdict",
    [
        ((0.95, 0.05), 50.0, "sure and familiar"),
        ((0.95, 0.05), 2.0, "sure and never seen"),
        ((0.6, 0.4), 50.0, "unsure and familiar"),
        ((0.6, 0.4), 2.0, "unsure and strange"),
        # On the two thresholds, 0.9 and 5 %: sure, and familiar.
        ((0.1, 0.9), 3.0, "sure and familiar"),
        ((0.101, 0.899), 3.0, "unsure and familiar"),
        ((0.1, 0.9), 2.9, "sure and never seen"),
    ],
)
def test_the_four_verdicts(probabilities, log_density, verdict):
    assert reading(probabilities, (0.5, 0.5), log_density).verdict == verdict


@pytest.mark.parametrize("log_density, familiarity", [(-5.0, 0.01), (0.0, 0.02), (3.5, 0.05), (1e9, 1.0)])
def test_familiarity_counts_the_held_out_points_that_are_at_most_as_likely(log_density, familiarity):
    # (1 + number of held-out points that are at most as likely) / (n + 1)
    assert reading((1, 0), (1, 0), log_density).familiarity == pytest.approx(familiarity)


def test_without_a_function_only_the_distribution_is_heard():
    seen = reading(None, (0.3, 0.7), 50.0)
    assert seen.verdict == "no function" and seen.function_probabilities is None
    assert seen.familiarity == pytest.approx(0.52) and not seen.posterior_also_sure


@pytest.mark.parametrize(
    "n, verdict", [(0, "too few held out"), (19, "too few held out"), (20, "sure and never seen")]
)
def test_familiarity_needs_twenty_held_out_points_to_fall_below_its_threshold(n, verdict):
    # The smallest familiarity is 1/(n + 1), which is below 5 % from n = 20 on.
    assert reading((1.0, 0.0), (1.0, 0.0), -1.0, held_out=np.arange(float(n))).verdict == verdict


def test_bayes_can_be_just_as_sure_of_a_place_that_was_never_seen():
    assert reading((0.99, 0.01), (0.02, 0.98), 1.0).posterior_also_sure
    assert not reading((0.99, 0.01), (0.02, 0.98), 50.0).posterior_also_sure
    assert not reading((0.99, 0.01), (0.2, 0.8), 1.0).posterior_also_sure


def test_probabilities_go_by_class_index():
    seen = reading((0.1, 0.7, 0.2), (0.1, 0.2, 0.7), 10.0, class_indices=(0, 2, 3))
    assert seen.function_probabilities == {0: 0.1, 2: 0.7, 3: 0.2}
    assert seen.bayes_probabilities == {0: 0.1, 2: 0.2, 3: 0.7}
    assert (seen.log_density, seen.n_at_most_as_likely, seen.n_held_out) == (10.0, 11, 99)


def test_the_place_itself_is_asked():
    asked = []

    def note(answer):
        return lambda X: asked.append(np.asarray(X).tolist()) or answer

    classes, both = np.array([0, 1]), np.array([[0.5, 0.5]])
    function = SimpleNamespace(model=SimpleNamespace(classes_=classes, predict_proba=note(both)))
    model = SimpleNamespace(classes_=classes, predict_proba=note(both), score_samples=note(np.array([0.0])))
    read_point(
        function,
        SimpleNamespace(model=model, density=SimpleNamespace(held_out_log_density=HELD_OUT)),
        (1.0, -2.0),
    )
    assert asked == [[[1.0, -2.0]]] * 3


def on_places(name, places, n, seed):
    """A model of ``n`` points on these places, as it is assessed, and how many held-out ones lie on each."""
    rng = np.random.default_rng(seed)
    lies_at = rng.integers(len(places), size=n)
    data = DatasetSpec.of_points(places[lies_at], places[lies_at, 0] > 0).dataset()
    model = registry.create(name)
    if "n_steps" in model.get_params():
        model.set_params(n_steps=60)
    if name in registry.lifted():
        model = BayesRule(model)
    model.fit(*data.train)
    held_out = model.score_samples(data.held_out[0])
    counts = np.bincount(lies_at[data.held_out_mask], minlength=len(places))
    return SimpleNamespace(model=model, density=SimpleNamespace(held_out_log_density=held_out)), counts


def familiarities(distribution, places):
    """Of each place, asked about by itself, where the plane's lattice has it."""
    asked = DatasetSpec.of_points(places, np.zeros(len(places), dtype=int)).dataset().X
    return np.array([read_point(None, distribution, tuple(place)).familiarity for place in asked])


@pytest.mark.parametrize("name", registry.that_can(DensityModel))
def test_a_place_is_as_familiar_as_the_held_out_points_on_it(name):
    """However a batch is rounded: all that lie there are as likely as the place, asked about by itself."""
    distribution, counts = on_places(name, PLACES, 350, seed=0)
    seen = familiarities(distribution, PLACES)
    assert (seen >= (1 + counts) / (1 + counts.sum())).all()
    assert max(seen) == 1


@pytest.mark.parametrize("n, closeness", [(100, 1.0), (200, 0.5), (200, 0.1)])
@pytest.mark.parametrize(
    "name", ["naive_bayes", "gaussian_discriminant", "kernel_density", "gaussian_mixture"]
)
def test_of_fresh_points_on_eight_places_at_most_one_in_twenty_is_that_familiar(name, n, closeness):
    """A fresh point lies on each with the same probability."""
    places = closeness * PLACES
    seen = [familiarities(on_places(name, places, n, seed)[0], places) for seed in range(12)]
    assert np.mean(np.array(seen) <= 0.05) <= 0.05
