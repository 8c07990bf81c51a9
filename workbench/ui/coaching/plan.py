"""The plan: whom to coach first on what, from whom they could learn, and what comes next."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from workbench.charts.phase_strip import phase_spread_rows, phase_strip_alt, phase_strip_chart, reachable_rows
from workbench.data.library.data_sets import DataSetEntry
from workbench.data.model.panel import Panel
from workbench.phases.outcome_counts import HOUR, OutcomeCounts
from workbench.phases.phase_edits import with_hour, without_hour
from workbench.phases.phase_file import PhaseFile
from workbench.ui.coaching.phase_draft import change_phases
from workbench.ui.coaching.start_coaching import show_start
from workbench.ui.session import state
from workbench.ui.session.cached_phases import CoachingFound
from workbench.ui.session.noted_download import noted
from workbench.ui.widgets.parts import how_computed, text_colour
from workbench.ui.widgets.picture import show_chart
from workbench.words import coaching as words
from workbench.words.coaching_sheet import coaching_sheet
from workbench.words.markdown import plain
from workbench.words.phases import (
    coaching_headline,
    gain_small_print,
    hour_sentence,
    phase_sentence,
    plan_sentences,
    settle_sentence,
    survival_small_print,
)


def show_coaching_figures(found: CoachingFound) -> None:
    """At most five figures below the headline."""
    figures = words.plan_metrics(found.phases, found.coaching, found.counts)
    for (label, value), place in zip(figures.items(), st.columns(len(figures), gap="small"), strict=True):
        with place.container(border=True, gap="xsmall", height="stretch"):
            st.metric(label, value, label_visibility="collapsed")
            st.markdown(plain(label))


def show_plan(entry: DataSetEntry, panel: Panel, file: PhaseFile, counted: OutcomeCounts, found: CoachingFound) -> None:
    """The plan as a short list beside the spread at every phase."""
    left, right = st.columns([2, 3], gap="large")
    with left:
        _show_list(panel, file, found)
        _show_actions(entry, panel, file, counted, found)
    with right:
        _show_strip(found)
        _show_hour(entry, found)


def _show_list(panel: Panel, file: PhaseFile, found: CoachingFound) -> None:
    phases, coaching = found.phases, found.coaching
    step = coaching.plan[0] if coaching.plan and coaching.plan[0].coached else None
    if step is not None:
        st.subheader(plain(f"First: {step.phase}"), anchor=False)
        if coaching.hour_first:
            st.markdown(words.OTHER_HOURS)
        for place, one in enumerate(step.coached):
            with st.container(border=True, gap="xsmall"):
                st.markdown(f"**{place + 1}. {plain(one.rep)}**")
                st.markdown(plain(words.coached_line(phases, step, place)))
        if len(step.coached) > 1:
            st.caption(words.ORDER_CAPTION)
    said = _said(panel, file, found)
    if step is None:
        said = [phase_sentence(phases, phase) for phase in phases.phases]
        said += filter(None, (settle_sentence(phases, each) for each in phases.phases if each.why == "few_attempts"))
    for sentence in said:
        st.markdown(plain(sentence))


def _said(panel: Panel, file: PhaseFile, found: CoachingFound) -> list[str]:
    value = panel.info(file.value) if file.value and found.worth else None
    return plan_sentences(found.coaching, found.phases.phases[-1].name, found.worth, value)


def _show_actions(
    entry: DataSetEntry, panel: Panel, file: PhaseFile, counted: OutcomeCounts, found: CoachingFound
) -> None:
    phases, coaching = found.phases, found.coaching
    if not coaching.plan or not coaching.plan[0].coached:
        return
    step = coaching.plan[0]
    with st.container(horizontal=True, vertical_alignment="center"):
        show_start(entry, file, counted, found, step, state.display_names(panel))
        sheet = coaching_sheet(panel.name, coaching_headline(coaching), phases, step, _said(panel, file, found),
                               words.OTHER_HOURS if coaching.hour_first else "")  # fmt: skip
        st.download_button("Plan to print", noted(sheet, "coaching-plan.html"), "coaching-plan.html",
                           "text/html", icon=":material/print:", on_click="ignore", key="coaching.print")  # fmt: skip
        later = [
            survival_small_print(phase, gain)
            for phase, gain in zip(phases.phases[:-1], coaching.gains, strict=False)
            if gain
        ]
        lines = [gain_small_print(step), *words.coached_small_print(phases, step), *later]
        how_computed("  \n".join(plain(line) for line in lines), "Figures")


def _show_strip(found: CoachingFound) -> None:
    step = found.coaching.plan[0] if found.coaching.plan else None
    coached = [one.rep for one in step.coached] if step else []
    rows = phase_spread_rows(found.phases, coached, step.learn_from if step else None, step.phase if step else "")
    reachable = reachable_rows(found.phases)
    chart = phase_strip_chart(rows, reachable, text_colour())
    show_chart(chart, alt=phase_strip_alt(found.phases, rows))
    orange = words.STRIP_OTHER_HOURS if found.coaching.hour_first else words.STRIP_COACHED
    is_level, is_teacher = reachable["reachable"].notna().any(), step is not None and step.learn_from
    drawn = {words.STRIP_REACHABLE: is_level, words.STRIP_LEARN_FROM: is_teacher, orange: bool(coached)}
    st.caption(" ".join([words.STRIP_CAPTION, *(said for said, is_drawn in drawn.items() if is_drawn)]))


def _show_hour(entry: DataSetEntry, found: CoachingFound) -> None:
    """What the hour of calls would change, and the click that compares within it where that is not by the headline."""
    if said := hour_sentence(found.counts.hour):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(plain(said), width="content")
            if not found.coaching.hour_first:
                _by_hour_button(entry, "tertiary")


def _by_hour_button(entry: DataSetEntry, kind: Literal["secondary", "tertiary"]) -> None:
    st.button(words.BY_HOUR, icon=":material/schedule:", type=kind, help=words.BY_HOUR_HELP,
              key="coaching.by_hour", on_click=change_phases, args=(entry, with_hour))  # fmt: skip


def show_hour_choice(entry: DataSetEntry, file: PhaseFile, found: CoachingFound) -> None:
    """Beside the headline: compare by hour where that explains most of the gap, and back once hours are compared."""
    if found.coaching.hour_first:
        _by_hour_button(entry, "secondary")
    elif HOUR in file.strata:
        st.button(words.WITHOUT_HOUR, icon=":material/undo:", help=words.WITHOUT_HOUR_HELP,
                  key="coaching.without_hour", on_click=change_phases, args=(entry, without_hour))  # fmt: skip
