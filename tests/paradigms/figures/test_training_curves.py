"""A training as a drawing: read back from the SVG."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from paradigms.figures.training_curves import HEIGHT, TOP, WIDTH, training_curves


def written(value):
    return f"{value:.2f}"


def drawn(losses, share=1.0, steps=None, level=None):
    """Evenly spread values that make up that ``share`` of all steps, unless their ``steps`` are given."""
    n = len(next(iter(losses.values())))
    steps, n_steps = (n, round(n / share)) if steps is None else (np.array(steps), steps[-1])
    root = ElementTree.fromstring(training_curves("the unit", steps, losses, n_steps, written, level))
    lines = [
        np.array([place.split(",") for place in line.get("points").split()], dtype=float)
        for line in root.iter("polyline")
    ]
    title, *labels = [(float(text.get("x")), float(text.get("y")), text.text) for text in root.iter("text")]
    assert title[2] == "the unit" and title[1] < TOP
    return root, lines, labels


def test_a_line_goes_where_its_loss_goes():
    _, (line,), _ = drawn({"loss": np.array([3.0, 2.0, 1.0, 2.0, 0.0])})
    assert len(line) == 5 and (np.diff(line[:, 0]) > 0).all()
    assert (np.sign(np.diff(line[:, 1])) == [1, 1, -1, 1]).all(), "further down is less"
    assert line[:, 1].min() >= TOP and line[:, 1].max() <= HEIGHT


def test_what_is_still_to_come_is_left_free():
    losses = {"loss": np.arange(9.0)}
    _, (half,), _ = drawn(losses, 0.5)
    _, (whole,), _ = drawn(losses, 1.0)
    np.testing.assert_allclose(2 * half[-1, 0], whole[-1, 0], atol=0.2)
    assert whole[-1, 0] < WIDTH


def test_every_line_is_named_with_its_last_value_and_told_apart_without_colour():
    root, lines, labels = drawn({"critic": np.array([1.0, 0.5]), "generator": np.array([0.2, -0.25])})
    assert [label for *_, label in labels] == ["critic 0.50", "generator -0.25"]
    assert len({line.get("stroke-dasharray") for line in root.iter("polyline")}) == len(lines) == 2
    said = root.get("aria-label")
    assert "the unit: critic from 1.00 to 0.50" in said and root.get("role") == "img"


def test_no_line_is_left_out_however_many_there_are():
    _, lines, labels = drawn({name: np.array([1.0, 0.5]) for name in "abcdef"})
    assert len(lines) == 6 and [label for *_, label in labels] == [f"{name} 0.50" for name in "abcdef"]


def test_labels_keep_apart_and_within():
    _, _, labels = drawn({name: np.array([1.0, 0.5]) for name in "abcd"})
    heights = sorted(y for _, y, _ in labels)
    assert (np.diff(heights) >= 12).all() and heights[-1] <= HEIGHT and heights[0] >= 8


def test_a_first_step_that_is_far_off_does_not_flatten_the_rest():
    values = np.concatenate([[1e6], np.linspace(2, 1, 60)])
    _, (line,), _ = drawn({"loss": values})
    assert np.ptp(line[5:, 1]) > HEIGHT / 2


@pytest.mark.parametrize("values", [[1.0], [2.0, 2.0], [0.0]])
def test_one_step_and_a_flat_line_can_be_drawn(values):
    _, (line,), _ = drawn({"loss": np.array(values)})
    assert np.isfinite(line).all()


def test_names_are_text():
    svg = training_curves("<b>", 1, {"<b>": np.array([1.0])}, 1, lambda value: "<b>", ("<b>", 0.0))
    assert not re.search("<b>", svg)


def test_values_stand_at_their_steps():
    _, (line,), _ = drawn({"score": np.array([1.0, 2.0, 3.0])}, steps=[10, 20, 100])
    np.testing.assert_allclose(line[:, 0] / line[-1, 0], [0.1, 0.2, 1], atol=0.01)


def test_what_is_far_off_at_first_leaves_below_where_higher_is_better():
    values = np.concatenate([[-1e6], np.linspace(-3, -2, 19)])
    _, (line,), _ = drawn({"score": values})
    assert line[0, 1] > HEIGHT and line[2:, 1].max() <= HEIGHT and np.ptp(line[2:, 1]) > HEIGHT / 2


def test_a_level_goes_right_across_and_is_told():
    root, (line, level), labels = drawn({"score": np.array([-3.0, -2.5])}, 0.5, level=("truth -2.00", -2.0))
    assert level[0, 0] == 0 and level[-1, 0] > 1.9 * line[-1, 0]
    assert level[0, 1] == level[1, 1] < line[:, 1].min(), "nothing gets up to it"
    assert labels[-1][2] == "truth -2.00" and root.get("aria-label").endswith("to -2.50; truth -2.00")
