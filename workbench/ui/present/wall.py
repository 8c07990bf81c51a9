"""Draw a slide on the wall, and move on by keys or buttons."""

from __future__ import annotations

import streamlit as st

from workbench.slides.slide import Slide
from workbench.ui.present.deck import page_slide
from workbench.ui.present.stage import show_stage
from workbench.ui.session import presenting, state
from workbench.ui.session.navigation import PAGES
from workbench.ui.widgets.picture import show_on_wall
from workbench.words import slides as words

STAGE = "present.stage"
TAKEN = 0.15  # of the window's height, by the frame of the slide (stage.css)
EDGE = 60  # pixels that the page keeps free above and below the picture
DECK = tuple(PAGES)


def show_wall() -> None:
    """Show what the link asks to present."""
    slide = _slide(presenting.presented())
    at = DECK.index(presenting.presented()) if presenting.presented() in DECK else 0
    height = show_stage(slide.sentence, words.slide_place(at, len(DECK)), "", "", _move, STAGE)
    if slide.chart is not None:
        show_on_wall(slide.chart, slide.alt, round(height * (1 - TAKEN)) - EDGE, slide.n_rows)


def _slide(file: str) -> Slide:
    panel = state.current_panel()
    if panel is None:
        return Slide(words.NO_DATA)
    return page_slide(file, panel, state.current_design(), state.display_names(panel))


def _move() -> None:
    """Callback of the frame: to the next slide, back, or out."""
    to = st.session_state[STAGE]["move"]
    if to == "close":
        presenting.stop_presenting()
        return
    now = presenting.presented()
    at = DECK.index(now) if now in DECK else 0
    step = {"next": 1, "back": -1}.get(to, 0)
    presenting.present(DECK[min(max(at + step, 0), len(DECK) - 1)])
