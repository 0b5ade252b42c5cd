"""Work beside the pages: shared by all who ask the same, stopped when nobody waits, kept, in fair turns."""

import time

import pytest

from jobs import computing
from jobs.computing import DIED, FAILED, Outcome
from jobs.lanes import Lane
from jobs.store import results
from jobs.workers import Died


@pytest.fixture(autouse=True)
def nothing_known():
    computing._under_way.clear(), computing._failed.clear()
    results.clear()
    yield
    results.clear()


def ask(queue, work, key="a", visitor="Ada"):
    """``work`` takes ``report``: the worker, which does nothing here, is left out."""
    return computing.ask(key, lambda worker, report: work(report), visitor, Lane(queue))


def test_two_who_ask_the_same_share_one_computation(queue):
    calls = []
    first = ask(queue, lambda report: calls.append(1) or 7)
    second = ask(queue, lambda report: calls.append(2) or 8, visitor="Bob")
    assert first is second and len(queue.waiting) == 1 and not first.done.is_set()
    queue.run_one()
    assert first.done.is_set() and first.outcome == Outcome(7) and calls == [1]
    assert ask(queue, None) == Outcome(7) and not queue.waiting, "and it is kept for the next"


def test_another_question_has_another_answer(queue):
    ask(queue, lambda report: 7)
    assert ask(queue, lambda report: 8, key="b") is not ask(queue, None)


def test_how_far_it_is_can_be_seen_from_outside(queue):
    seen = []

    def work(report):
        for share in (0.0, 0.5):
            report(share)
            seen.append(computation.share)

    computation = ask(queue, work)
    assert computation.share is None
    queue.run_one()
    assert seen == [0.0, 0.5]


@pytest.mark.parametrize("leaves", [("Ada",), ("Ada", "Bob")])
def test_it_stops_between_its_steps_when_the_last_one_leaves(queue, leaves):
    steps = []

    def work(report):
        for step in range(3):
            report(step / 3)
            steps.append(step)
            for visitor in leaves:
                computation.left_by(visitor)
        return "done"

    computation = ask(queue, work)
    ask(queue, None, visitor="Bob")
    queue.run_one()
    assert computation.done.is_set()
    if len(leaves) == 1:
        assert computation.outcome == Outcome("done"), "Bob still waits"
    else:
        assert computation.stopped and steps == [0] and computation.outcome is None
        assert ask(queue, None) is not computation, "who asks again begins anew"


def test_what_nobody_waits_for_is_not_even_begun(queue):
    computation = ask(queue, lambda report: pytest.fail("nobody waits"))
    computation.left_by("Ada")
    queue.run_one()
    assert computation.stopped


def test_a_visitor_who_does_not_look_any_more_is_gone(queue, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(computing.time, "monotonic", lambda: 1000 + now[0])
    steps = []

    def work(report):
        for step in range(5):
            now[0] += 10
            if step == 1:
                computation.seen_by("Ada")
            report(step / 5)
            steps.append(step)

    computation = ask(queue, work)
    queue.run_one()
    assert steps == [0, 1, 2] and computation.stopped, "the last look was at 20 s, and at 40 s she is gone"


@pytest.mark.parametrize("defect", [ZeroDivisionError, KeyError, MemoryError])
def test_a_defect_ends_in_a_sentence_and_in_the_log(queue, caplog, defect):
    def fail(report):
        raise defect("a defect")

    computation = ask(queue, fail)
    queue.run_one()
    assert (
        computation.done.is_set()
        and computation.outcome == Outcome(problem=FAILED)
        and "a defect" in caplog.text
    )


def test_a_worker_that_dies_twice_costs_a_sentence(queue):
    def die(report):
        raise Died

    computation = ask(queue, die)
    queue.run_one()
    assert computation.outcome == Outcome(problem=DIED)


def test_what_has_failed_is_said_for_a_minute_and_then_tried_again(queue, monkeypatch):
    def fail(report):
        raise MemoryError

    ask(queue, fail)
    queue.run_one()
    assert ask(queue, None) == Outcome(problem=FAILED) and not queue.waiting
    now = time.monotonic()
    monkeypatch.setattr(computing.time, "monotonic", lambda: now + 61)
    ask(queue, lambda report: 7)
    queue.run_one()
    assert ask(queue, None) == Outcome(7)


def test_who_asks_anew_is_not_harmed_by_the_end_of_what_was_given_up(queue):
    first = ask(queue, lambda report: pytest.fail("nobody waits"))
    first.left_by("Ada")
    first._forget()
    second = ask(queue, lambda report: 7)
    queue.run_one()
    assert first.stopped and ask(queue, None) is second, "the second is still under way"
    queue.run_one()
    assert ask(queue, None) == Outcome(7)


def test_visitors_take_turns(queue):
    order = []
    lane = Lane(queue)
    for name in ("a1", "a2", "a3", "b1", "b2", "c1"):
        lane.add(name[0], lambda worker, name=name: order.append(name))
    while queue.waiting:
        queue.run_one()
    assert order == ["a1", "b1", "c1", "a2", "b2", "a3"]
