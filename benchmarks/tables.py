"""Tables in all forms that people have: ours beside ``pandas.read_csv(sep=None)`` and CleverCSV alone.

Ours has to choose the columns and to be right in all that ``table_judge`` asks, or to say truly what it has
left out or why it cannot read the table; the others have to read only, see ``table_peers``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from benchmarks.comparison import Comparison
from benchmarks.stage import Stage
from benchmarks.table_judge import (
    FOLDER,
    RIGHT,
    SAID,
    WRONG,
    Outcome,
    expectations,
    verdict_on_points,
    verdict_on_refusal,
)
from benchmarks.table_peers import PEERS, is_read_right
from paradigms.data.bad_data import BadData
from paradigms.data.tables import read_points


def compare(_: Stage) -> Iterator[Comparison]:
    ours: Counter[str] = Counter()
    peers: Counter[str] = Counter()
    for name, outcomes in expectations().items():
        word, why = _verdict(name, outcomes)
        ours[word] += 1
        right = [peer for peer, read in PEERS.items() if is_read_right(read, FOLDER / name, outcomes)]
        peers.update(right)
        others = f"right: {', '.join(right) or 'none'}"
        yield Comparison(name, f"{word}: {why}"[:120] if why else word, others, met=word != WRONG)
    yield Comparison(
        f"{ours.total()} tables: {RIGHT} / {SAID} / {WRONG}",
        " / ".join(str(ours[word]) for word in (RIGHT, SAID, WRONG)),
        ", ".join(f"{peer} {peers[peer]} right" for peer in PEERS),
        held_to="0 wrong",
        met=not ours[WRONG],
    )


def _verdict(name: str, outcomes: list[Outcome]) -> tuple[str, str]:
    try:
        points = read_points((FOLDER / name).read_bytes())
    except BadData as refusal:
        return verdict_on_refusal(str(refusal), outcomes)
    except Exception as problem:
        return WRONG, f"{type(problem).__name__}: {problem}"
    return verdict_on_points(points, outcomes)
