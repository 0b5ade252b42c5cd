"""A page is its folder, its text and one line in the manifest: a throw-away one, in a copy of the house."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINE = '    PageEntry("Both", "both/stranger/page.py", "stranger", "A stranger", "waving_hand"),\n'
PAGE = '''"""A stranger: how many points there are."""

from pages.both.stranger.number import tell_number
from pages.parts.pictures.draw_panel import draw_panel
from pages.parts.workspace import state

data = state.dataset()
draw_panel(data)
tell_number(data)
'''
SECTION = '''"""How many points there are."""

from __future__ import annotations

from pages.parts.text.story import tell
from paradigms.data.dataset import Dataset


def tell_number(data: Dataset) -> None:
    tell("stranger", "number", n=str(len(data)))
'''
TEXT = "## number\nThere are [[n]] points.\n"


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = tmp_path_factory.mktemp("house") / "copy"
    ignored = shutil.ignore_patterns(".*", "__pycache__", "build")
    shutil.copytree(ROOT, house, ignore=ignored)
    folder = house / "pages" / "both" / "stranger"
    folder.mkdir(parents=True)
    (folder / "page.py").write_text(PAGE)
    (folder / "number.py").write_text(SECTION)
    (house / "assets" / "text" / "pages" / "stranger.md").write_text(TEXT)
    manifest = house / "pages" / "chapters.py"
    before, beginning, entries = manifest.read_text().partition("PAGES = (\n")
    manifest.write_text(before + beginning + entries.replace("\n)\n", f"\n{LINE})\n", 1))
    return house


def pytest_in(house, *arguments):
    """What the tests of that house say, as lines."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments]
    run = subprocess.run(command, cwd=house, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout[-5000:] + run.stderr[-2000:]
    return run.stdout.splitlines()


@pytest.mark.slow
def test_it_opens_and_passes_what_every_page_and_every_file_must(house):
    """The rules of the house, its place in the manifest, its title, its words, its planes."""
    tests = ["tests/test_layers.py", "tests/pages/test_every_page.py", "tests/pages/test_own_units.py"]
    tests += ["tests/pages/parts/computing/test_place.py", "tests/pages/parts/text/test_story.py"]
    lines = pytest_in(house, "-v", *tests, "-k", "stranger or test_the_python_keeps or manifest or chapters")
    assert {match[1] for line in lines if (match := re.search(r"::(\w+)\S* PASSED", line))} == {
        "test_the_python_keeps",
        "test_every_page_that_there_is_stands_in_the_manifest_once",
        "test_chapters_hold_together",
        "test_a_page_opens_under_its_title_and_tells_something",
        "test_no_plane_is_mounted_under_the_name_of_a_setting",
        "test_every_plane_of_own_data_has_its_axes",
        "test_the_planes_stand_veiled_until_they_are_computed",
        "test_the_section_is_there_and_gets_its_values",
    }


def test_the_server_and_the_browser_are_tried_on_it_too(house):
    tests = ["tests/server/test_forged_values.py", "tests/browser/test_accessibility.py"]
    lines = pytest_in(house, "--collect-only", "-q", *tests, "-k", "stranger")
    assert {match[1] for line in lines if (match := re.search(r"::(\w+)\[.*stranger", line))} >= {
        "test_every_forged_value_is_refused_and_leaves_the_page_as_it_was",
        "test_what_a_plane_cannot_have_sent_is_refused",
        "test_nothing_serious",
    }
