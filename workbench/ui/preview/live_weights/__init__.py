"""The live view of weights and ranks: a component that re-ranks in the browser and reports on release.

The JavaScript is plain ES modules, each in a file of its own, and the browser loads and links them as modules.
Streamlit serves files only for components of installed packages and takes one text from others: that text is
``loader.js`` with the modules as data, and gives each an address in the browser.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

FOLDER = Path(__file__).parent
LOADER = "loader.js"


def javascript() -> str:
    """The one text that Streamlit takes: the loader, after the text of every module by its file name."""
    names = sorted(path.name for path in FOLDER.glob("*.js") if path.name != LOADER)
    return f"const MODULES = {json.dumps({name: _read(name) for name in names})};\n{_read(LOADER)}"


def _read(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


_mount = st.components.v2.component(
    "workbench.live_weights", html=_read("live_weights.html"), css=_read("live_weights.css"), js=javascript()
)


def live_weights(board: dict[str, Any], now: dict[str, Any], on_released: Callable[[], None], key: str) -> None:
    """Draw the live view.

    Parameters
    ----------
    board : what does not depend on weights (``live_board``). now : weights and what else Python knows of the
        view's state; the view takes it over unless it has moved on since.
    on_released : called when a hand has let go; ``st.session_state[key]["released"]`` then holds what it left.
    """
    _mount(key=key, data={"board": board, "state": now}, on_released_change=on_released)
