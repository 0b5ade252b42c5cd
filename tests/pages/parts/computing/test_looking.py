"""Parts that look again and again: how often, and when the page runs because that has changed."""

import pytest

from jobs import lanes
from jobs.lanes import Lane
from pages.parts.computing import looking


class Fragments:
    """Stands in for Streamlit: keeps the interval, and counts how often the page was to run again."""

    def __init__(self):
        self.interval, self.n_reruns = None, 0

    def fragment(self, run_every):
        self.interval = run_every

        def kept(look):
            self.look = look
            return look

        return kept

    def rerun(self):
        self.n_reruns += 1


@pytest.fixture
def streamlit(monkeypatch):
    stand_in = Fragments()
    monkeypatch.setattr(looking, "st", stand_in)
    return stand_in


@pytest.fixture
def waiting(monkeypatch, queue):
    """Lets so many pieces of work wait for their turn."""
    lane = Lane(queue)
    monkeypatch.setattr(lanes, "fits", lane)

    def wait(n):
        while lane.n_waiting < n:
            lane.add("a visitor", lambda worker: None)
        while lane.n_waiting > n:
            queue.run_one()

    return wait


@pytest.mark.parametrize(("n", "seconds"), [(0, 0.5), (10, 0.5), (40, 2.0), (10_000, 4.0)])
def test_the_more_waits_the_less_often_anybody_looks(streamlit, waiting, n, seconds):
    waiting(n)
    looking.look_again(lambda: None, and_again=True)
    assert streamlit.interval == seconds


def test_what_is_at_its_end_looks_once(streamlit):
    seen = []
    looking.look_again(lambda: seen.append(1), and_again=False)
    assert streamlit.interval is None and len(seen) == 1


@pytest.mark.parametrize(("before", "then", "n_reruns"), [(5, 15, 0), (5, 40, 1), (40, 30, 0), (40, 0, 1)])
def test_the_page_runs_when_another_interval_is_right(streamlit, waiting, before, then, n_reruns):
    waiting(before)
    looking.look_again(lambda: None, and_again=True)
    waiting(then)
    streamlit.look()
    assert streamlit.n_reruns == n_reruns


def test_a_page_that_is_under_way_comes_to_its_end(streamlit, waiting):
    looking.look_again(lambda: waiting(40), and_again=True)
    assert streamlit.n_reruns == 0
