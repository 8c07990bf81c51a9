"""Filter the reps and periods shown, by roster attributes and dates; points do not change."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.scoring.rep_filter import attribute_choices, reps_in_panel, reps_with
from workbench.ui.session.cached_scores import Shown
from workbench.words.markdown import plain
from workbench.words.panels import period_name


def filter_popover(panel: Panel, page: str) -> Shown:
    """The filter behind one button that says when it is on. Keys are prefixed with ``page``."""
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
        format_func=lambda start: period_name(start, panel.grain))  # fmt: skip


def _key(page: str, panel: Panel, name: str) -> str:
    """One set of widgets per data set: another data set has other choices."""
    return f"{page}.filter.{panel.key}.{name}"
