"""Who moved, what else moved, and how reliable the answer of a trial is."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from workbench.charts.trial_reps import trial_reps_alt, trial_reps_chart
from workbench.trials.trial_finding import TrialFinding
from workbench.ui.trials.simulated_trials import show_simulated_trials
from workbench.ui.widgets.parts import how_computed
from workbench.ui.widgets.picture import show_chart
from workbench.words import trial_parts as words
from workbench.words import trial_side_effects as sides
from workbench.words.markdown import plain
from workbench.words.trial_reasons import left_out_sentences
from workbench.words.trials import METHOD


def show_who_moved(found: TrialFinding) -> None:
    """Each rep's difference from what was expected, as a picture and as a table."""
    st.markdown(plain(words.who_moved_sentence(found)))
    if not found.reps:
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        show_chart(trial_reps_chart(found), alt=trial_reps_alt(found))
        st.caption(words.reps_caption(found))
    with right:
        cells = [words.rep_cells(found, each) for each in found.reps]
        st.dataframe(pd.DataFrame(cells, columns=list(words.REP_COLUMNS)), hide_index=True)
        for said in left_out_sentences(found):
            st.caption(plain(said))


def show_side_effects(found: TrialFinding) -> None:
    """Other KPIs, judged together, and the team's total."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.markdown(plain(sides.side_effects_sentence(found)))
        if found.side_effects:
            cells = [sides.side_effect_cells(each) for each in found.side_effects]
            st.dataframe(pd.DataFrame(cells, columns=list(sides.SIDE_COLUMNS)), hide_index=True)
            st.caption(sides.SIDE_CAPTION)
    with right:
        st.markdown(f"**{words.total_title(found)}**")
        for said in words.total_sentences(found) or [words.NO_TOTAL]:
            st.markdown(plain(said))


def show_reliability_of_trial(found: TrialFinding) -> None:
    """What the answer rests on, every estimate with its figures, and the method."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(words.RESTS_ON, anchor=False, width="content")
        how_computed(METHOD)
    st.markdown("\n".join(f"- {plain(said)}" for said in words.reliability_sentences(found)))
    if found.estimates:
        st.subheader(words.EVERY_ESTIMATE, anchor=False)
        st.markdown("\n".join(f"- {plain(words.estimate_small_print(found, each))}" for each in found.estimates))
    if found.placebo is not None:
        st.caption(plain(f"{words.PLACEBO}: {words.estimate_small_print(found, found.placebo)}"))
    show_simulated_trials(found)
