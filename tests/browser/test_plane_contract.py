"""What the browser can paint, against the contract that both sides read."""

import pytest

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


def test_there_is_a_painter_for_all_that_the_contract_names_and_for_nothing_else(browser, repository):
    page = browser.new_page()
    page.goto(f"{repository}/tests/browser/plane_harness/index.html?show=")
    found = page.evaluate(PAINTED)
    page.close()
    assert found["contract"] == CONTRACT
    # These two move, and have canvases of their own.
    assert {*found["painters"], "particles", "probe"} == set(CONTRACT["layers"])
    assert found["strokes"] == CONTRACT["line_styles"] and found["shapes"] == CONTRACT["particle_shapes"]
    assert found["flags"] == list(CONTRACT["point_flags"].values())
