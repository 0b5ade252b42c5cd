"""A visitor without a browser: Streamlit's own messages over a bare websocket."""

import re
import time
from contextlib import ExitStack

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.sync.client import connect

APOLOGY = "Something went wrong"


class Tab:
    """One connection. ``widgets`` are those of the page, id to kind; ``words`` all that was sent last."""

    def __init__(self, server, **options):
        address = server.address.replace("http", "ws") + "/_stcore/stream"
        self._open = ExitStack()
        self.socket = self._open.enter_context(
            connect(address, subprotocols=["streamlit"], max_size=None, **options)
        )
        self.widgets, self.planes, self.n_messages = {}, 0, 0
        self.pages, self.kept, self._parts = [], {}, []

    @property
    def words(self):
        return "".join(re.sub(r'file_id: "\w+"', "", str(part)) for part in self._parts)  # a new one each run

    def send(self, **message):
        self.socket.send(BackMsg(**message).SerializeToString())

    def rerun(self, *states, **client_state):
        """Run the page with these values of widgets, and read what it sends until it has come to its end."""
        self.send_rerun(*states, **client_state)
        return self.read_to_the_end()

    def keep(self, *states):
        """Send these with every run from now on, as a browser does with all that has been set."""
        self.kept |= {state.id: state for state in states}

    def send_rerun(self, *states, **client_state):
        sent = self.kept | {state.id: state for state in states}
        widgets = WidgetStates(widgets=sent.values())
        self.send(rerun_script=ClientState(widget_states=widgets, **client_state))

    def read_to_the_end(self):
        """Until a run has come to its end, and was not interrupted by the next one."""
        self._parts, self.planes = [], 0
        early = (ForwardMsg.FINISHED_EARLY_FOR_RERUN, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
        while True:
            message = self.receive(timeout=60)
            if message.WhichOneof("type") == "script_finished" and message.script_finished not in early:
                return self

    def receive(self, timeout):
        """The next message, taken in. Raises TimeoutError."""
        message = ForwardMsg.FromString(self.socket.recv(timeout=timeout))
        self.n_messages += 1
        kind = message.WhichOneof("type")
        if kind == "new_session" and not message.metadata.run.fragment_ids:
            self._parts, self.planes = [], 0
            self.session = message.new_session.initialize.session_id
        elif kind == "delta":
            self._read(message.delta)
        elif kind == "navigation":
            self.pages = [page.url_pathname for page in message.navigation.app_pages]
        return message

    def _read(self, delta):
        part = getattr(delta, delta.WhichOneof("type"))
        kind = part.WhichOneof("type") if "type" in part.DESCRIPTOR.oneofs_by_name else None
        element = getattr(part, kind) if kind else None
        if hasattr(element, "DESCRIPTOR"):
            for field, value in element.ListFields():
                if field.name == "id" and str(value).startswith("$$ID"):
                    self.widgets[value] = kind
        if kind == "selectbox" and element.set_value:  # a browser sends back what it was told to show
            self.keep(state(element.id, string_value=element.raw_value))
        self.planes += kind == "bidi_component" and bool(part.bidi_component.bytes)
        if kind != "bidi_component":
            self._parts.append(part)

    def settled(self, like=None, **client_state):
        """Run the page until nothing is computed beside it any more: ``like`` that, or four times alike."""
        deadline, seen = time.monotonic() + 120, []
        while time.monotonic() < deadline:
            seen.append(self.rerun(**client_state).words)
            if self.words == like or (like is None and len(seen) > 3 and len(set(seen[-4:])) == 1):
                break
            time.sleep(0.5)
        return self

    def press(self, button):
        return self.rerun(state(button, trigger_value=True))

    def close(self):
        self._open.close()


def state(widget_id, **value):
    """A widget's value as a browser sends it; ``value`` names the field of the message."""
    made = WidgetState(id=widget_id)
    for field, content in value.items():
        if field.endswith("_array_value"):
            getattr(made, field).data.extend(content)
        elif isinstance(content, (bool, int, float, str, bytes)):
            setattr(made, field, content)
        else:
            getattr(made, field).CopyFrom(content)
    return made


def memory(server):
    """What the server's process holds, in kB."""
    with open(f"/proc/{server.process.pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
