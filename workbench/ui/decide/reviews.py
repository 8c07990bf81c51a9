"""Reviews of decisions that are due soon, on Start."""

from __future__ import annotations

from functools import partial

import streamlit as st

from workbench.data.library.data_sets import DataSetEntry, list_data_sets, workspace_folder
from workbench.data.model.panel import Panel
from workbench.design.decisions import Decision, Pivot, has_decisions, read_decisions
from workbench.design.free_texts import change_decision_texts, change_pivot_texts
from workbench.design.in_force import in_force_at, open_pivots, standing_decisions
from workbench.ui.session import decision_log, state
from workbench.ui.session.navigation import page
from workbench.ui.session.saving import saving
from workbench.ui.session.switch import switch_to
from workbench.words.decisions import HIDDEN, SEE_DECISION, in_force_sentence, is_review_near
from workbench.words.markdown import plain
from workbench.words.pivots import review_line
from workbench.words.rep_names import without_rep_names

MOST_LISTED = 4


def show_reviews() -> None:
    """A line per review that is due or nearly so, on any data set, with the way to it; nothing while there is none."""
    today = decision_log.today()
    for entry, record in _near()[:MOST_LISTED]:
        late = record.review <= today
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            icon = ":red[:material/event_busy:]" if late else ":material/event:"
            st.markdown(f"{icon} {plain(review_line(record, entry.name, today))}")
            if st.button(
                "Open the review", key=f"start.review.{entry.id}.{record.id}", icon=":material/arrow_forward:"
            ):
                state.open_dataset(entry.id)
                switch_to("decide")


def show_coming(panel: Panel) -> None:
    """What a decision on the open data set puts in force next, with the way to it; nothing while there is none."""
    log, today = decision_log.shown_log(panel), decision_log.today()
    days = [each.in_force for each in standing_decisions(log, today) if each.in_force > today]
    coming = in_force_at(log, days[0]) if days else None
    if coming is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(in_force_sentence(coming, today)), width="content")
            st.page_link(page("decide"), label=SEE_DECISION, icon=":material/gavel:")


def _near() -> list[tuple[DataSetEntry, Decision | Pivot]]:
    """The reviews that are near, the most urgent first; one of several data sets at the one that was added last."""
    home, today = workspace_folder(), decision_log.today()
    found: dict[str, tuple[DataSetEntry, Decision | Pivot]] = {}
    with saving():
        if not has_decisions(home):
            return []
        for entry in sorted(list_data_sets(home), key=lambda each: each.added, reverse=True):
            log = read_decisions(home, entry.id)
            waiting: list[Decision | Pivot] = [*standing_decisions(log, today), *open_pivots(log)]
            for each in waiting:
                if is_review_near(each, today):
                    found.setdefault(each.id, (entry, _as_shown(entry, each)))
    return sorted(found.values(), key=lambda pair: pair[1].review)


def _as_shown(entry: DataSetEntry, record: Decision | Pivot) -> Decision | Pivot:
    """Names of reps are known of the open data set alone: while they are hidden, nothing typed on others is shown."""
    if not st.session_state.get(state.HIDE_NAMES, False):
        return record
    panel = state.current_panel() if state.current_entry() == entry else None
    change = partial(without_rep_names, names=state.display_names(panel)) if panel else lambda _: HIDDEN
    return change_decision_texts(record, change) if isinstance(record, Decision) else change_pivot_texts(record, change)
