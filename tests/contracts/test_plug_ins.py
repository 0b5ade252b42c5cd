"""Adding a model, a preset, a target or a score is adding one file, and for a model its text.

A copy of the library and its contracts gets a file of each kind. Every contract that runs over what was there
before has to run over the new one too, and pass. The new density has heavy tails.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[2]
PLUG_INS = Path(__file__).parent / "plug_ins"


class PlugIn(NamedTuple):
    """Where a new file goes, and what stands there already that can be asked the same."""

    folder: str
    sibling: str


KINDS = {
    "student_t": PlugIn("generative", "gaussian_mixture"),
    "three_in_a_row": PlugIn("data/presets", "four_blobs"),
    "crossed_gaussians": PlugIn("densities/targets", "two_islands"),
    "class_entropy": PlugIn("anomaly", "max_softmax"),
}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = tmp_path_factory.mktemp("plug_ins") / "house"
    left_out = shutil.ignore_patterns(".*", "__pycache__", "images", "plug_ins", "test_plug_ins.py")
    for folder in ("paradigms", "assets/text", "tests/contracts"):
        shutil.copytree(ROOT / folder, house / folder, ignore=left_out)
    (house / "assets" / "plane").mkdir()
    for file in ("pyproject.toml", "tests/conftest.py", "assets/plane/contract.json"):
        shutil.copy(ROOT / file, house / file)
    for folder in ("pages", "jobs"):  # which contracts of pages look at
        (house / folder).symlink_to(ROOT / folder, target_is_directory=True)
    for name, kind in KINDS.items():
        shutil.copy(PLUG_INS / f"{name}.py", house / "paradigms" / kind.folder)
    shutil.copy(PLUG_INS / "student_t.md", house / "assets" / "text" / "models")
    return house


def pytest_in(house, *arguments):
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:randomly",
        "tests/contracts",
    ]
    return subprocess.run([*command, *arguments], cwd=house, capture_output=True, text=True, timeout=1200)


@pytest.fixture(scope="module")
def collected(house):
    """For each name the tests that have it among their parameters."""
    listed = pytest_in(house, "--collect-only", "-q").stdout
    tests = re.findall(r"^(\S+?)\[(.+)\]$", listed, flags=re.MULTILINE)

    def asked(name):
        return {test for test, parameters in tests if re.search(rf"(?<![a-z_]){name}(?![a-z_])", parameters)}

    return asked


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_it_is_asked_whatever_its_sibling_is_asked(collected, name):
    assert len(collected(name)) > 1
    assert collected(name) == collected(KINDS[name].sibling)


@pytest.mark.slow
@pytest.mark.timeout(1300)
def test_it_passes_every_contract_of_its_kind(house):
    report = house / "report.xml"
    done = pytest_in(house, "-q", "-k", " or ".join(KINDS), f"--junitxml={report}")
    assert done.returncode == 0, done.stdout[-4000:]
    cases = ElementTree.parse(report).getroot().iter("testcase")
    passed = [case.get("name") for case in cases if not len(case)]
    assert all(any(name in test for test in passed) for name in KINDS)
