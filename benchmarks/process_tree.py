"""CPU time and memory of a process and of all that it has started, read from /proc (Linux only)."""

from __future__ import annotations

import os
from pathlib import Path

# Fields of /proc/<pid>/stat that follow the name in brackets, counted from there: see proc(5).
PARENT, USER, SYSTEM, USER_OF_THE_ENDED, SYSTEM_OF_THE_ENDED = 1, 11, 12, 13, 14


def tree(pid: int) -> list[int]:
    """The process and its children's children, those that still live, the process itself first."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        fields = _stat(int(folder.name))
        if fields:
            children.setdefault(int(fields[PARENT]), []).append(int(folder.name))
    found = [pid]
    for one in found:
        found.extend(children.get(one, ()))
    return found


def cpu_seconds(pid: int) -> float:
    """User and system, all threads of the whole tree, those of ended children included."""
    counted = (USER, SYSTEM, USER_OF_THE_ENDED, SYSTEM_OF_THE_ENDED)
    ticks = sum(int(fields[name]) for one in tree(pid) if (fields := _stat(one)) for name in counted)
    return ticks / os.sysconf("SC_CLK_TCK")


def resident_bytes(pid: int) -> list[int]:
    """What each process of the tree holds in memory (RSS), the process itself first.

    Pages that several share are counted in each of them.
    """
    return [size for one in tree(pid) if (size := _resident(one))]


def _stat(pid: int) -> list[str]:
    """Empty if the process has ended in the meantime."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
