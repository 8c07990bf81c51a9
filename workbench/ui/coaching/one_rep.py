"""One rep, for the coaching talk: phase by phase, and one thing to practise."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from workbench.charts.phase_funnel import rep_funnel_alt, rep_funnel_chart, rep_funnel_rows
from workbench.charts.phase_months import phase_month_rows, phase_months_alt, phase_months_chart
from workbench.phases.coaching_plan import phase_to_practise
from workbench.phases.span_rates import rates_by_month
from workbench.ui.session.cached_phases import CoachingFound
from workbench.ui.widgets.parts import text_colour
from workbench.ui.widgets.picture import show_chart
from workbench.words import coaching as words
from workbench.words.markdown import plain

_REP = "coaching.rep"


def show_one_rep(found: CoachingFound) -> None:
    """The rep's rates against the team's, and what to practise."""
    phases, plan = found.phases, found.coaching.plan
    reps = phases.cube.reps
    first = reps.index(plan[0].coached[0].rep) if plan and plan[0].coached else 0
    if st.session_state.get(_REP, 0) not in range(len(reps)):
        del st.session_state[_REP]
    rep = st.selectbox("Rep", range(len(reps)), first, format_func=reps.__getitem__, key=_REP, width=320)
    st.subheader(plain(words.practise_sentence(phases, found.coaching, rep)), anchor=False)
    st.markdown(plain(words.out_of_hundred(phases, rep)))
    left, right = st.columns([3, 2], gap="large")
    with left:
        rows = rep_funnel_rows(phases, rep)
        show_chart(rep_funnel_chart(rows, text_colour()), alt=rep_funnel_alt(rows, reps[rep]))
        st.caption(plain(f"{words.rep_funnel_caption(phases.phases[0].tries[rep])} {words.NOT_A_TABLE}"))
    with right:
        _show_own_past(found, rep)


def _show_own_past(found: CoachingFound, rep: int) -> None:
    """One phase of the rep by month, beside the team."""
    phases = found.phases
    k = phase_to_practise(found.coaching, rep)
    name = phases.phases[k].name
    st.markdown(f"**{plain(name)}**: {words.OWN_PAST}")
    mine = phase_month_rows(rates_by_month(replace(phases, cube=phases.cube.of_rep(rep)), k))
    team = phase_month_rows(rates_by_month(phases, k)).set_index("month")["rate"]
    mine["alike"] = mine["month"].map(team)
    show_chart(phase_months_chart(mine, dashed="Whole team"), alt=phase_months_alt(mine, name))
    st.caption(words.OWN_PAST_CAPTION)
