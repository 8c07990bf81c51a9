"""The meaning of a word of the glossary beside its first place on a page."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from workbench.words.glossary import explain, glossary_words_in

_SAID = "context.explained"
HeadingLevel = Literal["title", "header", "subheader"]
HeadingWidth = Literal["stretch", "content"]


def begin_page_words() -> None:
    """Nothing is explained yet; called by the frame before a page is drawn."""
    st.session_state[_SAID] = {}


def first_help(text: str, *more: str) -> str | None:
    """What the small help beside a text explains: the words in it, and ``more``, that nothing above explained.

    A part that is drawn anew by itself asks with the same text, and has the same help again.
    """
    said: dict[str, str] = st.session_state.setdefault(_SAID, {})
    asked = dict.fromkeys((*more, *glossary_words_in(text)))
    own = [word for word in asked if said.setdefault(word, text) == text]
    return explain(*own) if own else None


def show_heading(text: str, level: HeadingLevel = "header", width: HeadingWidth = "stretch") -> None:
    """A heading, ``text`` as it is drawn, with the words of the glossary that it is the first to hold."""
    {"title": st.title, "header": st.header, "subheader": st.subheader}[level](
        text, anchor=False, help=first_help(text), width=width
    )
