"""The library by itself: a wheel in an environment of its own, and a fit in a process without Streamlit."""

import json
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import numpy as np
import pytest

from paradigms.data.dataset_spec import DatasetSpec
from paradigms.fits.specs import FitSpec, ModelSpec

ROOT = Path(__file__).parents[2]
NO_STREAMLIT = "import sys\nsys.modules['streamlit'] = None  # to import it is an ImportError now\n"
SPECS = {
    "boundary": FitSpec(ModelSpec("neural_network", {"n_steps": 40}), DatasetSpec("xor", 120, seed=3)),
    "density": FitSpec(ModelSpec("gaussian_mixture", {"n_components": 4}), DatasetSpec("moons", 120)),
    "drawn": FitSpec(
        ModelSpec("kernel_density"), DatasetSpec.of_points([[0, 1], [1, 0], [2, 2], [-1, 1]], [0, 1, 0, 1])
    ),
}
PLACES = [[0.0, 0.0], [1.5, -0.7], [40.0, 40.0]]


def run(python, source, cwd):
    """What a process prints; it sees nothing of this checkout but what the environment has."""
    command = [str(python), "-I", "-c", source]
    return subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True, timeout=200).stdout


@pytest.fixture(scope="module")
def answers_elsewhere(tmp_path_factory):
    """By name, the digest of each spec and what its model answers, in a process of their own."""
    source = NO_STREAMLIT + (
        f"sys.path.insert(0, {str(ROOT)!r})\n"
        "import json\n"
        "from paradigms.fits.specs import FitSpec\n"
        f"specs = { ({name: spec.to_json() for name, spec in SPECS.items()})!r}\n"
        "specs = {name: FitSpec.from_json(text) for name, text in specs.items()}\n"
        f"answers = {{name: spec.fit().predict_proba({PLACES}).tolist() for name, spec in specs.items()}}\n"
        "print(json.dumps({name: [spec.digest, answers[name]] for name, spec in specs.items()}))"
    )
    return json.loads(run(sys.executable, source, tmp_path_factory.mktemp("elsewhere")))


@pytest.mark.parametrize("name", SPECS)
def test_a_spec_from_json_is_fitted_in_a_fresh_process_to_the_same_numbers(name, answers_elsewhere):
    digest, answers = answers_elsewhere[name]
    assert digest == SPECS[name].digest
    np.testing.assert_array_equal(answers, SPECS[name].fit().predict_proba(PLACES))


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """An environment that has the wheel, and of this one nothing but the wheel's dependencies."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"  # a build leaves files behind
    shutil.copytree(ROOT / "paradigms", source / "paradigms", ignore=shutil.ignore_patterns("__pycache__"))
    (source / "assets" / "plane").mkdir(parents=True)
    for name in ("pyproject.toml", "README.md", "LICENSE", "assets/plane/contract.json"):
        shutil.copy(ROOT / name, source / name)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    options = ["--no-deps", "--no-build-isolation", "--wheel-dir", str(folder)]
    subprocess.run([*pip, "wheel", str(source), *options], check=True, timeout=200)
    (wheel,) = folder.glob("two_souls-*.whl")
    venv.create(folder / "environment")
    python = folder / "environment" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(run(python, where, folder).strip())
    subprocess.run([*pip, "install", "--no-deps", "--target", str(site), str(wheel)], check=True, timeout=200)
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return python


def test_the_wheel_holds_the_library_and_fits_a_model_by_the_lines_in_the_readme(environment, tmp_path):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.split("## As a library\n")[1].split("\n## ")[0]
    (lines,) = re.findall(r"```python\n(.*?)```", section, flags=re.DOTALL)
    assert len([line for line in lines.splitlines() if line]) == 3
    ask = (
        "import paradigms, importlib.util\n"
        "answers = model.predict_proba(X), model.score_samples(X), model.sample_joint(10)[0]\n"
        "shapes = [answer.shape for answer in answers]\n"
        "print(paradigms.__file__, importlib.util.find_spec('pages'), *shapes, sep='|')"
    )
    found, pages, *shapes = run(environment, NO_STREAMLIT + lines + ask, tmp_path).strip().split("|")
    assert Path(found).is_relative_to(environment.parents[1])
    assert pages == "None"
    assert shapes == ["(400, 2)", "(400,)", "(10, 2)"]
