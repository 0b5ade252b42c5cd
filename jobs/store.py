"""The one store of results: by value, shared by all visitors, bounded in bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from jobs.size import size_in_bytes

MOST_BYTES = 400_000_000


class Store:
    """What was asked for least lately is forgotten first, when all together exceeds ``most_bytes``.

    A key says in plain data what its value is: the digest of a spec, the name of a function, its settings.
    So it is the same for everybody who asks the same, and a value never changes.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes, self._n_bytes, self._lock = most_bytes, 0, threading.Lock()
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()

    def get(self, key: Hashable) -> Any | None:
        """The value, or None where there is none (any more)."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def put(self, key: Hashable, value: Any) -> None:
        """Keep a value that is not None, and make room for it; one too large for the store is not kept."""
        n_bytes = size_in_bytes(value)
        if n_bytes > self._most_bytes:
            return
        with self._lock:
            self._n_bytes += n_bytes - self._kept.pop(key, (None, 0))[1]
            self._kept[key] = value, n_bytes
            while self._n_bytes > self._most_bytes:
                _, (_, n_bytes) = self._kept.popitem(last=False)
                self._n_bytes -= n_bytes

    def remember(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """The value, made in the asker's own thread if it is not there: for what takes no time."""
        value = self.get(key)
        if value is None:
            value = make()
            self.put(key, value)
        return value

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self._n_bytes = 0


results = Store()
