"""The README and CONTRIBUTING name what is there: every folder of the tree, and no file that is not."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


IGNORED = [line.strip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split()]


def folders(pattern):
    """Those that hold a file of ours, however deep: no hidden ones, and nothing that git ignores."""
    for folder in filter(Path.is_dir, ROOT.glob(pattern)):
        path = folder.relative_to(ROOT)
        is_ours = not any(part.startswith(".") or part in IGNORED for part in path.parts)
        if is_ours and any(file.suffix != ".pyc" for file in folder.rglob("*.*")):
            yield path.as_posix()


def named(text):
    return re.findall(r"`([^`\s]+)`", text)


def test_the_table_of_folders_names_exactly_those_that_are_there():
    rooms = [*folders("*"), *folders("*/*"), *folders("pages/parts/*")]
    there = [room for room in rooms if not room.startswith("tests/")]
    table = README.split("## Where things are")[1].split("\n## ")[0]
    rows = [re.match(r"\| (`.*?) \|", line) for line in table.splitlines()]
    in_the_table = [name for row in rows if row for name in named(row[1])]
    assert sorted(in_the_table) == sorted(there)


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_no_path_is_named_that_is_not_there(text):
    paths = {name for name in named(text) if re.fullmatch(r"[\w./]+/[\w./]+", name) and "my_" not in name}
    assert len(paths) > 3
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []
