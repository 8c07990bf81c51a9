"""One rep, for the coaching talk: phase by phase, and one thing to practise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from workbench.charts.phase_funnel import rep_funnel_alt, rep_funnel_chart, rep_funnel_rows
from workbench.charts.phase_months import phase_month_rows, phase_months_alt, phase_months_chart
from workbench.data.model.panel import Panel
from workbench.phases.coaching_plan import phase_to_practise
from workbench.phases.span_rates import rates_by_month
from workbench.ui.coaching.rep_link import follow_rep, rep_numbers
from workbench.ui.session import state
from workbench.ui.session.cached_phases import CoachingFound
from workbench.ui.session.noted_download import noted
from workbench.ui.widgets.parts import text_colour
from workbench.ui.widgets.picture import show_chart
from workbench.words import coaching as words
from workbench.words.coaching_rep import out_of_hundred, practise_sentence, rep_funnel_caption, rep_notes, rep_sheet
from workbench.words.markdown import plain

_REP = "coaching.rep"


def show_one_rep(panel: Panel, found: CoachingFound) -> None:
    """The rep's rates against the team's, and what to practise."""
    phases, plan = found.phases, found.coaching.plan
    reps = phases.cube.reps
    first = reps.index(plan[0].coached[0].rep) if plan and plan[0].coached else 0
    follow_rep(_REP, reps, rep_numbers(panel, state.display_names(panel)), reps[first])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox("Rep", reps, key=_REP, width=320, persist_state="session")
        rep = reps.index(chosen)
        sheet = rep_sheet(phases, found.coaching, rep, panel.name, date.today())
        st.download_button("Page for the talk", noted(sheet, "coaching-talk.html"), "coaching-talk.html",
                           "text/html", icon=":material/print:", on_click="ignore", key="coaching.talk")  # fmt: skip
    said = practise_sentence(phases, found.coaching, rep, reps[rep] in found.gone)
    st.subheader(plain(said), anchor=False)
    for note in (*rep_notes(phases, rep), out_of_hundred(phases, rep)):
        st.markdown(plain(note))
    left, right = st.columns([3, 2], gap="large")
    with left:
        rows = rep_funnel_rows(phases, rep)
        show_chart(rep_funnel_chart(rows, text_colour()), alt=rep_funnel_alt(rows, reps[rep]))
        st.caption(plain(f"{rep_funnel_caption(phases.phases[0].tries[rep])} {words.NOT_A_TABLE}"))
    with right:
        _show_own_past(found, rep)


def _show_own_past(found: CoachingFound, rep: int) -> None:
    """One phase of the rep by month, beside the team: the one to practise, else the first."""
    phases = found.phases
    k = phase_to_practise(phases, found.coaching, rep) or 0
    name = phases.phases[k].name
    st.markdown(f"**{plain(name)}**: {words.OWN_PAST}")
    mine = phase_month_rows(rates_by_month(replace(phases, cube=phases.cube.of_reps(rep)), k))
    team = phase_month_rows(rates_by_month(phases, k)).set_index("month")["rate"]
    mine["alike"] = mine["month"].map(team)
    show_chart(phase_months_chart(mine, dashed="Whole team"), alt=phase_months_alt(mine, name))
    st.caption(words.OWN_PAST_CAPTION)
