"""Reviews of decisions that are due soon, on Start."""

from __future__ import annotations

from functools import partial

import streamlit as st

from workbench.data.library.data_sets import DataSetEntry, list_data_sets, workspace_folder
from workbench.design.decisions import FOLDER, Decision, read_decisions
from workbench.design.free_texts import change_decision_texts
from workbench.design.in_force import standing_decisions
from workbench.ui.session import decision_log, state
from workbench.ui.session.navigation import page
from workbench.ui.session.saving import saving
from workbench.words.decisions import is_review_near, review_line
from workbench.words.markdown import plain
from workbench.words.rep_names import without_rep_names

MOST_LISTED = 4


def show_reviews() -> None:
    """A line per review that is due or nearly so, on any data set, with the way to it; nothing while there is none."""
    today = decision_log.today()
    for entry, decision in _near()[:MOST_LISTED]:
        late = decision.review <= today
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            icon = ":red[:material/event_busy:]" if late else ":material/event:"
            st.markdown(f"{icon} {plain(review_line(decision, entry.name, today))}")
            if st.button("Open the review", key=f"start.review.{decision.id}", icon=":material/arrow_forward:"):
                state.open_dataset(entry.id)
                st.switch_page(page("decide"))


def _near() -> list[tuple[DataSetEntry, Decision]]:
    """The reviews that are near, the most urgent first."""
    home, today, found = workspace_folder(), decision_log.today(), []
    with saving():
        if not (home / FOLDER).is_dir():
            return []
        for entry in list_data_sets(home):
            standing = standing_decisions(read_decisions(home, entry.id), today)
            found += [(entry, _as_shown(entry, each)) for each in standing if is_review_near(each, today)]
    return sorted(found, key=lambda pair: pair[1].review)


def _as_shown(entry: DataSetEntry, decision: Decision) -> Decision:
    """Names of reps are known of the open data set alone."""
    panel = state.current_panel() if state.current_entry() == entry else None
    if panel is None or not st.session_state.get(state.HIDE_NAMES, False):
        return decision
    return change_decision_texts(decision, partial(without_rep_names, names=state.display_names(panel)))
