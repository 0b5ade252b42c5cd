"""What the browser can paint, against the contract that both sides read."""

import pytest

from paradigms import registry
from paradigms.contract import CONTRACT

pytestmark = pytest.mark.browser

PAINTED = """async () => {
  const { CONTRACT } = await import("/assets/plane/contract.js");
  const { PAINTERS, STROKES } = await import("/assets/plane/picture/layers.js");
  const { DEPTHS } = await import("/assets/plane/playing/dots.js");
  const flags = await import("/assets/plane/picture/points.js");
  return {
    contract: CONTRACT, painters: Object.keys(PAINTERS), strokes: Object.keys(STROKES),
    shapes: Object.keys(DEPTHS),
    flags: [flags.HELD_OUT, flags.RINGED, flags.SAMPLED, flags.SUPPORTING],
  };
}"""
# How many pixels a particle takes that has gone from corner to corner, alone and in a phase of each name.
PHASES = """async (names) => {
  const { Particles } = await import("/assets/plane/playing/particles.js");
  const { themeOf } = await import("/assets/plane/picture/theme.js");
  const pixels = (phases) => {
    const canvas = document.createElement("canvas"), positions = { shape: [2, 1, 2], values: [-3, -3, 3, 3] };
    new Particles({ positions, phases }, themeOf(document.body)).paint(canvas, 1, 200);
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((alpha, i) => i % 4 === 3 && alpha > 0).length;
  };
  return [pixels([]), names.map((name) => pixels([[0, name, true]]))];
}"""


@pytest.fixture
def page(browser, repository):
    page = browser.new_page()
    page.goto(f"{repository}/tests/browser/plane_harness/index.html?show=")
    yield page
    page.close()


def test_every_phase_is_drawn_but_those_that_lead_nowhere_new(page):
    """One of a sampler that the plane has never heard of, too."""
    names = sorted(set().union({"leap"}, *(card.phases for card in registry.samplers().values())))
    alone, pixels = page.evaluate(PHASES, names)
    drawn = {name for name, count in zip(names, pixels, strict=True) if count > alone + 150}
    assert drawn == {*names} - {"choice", "swap"} and {"leap", "score", "choice", "swap"} < {*names}
    assert [count for name, count in zip(names, pixels, strict=True) if name not in drawn] == [alone] * 2


def test_there_is_a_painter_for_all_that_the_contract_names_and_for_nothing_else(page):
    found = page.evaluate(PAINTED)
    assert found["contract"] == CONTRACT
    # These two move, and have canvases of their own.
    assert {*found["painters"], "particles", "probe"} == set(CONTRACT["layers"])
    assert found["strokes"] == CONTRACT["line_styles"] and found["shapes"] == CONTRACT["particle_shapes"]
    assert found["flags"] == list(CONTRACT["point_flags"].values())
