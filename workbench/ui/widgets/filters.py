"""Filter the reps and periods shown, by roster attributes and dates; points do not change."""

from __future__ import annotations

from contextlib import suppress

import pandas as pd
import streamlit as st

from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.scoring.rep_filter import attribute_choices, reps_in_panel, reps_with
from workbench.ui.session.cached_scores import Shown
from workbench.words.markdown import plain
from workbench.words.panels import period_name

PARAMETER, BETWEEN = "periods", ".."
_SEEN = "context.periods_seen"


def choose_periods(panel: Panel, page: str, first: str | None, last: str | None) -> None:
    """Filter a page to the periods that begin from ``first`` to ``last``, such as ``2024-07``; None for no limit."""
    periods = sorted(panel.frame[PERIOD].unique())
    within = [each for each in periods if (first is None or each >= pd.Timestamp(first))
              and (last is None or each <= pd.Timestamp(last))] or periods  # fmt: skip
    st.session_state[_key(page, panel, "·periods")] = (within[0], within[-1])


def periods_link(first: str | None, last: str | None) -> dict[str, str]:
    """What a link says so that its page opens filtered to these periods."""
    return {PARAMETER: f"{first or ''}{BETWEEN}{last or ''}"} if first or last else {}


def _follow_periods(panel: Panel, page: str) -> None:
    """A link that differs from the one last seen was opened, or came from Back: it leads."""
    asked = st.query_params.get(PARAMETER, "")
    if asked and asked != st.session_state.get(_SEEN):
        first, _, last = asked.partition(BETWEEN)
        with suppress(ValueError):  # not dates: as if nothing was asked
            choose_periods(panel, page, first or None, last or None)
    st.session_state[_SEEN] = asked


def _leave_link() -> None:
    """Callback: the hand chose other periods than the link."""
    st.query_params.pop(PARAMETER, None)
    st.session_state[_SEEN] = ""


def filter_popover(panel: Panel, page: str) -> Shown:
    """The filter behind one button that says when it is on. Keys are prefixed with ``page``."""
    _follow_periods(panel, page)
    periods = sorted(panel.frame[PERIOD].unique())
    place = st.empty()
    on = [name for name in panel.attributes if st.session_state.get(_key(page, panel, name))]
    span = st.session_state.get(_key(page, panel, "·periods"), (periods[0], periods[-1]))
    active = len(on) + (tuple(span) != (periods[0], periods[-1]))
    with place.popover(
        f"Filter ({active})" if active else "Filter", icon=":material/filter_alt:", key=f"{page}.filter"
    ):
        st.caption("Changes who is shown and ranked, never anybody's points.")
        reps = _by_attributes(panel, page)
        first, last = _by_periods(panel, page, periods)
    return Shown(reps, first, last)


def filtered_earlier(panel: Panel, page: str) -> Shown:
    """What the filter of a page leaves, where the filter itself is not drawn."""
    periods = sorted(panel.frame[PERIOD].unique())
    kept, narrowed = reps_in_panel(panel), False
    for name in panel.attributes:
        if wanted := st.session_state.get(_key(page, panel, name)):
            kept, narrowed = reps_with(kept, name, wanted), True
    first, last = st.session_state.get(_key(page, panel, "·periods"), (periods[0], periods[-1]))
    return Shown(tuple(kept[REP]) if narrowed else None, first, last)


def _by_attributes(panel: Panel, page: str) -> tuple[str, ...] | None:
    kept = reps_in_panel(panel)
    narrowed = False
    for name in panel.attributes:
        if choices := attribute_choices(kept, name):
            wanted = st.multiselect(plain(name.replace("_", " ").capitalize()), choices, key=_key(page, panel, name),
                                    persist_state="session", placeholder="All")  # fmt: skip
            narrowed |= bool(wanted)
            kept = reps_with(kept, name, wanted)
    return tuple(kept[REP]) if narrowed else None


def _by_periods(panel: Panel, page: str, periods: list[pd.Timestamp]) -> tuple[pd.Timestamp, pd.Timestamp]:
    if len(periods) < 2:
        return periods[0], periods[-1]
    return st.select_slider(
        "Periods", periods, (periods[0], periods[-1]), key=_key(page, panel, "·periods"), persist_state="session",
        format_func=lambda start: period_name(start, panel.grain), on_change=_leave_link)  # fmt: skip


def _key(page: str, panel: Panel, name: str) -> str:
    """One set of widgets per data set: another data set has other choices."""
    return f"{page}.filter.{panel.key}.{name}"
