"""The live view of weights and ranks: drawn and re-ranked in the browser, told to Python when the hand lets go.

The JavaScript is plain ES modules, each in a file of its own. Streamlit takes one module from an app that is not an
installed package, so the files are joined here, the imports between them left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

FOLDER = Path(__file__).parent
MODULES = ("scores", "weights", "controls", "drill", "columns", "paint", "board", "live_weights")
"""In the order in which they need each other."""
_BETWEEN_MODULES = re.compile(r'^import \{[^}]*\} from "\./\w+\.js";\n|^export (?!default)', re.MULTILINE)


def javascript() -> str:
    """All modules as one."""
    return "\n".join(_BETWEEN_MODULES.sub("", _read(f"{name}.js")) for name in MODULES)


def _read(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


_mount = st.components.v2.component(
    "workbench.live_weights", html=_read("live_weights.html"), css=_read("live_weights.css"), js=javascript()
)


def live_weights(board: dict[str, Any], now: dict[str, Any], on_released: Callable[[], None], key: str) -> None:
    """Draw the live view.

    Parameters
    ----------
    board : what does not depend on weights (``live_weights.board``). now : weights and what else Python knows of the
        view's state; the view takes it over unless it has moved on since.
    on_released : called when a hand has let go; ``st.session_state[key]["released"]`` then holds what it left.
    """
    _mount(key=key, data={"board": board, "state": now}, on_released_change=on_released)
