"""What both models make of one place: four verdicts, from sureness and familiarity."""

from types import SimpleNamespace

import numpy as np
import pytest

from paradigms.evaluation.point_reading import read_point

HELD_OUT = np.arange(99.0)  # log p of 99 held-out points: familiarity comes in hundredths


def reading(function, bayes, log_density, slots=(0, 1), held_out=HELD_OUT):
    """Of models that give these answers everywhere; ``function`` None: there is none."""
    classes = np.array(slots)
    model = SimpleNamespace(classes_=classes, predict_proba=lambda X: np.array([function]))
    density = SimpleNamespace(
        classes_=classes,
        predict_proba=lambda X: np.array([bayes]),
        score_samples=lambda X: np.array([log_density]),
    )
    distribution = SimpleNamespace(model=density, held_out_log_density=held_out)
    return read_point(function and SimpleNamespace(model=model), distribution, (0.5, -1.5))


@pytest.mark.parametrize(
    "probabilities, log_density, verdict",
    [
        ((0.95, 0.05), 50.0, "sure and familiar"),
        ((0.95, 0.05), 2.0, "sure and never seen"),
        ((0.6, 0.4), 50.0, "unsure and familiar"),
        ((0.6, 0.4), 2.0, "unsure and strange"),
        # On the two thresholds, 0.9 and 5 %: sure, and familiar.
        ((0.1, 0.9), 4.0, "sure and familiar"),
        ((0.101, 0.899), 4.0, "unsure and familiar"),
        ((0.1, 0.9), 3.0, "sure and never seen"),
    ],
)
def test_the_four_verdicts(probabilities, log_density, verdict):
    assert reading(probabilities, (0.5, 0.5), log_density).verdict == verdict


@pytest.mark.parametrize("log_density, familiarity", [(-5.0, 0.01), (0.0, 0.01), (4.0, 0.05), (1e9, 1.0)])
def test_familiarity_counts_the_less_likely_held_out_points(log_density, familiarity):
    # (1 + number of less likely held-out points) / (n + 1)
    assert reading((1, 0), (1, 0), log_density).familiarity == pytest.approx(familiarity)


def test_without_a_function_only_the_distribution_is_heard():
    seen = reading(None, (0.3, 0.7), 50.0)
    assert seen.verdict == "no function" and seen.function_probabilities is None
    assert seen.familiarity == pytest.approx(0.51) and not seen.posterior_also_sure


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


def test_probabilities_go_by_slot():
    seen = reading((0.1, 0.7, 0.2), (0.1, 0.2, 0.7), 10.0, slots=(0, 2, 3))
    assert seen.function_probabilities == {0: 0.1, 2: 0.7, 3: 0.2}
    assert seen.bayes_probabilities == {0: 0.1, 2: 0.2, 3: 0.7}
    assert (seen.log_density, seen.n_less_likely, seen.n_held_out) == (10.0, 10, 99)


def test_the_place_itself_is_asked():
    asked = []

    def note(answer):
        return lambda X: asked.append(np.asarray(X).tolist()) or answer

    classes, both = np.array([0, 1]), np.array([[0.5, 0.5]])
    function = SimpleNamespace(model=SimpleNamespace(classes_=classes, predict_proba=note(both)))
    model = SimpleNamespace(classes_=classes, predict_proba=note(both), score_samples=note(np.array([0.0])))
    read_point(function, SimpleNamespace(model=model, held_out_log_density=HELD_OUT), (1.0, -2.0))
    assert asked == [[[1.0, -2.0]]] * 3
