"""Over time: the team month by month, and whether coached reps did better than they would have anyway."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from workbench.charts.phase_months import phase_month_rows, phase_months_alt, phase_months_chart
from workbench.data.library.data_sets import DataSetEntry
from workbench.data.model.panel import Panel
from workbench.phases.coached_progress import progress_since
from workbench.phases.span_rates import change_of_rate, rates_by_month
from workbench.ui.coaching.start_coaching import known_coaching, month_name, start_months
from workbench.ui.session import state
from workbench.ui.session.cached_phases import CoachingFound
from workbench.ui.widgets.parts import how_computed
from workbench.ui.widgets.picture import show_chart
from workbench.words import coaching as words
from workbench.words import phases_progress as progress
from workbench.words.markdown import plain

_PHASE, _SINCE, _WHO = "coaching.month_phase", "coaching.since", "coaching.coached"


def show_phase_over_time(entry: DataSetEntry, panel: Panel, found: CoachingFound) -> None:
    """One phase by month; once somebody says when coaching began and with whom, what it changed."""
    phases = found.phases
    names, reps = [phase.name for phase in phases.phases], phases.cube.reps
    usual = _usual(entry, panel, found)
    chosen = _choose_phase(names, usual.phase)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        months = start_months(found)
        if st.session_state.get(_SINCE) not in (None, *months):
            del st.session_state[_SINCE]
        since = st.selectbox(
            "Coaching began", months, months.index(usual.since) if usual.since in months else None, key=_SINCE,
            width=220, placeholder="Not yet", format_func=month_name, help=words.SINCE_HELP, persist_state="session",
        )  # fmt: skip
        st.session_state[_WHO] = [rep for rep in st.session_state.get(_WHO, usual.reps) if rep in reps]
        who = st.multiselect("With", reps, key=_WHO, width=520, placeholder="Choose the coached reps",
                             persist_state="session")  # fmt: skip
    if since in phases.cube.months:
        _show_progress(found, chosen, since, tuple(who))
    elif since is not None:
        st.markdown(plain(words.begins_later_sentence(month_name(since))))
    _show_months(found, chosen, since or "", who if since else ())


def _show_months(found: CoachingFound, k: int, since: str, who: Sequence[str]) -> None:
    """The team's months, with a line of the coached reps once somebody says who they are."""
    phases, name = found.phases, found.phases.phases[k].name
    rates = rates_by_month(phases, k)
    rows = phase_month_rows(rates)
    if len(phases.cube.strata) < 2:
        rows["alike"] = float("nan")
    places = [phases.cube.reps.index(rep) for rep in who]
    coached = phase_month_rows(rates_by_month(replace(phases, cube=phases.cube.of_reps(*places)), k)) if who else None
    show_chart(phase_months_chart(rows, since, coached=coached), alt=phase_months_alt(rows, name))
    parts = [words.MONTHS_CAPTION, words.MONTHS_ALIKE if rows["alike"].notna().any() else "",
             words.MONTHS_COACHED if who else "", f"Calls: {progress.months_small_print(rates)}."]  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(plain("".join(parts)), width="content")
        how_computed(f"{progress.HOW_MONTHS}\n\n{progress.HOW_PROGRESS}")


@dataclass(frozen=True)
class _Usual:
    """What is chosen at first: the place of the phase, the reps as shown, and the month."""

    phase: int = 0
    reps: tuple[str, ...] = ()
    since: str = ""


def _usual(entry: DataSetEntry, panel: Panel, found: CoachingFound) -> _Usual:
    """The coaching that was started last, else what the plan says."""
    names, reps = [phase.name for phase in found.phases.phases], found.phases.cube.reps
    shown = state.display_names(panel)
    for start in reversed(known_coaching(entry)):
        who = tuple(shown[rep] for rep in start.reps if shown.get(rep) in reps)
        if start.phase in names and who:
            return _Usual(names.index(start.phase), who, start.since)
    plan = found.coaching.plan
    if not plan or not plan[0].coached:
        return _Usual()
    return _Usual(names.index(plan[0].phase), tuple(one.rep for one in plan[0].coached))


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
