"""The pivot log: a KPI kept, changed or stopped, with the reason, and on the review date what happened."""

from __future__ import annotations

import datetime as dt
from functools import partial

import streamlit as st

from workbench.data.model.panel import Panel
from workbench.design.decisions import DecisionLog, Pivot, new_record_id
from workbench.design.in_force import in_force_at, open_pivots
from workbench.design.model import Design
from workbench.scoring.known_figures import freeze_data
from workbench.ui.decide.choose import ANY_DAY, REVIEW_AFTER
from workbench.ui.decide.since import show_since
from workbench.ui.decide.withdraw import show_withdraw
from workbench.ui.session import decision_log
from workbench.ui.session.pivot_draft import PivotDraft, drop_handed_pivot, handed_pivot, kpi_with_formula
from workbench.ui.widgets.first_words import show_heading
from workbench.ui.widgets.parts import primary_label
from workbench.words import decisions as decision_words
from workbench.words import pivots as words
from workbench.words.markdown import plain

_TURN, MOST_WHY = "decide.pivot.turn", 1000


def show_pivots(panel: Panel, design: Design, log: DecisionLog) -> None:
    """The form behind a button, and every pivot, the last one first, but for those whose review is due."""
    if said := st.session_state.pop("decide.pivot.said", ""):
        st.toast(plain(said), icon=":material/check:")
    show_heading(words.PIVOTS)
    if care := st.session_state.pop("decide.pivot.care", ""):
        st.warning(plain(care), icon=":material/warning:")
    if handed_pivot() is None:
        turn = st.session_state.get(_TURN, 0)
        with st.expander(words.LOG_PIVOT, icon=":material/alt_route:", key=f"decide.pivot.{turn}"):
            _show_form(panel, design, log)
    if not log.pivots:
        st.caption(words.PIVOTS_HELP)
    due = _due(log)
    for pivot in (each for each in reversed(log.pivots) if each not in due):
        gone = log.withdrawal_of(pivot)
        with st.expander(_headline(pivot, withdrawn=gone is not None), icon=":material/alt_route:"):
            if gone:
                st.warning(plain(decision_words.withdrawal_line(gone)), icon=":material/undo:")
            _show_pivot(panel, log, pivot)
            if gone is None:
                show_withdraw(pivot.id)


def show_due_pivots(panel: Panel, log: DecisionLog) -> None:
    """The pivots whose review is due, with what happened since; nothing while there is none."""
    for pivot in _due(log):
        with st.container(border=True):
            review = decision_words.review_sentence(pivot, decision_log.today())
            st.header(plain(f"{words.pivot_headline(pivot)}. {review}"), anchor=False)
            _show_pivot(panel, log, pivot)
            st.caption(words.CLOSE_REVIEW)
            show_withdraw(pivot.id)


def _due(log: DecisionLog) -> tuple[Pivot, ...]:
    today = decision_log.today()
    return tuple(pivot for pivot in reversed(open_pivots(log)) if pivot.review <= today)


def _show_pivot(panel: Panel, log: DecisionLog, pivot: Pivot) -> None:
    st.markdown(plain(pivot.why))
    if said := words.no_weight_sentence(pivot, in_force_at(log, pivot.in_force)):
        st.caption(plain(said))
    if pivot.expects:
        st.markdown(f":material/trending_up: {plain(words.expected_words(pivot))}")
    show_since(panel, pivot.goal, pivot.in_force, kpi=pivot.kpi)
    st.caption(plain(words.pivot_line(pivot, decision_log.today())))


def _headline(pivot: Pivot, *, withdrawn: bool) -> str:
    mark = "~~" if withdrawn else "**"
    return f"{mark}{plain(words.pivot_headline(pivot))}{mark}"


def show_handed_pivot(panel: Panel, design: Design, log: DecisionLog) -> None:
    """The form on top of the page, filled with the trial that leads here; nothing without one."""
    draft = handed_pivot()
    if draft is None:
        return
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            show_heading(words.FROM_TRIAL, "subheader", width="content")
            st.button(words.NOT_NOW, icon=":material/close:", type="tertiary", key="decide.pivot.drop",
                      on_click=drop_handed_pivot)  # fmt: skip
        _show_form(panel, design, log, draft)


def _show_form(panel: Panel, design: Design, log: DecisionLog, draft: PivotDraft | None = None) -> None:
    turn, today = st.session_state.get(_TURN, 0), decision_log.today()
    kpis, hidden = {kpi.name: kpi for kpi in design.kpis}, partial(decision_log.shown_text, panel)
    about = kpi_with_formula(design, draft.formulas) if draft else next(iter(kpis), None)
    for pivot in open_pivots(decision_log.current_log()):  # of a KPI that left the design, to be closed here
        kpis.setdefault(pivot.kpi.name, pivot.kpi)
    with st.form(f"decide.pivot.{'handed' if draft else 'form'}.{turn}", border=False):
        left, right = st.columns([3, 2], gap="medium")
        why = left.text_area(words.WHY, hidden(draft.why)[:MOST_WHY] if draft else "", max_chars=MOST_WHY, height=120)
        expects = left.text_input(words.EXPECTS, max_chars=300)
        name = right.selectbox(words.ABOUT, list(kpis), list(kpis).index(about) if about else None,
                               format_func=hidden, placeholder=words.CHOOSE_KPI)  # fmt: skip
        first_step = draft.step if draft else "keep"
        step = right.segmented_control(words.STEP, list(words.STEPS), default=first_step, required=True,
                                       format_func=words.STEPS.__getitem__)  # fmt: skip
        first, last = right.columns(2)
        start = first.date_input(words.FROM, today, *ANY_DAY, format="YYYY-MM-DD")
        review = last.date_input(decision_words.FIELDS["review"], today + REVIEW_AFTER, *ANY_DAY, format="YYYY-MM-DD")
        given = st.form_submit_button(primary_label(words.LOG_PIVOT), type="primary")
    if not given:
        return
    if name is None:
        st.warning(words.MISSING_KPI)
    elif not why.strip():
        st.warning(decision_words.MISSING_WHY)
    elif not isinstance(start, dt.date) or not isinstance(review, dt.date) or review <= start:
        st.warning(decision_words.REVIEW_FIRST)
    else:
        made = Pivot(id=new_record_id(), decided=decision_log.moment_now(), step=step, kpi=kpis[name],
                     goal=design.required_goal, why=why.strip(), expects=expects.strip(), in_force=start,
                     review=review, data=freeze_data(panel))  # fmt: skip
        if decision_log.record_decision(made):
            drop_handed_pivot()
            st.session_state[_TURN] = turn + 1
            st.session_state["decide.pivot.said"] = hidden(words.logged_words(made))
            st.session_state["decide.pivot.care"] = hidden(words.no_weight_sentence(made, in_force_at(log, start)))
            st.rerun()
