"""Points are scored once for whatever is asked of them."""

from paradigms.anomaly.max_softmax import MaxSoftmax
from paradigms.anomaly.negative_log_density import NegativeDensity
from paradigms.data.dataset_spec import DatasetSpec


def test_points_are_scored_once_whatever_the_threshold(visit, counted):
    scores, doubts = counted(NegativeDensity, "anomaly_score"), counted(MaxSoftmax, "anomaly_score")
    visitor = visit(spec=DatasetSpec(size=381)).choose("anomaly_quantile", 5).choose("anomaly_quantile", 10)
    assert visitor.run() and (len(scores), len(doubts)) == (1, 2)
