"""The address in the browser, kept at what the visitor has made, and copied when that is asked for.

It stands on every page, so it fetches what else is mended on all of them: where the focus goes.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

_mount = st.components.v2.component(
    "two_souls.address",
    html="<div></div>",
    js="""
    import(new URL("assets/page/focus.js", document.baseURI)).catch(() => {});
    const address = import(new URL("assets/page/address.js", document.baseURI));
    export default (component) => { address.then((module) => module.render(component), () => {}); };
    """,
    isolate_styles=False,
)


def address(word: str, page: str, version: int, shared: dict[str, Any] | None, key: str) -> None:
    """Put the word into the address; ``shared`` is what is said of a link, and which request that answers."""
    _mount(key=key, data={"word": word, "page": page, "version": version, "shared": shared})
