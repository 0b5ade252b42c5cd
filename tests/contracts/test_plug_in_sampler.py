"""A sampler is one file and its text: a throw-away one stands everywhere, and nobody else knows its name."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import paradigms.samplers
from pages.parts.models.targets import Subject
from paradigms import registry
from paradigms.experiments.sample.chain_verdict import judge
from paradigms.experiments.sample.slow_motion import slow_motion
from paradigms.experiments.sample.walks import chain_samplers, usual_settings, walk

ROOT = Path(__file__).parents[2]
NAME = "uniform_walk"
SAMPLER = '''
import numpy as np

from paradigms.cards import Control, SamplerCard, Term
from paradigms.protocols import Density
from paradigms.trajectory import Snapshot


def uniform_walk(target, start, *, step_size=1.0, n_steps=200, rng):
    """Random-walk Metropolis whose proposals are uniform in a square."""
    position = np.array(start, dtype=float)
    log_density = target.score_samples(position)
    yield Snapshot(0, 0.0, position)
    for step in range(1, n_steps + 1):
        proposal = position + rng.uniform(-step_size, step_size, position.shape)
        new_log_density = target.score_samples(proposal)
        accepted = np.log1p(-rng.random(len(position))) < new_log_density - log_density
        position = np.where(accepted[:, None], proposal, position)
        log_density = np.where(accepted, new_log_density, log_density)
        phases = ("leap", proposal), ("choice", position)
        yield Snapshot(step, float(step), position, proposal=proposal, accepted=accepted, phases=phases)


CARD = SamplerCard(
    title="Uniform walk",
    estimator=uniform_walk,
    estimates=r"x \\sim p(x)",
    source="Metropolis et al. (1953)",
    controls=(Control("step_size", "Step size s", low=0.01, high=3.0, scale="log"),),
    rank=6,
    family="chain",
    asks=(Density,),
    formula=(Term("x' = x"), Term("+ s u", "leap"), Term("if p(x') is high enough", "choice")),
)
'''
TEXT = """## idea
A leap within a square, taken or not.

## share
taken

## share means
The share of the leaps that were taken.

## phase leap
The leap

## phase choice
The choice: [[goes]] of them
"""
PLUG_IN = """
from pathlib import Path

import paradigms.samplers
from pages.parts.text import story

paradigms.samplers.__path__.append(str(Path(__file__).parent / "samplers"))
story.TEXT = Path(__file__).parent / "text"
"""
HELD_TO = [  # each over every sampler that there is, or every chain
    "contracts/test_registry.py::test_a_card_is_filled_in_and_belongs_to_its_file",
    "contracts/test_samplers.py::test_it_arrives_at_the_distribution",
    "contracts/test_samplers.py::test_the_phases_lead_from_step_to_step_and_are_those_of_the_formula",
    "contracts/test_samplers.py::test_a_sampler_asks_for_nothing_but_what_its_card_says",
    "contracts/test_samplers.py::test_every_sampler_has_its_text",
    "paradigms/samplers/test_stationarity.py::test_a_target_is_left_as_it_is",
    "paradigms/experiments/sample/test_slow_motion.py::"
    "test_every_sampler_is_led_through_the_phases_of_its_formula",
    "paradigms/experiments/sample/test_chain_verdict.py::test_every_verdict_compares_as_many_draws",
    "pages/sample/test_langevin.py::test_every_sampler_walks_and_every_target_is_walked_over_fast_and_slow",
]


@pytest.fixture
def folder(tmp_path):
    """With the sampler, its text among all the others, and a plug-in for pytest that shows both to it."""
    shutil.copytree(ROOT / "assets" / "text", tmp_path / "text")
    (tmp_path / "samplers").mkdir()
    (tmp_path / "samplers" / f"{NAME}.py").write_text(SAMPLER)
    (tmp_path / "text" / "samplers" / f"{NAME}.md").write_text(TEXT)
    (tmp_path / "plug_in.py").write_text(PLUG_IN)
    return tmp_path


@pytest.fixture
def plugged(folder, monkeypatch):
    """The registry of this process finds it too, as long as the test lasts."""
    folders = [*paradigms.samplers.__path__, str(folder / "samplers")]
    monkeypatch.setattr(paradigms.samplers, "__path__", folders)
    registry._found.cache_clear()
    yield
    registry._found.cache_clear()
    sys.modules.pop(f"paradigms.samplers.{NAME}", None)


def test_it_is_found_offered_walked_judged_and_shown_in_slow_motion(plugged):
    banana, settings = registry.targets()["banana"].distribution, (("step_size", 1.0),)
    assert NAME in registry.samplers() and NAME in chain_samplers() and usual_settings(NAME) == settings
    assert NAME in Subject("banana", banana, banana, banana, denoiser=banana).samplers
    about = {"name": NAME, "settings": settings}
    walked = walk(banana, banana, **about)
    assert walked.distances[-20:].mean() < 0.3 * walked.distances[0] and 0 < walked.motion.accepted < 1
    assert judge(banana, banana, **about).r_hat < 1.5
    slow = slow_motion(banana, **about)
    assert [phase.name for phase in slow.phases[:3]] == ["leap", "choice", "leap"]
    assert np.isfinite(slow.motion.trajectory.positions).all()


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_all_contracts_and_the_page_of_chains_hold_for_it(folder):
    """In a process of its own, whose tests are collected with it among all samplers."""
    command = [sys.executable, "-m", "pytest", "-v", "-p", "plug_in", "-p", "no:cacheprovider", "-k", NAME]
    files = sorted({f"tests/{test.split('::')[0]}" for test in HELD_TO})
    environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    run = subprocess.run([*command, *files], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout[-4000:]
    lines = [line for line in run.stdout.splitlines() if f"[{NAME}" in line and "PASSED" in line]
    passed = {line.split("[")[0] for line in lines}
    assert passed >= {f"tests/{test}" for test in HELD_TO}
