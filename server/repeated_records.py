"""A log that nobody can flood: one record of a kind a minute, and at its end how many more there were.

Records are of a kind if they come from the same place in the code, and their exceptions from the same place
of theirs, whatever the words.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from streamlit.logger import get_logger

from server.visitors import visitor

SECONDS = 60.0
MOST_NAMED = 20
# What any visitor can provoke is worth a line, and no traceback.
PROVOKED = {
    "streamlit.runtime.backend_operation_handler": "MediaFileStorageError",
    "streamlit.web.server.starlette.starlette_websocket": "DecodeError",
}


def hold_back_repeated_records() -> None:
    """For ours, and every logger that there is by now: those of Streamlit, the web server and asyncio."""
    # The app's own apology has the traceback, and the visitor's name.
    streamlits_own = logging.getLogger("streamlit.error_util")
    streamlits_own.addFilter(lambda record: record.getMessage() != "Uncaught app execution")
    get_logger("two_souls")  # with the time, as all of Streamlit's
    hold_back = HoldBackRepeated()
    for name in (None, *logging.root.manager.loggerDict):
        logging.getLogger(name).addFilter(hold_back)


def _after_a_minute(call: Callable[[], None]) -> None:
    timer = threading.Timer(SECONDS, call)
    timer.daemon = True
    timer.start()


@dataclass
class _Held:
    """Since the first record of a kind: how many more, and to whom they happened."""

    n: int = 0
    visitors: set[str] = field(default_factory=set)


class HoldBackRepeated(logging.Filter):
    """Lets the first record of a kind pass; ``later`` calls a function when its minute is over."""

    def __init__(self, later: Callable[[Callable[[], None]], None] = _after_a_minute) -> None:
        super().__init__()
        self._later, self._lock = later, threading.Lock()
        self._held: dict[tuple, _Held] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if hasattr(record, "held_back"):
            return True
        kind = _kind(record)
        with self._lock:
            held = self._held.get(kind)
            if held is not None:
                held.n += 1
                if len(held.visitors) < MOST_NAMED and (name := visitor()):
                    held.visitors.add(name)
                return False
            self._held[kind] = _Held()
        self._later(lambda: self._tell(kind, record.name, record.levelno, record.getMessage()))
        if record.exc_info and kind[3] == PROVOKED.get(record.name):
            record.exc_info = record.exc_text = None
        return True

    def _tell(self, kind: tuple, logger: str, level: int, message: str) -> None:
        with self._lock:
            held = self._held.pop(kind)
        if held.n:
            visitors = f", to visitors {', '.join(sorted(held.visitors))}" if held.visitors else ""
            said = "%d more like this within a minute%s: %s"
            logging.getLogger(logger).log(
                level, said, held.n, visitors, message.splitlines()[0][:200], extra={"held_back": held.n}
            )


def _kind(record: logging.LogRecord) -> tuple:
    error, place = None, None
    if record.exc_info and record.exc_info[1] is not None:
        error, trace = type(record.exc_info[1]).__name__, record.exc_info[2]
        while trace is not None:
            place, trace = (trace.tb_frame.f_code.co_filename, trace.tb_lineno), trace.tb_next
    return record.name, record.pathname, record.lineno, error, place
