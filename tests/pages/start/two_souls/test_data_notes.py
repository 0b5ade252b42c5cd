"""The truth behind a preset is found out beside the page, which shows the rest meanwhile."""

from paradigms.data.dataset_spec import DatasetSpec


def hues(visitor):
    return {
        layer.get("hue") for name in ("function", "distribution") for layer in visitor.planes[name]["layers"]
    }


def test_the_truth_is_shown_when_it_is_known(visit, beside):
    spec = DatasetSpec("spiral", size=383)
    visitor = visit(preset="spiral", spec=spec).finish(beside).choose("truth", True)
    assert "truth" not in hues(visitor) and "distribution" in hues(visitor)
    assert visitor.has("cancel_truth") and "best boundary" not in visitor.text
    visitor.finish(beside)
    assert "truth" in hues(visitor) and not visitor.has("cancel_truth")
    error = f"{100 * spec.dataset().truth.bayes_error():.1f} %"
    assert error in visitor.text.replace("\\", "")
