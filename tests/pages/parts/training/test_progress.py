"""Curves and numbers of a training speak one unit: what is drawn ends with what stands beside it."""

import json
import re

import numpy as np
import pytest

from pages.parts.text.numbers import UNKNOWN
from pages.parts.text.story import words
from paradigms import registry
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.protocols import Trainable

TRAINABLE = registry.that_can(Trainable)
LABELS = {"mean_log_density": "mean ln p(x)", "log_loss": "log loss", "distance": "distance"}
SIDES = [("function", name) for name, card in TRAINABLE.items() if card.paradigm != "generative"]
SIDES += [("distribution", name) for name, card in TRAINABLE.items() if card.paradigm != "discriminative"]


def curves(visitor):
    """Every drawing of curves on the page: its title, and the last values by name as they are written."""
    found = []
    for component in visitor.at.get("bidi_component"):
        if "training-curves" in component.proto.json:
            title, *labels = re.findall(r"<text [^>]*>([^<]*)</text>", json.loads(component.proto.json))
            found.append(
                (title, dict(re.fullmatch(r"(.+?) ((?:≥ )?−?[\d.]+)", one).groups() for one in labels))
            )
    return found


@pytest.mark.parametrize(("side", "name"), SIDES)
def test_the_curve_of_held_out_points_ends_with_the_number_beside_it(playground, side, name):
    playground.choose(f"{side}_model", name).learned(side)
    numbers = dict(playground.metrics[:4] if side == "function" else playground.metrics[4:])
    (title, ends), *others = curves(playground)
    measure = next(measure for measure in LABELS if words("training", measure) == title)
    assert ends["held out"] == numbers[LABELS[measure]] != UNKNOWN
    assert set(ends) == {"training", "held out"} | ({"truth"} if measure != "distance" else set())
    likely = measure == "mean_log_density" or registry.cards()[name].paradigm == "discriminative"
    assert [title for title, _ in others] == ([] if likely else [words("training", "own losses")])


def test_the_truth_on_the_curve_is_the_truth_of_the_page_of_densities(visit):
    visitor = visit("imagine/density/page.py")
    visitor.learned("autoregressive")
    drawn = [
        ends["truth"] for title, ends in curves(visitor) if title == words("training", "mean_log_density")
    ]
    assert drawn and set(drawn) == {visitor.metrics[0][1]}


def test_without_held_out_points_there_is_the_curve_of_those_that_teach(playground):
    playground.having(spec=DatasetSpec.of_points(np.eye(4, 2), np.array([0, 0, 1, 1])), revision=1)
    playground.choose("function_model", "neural_network").learned("function")
    ((_, ends),) = curves(playground)
    assert list(ends) == ["training"] and playground.metrics[1] == ("log loss", UNKNOWN)
