"""Who comes when every place is taken gets a page that says so, and asks again by itself."""

from __future__ import annotations

import html
from functools import cache
from http import HTTPStatus

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from pages.parts.text.story import words
from server import open_files

MOST_SESSIONS = 1000  # each is four files, some 100 kB at rest, and up to some MB of its visitor's own data
MORE_FOR_OPEN_PAGES = 1.05  # whoever has been given the page also gets its session
RETRY_SECONDS = 30
STREAM = "/_stcore/stream"


class Admission:
    """ASGI middleware: counts sessions, and answers 503 with a sentence when there is no room for more."""

    def __init__(self, app: ASGIApp) -> None:
        self._app, self._sessions = app, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and scope["path"].endswith(STREAM):
            if self._is_full(MORE_FOR_OPEN_PAGES * MOST_SESSIONS):
                await _refuse(scope, receive, send)
                return
            self._sessions += 1
            try:
                await self._app(scope, receive, send)
            finally:
                self._sessions -= 1
        elif scope["type"] == "http" and _is_page(scope["path"]) and self._is_full(MOST_SESSIONS):
            await full_page()(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _is_full(self, most: float) -> bool:
        return self._sessions >= most or open_files.is_scarce()


def _is_page(path: str) -> bool:
    """Streamlit answers with the page to every address that is neither a file nor one of its own."""
    return "/_stcore/" not in path and "." not in path.rpartition("/")[2]


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    """A websocket, before it is one: with the sentence where the server can say it, else with a bare no."""
    if "websocket.http.response" in scope.get("extensions", {}):
        await full_page()(scope, receive, send)
    else:
        await send({"type": "websocket.close", "code": 1013})


@cache
def full_page() -> HTMLResponse:
    title, sentence = (html.escape(words("server/answers", name)) for name in ("full title", "full"))
    page = (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f'<meta http-equiv="refresh" content="{RETRY_SECONDS}"><title>{title}</title>'
        "<style>:root{color-scheme:light dark}body{font:1.2rem/1.6 sans-serif;max-width:32rem;"
        "margin:15vh auto;padding:0 1.5rem}</style>"
        f"<h1>{title}</h1><p>{sentence}</p></html>"
    )
    headers = {"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store", "Connection": "close"}
    return HTMLResponse(page, HTTPStatus.SERVICE_UNAVAILABLE, headers)


def farewell() -> bytes:
    """The same page as it goes over a connection that is closed at once."""
    page, status = full_page(), HTTPStatus.SERVICE_UNAVAILABLE
    lines = [f"HTTP/1.1 {status.value} {status.phrase}".encode()]
    lines += [name + b": " + value for name, value in page.raw_headers]
    return b"\r\n".join(lines) + b"\r\n\r\n" + bytes(page.body)
