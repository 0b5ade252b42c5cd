"""A class at one server: visitors who open within four seconds and draw every four; who look, or who train.

Measured are opening the page, a change (from the commit to both planes with that commit), and CPU and memory
of the server with its worker processes. While all are at it, one more opens the page every two seconds.
There is no peer. The crowd takes CPU of the same machine; how much is said.

Held to a limit are the opening, and a change until both planes show the new points: with what was fitted
to them, or with the sentence over them that it learns, or waits its turn. That a page answers is held, not
that its model has learned: trainings take turns, so the time until both planes have learned is told, and
held to nothing. Nor are CPU and memory.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from benchmarks.comparison import Comparison
from benchmarks.crowd_visitor import Visitor
from benchmarks.stage import OURS_IS_DRAWN, ROOT, Site, Stage, served
from paradigms import registry

OPEN_WITHIN, DRAW_EVERY, ONE_MORE_EVERY = 4.0, 4.0, 2.0  # seconds
WARM_UP = 8.0  # seconds; what a server imports and starts in the background
LEARNS_IN_STEPS = "diffusion"
MOST_TO_OPEN, MOST_TO_FOLLOW = 1.5, 0.5  # seconds, p95


class Crowd(NamedTuple):
    """What a crowd met with; CPU is what a visitor takes in a minute once all have come, in seconds."""

    visitors: list[Visitor]
    one_more: list[Visitor]
    failures: list[BaseException]
    cpu_of_server: float
    cpu_of_crowd: float
    resident_bytes: list[int]
    end: float


def compare(stage: Stage) -> Iterator[Comparison]:
    look = _gathered(stage.visitors, stage.seconds, {})
    yield from _lines(f"{stage.visitors} look and draw", look)
    chosen = {"distribution_model": registry.cards()[LEARNS_IN_STEPS].title}
    yield from _lines(f"{stage.visitors} train", _gathered(stage.visitors, stage.seconds, chosen))


def _gathered(number: int, seconds: float, chosen: dict[str, str]) -> Crowd:
    """A crowd at a server of its own; everybody sets what is ``chosen`` as soon as the page is there."""
    with served(ROOT / "app.py", OURS_IS_DRAWN) as site, ThreadPoolExecutor(number + 1) as pool:
        first = Visitor(site, seed=number)
        first.open()
        first.look(time.monotonic() + WARM_UP)
        first.close()
        begin = time.monotonic()
        all_came, end = begin + OPEN_WITHIN, begin + OPEN_WITHIN + seconds
        arrivals = enumerate(np.linspace(begin, all_came, number))
        parts = [pool.submit(_take_part, site, seed, arrival, end, chosen) for seed, arrival in arrivals]
        more = pool.submit(_come_one_by_one, site, all_came + OPEN_WITHIN, end)
        _sleep_until(all_came)
        server, crowd = site.cpu_seconds(), time.process_time()
        _sleep_until(end)
        server, crowd = site.cpu_seconds() - server, time.process_time() - crowd
        resident = site.resident_bytes()
        failures = [problem for part in (*parts, more) if (problem := part.exception())]
        visitors = [part.result() for part in parts if not part.exception()]
    for visitor in visitors:  # the server has ended; it would have had a last word with each
        visitor.close()
    one_more = [] if more.exception() else more.result()
    minutes = number * seconds / 60
    return Crowd(visitors, one_more, failures, server / minutes, crowd / minutes, resident, end)


def _take_part(site: Site, seed: int, arrival: float, end: float, chosen: dict[str, str]) -> Visitor:
    _sleep_until(arrival)
    visitor = Visitor(site, seed)
    visitor.open()
    for key, value in chosen.items():
        visitor.choose(key, value)
    next_stroke = time.monotonic() + DRAW_EVERY
    while next_stroke < end - DRAW_EVERY:  # the last one can still be seen to come
        visitor.look(next_stroke)
        visitor.draw()
        next_stroke += DRAW_EVERY
    visitor.look(end)
    return visitor


def _come_one_by_one(site: Site, begin: float, end: float) -> list[Visitor]:
    came, arrival = [], begin
    while arrival < end - DRAW_EVERY:
        _sleep_until(arrival)
        came.append(Visitor(site, seed=0))
        came[-1].open()
        came[-1].close()
        arrival = max(arrival + ONE_MORE_EVERY, time.monotonic())
    return came


def _lines(who: str, crowd: Crowd) -> Iterator[Comparison]:
    opening, one_more = ([([one.opening], 0) for one in group] for group in (crowd.visitors, crowd.one_more))
    yield _line(f"{who}: opening, all within {OPEN_WITHIN:.0f} s", opening, MOST_TO_OPEN)
    yield _line(f"{who}: opening, one more meanwhile", one_more, MOST_TO_OPEN)
    seen = [one.changes.waits(with_content=False, end=crowd.end) for one in crowd.visitors]
    yield _line(f"{who}: a change, both planes show it or that they learn", seen, MOST_TO_FOLLOW)
    answered = [one.changes.waits(with_content=True, end=crowd.end) for one in crowd.visitors]
    yield _line(f"{who}: a change, both planes have learned it", answered)
    cpu = f"{crowd.cpu_of_server:.2f} CPU-s; the crowd itself {crowd.cpu_of_crowd:.2f}"
    yield Comparison(f"{who}: CPU of a visitor and minute", cpu)
    memory = " + ".join(f"{size / 1e6:,.0f} MB" for size in crowd.resident_bytes)
    yield Comparison(f"{who}: memory of the server and its worker processes", memory)
    for problem in crowd.failures:
        yield Comparison(f"{who}: a visitor failed. {type(problem).__name__}: {problem}", "—", met=False)


def _line(what: str, waits: list[tuple[list[float], int]], most: float | None = None) -> Comparison:
    """Of visitors who each waited so many seconds, and so often in vain."""
    seconds = [second for waited, _ in waits for second in waited]
    if not seconds:
        return Comparison(f"{what}: nothing was measured", "—", met=False)
    middle, p95 = np.percentile(seconds, [50, 95])
    in_vain = sum(never for _, never in waits)
    found = f"p50 {middle:.2f}, p95 {p95:.2f} s of {len(seconds)}"
    found += f", {in_vain} in vain" * bool(in_vain)
    if most is None:
        return Comparison(what, found)
    return Comparison(what, found, held_to=f"p95 < {most} s", met=bool(p95 < most))


def _sleep_until(moment: float) -> None:
    time.sleep(max(moment - time.monotonic(), 0.0))
