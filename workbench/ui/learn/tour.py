"""The tour of a minute on Start: five stops through the dials floor, offered once."""

from __future__ import annotations

import streamlit as st

from workbench.data.library.data_sets import DataSetEntry, find_data_set, workspace_folder
from workbench.data.model.panel import Panel
from workbench.learn.lesson import LessonPicture
from workbench.learn.progress_store import mark_tour_seen
from workbench.ui.learn.lesson_at_hand import picture_of
from workbench.ui.learn.remember import remember_learner
from workbench.ui.session import cache, state
from workbench.ui.session.learner import current_learner
from workbench.ui.session.learner_progress import progress_at_hand
from workbench.ui.session.navigation import page
from workbench.ui.session.saving import saving
from workbench.ui.widgets.parts import FIRST_SAMPLE, primary_label
from workbench.ui.widgets.picture import show_chart
from workbench.words import tour as words
from workbench.words.markdown import plain

_AT, _OPEN, _ANSWERED = "learn.tour.at", "learn.tour.open", "learn.tour.answered"
_FIRST, _LAST = "2024-07", "2024-12"  # the months in which dials were paid for
PICTURES = (
    LessonPicture(picture="score", first=_FIRST, last=_LAST),
    LessonPicture(picture="places", first=_FIRST, last=_LAST),
    LessonPicture(picture="outcomes"),
    LessonPicture(picture="change", weights=(("Quotes", 15), ("Meetings", 15))),
    None,
)


def offer_tour() -> None:
    """The offer, until it was taken or declined once; nothing where the sample is missing."""
    if not _is_offered():
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/tour: {words.OFFER}", width="content")
        st.button(words.START, key="tour.start", icon=":material/play_arrow:", on_click=begin_tour)
        st.button(words.SKIP, key="tour.skip", type="tertiary", on_click=_decline)


def tour_again() -> None:
    """A small button for whoever wants to see the tour, again or after all; nothing while it is offered."""
    if _sample() is not None and not _is_offered():
        st.button(words.AGAIN, key="tour.again", type="tertiary", icon=":material/tour:", on_click=begin_tour)


def _is_offered() -> bool:
    return _sample() is not None and not st.session_state.get(_ANSWERED) and not progress_at_hand().tour_seen


def begin_tour() -> None:
    """Callback: open the first stop."""
    _decline()
    st.session_state[_AT], st.session_state[_OPEN] = 0, True


def show_tour() -> None:
    """Open the tour if it was just begun; it never opens by itself."""
    entry = _sample()
    if st.session_state.pop(_OPEN, False) and entry is not None:
        built = cache.cached_panel(entry)
        if built.panel is not None:
            _show_stop(entry, built.panel)
    if st.session_state.get(_ANSWERED):
        remember_learner()


@st.dialog(words.TITLE, width="large")
def _show_stop(entry: DataSetEntry, panel: Panel) -> None:
    st.session_state.pop(_OPEN, None)
    at = st.session_state.setdefault(_AT, 0)
    picture = PICTURES[at]
    st.header(words.STOPS[at], anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        if at > 0:
            st.button(words.BACK, key="tour.back", icon=":material/arrow_back:", on_click=_go, args=(at - 1,))
        if at + 1 < len(words.STOPS):
            st.button(primary_label(words.NEXT), key="tour.next", type="primary", icon=":material/arrow_forward:",
                      on_click=_go, args=(at + 1,))  # fmt: skip
        else:
            st.page_link(page("learn"), label=words.LEARN, icon=":material/school:")
            st.page_link(page("data"), label=words.OWN, icon=":material/upload_file:")
        st.caption(words.stop_place(at), width="content")
        if st.button(words.CLOSE, key="tour.close", type="tertiary"):
            st.rerun()
    if picture is not None:
        drawn = picture_of(entry, panel, "preview", picture, state.display_names(panel))
        st.markdown(plain(drawn.sentence))
        if drawn.chart is not None:
            show_chart(drawn.chart, drawn.alt)


def _sample() -> DataSetEntry | None:
    return find_data_set(workspace_folder(), FIRST_SAMPLE)


def _go(to: int) -> None:
    """Callback: another stop, also where the whole page is drawn for it."""
    st.session_state[_AT], st.session_state[_OPEN] = to, True


def _decline() -> None:
    """Callback: offer the tour no more."""
    st.session_state[_ANSWERED] = True
    with saving():
        mark_tour_seen(workspace_folder(), current_learner())
