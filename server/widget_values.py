"""Values of widgets, checked where they enter a session: what a widget cannot have sent is left out.

Streamlit hands whatever a message says to the widget's deserializer. A browser sends what its widgets can
hold; a forged message may hold anything for any widget, and what cannot be deserialized once would fail at
every later run. A value that is refused leaves the widget as it was.
"""

from __future__ import annotations

import logging
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime import state
from streamlit.runtime.state.common import (
    RegisterWidgetResult,
    WidgetMetadata,
    is_array_value_field_name,
    is_element_id,
    unpack_widget_state_value,
)
from streamlit.runtime.state.session_state import Serialized, SessionState

# Deserializing such a value and serializing it again gives it back, if it is within the widget's range.
PLAIN = {"bool_value", "double_value", "int_value", "string_value"}
NUMBERS = {"double_value", "int_value"}  # the browser sends a whole number as either
LONGEST_JSON = 200_000  # characters: a plane's 5,000 points take 40,000


def check_widget_values() -> None:
    """From now on each new session checks what it is sent."""
    state.SessionState = CheckedSessionState


class CheckedSessionState(SessionState):
    """Streamlit's session state, behind a check of everything that a message would put into it."""

    def on_script_will_rerun(self, fresh_widget_states: WidgetStates | None, **about: Any) -> None:
        if fresh_widget_states is not None:
            fresh_widget_states = WidgetStates(
                widgets=[sent for sent in fresh_widget_states.widgets if self._may_enter(sent)]
            )
        super().on_script_will_rerun(fresh_widget_states, **about)

    def register_widget(self, metadata: WidgetMetadata, user_key: str | None) -> RegisterWidgetResult:
        """A value that came before its widget, as after a reconnection, is checked when that is there."""
        waiting = self._new_widget_state.states.get(metadata.id)
        if isinstance(waiting, Serialized) and not _checked(waiting.value, metadata):
            del self._new_widget_state[metadata.id]
        return super().register_widget(metadata, user_key)

    def _may_enter(self, sent: WidgetState) -> bool:
        """Names in the session that are no widget's are not for messages to set."""
        if not is_element_id(sent.id):
            return _refused("it is no widget")
        metadata = self.get_widget_metadata(sent.id)
        return metadata is None or _checked(sent, metadata)


def _checked(sent: WidgetState, metadata: WidgetMetadata) -> bool:
    """Whether the widget can have sent this."""
    field = sent.WhichOneof("value")
    if field is None:  # cleared
        return True
    if field != metadata.value_type and not {field, metadata.value_type} <= NUMBERS:
        return _refused(f"{field} for {metadata.value_type}")
    if field == "json_value" and len(sent.json_value) > LONGEST_JSON:
        return _refused("more than a plane sends")
    try:
        given = unpack_widget_state_value(sent)
        if field == "json_value" and not isinstance(given, dict):
            return _refused("no mapping")
        value = metadata.deserializer(given)
        if value is None and metadata.deserializer(None) is not None:
            return _refused("something has to be chosen")
        # What a select box does not offer it would take for a new option.
        widget = getattr(metadata.deserializer, "__self__", None)
        options = getattr(widget, "formatted_option_to_option_index", None)
        if field == "string_value" and options is not None and given not in options:
            return _refused("no such option")
        if field in PLAIN and metadata.serializer(value) != given:
            return _refused("out of range")
        if is_array_value_field_name(field) and list(metadata.serializer(value)) != list(given):
            return _refused("out of range")
    except Exception as problem:  # deserializers raise what they like
        return _refused(type(problem).__name__)
    return True


def _refused(why: str) -> bool:
    said = "A value that no browser sends was refused: %s"
    logging.getLogger("two_souls").warning(said, why, stacklevel=2)
    return False
