"""New points are drawn once, and the class that was chosen waits for a distribution that is still fitted."""

from pages.start.two_souls import sampling
from paradigms.data.dataset_spec import DatasetSpec


def test_new_points_are_drawn_once(visit, counted):
    draws = counted(sampling, "_draw")
    visitor = visit(spec=DatasetSpec(size=381)).press("sample")
    assert len(draws) == 1 and visitor.run() and len(draws) == 1
    assert visitor.press("sample") and len(draws) == 2


def test_the_class_that_was_chosen_waits_for_its_distribution(visit, beside):
    visitor = visit(
        spec=DatasetSpec("four_blobs", size=381), preset="four_blobs", sample_class=3, sample_seed=1
    )
    assert visitor.at.selectbox(key="sample_class").value == 3
    assert visitor.at.button(key="sample").disabled
    visitor.finish(beside)
    assert set(visitor.planes["distribution"]["layers"][-1]["slots"]) == {3}
