"""A place on a page whose content may still be computed: dimmed meanwhile, with the progress in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from jobs.computing import Computation
from pages.parts.computing import waits
from pages.parts.computing.looking import look_again
from pages.parts.computing.results import CannotCompute, GivenUp, StillComputing
from pages.parts.text.story import words

MOVING, STILL = 150, 90  # pixels beneath a plane: the controls of what moves, numbers and a sentence

Placeholder = Callable[..., None]  # shows the place without its content, ``dimmed`` being a sentence over it


@contextmanager
def place(
    name: str, placeholder: Placeholder, *, doing: str = "computing", room: int | None = None
) -> Iterator[None]:
    """What asks for ``computed`` values in the block is shown when they are there; else the ``placeholder``.

    Beneath it stand the progress and a button to cancel, in ``room`` pixels, those of what is to come.
    What is shown in the end stands in a container, as the placeholder does, so that a plane is not made anew.
    """
    visitor = waits.of_visitor()
    try:
        yield
    except StillComputing as still:
        visitor.wait_at(name, still.computation)
        _await(name, still.computation, placeholder, doing, room)
    except GivenUp:
        placeholder(dimmed=words("waiting", "given up"))
        with st.container(height=room or "content", border=False):
            if st.button(words("waiting", "take up"), key=f"take_up_{name}"):
                visitor.take_up(name)
                st.rerun()
    except CannotCompute as problem:
        visitor.leave(name)
        placeholder(dimmed=str(problem))
    else:
        visitor.leave(name)


def _await(
    name: str, computation: Computation, placeholder: Placeholder, doing: str, room: int | None
) -> None:
    """Look again and again, and run the page again when there is news."""
    visitor, run_of_the_page = waits.of_visitor(), True

    def awaited() -> None:
        nonlocal run_of_the_page
        if visitor.look() and not run_of_the_page:  # a page that is under way comes to its end first
            st.rerun()
        run_of_the_page = False
        share = computation.share
        said = words("waiting", doing if computation.started else "queued")
        if computation.retried:
            said = words("waiting", "retried")
        if share is not None:
            # After the last step there is still something to do.
            said = words("waiting", "share", said=said, share=f"{int(99 * share)} %")
        placeholder(dimmed=said, status=words("waiting", "status"), busy=True)
        with st.container(height=room or "content", border=False, key=f"awaited_{name}"):
            st.progress(share or 0.0)
            if st.button(words("waiting", "cancel"), key=f"cancel_{name}", icon=":material/close:"):
                visitor.give_up(name)
                st.rerun()

    look_again(awaited, and_again=visitor.polls(computation))
