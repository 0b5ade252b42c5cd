"""Data that nobody would choose: no exception, and an answer or one clear sentence from each side."""

import re

import numpy as np
import pytest

from paradigms import registry
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.protocols import Classifier, DensityModel, JointModel, can

RNG = np.random.default_rng(0)
DISTRIBUTIONS = list(registry.lifted() | registry.that_can(JointModel))
FUNCTIONS = [
    name for name, card in registry.that_can(Classifier).items() if not can(card.estimator, DensityModel)
]
LINE = np.array([[-1.0, -1.0], [0.0, 0.0], [1.0, 1.0]])
HARD = {
    "empty canvas": (np.zeros((0, 2)), []),
    "one point": ([[0.5, 0.5]], [0]),
    "one point of the last class": ([[0.5, 0.5]], [3]),
    "one point a class": ([[0, 0], [1, 1], [2, -1], [-2, 1]], [0, 1, 2, 3]),
    "one class": (RNG.normal(size=(60, 2)), np.zeros(60)),
    "third class alone": (RNG.normal(size=(60, 2)), np.full(60, 2)),
    "all in one spot": (np.full((50, 2), 1.0), np.repeat([0, 1], 25)),
    "each class in a spot": (np.repeat([[-1.0, 0], [1, 0]], 25, axis=0), np.repeat([0, 1], 25)),
    "three collinear points": (LINE, [0, 0, 0]),
    "three collinear points a class": (np.vstack([LINE, LINE + 0.5]), [0, 0, 0, 1, 1, 1]),
    "vertical line": (np.column_stack([np.ones(40), np.linspace(-3, 3, 40)]), np.repeat([0, 1], 20)),
    "5,000 points": (RNG.normal(size=(5000, 2)), RNG.integers(0, 4, 5000)),
    "four classes with gaps": (RNG.normal(size=(80, 2)), np.repeat([1, 3], 40)),
    "99 to 1": (RNG.normal(size=(100, 2)), [1] + [0] * 99),
    "at the edge": (np.full((20, 2), 4.0) * np.repeat([[-1, 1]], 20, axis=0), np.repeat([0, 1], 10)),
    "beside the plane": (np.full((20, 2), 7.9) + 0.01 * RNG.normal(size=(20, 2)), np.repeat([0, 1], 10)),
}


def spec_of(case):
    X, class_indices = HARD[case]
    return DatasetSpec.of_points(np.array(X, dtype=float), np.array(class_indices, dtype=int))


def is_one_sentence(text):
    """Words for people: no traceback, no name of a class, and an end."""
    return bool(re.fullmatch(r"[A-Z“].{8,400}[.!]", text)) and not re.search(r"Traceback|Error\b|\n", text)


def assert_answered(scene, kind):
    answered = any(layer["kind"] == kind for layer in scene["layers"])
    assert answered or is_one_sentence(scene["dimmed"] or ""), scene["dimmed"]


@pytest.mark.slow
@pytest.mark.parametrize("case", HARD)
def test_every_distribution_answers_or_says_why_not(visit, case):
    visitor = visit()
    visitor.having(spec=spec_of(case), revision=1)
    for name in DISTRIBUTIONS:
        visitor.choose("distribution_model", name)
        assert_answered(visitor.planes["distribution"], "density")
        assert len(visitor.planes["draw"]["layers"][0]["xy"]) == len(HARD[case][0]), "the drawing is kept"


@pytest.mark.slow
@pytest.mark.parametrize("case", HARD)
def test_every_function_answers_or_says_why_not(visit, case):
    visitor = visit()
    visitor.having(spec=spec_of(case), revision=1)
    for name in FUNCTIONS:
        visitor.choose("function_model", name)
        if visitor.has("function_training_reset"):
            visitor.learned()
        assert_answered(visitor.planes["function"], "probability")


@pytest.mark.parametrize("case", HARD)
def test_everything_else_on_the_page_can_be_asked_too(visit, case):
    visitor = visit()
    visitor.having(spec=spec_of(case), revision=1, probe_at=(3.0, -3.0))
    visitor.choose("anomaly_quantile", 5)
    if not visitor.at.button(key="sample").disabled:
        visitor.press("sample")
        assert len(visitor.planes["distribution"]["layers"][-2]["xy"]) == 200
    for kind in ("langevin", "diffusion"):
        if visitor.has(f"watch_{kind}"):
            visitor.press(f"watch_{kind}")


def test_the_empty_canvas_says_what_to_do(visit):
    visitor = visit()
    visitor.having(spec=spec_of("empty canvas"), revision=1)
    for name in ("function", "distribution"):
        assert "no points" in visitor.planes[name]["dimmed"]
    assert "empty" in visitor.text
    assert {value for _, value in visitor.metrics} == {"—"}


def test_one_class_leaves_the_distribution_at_work(visit):
    visitor = visit()
    visitor.having(spec=spec_of("one class"), revision=1)
    assert visitor.planes["distribution"]["dimmed"] is None
    assert is_one_sentence(visitor.planes["function"]["dimmed"])


def test_one_class_gets_a_sentence_from_the_neural_network_too(visit):
    visitor = visit().having(spec=spec_of("one class"), revision=1)
    visitor.choose("function_model", "neural_network").learned()
    sentence = visitor.planes["function"]["dimmed"]
    assert "one class" in sentence and is_one_sentence(sentence)
    assert all(visitor.at.button(key=f"function_training_{name}").disabled for name in ("run", "step"))


def test_classes_with_few_points_are_named(visit):
    visitor = visit()
    visitor.having(spec=spec_of("99 to 1"), revision=1)
    assert "B: with fewer than five points" in visitor.text.replace("\\", "")
