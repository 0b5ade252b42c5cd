"""What may come in over the websocket: the messages that the pages of a browser send, and no others."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnected
from streamlit.proto.BackMsg_pb2 import BackMsg

# Others empty the caches of all visitors, write into the home directory or start programs.
ALLOWED = {"rerun_script", "stop_script", "app_heartbeat", "file_urls_request"}
ALLOWED_OPERATIONS = {"deferred_file"}
PROTOCOL_ERROR = 1002
# Characters of an address, which each message carries: a link of our own has 8,000, and the page says so of a
# longer one. What is behind these is not looked at.
LONGEST_ADDRESS = 16_000
# A hand on a slider sends some twenty a second, and a page some ten at once when it is opened. Each of them
# starts a thread, so that thousands at once would stop the server for everybody.
AT_ONCE, A_SECOND = 40, 20


class Messages:
    """ASGI middleware: leaves out what no page sends, and hangs up on what is no message at all."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return

        pace = _Pace()

        async def checked() -> Message:
            while True:
                await pace.wait()
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                try:
                    sent = _parsed(message.get("bytes"))
                except DecodeError:
                    _log("A frame that is no message was refused, and its connection closed")
                    await send({"type": "websocket.close", "code": PROTOCOL_ERROR})
                    return {"type": "websocket.disconnect", "code": PROTOCOL_ERROR}
                kind = _kind(sent)
                if kind in ALLOWED | ALLOWED_OPERATIONS:
                    return message | {"bytes": _cut(sent)} if _is_endless(sent) else message
                _log("A message that no page sends was left out: %s", kind)

        with contextlib.suppress(WebSocketDisconnected):  # the tab was closed in the middle of an answer
            await self._app(scope, checked, send)


class _Pace:
    """A bucket of messages that may be taken in at once; it fills again at a steady rate."""

    def __init__(self) -> None:
        self._left, self._seen = float(AT_ONCE), time.monotonic()

    async def wait(self) -> None:
        """Take one; what comes too fast waits in the connection."""
        now = time.monotonic()
        self._left = min(AT_ONCE, self._left + (now - self._seen) * A_SECOND) - 1
        self._seen = now
        if self._left < 0:
            await asyncio.sleep(-self._left / A_SECOND)


def _parsed(frame: bytes | None) -> BackMsg:
    """Raises DecodeError."""
    if frame is None:
        raise DecodeError("a text frame")
    return BackMsg.FromString(frame)


def _kind(message: BackMsg) -> str | None:
    """The kind of a message, or of the operation that it asks for."""
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        return message.backend_operation_request.WhichOneof("payload")
    return kind


def _is_endless(message: BackMsg) -> bool:
    """Whether the address that it comes from is."""
    rerun = message.rerun_script
    return max(len(rerun.query_string), len(rerun.context_info.url)) > LONGEST_ADDRESS


def _cut(message: BackMsg) -> bytes:
    """The same from an address that has an end."""
    rerun = message.rerun_script
    rerun.query_string = rerun.query_string[:LONGEST_ADDRESS]
    rerun.context_info.url = rerun.context_info.url[:LONGEST_ADDRESS]
    return message.SerializeToString()


def _log(said: str, *about: object) -> None:
    logging.getLogger("two_souls").warning(said, *about, stacklevel=2)
