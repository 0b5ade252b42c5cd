"""What is asked of a distribution is found out once, and waits for one that is still fitted."""

from functools import wraps

import pytest

from jobs.store import results
from pages.start.two_souls import questions
from paradigms.anomaly.max_softmax import MaxSoftmax
from paradigms.anomaly.negative_log_density import NegativeDensity
from paradigms.data.dataset_spec import DatasetSpec


@pytest.fixture
def counted(monkeypatch):
    """``counted(owner, name)``: the calls of a function, collected from now on."""

    def count(owner, name):
        function, calls = getattr(owner, name), []

        @wraps(function)
        def counting(*arguments, **settings):
            calls.append(name)
            return function(*arguments, **settings)

        monkeypatch.setattr(owner, name, counting)
        return calls

    results.clear()
    return count


def test_new_points_are_drawn_once(visit, counted):
    draws = counted(questions, "_draw")
    visitor = visit(spec=DatasetSpec(size=381)).press("sample")
    assert len(draws) == 1 and visitor.run() and len(draws) == 1
    assert visitor.press("sample") and len(draws) == 2


def test_points_are_scored_once_whatever_the_threshold(visit, counted):
    scores, doubts = counted(NegativeDensity, "anomaly_score"), counted(MaxSoftmax, "anomaly_score")
    visitor = visit(spec=DatasetSpec(size=381)).choose("anomaly_quantile", 5).choose("anomaly_quantile", 10)
    assert visitor.run() and (len(scores), len(doubts)) == (1, 2)


def test_the_class_that_was_chosen_waits_for_its_distribution(visit, beside):
    visitor = visit(
        spec=DatasetSpec("four_blobs", size=381), preset="four_blobs", sample_class=3, sample_seed=1
    )
    assert visitor.at.selectbox(key="sample_class").value == 3
    assert visitor.at.button(key="sample").disabled
    visitor.finish(beside)
    assert set(visitor.planes["distribution"]["layers"][-1]["slots"]) == {3}
