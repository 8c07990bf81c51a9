"""Phase by phase: whether reps differ, by how much, and what would make an unreadable phase readable."""

from __future__ import annotations

import streamlit as st

from workbench.charts.phase_strip import phase_reps_alt, phase_reps_chart, phase_spread_rows
from workbench.ui.session.cached_phases import CoachingFound
from workbench.ui.widgets.parts import how_computed, text_colour
from workbench.ui.widgets.picture import show_chart
from workbench.words import coaching as words
from workbench.words.coaching import phase_called
from workbench.words.markdown import plain
from workbench.words.phases import (
    like_for_like_sentence,
    like_for_like_small_print,
    merged_sentences,
    phase_sentence,
    settle_sentence,
    spread_small_print,
)

_PHASE = "coaching.phase"


def show_phases(found: CoachingFound) -> None:
    """A sentence per phase, then one phase rep by rep."""
    phases = found.phases
    left, right = st.columns([2, 3], gap="large")
    with left:
        st.markdown(plain(words.chain_words(phases)))
        for phase in phases.phases:
            with st.container(border=True, gap="xsmall"):
                with st.container(horizontal=True, vertical_alignment="center"):
                    st.markdown(f"**{plain(phase.name)}**", width="content")
                    how_computed(plain(f"{spread_small_print(phase)}; {like_for_like_small_print(phase)}"), "Figures")
                st.markdown(plain(phase_sentence(phases, phase)))
                more = (settle_sentence(phases, phase) if phase.why == "few_attempts" else "",
                        like_for_like_sentence(phases, phase))  # fmt: skip
                for said in filter(None, more):
                    st.caption(plain(said))
        for said in merged_sentences(phases.phases):
            st.info(plain(said), icon=":material/merge:")
    with right:
        names = [phase.name for phase in phases.phases]
        step = found.coaching.plan[0] if found.coaching.plan and found.coaching.plan[0].coached else None
        first = names.index(step.phase) if step else 0
        if st.session_state.get(_PHASE) not in names:
            st.session_state.pop(_PHASE, None)
        chosen = st.segmented_control("Phase", names, default=names[first], required=True, key=_PHASE, wrap=True,
                                      format_func=plain, label_visibility="collapsed")  # fmt: skip
        phase = phase_called(phases, chosen)
        coached = [one.rep for one in step.coached] if step and step.phase == chosen else []
        rows = phase_spread_rows(phases, coached, step.learn_from if step and coached else None, chosen)
        show_chart(phase_reps_chart(rows, phase, text_colour()), alt=phase_reps_alt(rows, phase))
        st.caption(words.REPS_CAPTION)
