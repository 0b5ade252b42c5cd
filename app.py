"""Two Souls: `streamlit run app.py`."""

import asyncio
import gc
import logging
import threading
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from pages.parts.text.story import words
from server import open_files
from server.admission import Admission, farewell
from server.messages import Messages
from server.repeated_records import hold_back_repeated_records
from server.visitors import visitor
from server.widget_values import check_widget_values

ROOT = Path(__file__).parent


def import_models() -> None:
    """Import what is heavy, then take it out of the garbage collector's sight.

    With torch and scikit-learn in sight a collection holds up every page for 200 ms, without them for 6-8 ms.
    """
    from jobs import lanes
    from jobs.worker_process import keep_to_one_thread
    from paradigms import registry

    lanes.start()
    registry.cards()
    registry.samplers()
    registry.presets()
    keep_to_one_thread()
    gc.collect()
    gc.freeze()


class Assets(StaticFiles):
    """Files that the browser asks about each time, so that modules of two versions never meet."""

    def file_response(self, *args, **kwargs):
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        return response


@asynccontextmanager
async def lifespan(_app):
    hold_back_repeated_records()
    check_widget_values()
    open_files.raise_limit()
    open_files.guard_connections(asyncio.get_running_loop(), farewell())
    threading.Thread(target=import_models, daemon=True).start()
    yield


def apologise(problem: Exception) -> bool:
    """A defect of ours: say so in a sentence, and leave the details to the server's log."""
    logging.getLogger("two_souls").error("A page failed for visitor %s", visitor(), exc_info=problem)
    st.error(words("server/answers", "failure", visitor=visitor()))
    return True


app = st.App(
    ROOT / "pages" / "frame.py",
    lifespan=lifespan,
    on_script_error=apologise,
    middleware=[Middleware(Admission), Middleware(Messages)],
    routes=[Mount("/assets", Assets(directory=ROOT / "assets"))],
)
