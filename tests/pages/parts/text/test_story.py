"""Everything that a page tells stands in the texts, with the values that it needs."""

import ast
import re
from pathlib import Path

import pytest

from pages.imagine.density.one_density import INTEGRALS
from pages.parts.models.numbers import LIKELIHOODS
from pages.parts.text.story import plain, words
from pages.sample.langevin.failures import FAILURES
from pages.start.two_souls.about import FOLDED
from pages.start.two_souls.recordings import WAYS
from paradigms import registry
from paradigms.fits.assessment import (
    NO_CLASSIFIER,
    NO_DENSITY,
    NO_SAMPLES,
    NONE_HELD_OUT,
)
from paradigms.fits.point_reading import PointReading
from paradigms.fits.training_scores import DISTANCE, LOG_LOSS, MEAN_LOG_DENSITY

ROOT = Path(__file__).parents[4]
PAGES = sorted((ROOT / "pages").rglob("*.py"))


def told(path):
    """(page, section, names of values or None where they come as ``**``) of every ``tell`` and ``words``.

    An argument that only chooses between two texts counts as both.
    """
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in ("heading", "tell", "words"):
            continue
        values = [keyword.arg for keyword in node.keywords]
        for page, section in both(node.args):
            yield page, section, None if None in values else set(values), node.lineno


def both(arguments):
    """All pairs of page and section that these arguments may come to."""
    if len(arguments) == 2:
        return [(page, section) for page in choices(arguments[0]) for section in choices(arguments[1])]
    if isinstance(arguments[0], ast.Starred) and isinstance(arguments[0].value, ast.IfExp):
        pairs = (arguments[0].value.body, arguments[0].value.orelse)
        return [pair for tuple_ in pairs for pair in both(tuple_.elts)]
    return []


def choices(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return choices(node.body) + choices(node.orelse)
    return []  # computed: the tests of the pages reach it


TOLD = [
    pytest.param(*call[:3], id=f"{path.stem}:{call[3]}-{call[0]}-{call[1]}")
    for path in PAGES
    for call in told(path)
]


def test_the_search_finds_what_pages_tell():
    assert len(TOLD) > 20


@pytest.mark.parametrize("page, section, values", TOLD)
def test_the_section_is_there_and_gets_its_values(page, section, values):
    raw = section_of(page, section)
    if values is not None:
        assert set(re.findall(r"\[\[(\w+)\]\]", raw)) == values


def section_of(page, section):
    """The text with its gaps; ``words`` itself would ask for values."""
    path = page if "/" in page else f"pages/{page}"
    text = (ROOT / "assets" / "text" / f"{path}.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {re.escape(section)}$\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"{path}.md has no section “{section}”"
    assert found[1].strip(), f"{path}.md has nothing in its section “{section}”"
    return found[1]


@pytest.mark.parametrize("name", registry.cards())
def test_every_model_has_the_sections_that_pages_tell(name):
    for section in ("idea", "objective"):
        assert words(f"models/{name}", section)


VERDICTS = {
    PointReading(function, {0: 0.5, 1: 0.5}, -1.0, less_likely, held_out).verdict
    for function in ({0: 0.95, 1: 0.05}, {0: 0.6, 1: 0.4}, None)
    for less_likely, held_out in ((0, 99), (50, 99), (0, 0))
}
GIVEN_TO_A_VERDICT = {"x", "y", "class", "p", "k", "n", "threshold"}


@pytest.mark.parametrize("verdict", sorted(VERDICTS))
def test_every_verdict_has_its_words(verdict):
    needed = set(re.findall(r"\[\[(\w+)\]\]", section_of("playground", verdict)))
    assert {"x", "y"} <= needed <= GIVEN_TO_A_VERDICT


@pytest.mark.parametrize("kind", WAYS)
def test_every_animation_has_its_words(kind):
    assert words("playground", kind) and words("playground", f"no {kind}")


def test_no_section_is_left_that_no_page_tells():
    told_by_name = {(page, section) for path in PAGES for page, section, _, _ in told(path)}
    computed = VERDICTS | set(WAYS) | {f"no {way}" for way in WAYS} | set(LIKELIHOODS.values())
    computed |= {f"score {name}" for name in ("mixture", "raw", "network")}
    pictures = ("score_mixture", "score_raw", "score_network", "guidance_free", "guidance_steered", "filled")
    computed |= {f"about {name}" for name in (*pictures, "redrawn", "schedule", "way")}
    computed |= {f"guidance {name}" for name in ("free", "steered")}
    computed |= {f"way {flow}" for flow in ("Flow matching", "Flow matching, straightened")}
    computed |= {f"about {section}" for section in FOLDED}
    computed |= {f"view {name}" for name in ("samples", "slopes", "difference")}
    computed |= {f"way back, {name}" for name in ("ddpm", "probability_flow")}
    computed |= {f"alt {name}" for name in ("inverse", "darts", "weighed")}
    computed |= set(FAILURES)
    computed |= {MEAN_LOG_DENSITY, LOG_LOSS, DISTANCE} | set(INTEGRALS.values())
    computed |= {f"no likelihood, {measure}" for measure in (LOG_LOSS, DISTANCE)}
    computed |= {"computing", "fitting", "reading", "walking", "judging"}  # what a place does while it waits
    computed |= {f"fewer {what}" for what in ("particles", "draws", "samples")}
    computed |= {NONE_HELD_OUT, NO_CLASSIFIER, NO_DENSITY, NO_SAMPLES}
    computed |= {f"{what}{how}" for what in ("copied", "not copied") for how in ("", " without points")}
    computed |= {"one left out", "some left out"}
    for text in sorted((ROOT / "assets" / "text" / "pages").glob("*.md")):
        sections = set(re.findall(r"^## +(.+)$", text.read_text(encoding="utf-8"), re.MULTILINE))
        untold = sections - computed - {section for page, section in told_by_name if page == text.stem}
        assert not untold, f"{text.name}: nobody tells {sorted(untold)}"


def test_a_value_that_a_text_needs_and_is_not_given_is_a_defect():
    with pytest.raises(KeyError):
        words("playground", "sure and familiar", x="1")


@pytest.mark.parametrize(
    "nasty", ["[link](http://x)", "**bold**", "$x^2$", ":red[x]", "<b>", "`code`", "|", "#", "~~x~~", "a:b"]
)
def test_a_visitors_words_are_shown_as_they_are(nasty):
    escaped = plain(nasty)
    assert re.sub(r"\\(.)", r"\1", escaped).replace("\u2060", "") == nasty
    assert not re.search(r"(?<!\\)[\[\]*$`<>|#~:]", escaped)


@pytest.mark.parametrize(
    "nasty", ["http://e.xy/a", "HTTPS://e.xy", "www.e.xy", "a@e.xy", ":material/home:", "a -- b", "&lt;b&gt;"]
)
def test_what_is_looked_for_in_the_finished_text_is_not_found(nasty):
    # Streamlit's markdown makes links, icons and dashes after the backslashes are gone (seen in Chromium).
    finished = re.sub(r"\\(.)", r"\1", plain(nasty))
    assert finished.replace("\u2060", "") == nasty
    assert not re.search(r"https?://|www\.|[\w.+-]@[\w-]|:material/|--", finished, re.IGNORECASE)
    assert not re.search(r"(?<!\\)&", plain(nasty))
