"""The address in the browser, kept at what the visitor has made, and copied when that is asked for."""

from __future__ import annotations

from typing import Any

import streamlit as st

_mount = st.components.v2.component(
    "two_souls.address",
    html="<div></div>",
    js="""
    const address = import(new URL("assets/address/address.js", document.baseURI));
    export default (component) => { address.then((module) => module.render(component), () => {}); };
    """,
    isolate_styles=False,
)


def address(word: str, page: str, version: int, shared: dict[str, Any] | None, key: str) -> None:
    """Put the word into the address; ``shared`` is what is said of a link, and which request that answers."""
    _mount(key=key, data={"word": word, "page": page, "version": version, "shared": shared})
