"""The judge of the collection takes what is right, and nothing that is a little wrong."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from benchmarks.table_judge import RIGHT, SAID, WRONG, expectations, verdict_on_points, verdict_on_refusal


@dataclass(frozen=True)
class Straight:
    shift: np.ndarray
    scale: np.ndarray

    def forward(self, X):
        return (X - self.shift) / self.scale

    def back(self, X):
        return X * self.scale + self.shift


@dataclass(frozen=True)
class Logarithmic(Straight):
    def forward(self, X):
        return super().forward(np.log(X))

    def back(self, X):
        return np.exp(super().back(X))


@dataclass(frozen=True)
class Answer:
    column_names: tuple
    X: np.ndarray
    class_indices: np.ndarray
    class_names: tuple
    transform: Straight
    notes: tuple


def ideal(reading, kind=Straight, keep=slice(None)):
    """The answer that a reading describes, or its rows ``keep``, without a note."""
    numbers = np.column_stack([reading["x"], reading["y"]])[keep]
    bare = np.log(numbers) if kind is Logarithmic else numbers
    spans = np.ptp(bare, axis=0)
    transform = kind(bare.min(axis=0) / 2 + bare.max(axis=0) / 2, np.where(spans > 0, spans, 7) / 7)
    labels = np.array(reading.get("labels", ["A"] * len(reading["x"])))[keep]
    class_names, class_indices = np.unique(labels, return_inverse=True)
    names = tuple(name and name.replace("*", " 1") for name in reading["columns"])
    return Answer(names, transform.forward(numbers), class_indices, tuple(class_names), transform, ())


READINGS = [
    pytest.param(reading, id=f"{name}-{place}")
    for name, outcomes in expectations().items()
    for place, reading in enumerate(outcomes)
    if "x" in reading
]
READING = {
    "columns": ["a", "b", "kind"],
    "x": [1.0, 10.0, 100.0, 10_000.0],
    "y": [5.0, 6.0, 7.5, 9.0],
    "labels": ["p", "q", "p", "q"],
}


@pytest.mark.parametrize("reading", READINGS)
def test_what_is_expected_is_right_and_can_be_missed(reading):
    answer = ideal(reading)
    silent = {key: value for key, value in reading.items() if key != "notes"}
    assert verdict_on_points(answer, [silent]) == (RIGHT, "")
    assert (verdict_on_points(answer, [reading])[0] == WRONG) == ("notes" in reading)
    assert verdict_on_points(replace(answer, X=answer.X + 0.01), [silent])[0] == WRONG


@pytest.mark.parametrize("kind", [Straight, Logarithmic])
def test_numbers_come_back_to_a_16000th_of_their_axis(kind):
    answer = ideal(READING, kind)
    near, off = (answer.X + np.array([step * 7 / 16_000, 0]) for step in (0.9, 1.5))
    assert verdict_on_points(replace(answer, X=near), [READING])[0] == RIGHT
    assert verdict_on_points(replace(answer, X=off), [READING])[0] == WRONG


@pytest.mark.parametrize(
    "fault",
    [
        {"column_names": ("b", "a", "kind")},
        {"column_names": ("a", "b", None)},
        {"class_indices": np.array([0, 1, 1, 0])},
        {"class_names": ("p", "r")},
        {"class_names": ("p", "q", "r")},
        {"class_names": ("p", "p")},
        {"notes": ("half a sentence",)},
    ],
)
def test_one_thing_wrong_is_wrong(fault):
    assert verdict_on_points(replace(ideal(READING), **fault), [READING])[0] == WRONG


def test_points_far_out_may_be_missing_with_a_word():
    reading = READING | {"may_leave_out": 1}
    answer = ideal(reading, keep=[0, 1, 2])
    assert verdict_on_points(answer, [reading])[0] == WRONG
    told = replace(answer, notes=("1 point was left out.",))
    assert verdict_on_points(told, [reading])[0] == SAID
    assert verdict_on_points(told, [READING])[0] == WRONG


def test_a_point_outside_the_plane_is_wrong():
    answer = ideal(READING)
    half = Straight(answer.transform.shift, answer.transform.scale / 2)
    numbers = answer.transform.back(answer.X)
    assert verdict_on_points(replace(answer, X=half.forward(numbers), transform=half), [READING])[0] == WRONG


def test_a_refusal_must_say_the_fact():
    outcomes = [{"refused": "month"}]
    assert verdict_on_refusal("The column “month” holds no numbers.", outcomes) == (SAID, "")
    assert verdict_on_refusal("The table has only one column.", outcomes)[0] == WRONG
    assert verdict_on_refusal("The column “month” holds no numbers.", [READING])[0] == WRONG
    assert verdict_on_points(ideal(READING), outcomes)[0] == WRONG
