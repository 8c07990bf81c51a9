"""The same story with other dice: from a number that a class agrees on, or from a link that carries it."""

from __future__ import annotations

import secrets
from urllib.parse import urlencode

import streamlit as st

from workbench.data.library.data_sets import workspace_folder
from workbench.errors import InputError
from workbench.learn.other_dice import SEED, find_story, throw_dice
from workbench.ui.session import state
from workbench.ui.session.switch import switch_to
from workbench.ui.widgets.parts import primary_label, quiet_label, show_issues
from workbench.words import learn as words

STORY, DICE = "story", "dice"
_NUMBER, _WHY_NOT = "learn.dice", "learn.no_dice"


def take_dice_of_link() -> None:
    """Open what a link such as ``?story=dials-floor&dice=4711`` asks for, made the first time."""
    story, seed = (st.query_params.get(name, "") for name in (STORY, DICE))
    if find_story(story) is None or not SEED.fullmatch(seed):
        return
    for name in (STORY, DICE):
        st.query_params.pop(name, None)
    if _throw(story, seed):
        switch_to("learn")


def show_other_dice(story: str) -> None:
    """A number to type, the link for a class, and the button that throws."""
    if find_story(story) is None:
        return
    with st.popover(quiet_label(words.OTHER_DICE), icon=":material/casino:", type="tertiary"):
        st.markdown(words.OTHER_DICE_HELP)
        first = st.session_state.setdefault(f"{_NUMBER}.first", str(1000 + secrets.randbelow(9000)))
        seed = st.text_input(words.DICE_NUMBER, value=first, key=_NUMBER, max_chars=6).strip()
        if not SEED.fullmatch(seed):
            st.caption(words.NO_DICE_NUMBER)
            return
        st.code(f"{_address()}?{urlencode({STORY: story, DICE: seed})}", language=None, wrap_lines=True)
        wanted = st.button(primary_label(words.THROW), key="learn.throw", type="primary", icon=":material/casino:")
        if wanted and _throw(story, seed):
            st.rerun()
    if issues := st.session_state.pop(_WHY_NOT, ()):
        show_issues(issues)


def _address() -> str:
    return (st.context.url or "").split("?")[0]


def _throw(story: str, seed: str) -> bool:
    """Make the data set, or find it, and open it. False where it cannot be stored, which is then said."""
    with st.spinner(words.THROWING):
        try:
            entry = throw_dice(workspace_folder(), story, seed)
        except OSError:
            st.toast(words.NO_SPACE, icon=":material/save:")
            return False
        except InputError as error:
            st.session_state[_WHY_NOT] = error.issues
            return False
        except LookupError:
            st.toast(words.NO_THROW, icon=":material/casino:")
            return False
    state.open_dataset(entry.id)
    st.session_state["learn.all"] = False
    return True
