"""The files that the system lets this process open, sockets among them: raised, and never used up.

A socket too many cannot be refused, since refusing it means to accept it first; and asyncio then tries again
and again, with a record in the log each time. So connections are let in up to a share of the limit only.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable
from typing import Any

try:
    import resource
except ImportError:  # Windows has no such limit
    resource = None

WANTED = 65_536
FOR_SESSIONS, FOR_CONNECTIONS, FOR_REFUSALS = 0.70, 0.90, 0.95  # the rest is for data sets, threads and logs
SILENT_SECONDS = 10.0  # who has asked for nothing by then is no browser
FAREWELL_SECONDS = 0.5


def raise_limit() -> None:
    """As far as this process is allowed to raise it."""
    if resource is not None:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = WANTED if hard == resource.RLIM_INFINITY else min(hard, WANTED)
        with contextlib.suppress(OSError, ValueError):
            if soft != resource.RLIM_INFINITY and soft < most:
                resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def limit() -> int:
    """How many files may be open at once."""
    soft = WANTED if resource is None else resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return WANTED if soft < 0 else soft  # infinity is negative on some systems


def is_scarce() -> bool:
    """Whether there are too few left for one more session: the next to be opened has too high a number."""
    if resource is None:
        return False
    try:
        lowest_free = os.dup(2)
    except OSError:
        return True
    os.close(lowest_free)
    return lowest_free >= FOR_SESSIONS * limit()


def guard_connections(loop: asyncio.AbstractEventLoop, farewell: bytes) -> None:
    """Servers made on this loop from now on refuse connections, with ``farewell``, before files run out."""
    if resource is None:
        return
    create_server, most = loop.create_server, limit()

    async def guarded(factory: Callable[[], Any], *about: Any, backlog: int = 100, **options: Any) -> Any:
        # So many are accepted in one go, before any of them can be refused.
        backlog = max(1, min(backlog, int((1 - FOR_REFUSALS) * most)))
        return await create_server(
            lambda: _Door(loop, factory, most, farewell), *about, backlog=backlog, **options
        )

    with contextlib.suppress(AttributeError):  # a loop that is not asyncio's own
        loop.create_server = guarded  # type: ignore[method-assign]


class _Door(asyncio.Protocol):
    """Lets a connection in to the server's own protocol, or says farewell.

    The system gives each new file the lowest number that is free: a high one means that all below are taken.
    """

    def __init__(self, loop: Any, factory: Callable[[], Any], most: int, farewell: bytes) -> None:
        self._loop, self._factory, self._most, self._farewell = loop, factory, most, farewell

    def connection_made(self, transport: Any) -> None:
        self._transport, number = transport, transport.get_extra_info("socket").fileno()
        if number >= FOR_REFUSALS * self._most:
            transport.abort()
        elif number >= FOR_CONNECTIONS * self._most:
            transport.write(self._farewell)
            self._loop.call_later(FAREWELL_SECONDS, transport.abort)
        else:
            protocol = self._factory()
            transport.set_protocol(protocol)
            protocol.connection_made(transport)
            self._loop.call_later(SILENT_SECONDS, self._hang_up_if_silent, protocol)

    def _hang_up_if_silent(self, protocol: Any) -> None:
        """``cycle`` is uvicorn's current request; a websocket has put another protocol in the place."""
        if self._transport.get_protocol() is protocol and getattr(protocol, "cycle", protocol) is None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        """Somebody who was refused has asked; to close before that could lose the answer."""
        self._transport.close()
