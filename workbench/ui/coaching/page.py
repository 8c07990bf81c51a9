"""The page Coaching: the plan in one sentence, and what stands behind it."""

from __future__ import annotations

import streamlit as st

from workbench.data.library.data_sets import DataSetEntry, find_data_set, workspace_folder
from workbench.errors import InputError, Issue
from workbench.phases.first_phases import logs_with_outcomes, may_be_calls
from workbench.phases.outcome_counts import HOUR
from workbench.phases.phase_file import check_phases
from workbench.ui.coaching import by_phase, mapping, one_rep, over_time, plan, reliability, start_coaching
from workbench.ui.coaching.in_question import may_be_empty, must_wait, reps_in_question, show_set_apart
from workbench.ui.coaching.phase_draft import PhaseDraft, confirm_phases, current_phases, has_phases
from workbench.ui.coaching.seen import coaching_of, outcomes_of
from workbench.ui.session import state
from workbench.ui.session.cached_phases import CoachingFound
from workbench.ui.session.navigation import page
from workbench.ui.session.part_link import follow_part
from workbench.ui.widgets.first_words import show_heading
from workbench.ui.widgets.parts import end_page, how_computed, open_sample, page_title, require_panel, show_issues
from workbench.words import coaching as words
from workbench.words.markdown import plain
from workbench.words.phases import coaching_headline, merged_sentences

CALLS_SAMPLE = "the-conversation"
_PART = "coaching.part"


def show_coaching() -> None:
    """The page as it is drawn."""
    page_title(words.QUESTION, "Phase", "Achievable level")
    panel, _ = require_panel()
    entry = state.current_entry()
    if entry is None:
        end_page()
    logs = logs_with_outcomes(entry.load())
    if not logs or not (may_be_calls(logs[0]) or has_phases(entry)):
        _show_no_log()
        end_page()
    try:
        draft = current_phases(entry, panel, logs)
        counted = outcomes_of(entry, panel, logs, draft.file)
    except InputError as error:
        show_issues(error.issues)
        st.page_link(page("data"), label="Fix it on the Data page", icon=":material/build:")
        end_page()
    if must_wait(entry, panel):
        st.info(words.PLAN_WAITS, icon=":material/verified_user:")
        end_page()
    try:
        found = coaching_of(entry, panel, logs, state.display_names(panel))
    except InputError:
        st.info(words.NO_PHASES, icon=":material/rule:")
        _open_mapping()  # where the hand is, also once the other parts are there
        mapping.show_mapping(entry, panel, logs, draft, counted)
        end_page()
    _show_found(entry, draft, found)
    show_set_apart(entry, reps_in_question(entry, panel), may_be_empty(entry, panel), state.display_names(panel))
    start_coaching.show_started(entry, panel, state.display_names(panel))
    _show_unusual(found, check_phases(draft.file, entry.load()), state.display_names(panel))
    plan.show_coaching_figures(found)
    follow_part(_PART, words.TABS)
    tabs = dict(zip(words.TABS, st.tabs(words.TABS, key=_PART, on_change="rerun"), strict=True))
    parts = (
        lambda: plan.show_plan(entry, panel, draft.file, counted, found),
        lambda: _show_phases_and_reliability(found),
        lambda: one_rep.show_one_rep(panel, found),
        lambda: over_time.show_phase_over_time(entry, panel, found),
        lambda: mapping.show_mapping(entry, panel, logs, draft, counted),
    )
    for tab, show in zip(tabs.values(), parts, strict=True):
        if tab.open:
            with tab:
                show()


def _show_found(entry: DataSetEntry, draft: PhaseDraft, found: CoachingFound) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        show_heading(plain(coaching_headline(found.coaching)), width="content")
        plan.show_hour_choice(entry, draft.file, found)
        how_computed(words.METHOD)
    by_hour = [words.COMPARED_BY_HOUR] if HOUR in draft.file.strata else []
    if compared := [*by_hour, *merged_sentences(found.phases.phases)]:
        st.markdown(plain(" ".join(compared)))
    left_out = words.left_out_words(found.counts)
    where_from = {"guessed": words.GUESSED, "reused": words.REUSED, "saved": ""}[draft.origin]
    if where_from or left_out:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(" ".join(filter(None, (where_from, left_out)))), width="content")
            st.button("Check the outcomes", icon=":material/rule:", key="coaching.check", on_click=_open_mapping)
            if where_from:
                st.button("Keep these phases", icon=":material/check:", key="coaching.confirm", on_click=confirm_phases,
                          args=(entry,))  # fmt: skip


def _show_unusual(found: CoachingFound, of_map: tuple[Issue, ...], names: dict[str, str]) -> None:
    """What is unusual about the map (``of_map``) or the log, who calls no more, and months covered in part."""
    worth = [
        issue for issue in (*of_map, *found.counts.issues) if issue.level != "info" and "unmapped" not in issue.code
    ]
    notes = words.coverage_notes(found.counts, found.phases, found.gone, names)
    if not worth and not notes:
        return
    with st.expander(words.UNUSUAL, icon=":material/info:"):
        for note in notes:
            st.markdown(plain(note))
        for said, small_print in words.ramp_notes(found.counts, names):
            st.markdown(plain(said))
            st.caption(plain(small_print))
        show_issues(worth)


def _show_phases_and_reliability(found: CoachingFound) -> None:
    by_phase.show_phases(found)
    reliability.show_reliability(found.phases)


def _open_mapping() -> None:
    """Callback: open the part in which outcomes are mapped."""
    st.session_state[_PART] = words.TABS[-1]


def _show_no_log() -> None:
    """An empty state: what the page needs, and the ways to it."""
    with st.container(border=True):
        show_heading(words.NO_LOG)
        st.write(words.NO_LOG_HELP)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(page("data"), label="Say what the columns hold", icon=":material/table:")
            if find_data_set(workspace_folder(), CALLS_SAMPLE):
                st.button("Open the sample “The conversation”", icon=":material/play_arrow:", on_click=open_sample,
                          args=(CALLS_SAMPLE,), key="coaching.sample")  # fmt: skip
