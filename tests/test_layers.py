"""The rules of the house, read off the source: which way imports point, how long files get, what is banned.

Every rule is a function from a file to what is wrong with it. Each is run over all the files, and over one
bad file that it has to catch.
"""

import ast
import json
import posixpath
import re
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("server", "pages", "jobs", "paradigms")
SOURCES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [ROOT / "app.py", *(path for room in ROOMS for path in ROOT.glob(f"{room}/**/*.py"))]
)
BROWSER_SOURCES = sorted(
    path.relative_to(ROOT).as_posix()
    for ending in ("js", "css")
    for path in ROOT.glob(f"assets/**/*.{ending}")
)

# From the top of the house to the bottom: a file imports from its own floor and from those beneath it.
FLOORS = (
    {"app"},
    {"server"},
    {"pages"},
    {"pages.parts.course", "pages.parts.data"},
    {"pages.parts.pictures"},
    {"pages.parts.models"},
    {"pages.parts.training"},
    {"pages.parts.computing", "pages.parts.charts", "pages.parts.workspace"},
    {"pages.parts.component", "pages.parts.text"},
    {"jobs"},
    {"paradigms.scene", "paradigms.figures"},
    {"paradigms.experiments", "paradigms.fits"},
    {"paradigms.evaluation", "paradigms.anomaly"},
    {
        "paradigms.discriminative",
        "paradigms.generative",
        "paradigms.hybrid",
        "paradigms.regression",
        "paradigms.bayes_rule",
    },
    {"paradigms.samplers"},
    {"paradigms.data", "paradigms.networks", "paradigms.diffusion"},
    {"paradigms.estimators"},
    {"paradigms.densities"},
    {
        "paradigms.cards",
        "paradigms.contract",
        "paradigms.grid",
        "paradigms.progress",
        "paradigms.protocols",
        "paradigms.randomness",
        "paradigms.registry",
        "paradigms.training",
        "paradigms.trajectory",
    },
)
# The plane's rooms, and those beneath each; what ties them together stands over them, beside the contract.
ROOMS_BENEATH = {"picture": set(), "drawing": {"picture"}, "playing": {"picture"}, "input": {"picture"}}
CONTRACT = json.loads((ROOT / "assets" / "plane" / "contract.json").read_text(encoding="utf-8"))
CONTRACT_CONSTANTS = {
    *(name.upper() for name in (*CONTRACT["point_flags"], *CONTRACT["particle_shapes"])),
    *("HALF", "HALF_WIDTH", "HALF_RANGE", "MAX_POINTS", "MAX_CLASSES", "CLASS_LETTERS", "MOST_ORIGINS"),
    *("PARAMETER", "BY_LINK", "ROOM", "PLACE_ROOM"),
}
MODELS = next(floor for floor in FLOORS if "paradigms.bayes_rule" in floor)
LEGACY_NUMPY_RANDOM_IS_FINE = {
    "Generator",
    "RandomState",
    "BitGenerator",
    "SeedSequence",
    "default_rng",
    "PCG64",
}
TORCH_DRAWS = {"rand", "randn", "randint", "randperm", "normal", "multinomial", "bernoulli"}


def imported(tree):
    """Every name that a file imports, in full: ``from a import b`` may be the module a.b."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names)


def belongs_to(module, packages):
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def floor_of(module):
    """The lowest floor that the module's name fits, which is also the most specific one, or None."""
    fitting = [
        (max(len(package) for package in floor if belongs_to(module, {package})), number)
        for number, floor in enumerate(FLOORS)
        if belongs_to(module, floor)
    ]
    return max(fitting)[1] if fitting else None


def module_of(path):
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def is_page(path):
    """A page is ``pages/<chapter>/<page>.py``, or ``page.py`` in a folder, beside its sections."""
    folders = PurePosixPath(path).parts
    by_itself = len(folders) == 3 or (len(folders) == 4 and folders[3] == "page.py")
    return folders[0] == "pages" and folders[1] != "parts" and by_itself


def calls(tree):
    """Every call as (dotted name or None, node): ``np.random.seed(0)`` is ``np.random.seed``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            yield (name if re.fullmatch(r"[\w.]+", name) else None), node


def arrows_run_one_way(path, source):
    here = floor_of(module_of(path))
    for module in imported(ast.parse(source)):
        if module.startswith("."):
            yield f"imports {module}: write the whole name"
        there = floor_of(module)
        if there is not None and there < here:
            yield f"imports {module}, which stands above it"


def every_room_has_a_floor(path, source):
    for house in ("paradigms", "pages.parts"):
        rooms = {room for floor in FLOORS for room in floor if room.startswith(f"{house}.")}
        module = module_of(path)
        if module != house and belongs_to(module, {house}) and not belongs_to(module, rooms):
            yield "stands on no floor: it belongs into a room"


def models_stand_alone(path, source):
    if belongs_to(module_of(path), MODELS):
        for module in imported(ast.parse(source)):
            if belongs_to(module, {*MODELS, "paradigms.registry"}):
                yield f"imports {module}: models never import each other"


def the_library_knows_no_streamlit(path, source):
    if path.startswith("paradigms/"):
        for module in imported(ast.parse(source)):
            if belongs_to(module, {"streamlit", "pages"}):
                yield f"imports {module}"


def a_page_computes_nothing_itself(path, source):
    if is_page(path):
        for module in imported(ast.parse(source)):
            if belongs_to(module, {"numpy", "scipy", "torch", "sklearn", *MODELS}):
                yield f"imports {module}"


def a_page_imports_its_own_sections_only(path, source):
    folder = module_of(path).rsplit(".", 1)[0]
    if path.startswith("pages/") and "/" in path.removeprefix("pages/"):
        for module in imported(ast.parse(source)):
            if belongs_to(module, {"pages"}) and not belongs_to(module, {"pages.parts", folder}):
                yield f"imports {module}, of another page"


def one_builder_makes_all_scenes(path, source):
    may = {"pages/parts/pictures/scenes.py", "pages/parts/component/plane.py"}
    if path.startswith("pages/") and path not in may:
        for module in imported(ast.parse(source)):
            if belongs_to(module, {"paradigms.scene.scene", "pages.parts.component.plane.plane"}):
                yield f"imports {module}: pages.parts.pictures.scenes shows what is on a plane"


def what_is_kept_of_a_visit_has_one_door(path, source):
    """Settings, and ``Kept`` beside them: whatever stands in the session is declared somewhere."""
    rooms = ("pages/parts/workspace/", "pages/parts/component/")
    if path.startswith("pages/") and not path.startswith(rooms):
        for node in ast.walk(ast.parse(source)):
            if getattr(node, "attr", getattr(node, "id", "")) == "session_state":
                yield f"names session_state, line {node.lineno}"


def settings_of_a_page_stand_in_its_sections(path, source):
    """Where a link comes in all sections are imported, and no page: it would be drawn."""
    if is_page(path):
        for name, node in calls(ast.parse(source)):
            if name and name.split(".")[-1] in ("Setting", "seed_setting", "control_setting"):
                yield f"declares a setting, line {node.lineno}: links know those of sections only"


def files_are_short(path, source):
    limit = 80 if is_page(path) else 120 if path.startswith("pages/") else 200
    length = len(source.splitlines())
    if length > limit:
        yield f"has {length} lines, {limit} is the most"


def names_say_what_is_inside(path, source):
    for name in PurePosixPath(path).parts:
        last_word = PurePosixPath(name).stem.lower().split("_")[-1]
        if last_word in {"util", "utils", "helper", "helpers", "common", "base", "manager"}:
            yield f"{name} says nothing"


def randomness_is_an_argument(path, source):
    tree = ast.parse(source)
    for module in imported(tree):
        if belongs_to(module, {"random"}):
            yield "imports random, whose state is global"
        if (
            re.fullmatch(r"numpy\.random\.\w+", module)
            and module.split(".")[-1] not in LEGACY_NUMPY_RANDOM_IS_FINE
        ):
            yield f"imports {module}, which draws from the global state"
    for name, node in calls(tree):
        if name is None:
            continue
        owner, _, method = name.rpartition(".")
        if owner in ("np.random", "numpy.random") and method not in LEGACY_NUMPY_RANDOM_IS_FINE:
            yield f"calls {name}, line {node.lineno}"
        if name in ("torch.manual_seed", "torch.seed", "torch.random.manual_seed"):
            yield f"calls {name}, line {node.lineno}"
        draws = owner == "torch" and (
            method in TORCH_DRAWS or (method.endswith("_like") and "rand" in method)
        )
        if draws and "generator" not in {keyword.arg for keyword in node.keywords}:
            yield f"calls {name} without a generator, line {node.lineno}"


def nothing_is_executed_that_was_data(path, source):
    tree = ast.parse(source)
    for module in imported(tree):
        if belongs_to(module, {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}):
            yield f"imports {module}"
    for name, node in calls(tree):
        if name in ("eval", "exec", "torch.load"):
            yield f"calls {name}, line {node.lineno}"
        for keyword in node.keywords:
            if keyword.arg == "allow_pickle" and ast.unparse(keyword.value) != "False":
                yield f"allows pickle, line {node.lineno}"


def constants_of_the_contract_are_read(path, source):
    """In neither language is a number, or the letters, of the contract written a second time."""
    names = "|".join(sorted(CONTRACT_CONSTANTS))
    for found in re.finditer(rf"\b({names})\b[^=()\n]*=(?!=)\s*[(\[]*[\d\"']", source):
        yield f"gives {found[1]} a value of its own"
    digits = "_?".join(str(CONTRACT["lattice"]["steps"]))
    for found in re.finditer(rf"\b{digits}\b|[\"']{''.join(CONTRACT['class_letters'])}[\"']", source):
        yield f"says {found[0]}, which stands in the contract"


def rooms_of_the_plane_keep_apart(path, source):
    room, file = posixpath.split(posixpath.relpath(path, "assets/plane"))
    if not path.startswith("assets/plane/") or not file.endswith(".js"):
        return
    if room and room not in ROOMS_BENEATH:
        yield "stands in no room of the plane"
        return
    for module in re.findall(r"\b(?:from|import)\s*\(?\s*[\"']([^\"']+)[\"']", source):
        there = posixpath.normpath(posixpath.join(room, module))
        if not module.startswith(".") or there.startswith(".."):
            yield f"imports {module}, from outside the plane"
        elif room and there != "contract.js":
            its_room = posixpath.dirname(there)
            if its_room not in {room, *ROOMS_BENEATH[room]}:
                yield f"imports {module}, which stands {'beside' if its_room else 'above'} it"


def the_browser_fetches_from_nobody_else(path, source):
    for address in re.findall(r"(?:https?:)?//[\w-]+(?:\.[\w-]+)+[^\s\"'`)]*", source):
        if not re.match(r"https?://www\.w3\.org/", address):
            yield f"names {address}"


PYTHON_RULES = [
    arrows_run_one_way,
    every_room_has_a_floor,
    models_stand_alone,
    the_library_knows_no_streamlit,
    a_page_computes_nothing_itself,
    a_page_imports_its_own_sections_only,
    one_builder_makes_all_scenes,
    what_is_kept_of_a_visit_has_one_door,
    settings_of_a_page_stand_in_its_sections,
    files_are_short,
    names_say_what_is_inside,
    randomness_is_an_argument,
    nothing_is_executed_that_was_data,
    constants_of_the_contract_are_read,
]
BROWSER_RULES = [
    the_browser_fetches_from_nobody_else,
    names_say_what_is_inside,
    rooms_of_the_plane_keep_apart,
    constants_of_the_contract_are_read,
]


def broken(rule, paths):
    return [
        f"{path} {what}" for path in paths for what in rule(path, (ROOT / path).read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("rule", PYTHON_RULES)
def test_the_python_keeps(rule):
    assert len(SOURCES) > 40, "the files were not found"
    assert broken(rule, SOURCES) == []


@pytest.mark.parametrize("rule", BROWSER_RULES)
def test_the_browser_side_keeps(rule):
    assert len(BROWSER_SOURCES) > 10, "the files were not found"
    assert broken(rule, BROWSER_SOURCES) == []


MODEL, PART = "paradigms/generative/new.py", "pages/parts/pictures/new.py"
PAGE, SECTION = "pages/imagine/new.py", "pages/sample/new/section.py"
PICTURE = "assets/plane/picture/new.js"


@pytest.mark.parametrize(
    ("rule", "path", "source"),
    [
        (arrows_run_one_way, "paradigms/grid.py", "from paradigms.generative import naive_bayes"),
        (arrows_run_one_way, "paradigms/samplers/new.py", "import paradigms.bayes_rule"),
        (arrows_run_one_way, MODEL, "def later():\n    from paradigms.evaluation import measures"),
        (arrows_run_one_way, "paradigms/evaluation/new.py", "from paradigms.scene.scene import Scene"),
        (arrows_run_one_way, "paradigms/scene/new.py", "from pages.parts.component import plane"),
        (arrows_run_one_way, PART, "from pages.imagine import density"),
        (arrows_run_one_way, PAGE, "import app"),
        (arrows_run_one_way, PART, "from server import visitors"),
        (arrows_run_one_way, MODEL, "from . import naive_bayes"),
        (arrows_run_one_way, "paradigms/densities/new.py", "from paradigms.estimators import energies"),
        (arrows_run_one_way, "paradigms/diffusion/new.py", "from paradigms.samplers.ddpm import ddpm"),
        (arrows_run_one_way, "pages/parts/component/new.py", "from pages.parts.pictures import scenes"),
        (every_room_has_a_floor, "paradigms/new.py", ""),
        (every_room_has_a_floor, "pages/parts/new.py", ""),
        (models_stand_alone, MODEL, "from paradigms.generative.kernel_density import KernelDensity"),
        (models_stand_alone, MODEL, "from paradigms import bayes_rule"),
        (models_stand_alone, MODEL, "from paradigms import registry"),
        (models_stand_alone, "paradigms/bayes_rule.py", "import paradigms.generative.kernel_density"),
        (the_library_knows_no_streamlit, "paradigms/data/new.py", "import streamlit as st"),
        (a_page_computes_nothing_itself, PAGE, "import numpy as np"),
        (a_page_computes_nothing_itself, PAGE, "from sklearn.svm import SVC"),
        (a_page_computes_nothing_itself, PAGE, "from paradigms.generative.naive_bayes import NaiveBayes"),
        (a_page_computes_nothing_itself, "pages/sample/new/page.py", "import torch"),
        (a_page_imports_its_own_sections_only, PAGE, "import pages.sample.why.page"),
        (a_page_imports_its_own_sections_only, SECTION, "from pages.sample.why import direct_sampling"),
        (
            a_page_imports_its_own_sections_only,
            "pages/sample/why/page.py",
            "from pages.imagine import density",
        ),
        (one_builder_makes_all_scenes, SECTION, "from paradigms.scene.scene import Picture, Scene"),
        (one_builder_makes_all_scenes, PART, "from pages.parts.component.plane import plane"),
        (what_is_kept_of_a_visit_has_one_door, SECTION, 'st.session_state["steps"] = 8'),
        (
            what_is_kept_of_a_visit_has_one_door,
            PART,
            "from streamlit import session_state\nsession_state.a = 1",
        ),
        (settings_of_a_page_stand_in_its_sections, PAGE, 'STEPS = Setting("steps", 8)'),
        (settings_of_a_page_stand_in_its_sections, PAGE, 'A = setting.Setting("steps", 8)'),
        (settings_of_a_page_stand_in_its_sections, PAGE, 'SEED = seed_setting("draws")'),
        (files_are_short, PAGE, "x = 1\n" * 81),
        (files_are_short, PART, "x = 1\n" * 121),
        (files_are_short, MODEL, "x = 1\n" * 201),
        (names_say_what_is_inside, "paradigms/utils.py", ""),
        (names_say_what_is_inside, "pages/common/plane.py", ""),
        (names_say_what_is_inside, "assets/plane/draw_helpers.js", ""),
        (randomness_is_an_argument, MODEL, "import numpy as np\nnp.random.seed(0)"),
        (randomness_is_an_argument, MODEL, "import numpy as np\nx = np.random.normal(size=3)"),
        (randomness_is_an_argument, MODEL, "from numpy.random import normal"),
        (randomness_is_an_argument, MODEL, "import torch\ntorch.manual_seed(0)"),
        (randomness_is_an_argument, MODEL, "import torch\nx = torch.randn(3)"),
        (randomness_is_an_argument, MODEL, "import torch\nx = torch.randn_like(y)"),
        (randomness_is_an_argument, MODEL, "import random\nrandom.seed(0)"),
        (nothing_is_executed_that_was_data, MODEL, "import pickle"),
        (nothing_is_executed_that_was_data, MODEL, "from joblib import load"),
        (nothing_is_executed_that_was_data, PAGE, "x = eval('1 + 1')"),
        (nothing_is_executed_that_was_data, MODEL, "import torch\ntorch.load('model.pt')"),
        (nothing_is_executed_that_was_data, MODEL, "import numpy as np\nnp.load('a.npz', allow_pickle=True)"),
        (the_browser_fetches_from_nobody_else, "assets/new.js", 'import "https://cdn.example.org/d3.js"'),
        (the_browser_fetches_from_nobody_else, "assets/new.css", "@import url(//fonts.example.org/a.css);"),
        (rooms_of_the_plane_keep_apart, PICTURE, 'import { Player } from "../playing/player.js";'),
        (rooms_of_the_plane_keep_apart, PICTURE, 'import { Plane } from "../plane.js";'),
        (rooms_of_the_plane_keep_apart, "assets/plane/input/new.js", 'import "../drawing/tools.js";'),
        (rooms_of_the_plane_keep_apart, "assets/plane/input/new.js", 'await import("../message.js");'),
        (rooms_of_the_plane_keep_apart, "assets/plane/other/new.js", ""),
        (rooms_of_the_plane_keep_apart, "assets/plane/new.js", 'import "https://example.org/d3.js";'),
        (constants_of_the_contract_are_read, PICTURE, "export const HELD_OUT = 1;"),
        (constants_of_the_contract_are_read, PICTURE, "const decode = (q) => (q / 65535) * 16 - 8;"),
        (constants_of_the_contract_are_read, PICTURE, 'const nameOf = (slot) => "ABCD"[slot];'),
        (constants_of_the_contract_are_read, PICTURE, "const TICK_ROOM = 6, PLACE_ROOM = 9; // letters"),
        (constants_of_the_contract_are_read, "assets/new.js", 'const PARAMETER = "w";'),
        (constants_of_the_contract_are_read, PART, 'BY_LINK = "link"  # stands for the commit'),
        (constants_of_the_contract_are_read, "paradigms/scene/new.py", "DISC, RING, CROSS = 0, 1, 2"),
        (constants_of_the_contract_are_read, "paradigms/data/new.py", "MAX_POINTS: int = 5_000"),
        (constants_of_the_contract_are_read, "paradigms/data/new.py", "STEP = 16 / 65_535"),
    ],
)
def test_a_rule_catches_what_breaks_it(rule, path, source):
    assert list(rule(path, source))


@pytest.mark.parametrize(
    ("rule", "path", "source"),
    [
        (arrows_run_one_way, PAGE, "from pages.parts.component import plane\nfrom paradigms import registry"),
        (arrows_run_one_way, MODEL, "from paradigms.samplers.ddpm import ddpm\nimport torch"),
        (models_stand_alone, "paradigms/evaluation/new.py", "from paradigms.bayes_rule import BayesRule"),
        (a_page_computes_nothing_itself, PART, "import numpy as np"),
        (a_page_imports_its_own_sections_only, SECTION, "from pages.sample.new import other"),
        (one_builder_makes_all_scenes, PART, "from pages.parts.component.plane import sent"),
        (what_is_kept_of_a_visit_has_one_door, "pages/parts/workspace/new.py", "st.session_state.clear()"),
        (settings_of_a_page_stand_in_its_sections, SECTION, 'STEPS = Setting("steps", 8)'),
        (files_are_short, PAGE, "x = 1\n" * 80),
        (names_say_what_is_inside, "paradigms/evaluation/base_rate.py", ""),
        (randomness_is_an_argument, MODEL, "rng = np.random.default_rng(0)\nx = rng.normal(size=3)"),
        (
            randomness_is_an_argument,
            MODEL,
            "g = torch.Generator().manual_seed(0)\ntorch.randn(3, generator=g)",
        ),
        (nothing_is_executed_that_was_data, MODEL, "network.eval()\nnp.load('a.npz', allow_pickle=False)"),
        (the_browser_fetches_from_nobody_else, "assets/new.js", '"http://www.w3.org/2000/svg" // d3.js. no'),
        (rooms_of_the_plane_keep_apart, PICTURE, 'import a from "./a.js";\nimport b from "../contract.js";'),
        (rooms_of_the_plane_keep_apart, "assets/plane/playing/new.js", 'import "../picture/view.js";'),
        (rooms_of_the_plane_keep_apart, "assets/plane/new.js", 'import "./input/pointer.js";'),
        (constants_of_the_contract_are_read, PICTURE, "const { held_out: HELD_OUT } = CONTRACT.point_flags;"),
        (constants_of_the_contract_are_read, MODEL, 'if x == HALF_WIDTH:\n    y = CONTRACT["half_width"]'),
    ],
)
def test_a_rule_lets_good_files_pass(rule, path, source):
    assert list(rule(path, source)) == []
