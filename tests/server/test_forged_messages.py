"""Messages and connections that no browser makes: each is refused in a line, and everybody else goes on."""

import socket
import time
from urllib.parse import urlparse

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLsRequest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed

from benchmarks.bare_websocket import APOLOGY, Tab, memory, state


def closed_with(tab):
    """The code with which the server hangs up."""
    with pytest.raises(ConnectionClosed):
        while True:
            tab.socket.recv(timeout=20)
    return tab.socket.close_code


@pytest.mark.parametrize("frame", [b"\xff" * 100, b"\x0a\xff\xff\xff\xff\x7f", "text", "{}"])
def test_a_frame_that_is_no_message_ends_its_own_connection(server, tab, frame):
    rude = Tab(server)
    rude.rerun()
    rude.socket.send(frame)
    assert closed_with(rude) == 1002
    assert tab.rerun().planes == 3


@pytest.mark.parametrize("size", [10_000_000, 26_000_000, 60_000_000])
def test_a_message_of_many_megabytes_is_survived(server, tab, size):
    rude = Tab(server)
    rude.rerun()
    (plane,) = (widget for widget in rude.widgets if widget.endswith("-draw"))
    before = memory(server)
    try:
        rude.rerun(state(plane, json_value="[" * size))
        assert APOLOGY not in rude.words and rude.rerun().planes == 3
    except ConnectionClosed:
        assert size > 25_000_000
    rude.close()
    assert tab.rerun().planes == 3
    assert memory(server) < 1.2 * before + 4 * size / 1024


@pytest.mark.parametrize(
    "forged",
    [
        {},
        {"clear_cache": True},
        {"set_run_on_save": True},
        {"load_git_info": True},
        {"debug_disconnect_websocket": True},
        {"debug_shutdown_runtime": True},
    ],
)
def test_messages_that_no_page_sends_change_nothing(tab, forged):
    words = None
    while words != (words := tab.rerun().words):
        """Until what the first visit of all waits for is computed."""
    tab.send(**forged)
    assert tab.rerun().words == words


@pytest.mark.parametrize("payload", ["install_skills", "dismiss_skills_nudge", "dataframe_chunk"])
def test_operations_that_no_page_asks_for_change_nothing(tab, payload):
    message = BackMsg()
    message.backend_operation_request.request_id = "forged"
    getattr(message.backend_operation_request, payload).SetInParent()
    tab.rerun()
    for _ in range(5):
        tab.socket.send(message.SerializeToString())
    assert tab.rerun().planes == 3


def test_a_file_that_is_not_there(server, tab):
    message = BackMsg()
    message.backend_operation_request.deferred_file.file_id = "../../etc/passwd"
    tab.rerun()
    message.backend_operation_request.session_id = tab.session
    tab.socket.send(message.SerializeToString())
    while not (answer := ForwardMsg.FromString(tab.socket.recv(timeout=20))).HasField(
        "backend_operation_response"
    ):
        pass
    assert answer.backend_operation_response.error_msg
    assert "Error executing deferred callable" in server.said
    tab.send(file_urls_request=FileURLsRequest(request_id="x", file_names=["../../x"] * 1000, session_id="?"))
    assert tab.rerun().planes == 3


def test_a_run_of_what_is_not_there(tab):
    for forged in (
        {"page_script_hash": "no such page"},
        {"page_name": "no/such/page"},
        {"page_name": "x" * 100_000},
        {"query_string": "a=" + "x" * 200_000},
        {"query_string": "%00%ff&&&=" * 1000},
        {"is_auto_rerun": True},
        {"is_history_navigation": True},
    ):
        assert APOLOGY not in tab.rerun(**forged).words and tab.planes == 3, str(forged)[:80]
    tab.send_rerun(fragment_id="no such fragment")
    message = BackMsg()
    message.rerun_script.cached_message_hashes.extend(f"{number:032x}" for number in range(20_000))
    message.rerun_script.context_info.timezone = "Nowhere/Land"
    message.rerun_script.context_info.locale = "\0"
    message.rerun_script.context_info.timezone_offset = 2**31 - 1
    tab.socket.send(message.SerializeToString())
    assert tab.read_to_the_end().planes == 3


def test_a_flood_of_runs_is_one_run_for_everybody_else(server, tab):
    tab.rerun()
    rude = Tab(server)
    rude.rerun()
    (slider,) = (widget for widget in rude.widgets if widget.endswith("-anomaly_quantile"))
    for number in range(2000):
        rude.send_rerun(state(slider, double_array_value=[float(number % 26)]))
    assert tab.rerun().planes == 3
    rude.close()
    for _ in range(3):
        assert tab.rerun().planes == 3


def test_half_open_connections_do_not_keep_others_out(server, tab):
    place = urlparse(server.address)
    opened = []
    upgrade = b"GET /_stcore/stream HTTP/1.1\r\nUpgrade: websocket\r\n"
    for opening in (b"", b"GET / HTTP/1.1\r\nHost: a\r\n", upgrade):
        for _ in range(100):
            half = socket.create_connection((place.hostname, place.port))
            half.sendall(opening)
            opened.append(half)
    assert tab.rerun().planes == 3
    assert Tab(server).rerun().planes == 3
    deadline = time.monotonic() + 60
    while opened:  # who has asked for nothing is hung up on
        assert time.monotonic() < deadline, f"{len(opened)} are still open"
        opened[0].settimeout(1)
        try:
            if opened[0].recv(1000) == b"":
                opened.pop(0).close()
        except TimeoutError:
            continue
        except ConnectionResetError:
            opened.pop(0).close()


@pytest.mark.slow
def test_a_thousand_sessions_opened_and_dropped_give_their_memory_back(server):
    """Streamlit keeps 128 sessions for those who come back; these are there after the warm-up."""

    def come_and_go(n):
        for number in range(n):
            tab = Tab(server)
            if number % 10 == 0:
                tab.rerun()
            tab.close()

    come_and_go(200)
    before = memory(server)
    come_and_go(1000)
    assert memory(server) < 1.1 * before
