"""What was computed is kept for the next who asks, as long as there is room and its subject lives."""

import gc
from weakref import ref

import numpy as np
import pytest

from pages.parts import recorded as module
from pages.parts.recorded import recorded


class Subject:
    pass


@pytest.fixture(autouse=True)
def little_room(monkeypatch):
    monkeypatch.setattr(module, "MOST_KEPT", 3)
    monkeypatch.setattr(module, "_by_last_use", type(module._by_last_use)())


def drawn(*, seed):
    return np.random.default_rng().random() + 0 * seed


def test_the_same_question_has_the_same_answer_and_another_has_another():
    subject, other = Subject(), Subject()
    assert recorded(subject, drawn, seed=0) == recorded(subject, drawn, seed=0)
    assert recorded(subject, drawn, seed=0) != recorded(subject, drawn, seed=1)
    assert recorded(subject, drawn, seed=0) != recorded(other, drawn, seed=0)


def test_what_was_asked_for_least_lately_is_forgotten():
    subject = Subject()
    first = [recorded(subject, drawn, seed=seed) for seed in range(3)]
    recorded(subject, drawn, seed=0)
    recorded(subject, drawn, seed=3)  # there is no room for all four
    assert recorded(subject, drawn, seed=0) == first[0]
    assert recorded(subject, drawn, seed=1) != first[1]


def test_nothing_holds_a_subject_that_nobody_needs():
    subject = Subject()
    recorded(subject, drawn, seed=0)
    alive = ref(subject)
    del subject
    gc.collect()
    assert alive() is None
