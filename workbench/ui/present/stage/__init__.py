"""The frame of a slide: the sentence, the keys and buttons, and the speaker's notes; a component of our own.

Streamlit's own buttons and text are as large as the theme makes them, which is too small for a wall.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from workbench.charts.wall import HEIGHT, WIDTH

FOLDER = Path(__file__).parent


def _read(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


_mount = st.components.v2.component(
    "workbench.stage", html=_read("stage.html"), css=_read("stage.css"), js=_read("stage.js")
)


def show_stage(
    sentence: str, place: str, notes: str, other: str, shared: str, on_move: Callable[[], None], key: str
) -> tuple[int, int]:
    """Draw the frame of a slide.

    Parameters
    ----------
    sentence : the slide's sentence. place : where the slide stands, such as "3 of 9". notes : shown on request only.
    other : label of the button to the other deck; empty for none.
    shared : who sees this and of whom it is, small below the sentence; empty for nothing to say.
    on_move : called for every move; ``st.session_state[key]["move"]`` then says which: next, back, close, other.

    Returns
    -------
    (int, int)
        Width and height of the window in pixels.
    """
    data = {"sentence": sentence, "place": place, "notes": notes, "other": other, "shared": shared}
    found = _mount(key=key, data=data, default={"window": [WIDTH, HEIGHT]}, on_move_change=on_move,
                   on_window_change=lambda: None)  # fmt: skip
    width, height = found.window or (WIDTH, HEIGHT)
    return int(width), int(height)
