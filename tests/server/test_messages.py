"""What gets past the door of the websocket: of each message by itself, without a server."""

import asyncio

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from server import messages


def an_operation(payload):
    message = BackMsg()
    getattr(message.backend_operation_request, payload).SetInParent()
    return message


def a(kind):
    message = BackMsg()
    field = getattr(message, kind)
    field.SetInParent() if hasattr(field, "SetInParent") else setattr(message, kind, True)
    return message


DEBUGGING = "debug_disconnect_websocket", "debug_shutdown_runtime"
KINDS = "clear_cache", "set_run_on_save", "load_git_info", *DEBUGGING
OPERATIONS = "install_skills", "dismiss_skills_nudge", "dataframe_chunk"
FORGED = {kind: a(kind) for kind in KINDS} | {payload: an_operation(payload) for payload in OPERATIONS}
FORGED["None"] = BackMsg()
SENT = {kind: a(kind) for kind in ("rerun_script", "stop_script", "app_heartbeat", "file_urls_request")}
SENT["deferred_file"] = an_operation("deferred_file")


def received(*sent):
    """The frames that reach the app, of these messages and the end of the connection."""
    frames = [{"type": "websocket.receive", "bytes": message.SerializeToString()} for message in sent]
    waiting, came = [*frames, {"type": "websocket.disconnect", "code": 1000}], []

    async def receive():
        return waiting.pop(0)

    async def app(scope, receive, send):
        while (message := await receive())["type"] != "websocket.disconnect":
            came.append(message["bytes"])

    asyncio.run(messages.Messages(app)({"type": "websocket"}, receive, None))
    return came


@pytest.fixture
def log(monkeypatch):
    """What the log is told: every record, for none is held back here."""
    told = []
    monkeypatch.setattr(messages, "_log", lambda said, *about: told.append(said % about))
    return told


@pytest.mark.parametrize("kind", FORGED)
def test_what_no_page_sends_is_left_out_and_told_to_the_log(kind, log):
    assert received(FORGED[kind], SENT["rerun_script"]) == [SENT["rerun_script"].SerializeToString()]
    assert log == [f"A message that no page sends was left out: {kind}"]


@pytest.mark.parametrize("kind", SENT)
def test_what_a_page_sends_comes_in(kind, log):
    assert received(SENT[kind]) == [SENT[kind].SerializeToString()]
    assert not log


@pytest.mark.parametrize("where", ["query_string", "url"])
def test_an_endless_address_is_cut(where, log):
    def rerun(length):
        message = a("rerun_script")
        about = message.rerun_script if where == "query_string" else message.rerun_script.context_info
        setattr(about, where, "w" * length)
        return message

    def length_of(frame):
        rerun = BackMsg.FromString(frame).rerun_script
        return len(getattr(rerun if where == "query_string" else rerun.context_info, where))

    longest = messages.LONGEST_ADDRESS
    came = received(rerun(longest), rerun(longest + 1), rerun(10_000_000))
    assert list(map(length_of, came)) == [longest] * 3 and log == []
