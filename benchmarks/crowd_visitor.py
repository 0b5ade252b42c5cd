"""One of a crowd: a tab over a bare websocket that draws, and notes when both planes of the page follow.

It does what a browser does: it runs fragments again at their interval, and says which messages it still has.
"""

from __future__ import annotations

import json
import struct
import time
from collections.abc import Iterable
from typing import Any

import numpy as np
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.bare_websocket import Tab, state
from benchmarks.stage import Site
from paradigms.data import drawn_points
from paradigms.data.dataset_spec import DatasetSpec

PATIENCE_SECONDS = 120.0
POINTS_A_STROKE = 8
ANSWERS = ("function", "distribution")  # the planes that must follow


class Changes:
    """When each commit was sent, and when every one of some planes showed it.

    Commit 0 is what stands there when the page opens. A plane that shows a later commit has shown it, too.
    A plane is without content while a sentence is laid over it: that it learns, waits, or cannot.
    """

    def __init__(self, planes: Iterable[str], now: float) -> None:
        self.sent = [now]
        self._seen: dict[str, list[float]] = {name: [] for name in planes}  # by commit, as long as it was
        self._answered: dict[str, list[float]] = {name: [] for name in planes}

    def shown(self, plane: str, commit: int, has_content: bool, now: float) -> None:
        for times, is_so in ((self._seen, True), (self._answered, has_content)):
            if is_so:
                times[plane].extend([now] * (commit + 1 - len(times[plane])))

    @property
    def is_open(self) -> bool:
        return all(self._answered.values())

    def waits(self, *, with_content: bool, end: float) -> tuple[list[float], int]:
        """Seconds from each commit until all planes showed it, and how many they never did.

        Those count with what had been waited for them at the end.
        """
        times = self._answered if with_content else self._seen
        there = [max(of_planes) for of_planes in zip(*times.values(), strict=False)]
        never = len(self.sent) - len(there)
        pairs = zip([*there, *[end] * never], self.sent, strict=True)
        return [shown - sent for shown, sent in pairs][1:], never


class Visitor(Tab):
    """``opening`` are the seconds until the first run had come to its end, with content in both planes."""

    def __init__(self, site: Site, seed: int) -> None:
        self.opening = float("nan")
        self.changes = Changes(ANSWERS, time.monotonic())
        self._timers: dict[str, tuple[float, float]] = {}  # fragment to (next time, interval)
        self._planes_of_messages: dict[str, dict[str, Any]] = {}  # those that this browser has kept
        self._rng = np.random.default_rng(seed)
        data = DatasetSpec(preset="moons", seed=seed).dataset()
        self._X, self._class_indices = data.X, data.y
        # A browser neither hangs up on a slow server, nor waits for a last word of it.
        super().__init__(site, ping_interval=None, close_timeout=0.1)

    def open(self) -> None:
        """Raises TimeoutError."""
        self.send_rerun()
        deadline, finished = time.monotonic() + PATIENCE_SECONDS, False
        while not (finished and self.changes.is_open):
            message = self._receive_until(deadline)
            if message is None:
                raise TimeoutError("The page has not opened.")
            finished = finished or _is_end_of_page(message)
        self.opening = time.monotonic() - self.changes.sent[0]

    def choose(self, key: str, value: str) -> None:
        """Set a select box, from now on."""
        self.keep(state(self._widget(key), string_value=value))
        self.send_rerun()

    def draw(self) -> None:
        """Let a short stroke follow upon what is there, and send it as the plane does at pen-up."""
        stroke = self._rng.uniform(-3, 3, 2) + 0.2 * self._rng.standard_normal((POINTS_A_STROKE, 2))
        self._X = np.vstack([self._X, stroke])
        self._class_indices = np.append(self._class_indices, np.full(POINTS_A_STROKE, self._rng.integers(2)))
        packed = drawn_points.pack(self._X, self._class_indices)
        points = drawn_points.encode(packed) | {"commit": str(len(self.changes.sent))}
        self.keep(state(self._widget("draw"), json_value=json.dumps({"points": points})))
        self.changes.sent.append(time.monotonic())
        self.send_rerun()

    def look(self, until: float) -> None:
        """Take in what comes, and run the fragments again whose turn it is."""
        while self._receive_until(until) is not None:
            pass

    def send_rerun(self, *states: Any, **client_state: Any) -> None:
        super().send_rerun(*states, cached_message_hashes=list(self._planes_of_messages), **client_state)

    def receive(self, timeout: float) -> ForwardMsg:
        message = super().receive(timeout)
        kind = message.WhichOneof("type")
        if kind == "new_session" and not message.metadata.run.fragment_ids:
            self._timers.clear()
        elif kind == "auto_rerun":
            interval = message.auto_rerun.interval
            self._timers[message.auto_rerun.fragment_id] = (time.monotonic() + interval, interval)
        elif kind == "stop_auto_rerun":
            for fragment in message.stop_auto_rerun.fragment_ids:
                self._timers.pop(fragment, None)
        elif kind == "ref_hash":
            self._look_at(self._planes_of_messages[message.ref_hash])
        elif kind == "delta":
            self._take_in(message)
        return message

    def _receive_until(self, deadline: float) -> ForwardMsg | None:
        while (now := time.monotonic()) < deadline:
            for fragment, (due, interval) in list(self._timers.items()):
                if due <= now:
                    self._timers[fragment] = (now + interval, interval)
                    self.send_rerun(fragment_id=fragment, is_auto_rerun=True)
            next_due = min((due for due, _ in self._timers.values()), default=deadline)
            try:
                return self.receive(max(min(next_due, deadline) - time.monotonic(), 0.0))
            except TimeoutError:
                continue
        return None

    def _take_in(self, message: ForwardMsg) -> None:
        plane = {}
        element = message.delta.new_element
        if element.WhichOneof("type") == "bidi_component" and element.bidi_component.bytes:
            plane = _header(element.bidi_component.bytes)
            self._look_at(plane)
        if message.metadata.cacheable:
            self._planes_of_messages[message.hash] = plane

    def _look_at(self, plane: dict[str, Any]) -> None:
        if plane.get("name") in ANSWERS:
            # What is as the contract says is left out of the message.
            commit = int(plane.get("drawing", {}).get("commit", 0))
            has_content = plane.get("status", {}).get("dimmed") is None
            self.changes.shown(plane["name"], commit, has_content, time.monotonic())

    def _widget(self, key: str) -> str:
        return next(widget for widget in self.widgets if widget.endswith(f"-{key}"))


def _header(message: bytes) -> dict[str, Any]:
    (length,) = struct.unpack_from("<I", message)
    return json.loads(message[4 : 4 + length])


def _is_end_of_page(message: ForwardMsg) -> bool:
    is_end = message.WhichOneof("type") == "script_finished"
    return is_end and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
