"""Where one is in a story, the same on Learn and on the pages; and the pages made ready for a question."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from workbench.data.library.data_sets import DataSetEntry, workspace_folder
from workbench.data.model.panel import Panel
from workbench.design.edits import set_weights
from workbench.learn.lesson import LessonPlan, StepPlan
from workbench.learn.predictions import Prediction
from workbench.learn.progress_store import set_playing, start_story_over
from workbench.ui.session import state
from workbench.ui.session.learner import current_learner
from workbench.ui.session.saving import saving
from workbench.ui.session.share_link import PARAMETERS
from workbench.ui.widgets.filters import choose_periods, periods_link
from workbench.words import learn as words

_AT, _READY, _BEFORE = "learn.at", "learn.ready", "learn.before"
PREVIEW = "preview"


def place_in(entry: DataSetEntry, plan: LessonPlan, done: Mapping[str, Prediction]) -> int:
    """The question looked at; the first without a prediction when the story is opened. None is looked at ahead."""
    first_open = next((at for at, step in enumerate(plan.steps) if step.id not in done), len(plan.steps))
    return min(st.session_state.setdefault(_AT, {}).setdefault(entry.id, first_open), first_open)


def go_to(story: str, to: int) -> None:
    """Callback: look at another question of the story."""
    st.session_state.setdefault(_AT, {})[story] = to


def play_on_pages(story: str) -> None:
    """Open a story on the pages, or none where it is empty; kept with the person, so that every tab knows."""
    with saving():
        set_playing(workspace_folder(), current_learner(), story)


def leave_pages(story: str) -> None:
    """Callback: close the story on the pages, and put the design back as it was before."""
    play_on_pages("")
    st.session_state.pop(_READY, None)
    before = st.session_state.get(_BEFORE, {}).pop(story, None)
    if before is not None:
        state.change_design(before, words.BACK_FROM_STORY)


def start_over(story: str) -> None:
    """Callback: begin the story anew; what was predicted before still says how sure one was."""
    with saving():
        start_story_over(workspace_folder(), current_learner(), story)
    typed = tuple(f"learn.{what}.{story}." for what in ("choice", "sure", "said", "elsewhere", "asking", "committing"))
    for key in [key for key in st.session_state if str(key).startswith(typed)]:
        del st.session_state[key]
    st.session_state.pop(_READY, None)
    go_to(story, 0)
    st.toast(words.ASK_AGAIN, icon=":material/restart_alt:")


def make_ready(entry: DataSetEntry, panel: Panel, step: StepPlan) -> None:
    """Bring Preview to the weights and periods that a question is about; once a question, then the hand leads.

    The page begins anew with them: the link was written before, and one that lags behind the design would be written
    when the next page is open, as an entry of its own in the browser's history.
    """
    if st.session_state.get(_READY) == (entry.id, step.id):
        return
    st.session_state[_READY] = (entry.id, step.id)
    own = state.own_design()
    if own is not None:
        st.session_state.setdefault(_BEFORE, {}).setdefault(entry.id, state.current_design())
        weights = {kpi.name: 0.0 for kpi in own.kpis} | dict(step.weights or ()) if step.weights else {}
        asked = set_weights(own, weights)
        if weights or step.play == "weights":  # other weights than the scorecard's are not shown under its name
            asked = asked.model_copy(update={"name": words.IN_STORY.format(name=own.name)})
        state.change_design(asked, words.FOR_QUESTION)
    choose_periods(panel, PREVIEW, step.first, step.last)
    if state.link_lags():
        st.rerun()


def step_link(entry: DataSetEntry, step: StepPlan) -> dict[str, str]:
    """What a link to the page of a step carries, so that it opens at the right place."""
    carried = {name: st.query_params[name] for name in PARAMETERS if name in st.query_params}
    months = periods_link(step.first, step.last) if step.page == PREVIEW else {}
    return carried | {"data": entry.id} | ({"part": step.part} if step.part else {}) | dict(step.link) | months
