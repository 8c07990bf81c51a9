"""The answer of one trial: the course as a picture, why it is judged so, and what calls for care."""

from __future__ import annotations

import streamlit as st

from workbench.charts.trial_course import trial_course_alt, trial_course_chart
from workbench.design.decisions import PivotStep
from workbench.trials.trial_finding import TrialFinding, TrialVerdict
from workbench.trials.trial_state import TrialState
from workbench.ui.session.pivot_draft import hand_over_pivot
from workbench.ui.session.switch import switch_to
from workbench.ui.trials.before_start import show_detectable
from workbench.ui.widgets.parts import how_computed, text_colour
from workbench.ui.widgets.picture import show_chart
from workbench.words import trial_parts as words
from workbench.words.markdown import plain
from workbench.words.pivots import why_from_trial
from workbench.words.trial_next_step import what_would_do
from workbench.words.trial_reasons import left_out_sentences, trial_warning_sentences, verdict_reason_sentences
from workbench.words.trial_side_effects import lever_sentence
from workbench.words.trials import trial_answer

WIDE, LONG_FIGURE = 1.7, 10
STEPS: dict[TrialVerdict, PivotStep] = {"harms": "stop", "no_effect_seen": "change"}
"""What the form of a pivot begins with; everything else is kept until more is known."""


def show_trial_figures(found: TrialFinding) -> None:
    """At most five figures below the headline."""
    figures = words.trial_figures(found)
    if not figures:
        return
    widths = [WIDE if len(value) > LONG_FIGURE else 1.0 for value in figures.values()]
    for (label, value), place in zip(figures.items(), st.columns(widths, gap="small"), strict=True):
        with place.container(border=True, gap="xsmall", height="stretch"):
            st.metric(label, value, label_visibility="collapsed")
            st.markdown(plain(label))


def show_answer(found: TrialFinding, state: TrialState) -> None:
    """The picture beside the reasons, before and after alone, and warnings."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        _show_course(found)
    with right:
        st.markdown(f"**{plain(what_would_do(found, state))}**")
        if found.verdict != "not_started":
            _show_way_to_pivot(found)
        sentences = [*verdict_reason_sentences(found), words.fade_sentence(found), lever_sentence(found),
                     words.cost_sentence(found), words.look_sentence(found, state)]  # fmt: skip
        for said in filter(None, sentences):
            st.markdown(plain(said))
        _show_naive(found)
        for said in trial_warning_sentences(found):
            st.warning(plain(said), icon=":material/warning:")
        for said in left_out_sentences(found):
            st.caption(plain(said))


def _show_way_to_pivot(found: TrialFinding) -> None:
    """To the form of a pivot, with the trial in it."""
    if st.button(words.LOG_IT, icon=":material/gavel:", type="tertiary", key="trials.decide"):
        file = found.file
        why = why_from_trial(file.name, file.change, trial_answer(found))
        hand_over_pivot(why, [each for each in (file.lever, file.measure) if each], STEPS.get(found.verdict, "keep"))
        switch_to("decide")


def _show_course(found: TrialFinding) -> None:
    if found.course is None:
        show_detectable(found)
        return
    show_chart(trial_course_chart(found, text_colour()), alt=trial_course_alt(found))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(words.course_caption(found), width="content")
        if found.estimates:
            lines = [plain(words.estimate_small_print(found, each)) for each in found.estimates]
            how_computed("  \n".join(lines), "Figures")


def _show_naive(found: TrialFinding) -> None:
    said = words.naive_sentences(found)
    if said:
        with st.container(border=True, gap="xsmall"):
            st.markdown("**Before and after alone**")
            for each in said:
                st.markdown(plain(each))
