"""CPU that a page takes on its own thread, in the costliest of its runs until all is there, on costly inputs.

What takes its time is computed beside the page: see ``pages/parts/computing/results.py``. There is no peer.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils import script_run_context
from streamlit.testing.v1 import AppTest

from benchmarks.comparison import Comparison, milliseconds, one_thread
from benchmarks.stage import ROOT, Stage
from pages.parts.data.table_offer import Given
from paradigms.data.dataset_spec import DatasetSpec

MOST_SECONDS, PATIENCE = 0.3, 120.0
CORNERS = np.array([[-2, -2], [2, -2], [-2, 2], [2, 2]])


def blobs(n: int, n_classes: int, spread: float = 0.6) -> DatasetSpec:
    """Points about the corners of a square, as if they were imported."""
    rng = np.random.default_rng(0)
    class_indices = rng.integers(n_classes, size=n)
    X = CORNERS[class_indices] + spread * rng.standard_normal((n, 2))
    return DatasetSpec.of_points(np.clip(X, -3.9, 3.9), class_indices)


def table(n_letters: int) -> str:
    """Rows of three numbers and a label."""
    rng, header = np.random.default_rng(0), "length,width,weight,kind"
    rows = rng.uniform(1, 9, size=(n_letters // 23, 3)).tolist()
    lines = (f"{x:.4f},{y:.4f},{z:.4f},{'ab'[k % 2]}" for k, (x, y, z) in enumerate(rows))
    return "\n".join((header, *lines))


THIN = {"preset": "spiral", "noise": 0.02, "spec": DatasetSpec("spiral", noise=0.02), "revision": 1}
MANY = {"spec": blobs(5000, 4), "revision": 1}
MIXED = {"spec": blobs(5000, 2, spread=2.2), "revision": 1}
OWN = {**MANY, "walk_target": "fitted", "distribution_model": "kernel_density"}
DIFFUSION, LANGEVIN = "sample/diffusion/page.py", "sample/langevin/page.py"
CASES: dict[str, tuple[str | None, dict[str, Any]]] = {
    "diffusion, 400 points": (DIFFUSION, {"spec": DatasetSpec(size=401)}),
    "diffusion, 2,000 points": (DIFFUSION, {"spec": blobs(2000, 4), "revision": 1}),
    "diffusion, 5,000 points": (DIFFUSION, MANY),
    "Langevin, first visit": (LANGEVIN, {}),
    "Langevin, kernel density of 5,000": (LANGEVIN, OWN),
    "parallel tempering, kernel density of 5,000": (LANGEVIN, OWN | {"walk_left": "parallel_tempering"}),
    "No-U-Turn, naive Bayes": (
        LANGEVIN, {"walk_target": "fitted", "distribution_model": "naive_bayes", "walk_left": "no_u_turn"}
    ),
    "Langevin, mixture of 2,000": (
        LANGEVIN, OWN | {"spec": blobs(2000, 4), "distribution_model": "gaussian_mixture"}
    ),
    "why, kernel density of 5,000": ("sample/why/page.py", OWN),
    "Gaussian process at length scale 0.05": (
        None, {"function_model": "gaussian_process", "gaussian_process_length_scale": 0.05}
    ),
    "random forest, 5,000 mixed": (None, MIXED | {"function_model": "random_forest"}),
    "support vectors, 5,000 mixed": (None, MIXED | {"function_model": "support_vector_machine"}),
    "draws and strange points, kernel density of 5,000": (
        None, MANY | {"distribution_model": "kernel_density", "sample_seed": 1, "anomaly_quantile": 5}
    ),
    "the truth of a thin spiral": (None, THIN | {"truth": True}),
    "the truth of a thin spiral among densities": (
        "imagine/density/page.py", THIN | {"spec": DatasetSpec("spiral", noise=0.02, seed=1)}
    ),
    "a table of 4.5 MB": (None, {"kept/given_table": Given(table(4_500_000), ""), "table": True}),
}  # fmt: skip


def compare(stage: Stage) -> Iterator[Comparison]:
    one_thread()
    _silence_bare_mode()
    for name, (page, state) in CASES.items():
        dearest, taken = _dearest_run(page, state)
        found = f"{milliseconds(dearest)}, all there after {taken:.1f} s"
        held_to = f"< {milliseconds(MOST_SECONDS)}"
        yield Comparison(f"page thread: {name}", found, held_to=held_to, met=dearest < MOST_SECONDS)


def _silence_bare_mode() -> None:
    """AppTest asks for the state of a page outside of its runs, and Streamlit warns of that each time."""
    logging.getLogger(script_run_context.__name__).disabled = True


def _dearest_run(page: str | None, state: dict[str, Any]) -> tuple[float, float]:
    at = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=PATIENCE).run()
    if page:
        at.switch_page(page).run()
    for key, value in state.items():
        at.session_state[key] = value
    with _timed_runs() as runs:
        started = time.perf_counter()
        at.run()
        while at.session_state["kept/waits"].waits and time.perf_counter() - started < PATIENCE:
            time.sleep(0.2)
            if at.session_state["kept/waits"].look():
                at.run()
    return max(runs), time.perf_counter() - started


@contextmanager
def _timed_runs() -> Iterator[list[float]]:
    """The CPU-seconds of each run of a page, on the thread that it runs on."""
    run, seconds = ScriptRunner._run_script, []

    def timed(self: ScriptRunner, *about: Any) -> None:
        started = time.thread_time()
        try:
            run(self, *about)
        finally:
            seconds.append(time.thread_time() - started)

    ScriptRunner._run_script = timed
    try:
        yield seconds
    finally:
        ScriptRunner._run_script = run
