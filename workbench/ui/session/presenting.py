"""What is being presented: a page or a step of the sample's story, carried by the link as ``?present=…``."""

from __future__ import annotations

import streamlit as st

PARAMETER = "present"
STORY = "story"


def presented() -> str:
    """A page's file name, or ``story.3``; empty while nothing is presented."""
    return st.query_params.get(PARAMETER, "")


def present(what: str) -> None:
    """Show this on the wall from the next run on."""
    st.query_params[PARAMETER] = what


def stop_presenting() -> None:
    """Back to the page that the presentation began on."""
    st.query_params.pop(PARAMETER, None)


def story_step() -> int | None:
    """The step of the story that is presented, 0 the first; None for a page or anything that is no step."""
    name, _, number = presented().partition(".")
    return int(number) - 1 if name == STORY and number.isdecimal() and int(number) else None


def present_step(step: int) -> None:
    """Show a step of the story, 0 the first."""
    present(f"{STORY}.{step + 1}")
