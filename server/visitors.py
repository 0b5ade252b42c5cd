"""A name for a visitor that may be said aloud and written into a log."""

from __future__ import annotations

import hashlib

from streamlit.runtime.scriptrunner import get_script_run_ctx


def visitor() -> str:
    """Eight letters for the session that is running, or "" where none is.

    They do not give away the session's own id, with which it could be taken over.
    """
    context = get_script_run_ctx(suppress_warning=True)
    return "" if context is None else hashlib.sha256(context.session_id.encode()).hexdigest()[:8]
