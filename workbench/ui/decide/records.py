"""What is in force, the course of it, and every record with what was known then beside today."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from workbench.charts.in_force import in_force_alt, in_force_chart
from workbench.data.model.panel import Panel
from workbench.design.decisions import Considered, Decision, DecisionLog, KnownFigures, new_record_id
from workbench.design.in_force import InForceSpan, span_of_day, spans_in_force, standing_decisions
from workbench.errors import InputError
from workbench.scoring.known_figures import freeze_data, freeze_figures, score_as_in_force
from workbench.scoring.team_goal import team_goal_by_period
from workbench.ui.decide.choose import REVIEW_AFTER, record_and_say
from workbench.ui.decide.since import show_since
from workbench.ui.decide.withdraw import show_withdraw
from workbench.ui.session import decision_log, state
from workbench.ui.session.saved_options import cached_option_outcome
from workbench.ui.widgets.first_words import show_heading
from workbench.ui.widgets.parts import how_computed, primary_label, quiet_label, show_issues, text_colour
from workbench.ui.widgets.picture import show_chart
from workbench.words import decisions as words
from workbench.words.kpis import goal_name, unit_of_goal
from workbench.words.markdown import plain


def show_standing(panel: Panel, log: DecisionLog) -> None:
    """What is in force and when it is reviewed; on the day of the review, what was known then beside today."""
    today = decision_log.today()
    if said := st.session_state.pop("decide.said", ""):
        st.toast(plain(said), icon=":material/check:")
    if said := st.session_state.pop("decide.past", ""):
        st.info(plain(said), icon=":material/history:")
    standing, spans = standing_decisions(log, today), spans_in_force(log)
    if not log.decisions:
        st.markdown(plain(words.NO_DESIGN if log.pivots else words.EMPTY))
        st.caption(words.EMPTY_MORE)
    for decision in standing:
        late = decision.review <= today
        with st.container(border=late):
            review = words.review_sentence(decision, today)
            show_heading(plain(f"{words.in_force_sentence(decision, today, spans)} {review}"))
            if late:
                span = span_of_day(spans, today)
                _show_record(panel, decision, span)
                _show_keep(panel, decision, log)


def show_course(panel: Panel, log: DecisionLog) -> None:
    """What was in force when, over the goal's course, and what each design did in its time."""
    spans = spans_in_force(log)
    if not spans:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        show_heading(words.TIMELINE, width="content")
        how_computed(words.METHOD)
    goal = spans[-1].decision.chosen.required_goal
    sums, name = team_goal_by_period(panel, goal), goal_name(goal, panel)
    show_chart(in_force_chart(sums, spans, name, unit_of_goal(goal, panel), panel.grain, text_colour()),
               alt=in_force_alt(sums, spans, name, panel.grain))  # fmt: skip
    st.caption(plain(words.TIMELINE_CAPTION.format(goal=name)))
    try:
        found = score_as_in_force(panel, spans)
    except InputError as error:
        show_issues(error.issues)
        return
    if found:
        show_heading(words.AS_IT_WAS, "subheader")
        rows = words.as_it_was_rows(found, panel.grain).set_index("Design")
        st.table(rows.rename(index=plain, columns=plain).map(plain))


def show_log(panel: Panel, log: DecisionLog) -> None:
    """Every record, the last one first; the withdrawn ones say so."""
    if log.n_damaged:
        st.warning(words.damaged_sentence(log.n_damaged), icon=":material/warning:")
    if not log.decisions:
        return
    show_heading(words.RECORDS)
    for decision in reversed(log.decisions):
        gone = log.withdrawal_of(decision)
        with st.expander(_headline(decision, withdrawn=gone is not None), icon=":material/gavel:"):
            if gone:
                st.warning(plain(words.withdrawal_line(gone)), icon=":material/undo:")
            _show_record(panel, decision, _span_of(log, decision))
            with st.container(horizontal=True, vertical_alignment="center"):
                own = decision_log.as_recorded(decision)
                st.button("Open this design", icon=":material/open_in_full:", key=f"decide.open.{decision.id}",
                          on_click=state.open_design,
                          args=(own.chosen, f"“{own.called}” opened"))  # fmt: skip
                if gone is None:
                    show_withdraw(decision.id)


def _headline(decision: Decision, *, withdrawn: bool) -> str:
    mark = "~~" if withdrawn else "**"
    return f"{mark}{plain(decision.called)}{mark} — {plain(words.decision_line(decision))}"


def _span_of(log: DecisionLog, decision: Decision) -> InForceSpan | None:
    """The stretch of time that began with a decision."""
    return next((span for span in spans_in_force(log) if span.decision.id == decision.id), None)


def _show_record(panel: Panel, decision: Decision, span: InForceSpan | None) -> None:
    """Who decided what and why, who disagreed, and the figures then beside the same figures today."""
    left, right = st.columns([1, 1], gap="medium")
    with left:
        st.markdown(plain(decision.why))
        for each in decision.dissent:
            st.markdown(f":material/thumb_down: {plain(words.dissent_line(each))}")
        if decision.expects:
            st.markdown(f":material/trending_up: {plain(decision.expects)}")
        if span is not None and decision.chosen.goal is not None:
            show_since(panel, decision.chosen.goal, span.start, span.end)
        st.caption(plain(words.chosen_line(decision)))
        st.caption(plain(words.decision_line(decision)))
    with right:
        today = _figures_today(panel, decision)
        if today is None:
            st.caption(words.NOT_TODAY)
        st.table(words.then_and_today(decision.known, today))
        st.caption(plain(words.data_since_sentence(decision.data, panel)), help=words.fingerprint_words(decision.data))
        if len(decision.considered) > 1:
            with st.popover(quiet_label("Designs to choose from then"), type="tertiary", icon=":material/bookmarks:"):
                st.table(words.considered_table(decision).rename(columns=plain))


def _figures_today(panel: Panel, decision: Decision) -> KnownFigures | None:
    try:
        return freeze_figures(cached_option_outcome(panel, decision.chosen))
    except InputError:
        return None


def _show_keep(panel: Panel, shown: Decision, log: DecisionLog) -> None:
    """Keep the design and review it later: a decision like any other, from today on; not one that no longer fits."""
    today = decision_log.today()
    kept = decision_log.as_recorded(shown)
    figures = _figures_today(panel, kept)
    if figures is None:
        return
    with st.popover(words.KEEP, icon=":material/event_repeat:"), st.form(f"decide.keep.{kept.id}", border=False):
        why = st.text_input(words.FIELDS["why"], max_chars=300)
        review = st.date_input(words.FIELDS["review"], today + REVIEW_AFTER, format="YYYY-MM-DD")
        given = st.form_submit_button(primary_label(words.KEEP), type="primary")
    if not given:
        return
    if not why.strip():
        st.warning(words.MISSING_WHY)
    elif isinstance(review, dt.date) and review > today:
        considered = (Considered(design=kept.design, name=kept.called, known=figures),)
        record_and_say(
            panel,
            Decision(id=new_record_id(), decided=decision_log.moment_now(), design=kept.design, chosen=kept.chosen,
                     why=why.strip(), in_force=today, review=review, data=freeze_data(panel), considered=considered),
            log,
        )  # fmt: skip
    else:
        st.warning(words.REVIEW_FIRST)
