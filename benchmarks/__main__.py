"""Run all benchmarks, or those named, and print one table."""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import signal
import sys
from collections.abc import Iterator

from benchmarks.comparison import Comparison
from benchmarks.stage import CannotMeasure, Stage

BENCHMARKS = (
    "kernel_density", "langevin", "pen_up", "slider", "first_title", "unchanged_rerun", "page_thread",
    "animation", "chains", "classifiers", "sample_quality", "against_peers", "tables", "crowd",
)  # fmt: skip
HEADINGS = ("what", "ours", "peer", "ratio", "held to", "met")
VERDICTS = {True: "met", False: "NOT MET", None: "—"}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"one of {', '.join(BENCHMARKS)}")
    parser.add_argument("--visitors", type=int, default=40, help="of the crowd (%(default)s)")
    parser.add_argument("--seconds", type=float, default=40, help="that the crowd stays (%(default)s)")
    chosen = parser.parse_args()
    unknown = set(chosen.names) - set(BENCHMARKS)
    if unknown:
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the servers are ended too
    rows = [HEADINGS]
    with Stage(chosen.visitors, chosen.seconds) as stage:
        for name in chosen.names or BENCHMARKS:
            print(f"{name} …", file=sys.stderr, flush=True)
            for comparison in _measured(name, stage):
                print(f"  {comparison.what}: {comparison.ours}", file=sys.stderr, flush=True)
                rows.append(_cells(comparison))
    print(_conditions())
    print(_table(rows))


def _measured(name: str, stage: Stage) -> Iterator[Comparison]:
    """The lines of one benchmark; what goes wrong with it is a line too, and the others still run."""
    try:
        yield from importlib.import_module(f"benchmarks.{name}").compare(stage)
    except CannotMeasure as reason:
        yield Comparison(f"{name}: not measured. {reason}", "—")
    except Exception as problem:
        first_line = str(problem).partition("\n")[0]
        yield Comparison(f"{name}: failed. {type(problem).__name__}: {first_line}", "—", met=False)


def _cells(row: Comparison) -> tuple[str, ...]:
    return row.what, row.ours, row.peer, row.ratio, row.held_to, VERDICTS[row.met]


def _table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    return "\n".join([lines[0], "  ".join("─" * width for width in widths), *lines[1:]])


def _conditions() -> str:
    machine = f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores"
    load = f", load {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else ""
    return f"{machine}{load}\n"


if __name__ == "__main__":
    main()
