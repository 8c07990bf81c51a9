"""The page Learn: predict, then see."""

from __future__ import annotations

import streamlit as st

from workbench.ui.learn.dice import take_dice_of_link
from workbench.ui.learn.how_sure import show_sureness
from workbench.ui.learn.lesson_at_hand import lesson_of
from workbench.ui.learn.remember import remember_learner
from workbench.ui.learn.shelf import show_stories
from workbench.ui.learn.story import show_story
from workbench.ui.session import state
from workbench.ui.session.learner_progress import progress_at_hand
from workbench.ui.session.part_link import follow_part
from workbench.ui.widgets.parts import page_title
from workbench.words import learn as words
from workbench.words.glossary import GLOSSARY

_PART = "learn.part"


def show_learn() -> None:
    """The page as it is drawn."""
    page_title(words.QUESTION)
    take_dice_of_link()
    follow_part(_PART, words.TABS)
    tabs = dict(zip(words.TABS, st.tabs(words.TABS, key=_PART, on_change="rerun"), strict=True))
    parts = (_show_story_or_shelf, _show_how_sure, _show_glossary)
    for tab, show in zip(tabs.values(), parts, strict=True):
        if tab.open:
            with tab:
                show()
    remember_learner()


def _show_story_or_shelf() -> None:
    entry, panel = state.current_entry(), state.current_panel()
    lesson = lesson_of(entry)
    if entry is not None and panel is not None and lesson is not None and not st.session_state.get("learn.all"):
        show_story(entry, panel, *lesson, state.display_names(panel))
        return
    if entry is not None and lesson is None:
        st.header(words.NO_LESSON, anchor=False)
        st.markdown(words.NO_LESSON_HELP)
    else:
        st.header(words.CHOOSE, anchor=False)
        st.markdown(words.PROMISE)
    show_stories(progress_at_hand())


def _show_how_sure() -> None:
    show_sureness(progress_at_hand())


def _show_glossary() -> None:
    for word, meaning in GLOSSARY.items():
        st.markdown(f"**{word}** – {meaning}")
