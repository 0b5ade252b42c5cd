"""What was found out is kept for the next who asks; what takes its time is waited for a moment only."""

import time

import numpy as np
import pytest

from jobs import computing, lanes
from jobs.lanes import Lane
from jobs.store import results
from pages.parts.computing import waits
from pages.parts.computing.results import CannotCompute, GivenUp, StillComputing, computed, recorded


@pytest.fixture(autouse=True)
def visitor(monkeypatch):
    computing._under_way.clear(), computing._failed.clear()
    results.clear()
    visitor = waits.Waits()
    monkeypatch.setattr(waits, "of_visitor", lambda: visitor)
    return visitor


@pytest.fixture
def nothing_is_done(monkeypatch, queue):
    monkeypatch.setattr(lanes, "experiments", Lane(queue))
    return queue


def drawn(*, seed):
    return np.random.default_rng().random() + 0 * seed


def reporting(*, report):
    report(0.5)
    return "done"


@pytest.mark.parametrize("ask", [recorded, computed])
def test_the_same_question_has_the_same_answer_and_another_has_another(ask):
    subject, other = "a spec", "another"
    assert ask(subject, drawn, seed=0) == ask(subject, drawn, seed=0)
    assert ask(subject, drawn, seed=0) != ask(subject, drawn, seed=1)
    assert ask(subject, drawn, seed=0) != ask(other, drawn, seed=0)


def test_what_is_not_there_in_a_moment_is_still_computing_and_there_later(nothing_is_done):
    with pytest.raises(StillComputing) as still:
        computed("a spec", drawn, seed=0)
    assert not still.value.computation.done.is_set()
    nothing_is_done.run_one()
    assert computed("a spec", drawn, seed=0) == still.value.computation.outcome.value


def test_a_run_is_patient_once_for_all_that_it_asks(nothing_is_done, visitor, monkeypatch):
    now, waited = [1000.0], []

    def wait(event, patience):
        waited.append(patience)
        now[0] += patience
        return False

    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr("threading.Event.wait", wait)
    visitor.begin_run()
    for seed in range(3):
        with pytest.raises(StillComputing):
            computed("a spec", drawn, seed=seed)
    assert waited == pytest.approx([waits.PATIENCE_SECONDS, 0, 0])


def test_who_can_tell_how_far_it_is_is_asked_to(nothing_is_done):
    with pytest.raises(StillComputing) as still:
        computed("a spec", reporting)
    nothing_is_done.run_one()
    assert still.value.computation.share == 0.5 and computed("a spec", reporting) == "done"


def test_a_defect_is_a_sentence():
    def fail():
        raise ZeroDivisionError

    with pytest.raises(CannotCompute, match="could not be computed"):
        computed("a spec", fail)


def test_what_was_given_up_is_not_begun_again_until_it_is_taken_up(nothing_is_done, visitor):
    with pytest.raises(StillComputing) as still:
        computed("a spec", drawn, seed=0)
    visitor.wait_at("here", still.value.computation)
    visitor.give_up("here")
    with pytest.raises(GivenUp):
        computed("a spec", drawn, seed=0)
    nothing_is_done.run_one()
    assert still.value.computation.stopped, "nobody else waited for it"
    visitor.take_up("here")
    with pytest.raises(StillComputing):
        computed("a spec", drawn, seed=0)


def test_a_place_that_asks_for_something_else_leaves_what_it_asked_for(nothing_is_done, visitor):
    asked = []
    for seed in range(2):
        with pytest.raises(StillComputing) as still:
            computed("a spec", drawn, seed=seed)
        visitor.wait_at("here", still.value.computation)
        asked.append(still.value.computation)
    nothing_is_done.run_all()
    assert [one.stopped for one in asked] == [True, False]


def test_what_a_run_does_not_ask_for_any_more_is_left(nothing_is_done, visitor):
    visitor.begin_run()
    with pytest.raises(StillComputing) as still:
        computed("a spec", drawn, seed=0)
    visitor.wait_at("here", still.value.computation)
    visitor.end_run()
    visitor.begin_run()
    visitor.end_run()
    nothing_is_done.run_all()
    assert still.value.computation.stopped
