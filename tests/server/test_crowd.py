"""More visitors and connections than the system has files for."""

import resource
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlparse

import pytest
from websockets.exceptions import InvalidStatus

from benchmarks.bare_websocket import Tab
from pages.parts.text.story import words

FEW_FILES = 400
FULL = words("server/answers", "full")


def few_files():
    resource.setrlimit(resource.RLIMIT_NOFILE, (FEW_FILES // 2, FEW_FILES))


@pytest.fixture(scope="module")
def small_server(serve):
    """One that may open few files, fewer at first than it is allowed to ask for."""
    with serve(preexec_fn=few_files) as server:
        Tab(server).rerun().close()
        yield server
        assert server.process.poll() is None and "out of system resource" not in server.said
        assert len(server.said) < 10_000 and "Traceback" not in server.said


def page(server):
    """What a browser gets when it asks for the page."""
    try:
        with urllib.request.urlopen(server.address + "/", timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()


def wait_for_room(server):
    """Until the page is served again; a refusal that comes through says why."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            status, told = page(server)
            if status == 200:
                return
            assert status == 503 and FULL in told
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.5)
    pytest.fail("There is still no room")


def test_the_limit_is_raised_as_far_as_is_allowed(small_server):
    limits = Path(f"/proc/{small_server.process.pid}/limits").read_text()
    (line,) = (line for line in limits.splitlines() if line.startswith("Max open files"))
    assert line.split()[3:5] == [str(FEW_FILES), str(FEW_FILES)]


def test_many_more_connections_than_files_end_with_a_sentence_and_a_short_log(small_server):
    place = urlparse(small_server.address)
    mine = Tab(small_server)
    mine.rerun()
    idle = [socket.socket() for _ in range(2 * FEW_FILES)]
    for connection in idle:
        connection.setblocking(False)
        connection.connect_ex((place.hostname, place.port))
    assert mine.rerun().planes == 3
    wait_for_room(small_server)  # the silent ones are hung up on
    assert Tab(small_server).rerun().planes == 3
    for connection in idle:
        connection.close()


def test_who_comes_when_every_place_is_taken_is_told_so_until_somebody_leaves(small_server):
    tabs, refused = [], None
    while refused is None:
        assert len(tabs) < FEW_FILES
        try:
            tabs.append(Tab(small_server))
            tabs[-1].rerun()
        except InvalidStatus as refusal:
            refused = refusal.response
    assert len(tabs) > 20 and refused.status_code == 503 and FULL in refused.body.decode()
    status, told = page(small_server)
    assert status == 503 and FULL in told and "Two Souls is full" in told
    assert tabs[0].rerun().planes == tabs[-1].rerun().planes == 3  # who is in stays in
    with urllib.request.urlopen(small_server.address + "/_stcore/health", timeout=20) as answer:
        assert answer.status == 200
    for tab in tabs:
        tab.close()
    wait_for_room(small_server)
