"""Work beside the pages: shared by all who ask the same, stopped when nobody waits, kept, in fair turns."""

import gc
from weakref import ref

import numpy as np
import pytest

from jobs import computing
from jobs.lanes import AtOnce, Lane


class Subject:
    pass


SUBJECT = Subject()


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    computing._known.clear()
    yield
    computing._known.clear()


def ask(queue, work, key="a", visitor="Ada", subject=SUBJECT):
    return computing.ask(subject, key, work, visitor, Lane(queue))


def test_two_who_ask_the_same_share_one_computation(queue):
    calls = []
    first = ask(queue, lambda tell: calls.append(1) or 7)
    second = ask(queue, lambda tell: calls.append(2) or 8, visitor="Bob")
    assert first is second and len(queue.waiting) == 1 and not first.done.is_set()
    queue.run_one()
    assert first.done.is_set() and first.value == 7 and calls == [1]
    assert ask(queue, None).value == 7 and not queue.waiting, "and it is kept for the next"


def test_another_question_has_another_answer(queue):
    ask(queue, lambda tell: 7)
    assert ask(queue, lambda tell: 8, key="b") is not ask(queue, None)
    assert ask(queue, lambda tell: 9, subject=Subject()) is not ask(queue, None)


def test_how_far_it_is_can_be_seen_from_outside(queue):
    seen = []

    def work(tell):
        for share in (0.0, 0.5):
            tell(share)
            seen.append(computation.share)

    computation = ask(queue, work)
    assert computation.share is None
    queue.run_one()
    assert seen == [0.0, 0.5]


@pytest.mark.parametrize("leaves", [("Ada",), ("Ada", "Bob")])
def test_it_stops_between_its_steps_when_the_last_one_leaves(queue, leaves):
    steps = []

    def work(tell):
        for step in range(3):
            tell(step / 3)
            steps.append(step)
            for visitor in leaves:
                computation.left_by(visitor)
        return "done"

    computation = ask(queue, work)
    ask(queue, None, visitor="Bob")
    queue.run_one()
    assert computation.done.is_set()
    if len(leaves) == 1:
        assert computation.value == "done", "Bob still waits"
    else:
        assert computation.stopped and steps == [0] and computation.value is None
        assert ask(queue, None) is not computation, "who asks again begins anew"


def test_what_nobody_waits_for_is_not_even_begun(queue):
    computation = ask(queue, lambda tell: pytest.fail("nobody waits"))
    computation.left_by("Ada")
    queue.run_one()
    assert computation.stopped


def test_a_visitor_who_does_not_look_any_more_is_gone(queue, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(computing.time, "monotonic", lambda: 1000 + now[0])
    steps = []

    def work(tell):
        for step in range(5):
            now[0] += 10
            if step == 1:
                computation.seen_by("Ada")
            tell(step / 5)
            steps.append(step)

    computation = ask(queue, work)
    queue.run_one()
    assert steps == [0, 1, 2] and computation.stopped, "the last look was at 20 s, and at 40 s she is gone"


@pytest.mark.parametrize("defect", [ZeroDivisionError, KeyError, MemoryError])
def test_a_defect_ends_in_a_sentence_and_in_the_log(queue, caplog, defect):
    def fail(tell):
        raise defect("a defect")

    computation = ask(queue, fail)
    queue.run_one()
    assert computation.done.is_set() and computation.problem == computing.FAILED and "a defect" in caplog.text


def test_there_is_room_for_so_many_bytes_and_the_least_asked_for_goes(monkeypatch):
    monkeypatch.setattr(computing, "MOST_BYTES", 3.5 * 8000)
    lane = Lane(AtOnce())

    def known(key):
        return any(one.key[1] == key for one in computing._known.values())

    for key in range(3):
        computing.ask(SUBJECT, key, lambda tell: np.zeros(1000), "Ada", lane)
    computing.ask(SUBJECT, 0, None, "Ada", lane)
    computing.ask(SUBJECT, 3, lambda tell: np.zeros(1000), "Ada", lane)
    assert [key for key in range(4) if known(key)] == [0, 2, 3]
    computing.ask(SUBJECT, "large", lambda tell: [np.zeros(2000)], "Ada", lane)
    assert [key for key in range(4) if known(key)] == [3] and known("large")


def test_nothing_holds_a_subject_that_nobody_needs():
    subject = Subject()
    computing.ask(subject, "a", lambda tell: np.zeros(3), "Ada", Lane(AtOnce()))
    alive = ref(subject)
    del subject
    gc.collect()
    assert alive() is None and not computing._known


def test_visitors_take_turns(queue):
    order = []
    lane = Lane(queue)
    for name in ("a1", "a2", "a3", "b1", "b2", "c1"):
        lane.add(name[0], lambda name=name: order.append(name))
    while queue.waiting:
        queue.run_one()
    assert order == ["a1", "b1", "c1", "a2", "b2", "a3"]
