"""Sections of the Evidence page: all KPIs on one axis, one KPI in detail, links over time, calibration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import streamlit as st
from pandas import DataFrame

from workbench.charts import evidence as charts
from workbench.charts import evidence_reps as rep_charts
from workbench.data.model.panel import Panel
from workbench.design.model import Design
from workbench.evidence.calibration.calibration_table import load_table
from workbench.evidence.evidence_scale import EvidencePanel
from workbench.evidence.heterogeneity import SHORTEST_FOR_REPS
from workbench.evidence.record import EvidenceOptions
from workbench.evidence.report import KpiEvidence
from workbench.evidence.slopes import Slopes
from workbench.ui.session import cached_evidence as evidenced
from workbench.ui.session.cached_evidence import RecordWithEvidence
from workbench.ui.widgets.parts import how_computed, text_colour
from workbench.ui.widgets.picture import show_chart
from workbench.words import calibration as calibration_words
from workbench.words import evidence_details as details
from workbench.words import evidence_method as method
from workbench.words.evidence import VERDICTS, About, needed_history_words, reason_sentences, verdict_change_sentence
from workbench.words.evidence_returns import slopes_sentence
from workbench.words.evidence_shifts import goal_shift_sentence
from workbench.words.markdown import plain

COLOURS: dict[str, Literal["green", "orange", "red", "gray"]] = {
    "keep": "green",
    "watch": "orange",
    "drop": "red",
    "not enough data": "gray",
}
ICONS = {"keep": ":material/check_circle:", "watch": ":material/visibility:", "drop": ":material/cancel:",
         "not enough data": ":material/help:"}  # fmt: skip
NO_LINK = {"light": "#F2F2F2", "dark": "#2B3743"}
_CHOSEN = "evidence.kpi"


def evidence_settings(scale: EvidencePanel) -> EvidenceOptions:
    """Popover with what the user may set for the checks."""
    default = EvidenceOptions.for_grain(scale.grain)
    with st.popover("What matters", icon=":material/tune:"):
        smallest = st.slider("The smallest link that would matter (ρ)", 0.05, 0.6, default.smallest, 0.05,
                             key="evidence.smallest", persist_state="session")  # fmt: skip
        year, told_apart = default.horizon, f"Reps must be told apart within so many {scale.grain}s"
        horizon = st.slider(told_apart, 1, 3 * year, year, key=f"evidence.horizon.{scale.grain}",
                            persist_state="session")  # fmt: skip
        season = st.toggle("Take out what all reps share (season, trend)", True, key="evidence.season",
                           persist_state="session")  # fmt: skip
        partial = bool(scale.panel.partial) and st.toggle(f"Use unfinished {scale.grain}s too", False,
                                                    key="evidence.partial", persist_state="session")  # fmt: skip
        how_computed(method.METHOD + "\n\n" + method.thresholds_sentence(default, scale.grain))
    return EvidenceOptions(smallest=smallest, horizon=horizon, take_out_periods=season, include_partial=partial)


def show_all_kpis(panel: Panel, design: Design, found: RecordWithEvidence, about: About) -> None:
    """The forest of intervals beside the verdict cards."""
    left, right = st.columns([6, 5], gap="large")
    verdicts = {one.kpi: one.verdict.name for one in found.evidence.kpis}
    with left:
        st.subheader("How far each KPI goes with the goal", anchor=False)
        rows = charts.forest_rows(found.evidence, about.grain)
        show_chart(
            charts.forest_chart(rows, verdicts, about.options.smallest, text_colour()), alt=charts.forest_alt(rows)
        )
        st.caption(plain(method.forest_caption(about.options)))
        score = evidenced.cached_scorecard_evidence(panel, design, about.options)
        st.caption("The scorecard as a whole: " + plain(details.validity_answer(score.findings, about)))
    with right:
        for one in found.evidence.kpis:
            _verdict_card(one, about)


def _verdict_card(one: KpiEvidence, about: About) -> None:
    name = one.verdict.name
    with st.container(border=True, gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(one.kpi)}**", width="content")
            st.badge(name, icon=ICONS[name], color=COLOURS[name], width="content")
            st.caption(VERDICTS[name], width="content")
        for sentence in reason_sentences(one, about):
            st.markdown(plain(sentence))
        for warning in details.reversal_warnings(one.findings.validity, about):
            st.markdown(f":material/swap_vert: {plain(warning)}")
        if name == "not enough data":
            st.caption(f"Would do: {plain(needed_history_words(one.verdict, about))}.")
        else:
            st.caption(f"Would change it: {plain(verdict_change_sentence(one.verdict, about))}")


def show_kpi(panel: Panel, design: Design, found: RecordWithEvidence, about: About, names: Mapping[str, str]) -> None:
    """One KPI: the answer of every check, and charts."""
    kpis = [one.kpi for one in found.evidence.kpis]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("One KPI in detail", anchor=False, width="content")
        chosen = st.selectbox("KPI", range(len(kpis)), format_func=lambda k: kpis[k], label_visibility="collapsed",
                              key=f"{_CHOSEN}.{len(kpis)}", width=320)  # fmt: skip
    one, goal = found.evidence.kpis[chosen], design.required_goal
    words, pictures = st.columns(2, gap="large")
    with words:
        for question, answer in details.questions_and_answers(one, about, goal.unit):
            st.markdown(f"**{question}** {plain(answer)}")
        _slopes(evidenced.cached_slopes(panel, design, about.options, chosen), about, goal.unit)
        _rep_names("Who made the goal without it", one.findings.necessity.made_goal_without or (), names)
        _rep_names("For whom it does not work", one.findings.style.not_for_reps, names)
    if one.findings.scope != "panel":
        return
    with pictures:
        _pictures(panel, design, found, one, chosen, about, names)


def _slopes(slopes: Slopes | None, about: About, unit: str | None) -> None:
    if slopes is not None:
        st.caption(plain(slopes_sentence(slopes, about, unit)))


def _rep_names(heading: str, reps: Sequence[str], names: Mapping[str, str]) -> None:
    """Reps by name, behind a line that says how many."""
    if reps:
        with st.expander(f"{heading} ({len(reps)})"):
            st.markdown(plain(", ".join(sorted(names[rep] for rep in reps))))


def _pictures(panel: Panel, design: Design, found: RecordWithEvidence, one: KpiEvidence, k: int, about: About,
              names: Mapping[str, str]) -> None:  # fmt: skip
    record, kpi = found.record, design.kpis[k]
    unit = "points" if kpi.kpis else kpi.unit or "value"
    x, y = f"{one.kpi}, {unit}", " ".join(filter(None, [about.goal, design.required_goal.unit]))
    sign = -1 if design.required_goal.direction == "lower" else 1
    one_line, delay, seasons, segments, reps = st.tabs(
        ["One line per rep", "Delay", "By season", "By segment", "By rep"]
    )
    with one_line:
        dots, lines = rep_charts.rep_line_rows(record.raw[k], sign * record.goal, record.reps, names)
        show_chart(rep_charts.rep_lines_chart(dots, lines, x, y), alt=rep_charts.rep_lines_alt(dots, lines, x, y))
        if len(dots) == rep_charts.MOST_DOTS:
            st.caption(f"{rep_charts.MOST_DOTS:,} of all dots, drawn at random; the lines are of all.")
    with delay:
        rows = charts.lag_rows(one)
        show_chart(charts.lag_chart(rows, about.grain, about.options.smallest), alt=charts.lag_alt(rows, about.grain))
    with seasons:
        rows = rep_charts.season_rows(record.seasons.values[k], record.seasons.names, record.reps, names)
        show_chart(rep_charts.stability_chart(rows, x), alt=rep_charts.stability_alt(rows, x))
    with segments:
        rows = charts.segment_rows(one)
        _links(rows, about, "Segment", "The team list has no attribute with two or more segments.")
    with reps:
        rows = rep_charts.rep_link_rows(one.findings.style.reps, names)
        _links(rows, about, "Rep", f"A rep's own link needs {SHORTEST_FOR_REPS} {about.grain}s.")


def _links(rows: DataFrame, about: About, who: str, none: str) -> None:
    if rows.empty:
        st.caption(none)
    else:
        show_chart(charts.segment_chart(rows, about.options.smallest, who), alt=charts.forest_alt(rows))


def show_over_time(found: RecordWithEvidence, about: About, unit: str | None) -> None:
    """Heat map of the links by period, below a shift of the goal itself."""
    st.subheader("Where the link held, and when it broke", anchor=False)
    if shifted := goal_shift_sentence(found.evidence.goal_shift, about, unit):
        st.markdown(plain(shifted))
    rows = charts.heatmap_rows(found.evidence, found.evidence.grain)
    if rows.empty:
        st.caption(method.NO_HEAT)
        return
    picture = charts.heatmap_chart(
        rows, [one.kpi for one in found.evidence.kpis], found.evidence.grain, NO_LINK[st.context.theme.type or "light"]
    )
    show_chart(picture, alt=charts.heatmap_alt(rows))
    st.caption(method.heatmap_caption(found.evidence.grain))


def show_calibration(found: RecordWithEvidence, about: About) -> None:
    """The conditions of the verdicts, and how often the verdicts are right."""
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("What gives which verdict", anchor=False)
        st.caption("From the top: the first row that fits. " + method.thresholds_sentence(about.options, about.grain))
        st.table(
            [{name: plain(cell) for name, cell in row.items()} for row in method.verdict_conditions(found.evidence)]
        )
        with st.popover("Sources", icon=":material/menu_book:", type="tertiary"):
            for check, source in method.check_sources():
                st.markdown(f"**{check}**: {plain(source)}")
    with right:
        st.subheader("How often this is right", anchor=False)
        size = found.evidence.n_reps, found.evidence.periods_per_rep
        st.dataframe(calibration_words.calibration_table(load_table(), *size), hide_index=True, height=460)
        st.caption(calibration_words.calibration_method(*size))
