"""What a visitor's page waits for, and for how long it does so before it shows that it waits."""

from __future__ import annotations

import time
import uuid
from typing import Any

from jobs.computing import Computation
from pages.parts.workspace.kept import Kept

PATIENCE_SECONDS = 0.3  # of a run; what comes within that is shown at once


class Waits:
    """``name`` is the visitor's; a place of the page awaits one computation at a time, or has given it up."""

    def __init__(self) -> None:
        self.name = uuid.uuid4().hex
        self._run, self._patient_until = 0, 0.0
        self._awaited: dict[str, tuple[Computation, int]] = {}
        self._given_up: dict[str, Any] = {}

    def begin_run(self) -> None:
        self._run += 1
        self.be_patient()

    def be_patient(self) -> None:
        self._patient_until = time.monotonic() + PATIENCE_SECONDS

    def end_run(self) -> None:
        """What this run did not ask for is no longer waited for."""
        for place in [place for place, (_, run) in self._awaited.items() if run < self._run]:
            self.leave(place)

    @property
    def patience(self) -> float:
        """The seconds that are left of it."""
        return max(self._patient_until - time.monotonic(), 0.0)

    def wait_at(self, place: str, computation: Computation) -> None:
        self.leave(place, computation)
        computation.seen_by(self.name)
        self._awaited[place] = computation, self._run

    def leave(self, place: str, stays_for: Computation | None = None) -> None:
        """Wait at that place no more; unless another place does, the computation is left."""
        computation, _ = self._awaited.pop(place, (stays_for, 0))
        self._given_up.pop(place, None)
        if computation is not stays_for and not any(computation is one for one, _ in self._awaited.values()):
            computation.left_by(self.name)

    def give_up(self, place: str) -> None:
        computation, _ = self._awaited[place]
        self.leave(place)
        self._given_up[place] = computation.key

    def take_up(self, place: str) -> None:
        self._given_up.pop(place, None)

    def has_given_up(self, key: Any) -> bool:
        return key in self._given_up.values()

    def look(self) -> bool:
        """The page's heartbeat for all that it waits for; answers whether any of it has come to an end."""
        for computation, _ in self._awaited.values():
            computation.seen_by(self.name)
        return any(computation.done.is_set() for computation, _ in self._awaited.values())

    @property
    def waits(self) -> bool:
        """Whether anything is waited for."""
        return bool(self._awaited)

    def polls(self, computation: Computation) -> bool:
        """Whether its place looks again and again: those whose turn has come, and the first of the others."""
        first = next((one for one, run in self._awaited.values() if run == self._run), None)
        return computation.started or computation is first


_WAITS = Kept("waits", Waits)


def of_visitor() -> Waits:
    return _WAITS.value
