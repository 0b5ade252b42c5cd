"""One place, and what both souls make of it."""

import re

import numpy as np
import pytest

from paradigms.data.dataset_spec import DatasetSpec
from paradigms.fits.fitting import fit
from paradigms.fits.specs import FitSpec, ModelSpec

RNG = np.random.default_rng(0)
TWO_CLOUDS = DatasetSpec.of_points(
    np.vstack([RNG.normal([-1, 0], 0.4, (100, 2)), RNG.normal([1, 0], 0.4, (100, 2))]), np.repeat([0, 1], 100)
)
FAR = (3.9, 3.9)


def number(text):
    return float(text.replace("−", "-"))


def told(visitor):
    """All that is said, without the marks of markdown."""
    return re.sub(r"\\|:orange|:blue|[\[\]]", "", visitor.text)


def table_of(visitor):
    """The numbers beneath the sentence: by row and by heading."""
    (source,) = [part.value for part in visitor.at.markdown if part.value.startswith("|  | p")]
    lines = [re.split(r"(?<!\\) \| ", line.strip("| ")) for line in source.split("\n")]
    headings = [heading.replace("\\", "") for heading in lines[0]]
    if headings[0]:  # the empty corner is stripped
        headings = ["", *headings]
    rows = {line[0]: dict(zip(headings[1:], line[1:], strict=True)) for line in lines[2:]}
    return {name.split("[")[1].strip("]"): row for name, row in rows.items()}


def test_nothing_is_said_before_one_has_pointed(playground):
    assert "tell what they make of that place" in told(playground)
    assert "pointed at" not in playground.planes["distribution"]["alt"]


@pytest.mark.parametrize(
    "at, verdict",
    [
        ((-1.0, 0.0), "sure and familiar"),
        (FAR, "sure and never seen"),
        ((0.0, 0.0), "unsure and familiar"),
        ((0.0, -3.9), "unsure and strange"),
    ],
)
def test_each_verdict_has_its_place(visit, at, verdict, layers):
    visitor = visit().having(spec=TWO_CLOUDS, revision=1, probe_at=at, distribution_model="kernel_density")
    if verdict == "unsure and familiar":  # between the clouds, where both reach
        spread = np.vstack([RNG.normal([-1, 0], 0.8, (100, 2)), RNG.normal([1, 0], 0.8, (100, 2))])
        visitor.having(spec=DatasetSpec.of_points(spread, np.repeat([0, 1], 100)))
    assert verdict.capitalize().replace(" and", ", and") in told(visitor)
    assert f"pointed at: {verdict}." in visitor.planes["distribution"]["alt"]
    for name in ("function", "distribution"):
        (probe,) = layers(visitor.planes[name], "probe")
        assert probe["at"] == list(at)


def test_every_number_is_the_models_own(visit):
    at = (-0.6, 0.3)
    visitor = visit().having(spec=TWO_CLOUDS, revision=1, probe_at=at, distribution_model="kernel_density")
    chosen = (visitor.at.session_state[f"{side}_model"] for side in ("function", "distribution"))
    function, distribution = (fit(FitSpec(ModelSpec(name), TWO_CLOUDS)) for name in chosen)
    table = table_of(visitor)
    for row, model in (("function", function.model), ("distribution", distribution.model)):
        shown = [number(table[row][f"p({name}|x)"]) for name in "AB"]
        np.testing.assert_allclose(shown, model.predict_proba([at])[0], atol=0.0005001)
    held_out, _ = TWO_CLOUDS.dataset().held_out
    log_density = distribution.model.score_samples([at])[0]
    below = int((distribution.model.score_samples(held_out) <= log_density).sum())
    assert number(table["distribution"]["ln p(x)"]) == pytest.approx(log_density, abs=0.00501)
    assert table["distribution"]["familiarity"] == f"{100 * (below + 1) / (len(held_out) + 1):.1f} %"
    assert f"{below} of {len(held_out)} held-out points" in told(visitor)
    assert table["function"]["ln p(x)"] == table["function"]["familiarity"] == "—"


@pytest.mark.parametrize("a_class, held_out", [(4, 0), (10, 8)])
def test_with_few_held_out_points_no_place_is_called_strange(visit, a_class, held_out):
    X = np.repeat([[-1.0, 0.0], [1.0, 0.0]], a_class, axis=0) + RNG.normal(scale=0.3, size=(2 * a_class, 2))
    spec = DatasetSpec.of_points(X, np.repeat([0, 1], a_class))
    visitor = visit().having(spec=spec, revision=1, probe_at=FAR, distribution_model="naive_bayes")
    assert "Too few points to call it strange" in told(visitor)
    assert f"With {held_out} held-out points" in told(visitor)
    assert "never seen" not in told(visitor) and "familiar." not in told(visitor)
    smallest = "—" if not held_out else f"{100 / (held_out + 1):.1f} %"
    assert table_of(visitor)["distribution"]["familiarity"] == smallest


@pytest.mark.parametrize("class_index", [0, 2])
def test_one_class_gets_an_answer_from_the_distribution_alone(visit, class_index):
    X = RNG.normal(size=(60, 2))
    spec = DatasetSpec.of_points(X, np.full(60, class_index))
    visitor = visit().having(spec=spec, revision=1, probe_at=(0.2, 0.1))
    assert "Only the distribution answers" in told(visitor)
    assert re.search(r"\d+ of 24 held-out points", told(visitor))
    table, name = table_of(visitor), f"p({'ABCD'[class_index]}|x)"
    assert list(table["distribution"]) == [name, "ln p(x)", "familiarity"]
    assert set(table["function"].values()) == {"—"}
    assert number(table["distribution"][name]) == 1
    assert "pointed at: no function." in visitor.planes["distribution"]["alt"]


def test_pointing_is_heard_on_either_plane(visit, layers):
    visitor = visit()
    for plane, x in (("function", 1.5), ("distribution", -0.5)):
        visitor.having(**{plane: {"probe": {"id": plane, "x": x, "y": 0.25}}})
        for name in ("function", "distribution"):
            assert layers(visitor.planes[name], "probe")[0]["at"] == pytest.approx([x, 0.25], abs=2e-4)
