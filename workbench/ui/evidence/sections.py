"""Sections of the Evidence page: a card a KPI, then one KPI in detail, all links, links over time, calibration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import streamlit as st
from pandas import DataFrame

from workbench.charts import evidence as charts
from workbench.charts import evidence_reps as rep_charts
from workbench.charts.link_strip import link_behind, link_compared, link_strip, link_strip_alt
from workbench.charts.palette import kpi_colours
from workbench.data.aggregate.cautions import CautionCode
from workbench.data.model.panel import Panel
from workbench.design.model import Design
from workbench.evidence.calibration.calibration_table import load_table
from workbench.evidence.evidence_scale import EvidencePanel
from workbench.evidence.heterogeneity import SHORTEST_FOR_REPS
from workbench.evidence.record import EvidenceOptions
from workbench.evidence.report import KpiEvidence
from workbench.evidence.slopes import Slopes
from workbench.ui.evidence import threshold
from workbench.ui.evidence.action import show_action, show_effect
from workbench.ui.session import cached_evidence as evidenced
from workbench.ui.session.cached_evidence import RecordWithEvidence
from workbench.ui.session.kpi_link import follow_kpi
from workbench.ui.widgets.caution_line import show_kpi_caution, show_shared_caution
from workbench.ui.widgets.first_words import show_heading
from workbench.ui.widgets.parts import how_computed, quiet_label, text_colour
from workbench.ui.widgets.picture import show_chart
from workbench.words import calibration as calibration_words
from workbench.words import evidence_details as details
from workbench.words import evidence_method as method
from workbench.words.evidence import CHANGE, card_reason, reason_sentences, reason_small_print, verdict_change_sentence
from workbench.words.evidence_about import About
from workbench.words.evidence_figures import answer_figures, validity_figures
from workbench.words.evidence_reasons import reason_sentence
from workbench.words.evidence_returns import slopes_sentence
from workbench.words.evidence_shifts import goal_shift_sentence
from workbench.words.kpis import kpi_unit, title_with_unit, unit_of_goal
from workbench.words.links import has_interval
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
CARDS_A_ROW = 2
_CHOSEN = "evidence.kpi"
SAID_BELOW: tuple[CautionCode, ...] = ("unfinished",)
"""What the last line of the page says."""


def evidence_settings(scale: EvidencePanel) -> EvidenceOptions:
    """Popover with what the user may set for the checks."""
    default = EvidenceOptions.for_grain(scale.grain)
    with st.popover("What matters", icon=":material/tune:"):
        smallest = st.slider("Smallest link that matters", threshold.LEAST, threshold.MOST, default.smallest,
                             threshold.STEP, key=threshold.KEY, persist_state="session")  # fmt: skip
        year, within = default.horizon, f"A KPI must separate reps within so many {scale.grain}s"
        horizon = st.slider(within, 1, 3 * year, year, key=f"evidence.horizon.{scale.grain}",
                            persist_state="session")  # fmt: skip
        season = st.toggle("Remove what all reps share (season, trend)", True, key="evidence.season",
                           persist_state="session")  # fmt: skip
        partial = bool(scale.panel.partial) and st.toggle(f"Use unfinished {scale.grain}s too", False,
                                                    key="evidence.partial", persist_state="session")  # fmt: skip
        how_computed(method.METHOD + "\n\n" + method.thresholds_sentence(default, scale.grain))
    return EvidenceOptions(smallest=smallest, horizon=horizon, take_out_periods=season, include_partial=partial)


def show_verdicts(panel: Panel, design: Design, found: RecordWithEvidence, about: About) -> None:
    """One card a KPI: verdict, one sentence, one strip, one action; everything else is one click deeper."""
    colours = kpi_colours(design.kpis)
    show_shared_caution(panel, design.kpis, besides=SAID_BELOW)
    for start in range(0, len(found.evidence.kpis), CARDS_A_ROW):
        row = found.evidence.kpis[start : start + CARDS_A_ROW]
        for one, place in zip(row, st.columns(CARDS_A_ROW, gap="medium"), strict=False):
            with place, st.container(border=True, gap="small", height="stretch"):
                _verdict_card(panel, design, one, about, colours[one.kpi])


def _verdict_card(panel: Panel, design: Design, one: KpiEvidence, about: About, colour: str) -> None:
    name, decided = one.verdict.name, card_reason(one)
    link = link_behind(one, decided.fact)
    with st.container(horizontal=True, vertical_alignment="center"):
        dot = f':color[●]{{foreground="{colour}"}}'
        st.subheader(f"{dot} {plain(one.kpi)}", anchor=False, width="stretch")
        st.badge(name, icon=ICONS[name], color=COLOURS[name], width="content")
    first = reason_sentence(decided, about, one.kpi)
    rest = [sentence for sentence in reason_sentences(one, about) if sentence != first]
    st.markdown(plain(first))
    show_kpi_caution(panel, next(kpi for kpi in design.kpis if kpi.name == one.kpi), design.kpis)
    if has_interval(link):
        question = link_compared(one, decided.fact, about.grain)
        st.caption(question)
        show_chart(link_strip(link, about.options.smallest), alt=link_strip_alt(link, question))
    with st.container(horizontal=True, vertical_alignment="center"):
        show_action(panel, design, one, about)
        with st.popover(quiet_label("Why"), icon=":material/help:", type="tertiary"):
            for sentence in [*rest, *details.reversal_warnings(one.findings.validity, about)]:
                st.markdown(plain(sentence))
            st.markdown(f"**{CHANGE}:** {plain(verdict_change_sentence(one.verdict, about, one.kpi))}")
            st.caption(plain(reason_small_print(one, about)))
    show_effect(panel, design, one)


def show_all_links(panel: Panel, design: Design, found: RecordWithEvidence, about: About) -> None:
    """The forest of intervals, and the scorecard as a whole."""
    show_heading("How strongly each KPI is linked to the goal")
    verdicts = {one.kpi: one.verdict.name for one in found.evidence.kpis}
    rows = charts.forest_rows(found.evidence, about.grain)
    show_chart(charts.forest_chart(rows, verdicts, about.options.smallest, text_colour()), alt=charts.forest_alt(rows))
    st.caption(plain(method.forest_caption(about.options)))
    score = evidenced.cached_scorecard_evidence(panel, design, about.options)
    st.markdown(plain(details.validity_answer(score.findings, about, "the scorecard")))
    st.caption(plain(validity_figures(score.findings, about)))


def show_kpi(panel: Panel, design: Design, found: RecordWithEvidence, about: About, names: Mapping[str, str]) -> None:
    """One KPI: the answer of every check, and charts."""
    kpis = [one.kpi for one in found.evidence.kpis]
    with st.container(horizontal=True, vertical_alignment="center"):
        show_heading("One KPI in detail", width="content")
        key = f"{_CHOSEN}.{len(kpis)}"
        st.session_state[key] = follow_kpi("evidence", kpis, st.session_state.get(key) or 0)
        chosen = st.selectbox("KPI", range(len(kpis)), format_func=lambda k: kpis[k], label_visibility="collapsed",
                              key=key, width=320)  # fmt: skip
    one, goal = found.evidence.kpis[chosen], design.required_goal
    words, pictures = st.columns(2, gap="large")
    with words:
        figures = answer_figures(one, about, goal.unit)
        for question, answer in details.questions_and_answers(one, about, goal.unit):
            st.markdown(f"**{question}** {plain(answer)}")
            if question in figures:
                st.caption(plain(figures[question]))
        threshold.show_threshold(one, about, goal.unit)
        _slopes(evidenced.cached_slopes(panel, design, about.options, chosen), about, goal.unit)
        _rep_names("Who made the goal without this KPI", one.findings.necessity.made_goal_without or (), names)
        _rep_names("Reps without a link", one.findings.style.not_for_reps, names)
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
    x, y = (
        title_with_unit(one.kpi, kpi_unit(kpi, panel, record.raw[k])),
        title_with_unit(about.goal, unit_of_goal(design.required_goal, panel)),
    )
    sign = -1 if design.required_goal.direction == "lower" else 1
    one_line, delay, seasons, segments, reps = st.tabs(
        ["One line per rep", "Delay", "By season", "By part of the team", "By rep"]
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
        _links(rows, about, "Part of the team", "The team list has no column with two or more groups.")
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
    show_heading("When did each link hold?")
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
    """How often the verdicts are right, and their conditions."""
    st.markdown(plain(calibration_words.calibration_sentence(found.evidence.n_reps, found.evidence.periods_per_rep)))
    left, right = st.columns(2, gap="large")
    with left:
        show_heading("How a verdict is reached")
        st.caption(
            "The first row that fits gives the verdict. " + method.thresholds_sentence(about.options, about.grain)
        )
        st.table(
            [{name: plain(cell) for name, cell in row.items()} for row in method.verdict_conditions(found.evidence)]
        )
        with st.popover(quiet_label("Sources"), icon=":material/menu_book:", type="tertiary"):
            for check, source in method.check_sources():
                st.markdown(f"**{check}**: {plain(source)}")
    with right:
        show_heading("How often the verdicts are right")
        size = found.evidence.n_reps, found.evidence.periods_per_rep
        st.dataframe(calibration_words.calibration_table(load_table(), *size), hide_index=True, height=460)
        st.caption(calibration_words.calibration_method(*size))
