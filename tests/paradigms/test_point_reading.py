"""What both models make of one place: four verdicts, from sureness and familiarity."""

from types import SimpleNamespace

import numpy as np
import pytest

from paradigms.evaluation.point_reading import read_point

REFERENCE = np.arange(99.0)  # log p of 99 held-out points: familiarity comes in hundredths


def reading(function, bayes, log_density, slots=(0, 1)):
    """Of models that give these answers everywhere."""
    classifier = SimpleNamespace(
        slots=slots, model=SimpleNamespace(predict_proba=lambda X: np.array([function]))
    )
    density = SimpleNamespace(
        slots=slots,
        reference_log_density=REFERENCE,
        model=SimpleNamespace(
            predict_proba=lambda X: np.array([bayes]), score_samples=lambda X: np.array([log_density])
        ),
    )
    return read_point(classifier, density, (0.5, -1.5))


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


def test_bayes_can_be_just_as_sure_of_a_strange_place():
    assert reading((0.99, 0.01), (0.02, 0.98), 1.0).posterior_also_sure
    assert not reading((0.99, 0.01), (0.02, 0.98), 50.0).posterior_also_sure
    assert not reading((0.99, 0.01), (0.2, 0.8), 1.0).posterior_also_sure


def test_classes_are_named_by_their_slots():
    seen = reading((0.1, 0.7, 0.2), (0.1, 0.2, 0.7), 10.0, slots=(0, 2, 3))
    assert (seen.function_class, seen.bayes_class) == (2, 3)
    assert (seen.sureness, seen.bayes_sureness) == (0.7, 0.7)
    assert seen.slots == (0, 2, 3) and seen.log_density == 10.0


def test_the_place_itself_is_asked():
    asked = []

    def note(answer):
        return lambda X: asked.append(np.asarray(X).tolist()) or answer

    both = np.array([[0.5, 0.5]])
    function = SimpleNamespace(slots=(0, 1), model=SimpleNamespace(predict_proba=note(both)))
    model = SimpleNamespace(predict_proba=note(both), score_samples=note(np.array([0.0])))
    read_point(function, SimpleNamespace(model=model, reference_log_density=REFERENCE), (1.0, -2.0))
    assert asked == [[[1.0, -2.0]]] * 3
