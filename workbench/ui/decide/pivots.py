"""The pivot log: a KPI kept, changed or stopped, with the reason, and on the review date what happened."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from workbench.data.model.panel import Panel
from workbench.design.decisions import DecisionLog, Pivot, new_record_id
from workbench.design.in_force import open_pivots
from workbench.design.model import Design
from workbench.scoring.known_figures import freeze_data
from workbench.ui.decide.choose import REVIEW_AFTER
from workbench.ui.decide.since import show_since
from workbench.ui.decide.withdraw import show_withdraw
from workbench.ui.session import decision_log
from workbench.ui.widgets.parts import primary_label
from workbench.words import decisions as decision_words
from workbench.words import pivots as words
from workbench.words.markdown import plain

_TURN = "decide.pivot.turn"


def show_pivots(panel: Panel, design: Design, log: DecisionLog) -> None:
    """The form behind a button, and every pivot, the last one first; those whose review is due are open."""
    if said := st.session_state.pop("decide.pivot.said", ""):
        st.toast(plain(said), icon=":material/check:")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(words.PIVOTS, anchor=False, width="content")
        _show_form(panel, design)
    if not log.pivots:
        st.caption(words.PIVOTS_HELP)
    today, waiting = decision_log.today(), open_pivots(log)
    for pivot in reversed(log.pivots):
        gone = log.withdrawal_of(pivot)
        due = pivot in waiting and pivot.review <= today
        with st.expander(_headline(pivot, withdrawn=gone is not None), expanded=due, icon=":material/alt_route:"):
            if gone:
                st.warning(plain(decision_words.withdrawal_line(gone)), icon=":material/undo:")
            st.markdown(plain(pivot.why))
            if pivot.expects:
                st.markdown(f":material/trending_up: {plain(words.expected_words(pivot))}")
            show_since(panel, pivot.goal, pivot.in_force, kpi=pivot.kpi)
            st.caption(plain(words.pivot_line(pivot, today)))
            if gone is None:
                show_withdraw(pivot.id)


def _headline(pivot: Pivot, *, withdrawn: bool) -> str:
    mark = "~~" if withdrawn else "**"
    return f"{mark}{plain(words.pivot_headline(pivot))}{mark}"


def _show_form(panel: Panel, design: Design) -> None:
    turn, today = st.session_state.get(_TURN, 0), decision_log.today()
    kpis = {kpi.name: kpi for kpi in design.kpis}
    with (
        st.popover(words.LOG_PIVOT, icon=":material/alt_route:", key=f"decide.pivot.{turn}"),
        st.form(f"decide.pivot.form.{turn}", border=False),
    ):
        name = st.selectbox(words.ABOUT, list(kpis),
                            format_func=lambda each: decision_log.shown_text(panel, each))  # fmt: skip
        step = st.segmented_control(words.STEP, list(words.STEPS), default="keep", required=True,
                                    format_func=words.STEPS.__getitem__)  # fmt: skip
        why = st.text_area(words.WHY, max_chars=1000, height=80)
        expects = st.text_input(words.EXPECTS, max_chars=300)
        start = st.date_input(words.FROM, today, format="YYYY-MM-DD")
        review = st.date_input(decision_words.FIELDS["review"], today + REVIEW_AFTER, format="YYYY-MM-DD")
        given = st.form_submit_button(primary_label(words.LOG_PIVOT), type="primary")
        if given and not why.strip():
            st.warning(decision_words.MISSING_WHY)
        elif given and (not isinstance(start, dt.date) or not isinstance(review, dt.date) or review <= start):
            st.warning(decision_words.REVIEW_FIRST)
        elif given:
            made = Pivot(id=new_record_id(), decided=decision_log.moment_now(), step=step, kpi=kpis[name],
                         goal=design.required_goal, why=why.strip(), expects=expects.strip(), in_force=start,
                         review=review, data=freeze_data(panel))  # fmt: skip
            if decision_log.record_decision(made):
                st.session_state[_TURN] = turn + 1
                st.session_state["decide.pivot.said"] = decision_log.shown_text(panel, words.logged_words(made))
                st.rerun()
