"""Over time: the team month by month, and whether coached reps did better than they would have anyway."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from workbench.charts.phase_months import phase_month_rows, phase_months_alt, phase_months_chart
from workbench.phases.coached_progress import progress_since
from workbench.phases.span_rates import change_of_rate, rates_by_month
from workbench.ui.session.cached_phases import CoachingFound
from workbench.ui.widgets.parts import how_computed
from workbench.ui.widgets.picture import show_chart
from workbench.words import coaching as words
from workbench.words import phases_progress as progress
from workbench.words.markdown import plain
from workbench.words.panels import period_name

_PHASE, _SINCE, _WHO = "coaching.month_phase", "coaching.since", "coaching.coached"


def show_phase_over_time(found: CoachingFound) -> None:
    """One phase by month; once somebody says when coaching began and with whom, what it changed."""
    phases = found.phases
    names = [phase.name for phase in phases.phases]
    plan = found.coaching.plan
    first = plan[0] if plan and plan[0].coached else None
    chosen = _choose_phase(names, names.index(first.phase) if first else 0)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        months = list(phases.cube.months[1:])
        if st.session_state.get(_SINCE) not in (None, *months):
            del st.session_state[_SINCE]
        since = st.selectbox("Coaching began", months, None, key=_SINCE, width=220, placeholder="Not yet",
                             format_func=_month_name, help=words.SINCE_HELP)  # fmt: skip
        reps = list(range(len(phases.cube.reps)))
        usual = [phases.cube.reps.index(one.rep) for one in first.coached] if first else []
        st.session_state[_WHO] = [rep for rep in st.session_state.get(_WHO, usual) if rep in reps]
        who = st.multiselect("With", reps, key=_WHO, format_func=phases.cube.reps.__getitem__, width=520,
                             placeholder="Choose the coached reps")  # fmt: skip
    if since is not None:
        _show_progress(found, chosen, since, tuple(phases.cube.reps[rep] for rep in who))
    rates = rates_by_month(phases, chosen)
    rows = phase_month_rows(rates)
    show_chart(phase_months_chart(rows, since or ""), alt=phase_months_alt(rows, names[chosen]))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(plain(words.MONTHS_CAPTION + progress.months_small_print(rates) + "."), width="content")
        how_computed(f"{progress.HOW_MONTHS}\n\n{progress.HOW_PROGRESS}")


def _choose_phase(names: list[str], first: int) -> int:
    if st.session_state.get(_PHASE) not in (None, *range(len(names))):
        del st.session_state[_PHASE]
    return st.segmented_control("Phase", range(len(names)), default=first, required=True, key=_PHASE, wrap=True,
                                format_func=lambda i: plain(names[i]), label_visibility="collapsed")  # fmt: skip


def _show_progress(found: CoachingFound, k: int, since: str, who: tuple[str, ...]) -> None:
    with st.container(border=True, gap="small"):
        if who:
            seen = progress_since(found.phases, k, who, since)
            for one in filter(None, (seen.together, *seen.reps)):
                with st.container(horizontal=True, vertical_alignment="center"):
                    st.markdown(plain(progress.progress_sentence(one, seen.phase)), width="content")
                    how_computed(plain(progress.progress_small_print(one, seen.n_others)), "Figures")
                if said := progress.past_luck_sentence(one):
                    st.caption(plain(said))
            if said := progress.others_sentence(seen):
                st.markdown(plain(said))
            st.caption(words.ATTENTION_FADES)
        change = change_of_rate(found.phases, k, since)
        for said in progress.team_change_sentences(change):
            st.markdown(plain(said))
        st.caption(plain(progress.change_small_print(change)))


def _month_name(month: str) -> str:
    return period_name(pd.Timestamp(f"{month}-01"), "month")
