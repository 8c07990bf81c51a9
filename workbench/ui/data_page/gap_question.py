"""Ask what a gap means: a strip per file, the periods used, and what a source says of periods without rows."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pandas as pd
import streamlit as st

from workbench.charts.source_coverage import strip_alt, strip_chart
from workbench.data.mapping.coverage_choices import (
    gap_meaning,
    losses_outside,
    with_covered_days,
    with_gap_meaning,
    with_periods,
)
from workbench.data.model.dataset import DataSet
from workbench.data.model.panel import Panel
from workbench.data.model.periods import periods_between
from workbench.data.model.source_coverage import (
    days_of_source,
    one_source,
    overall_periods,
    shared_periods,
    sources_to_ask,
    sources_with_gaps,
)
from workbench.ui.data_page import mapping
from workbench.ui.session import cache
from workbench.ui.widgets import bound
from workbench.ui.widgets.parts import primary_label
from workbench.ui.widgets.picture import show_chart
from workbench.words import gaps
from workbench.words.markdown import plain
from workbench.words.panels import period_name


def ask_about_gaps(dataset: DataSet, panel: Panel) -> None:
    """The question, open while files differ and nobody has limited the data set to some periods."""
    coverage, limited = panel.coverage, bool(dataset.first or dataset.last)
    if not coverage:
        return
    asked = bool(sources_with_gaps(coverage)) and not one_source(coverage) and not limited
    title, summary = gaps.question_title(coverage, dataset.grain), gaps.gap_summary(coverage, dataset)
    with st.expander(f"**{plain(title)}**  ·  {plain(summary)}",
                     expanded=asked, icon=":material/calendar_month:",
                     key="data-question-gaps"):  # fmt: skip
        show_chart(strip_chart(coverage, dataset.grain), alt=strip_alt(coverage, dataset.grain))
        _shared(dataset, panel, limited)
        _range(dataset, panel, limited)
        for number, source in enumerate(sources_to_ask(coverage)):
            _meaning(dataset, panel, source, number)
        _exact_days(dataset)


def _shared(dataset: DataSet, panel: Panel, limited: bool) -> None:
    shared, label = shared_periods(panel.coverage), gaps.shared_button(panel.coverage, dataset.grain)
    with st.container(horizontal=True, vertical_alignment="center"):
        if label and shared and not limited:  # within limits the same question would cut again and again
            st.button(primary_label(label), key="data.periods.shared", icon=":material/content_cut:", type="primary",
                      on_click=_limit, args=(dataset, *shared))  # fmt: skip
            st.caption(plain(gaps.losses_words(losses_outside(panel, *shared))))
        if limited:
            st.button(f"Use all {dataset.grain}s", key="data.periods.all", icon=":material/undo:",
                      on_click=_limit, args=(dataset, None, None))  # fmt: skip


def _range(dataset: DataSet, panel: Panel, limited: bool) -> None:
    """First and last period, out of all that the files have as far as that is known."""
    whole = cache.known_draft_panel(with_periods(dataset, None, None), mapping.mapped_folder()) or panel
    used, known = overall_periods(panel.coverage), overall_periods(whole.coverage)
    if used is None or known is None:
        return
    every = periods_between(min(known[0], used[0]), max(known[1], used[1]), dataset.grain, dataset.week_start)
    limit = partial(_limit_to, dataset, every, whole is not panel or not limited)
    if len(every) > 1 and {*used} <= {*every}:
        shown, key = partial(period_name, grain=dataset.grain), "data.periods"
        first, last = st.columns(2)
        with first:
            bound.bound_selectbox(f"First {dataset.grain} used", [each for each in every if each <= used[1]], used[0],
                                  lambda wanted: limit(wanted, used[1]), f"{key}.first", shown,
                                  clearable=False)  # fmt: skip
        with last:
            bound.bound_selectbox(f"Last {dataset.grain} used", [each for each in every if each >= used[0]], used[1],
                                  lambda wanted: limit(used[0], wanted), f"{key}.last", shown,
                                  clearable=False)  # fmt: skip


def _limit_to(
    dataset: DataSet, every: tuple[pd.Timestamp, ...], complete: bool, first: pd.Timestamp, last: pd.Timestamp
) -> None:
    """An end that is that of all periods is no limit, so that next month's file is not cut off."""
    _limit(dataset, None if complete and first == every[0] else first, None if complete and last == every[-1] else last)


def _limit(dataset: DataSet, first: pd.Timestamp | None, last: pd.Timestamp | None) -> None:
    mapping.change_dataset(with_periods(dataset, first, last))


def _meaning(dataset: DataSet, panel: Panel, source: str, number: int) -> None:
    said = gaps.gap_question(source, panel.coverage, dataset.grain)
    st.markdown(f"**{plain(source)}** {plain(said)}")
    bound.bound_segmented_control(
        f"Gaps of {plain(source)}", list(gaps.MEANINGS), gap_meaning(source, panel.coverage),
        lambda wanted: mapping.change_dataset(with_gap_meaning(dataset, source, wanted, panel.coverage)),
        f"data.gap.{number}", gaps.MEANINGS.__getitem__,
    )  # fmt: skip


def _exact_days(dataset: DataSet) -> None:
    """From which to which day each file is complete, with the guess that all its rows give."""
    if not st.toggle("Set the exact days of each file", key="data.covers.open"):
        return
    st.caption("From which to which day is each file complete? Outside these days its numbers are unknown.")
    panel = cache.cached_draft_panel(with_periods(dataset, None, None), mapping.mapped_folder()).panel
    for number, source in enumerate(dataset.sources):
        days = days_of_source(source.name, panel.coverage) if panel else None
        if days is not None:
            _days_of_file(dataset, source.name, source.covers, (days[0].date(), days[1].date()), number)


def _days_of_file(
    dataset: DataSet, source: str, said: tuple[dt.date, dt.date] | None, days: tuple[dt.date, dt.date], number: int
) -> None:
    st.markdown(f"**{plain(source)}**  :gray[{gaps.days_title(said is not None)}]")
    first, last, back = st.columns([2, 2, 1], vertical_alignment="bottom")
    with first:
        bound.bound_date_input("First complete day", days[0], lambda day: _cover(dataset, source, day, days[1]),
                               f"data.covers.first.{number}")  # fmt: skip
    with last:
        bound.bound_date_input("Last complete day", days[1], lambda day: _cover(dataset, source, days[0], day),
                               f"data.covers.last.{number}")  # fmt: skip
    back.button("", icon=":material/undo:", key=f"data.covers.guess.{number}", disabled=said is None, type="tertiary",
                help="From the first to the last row", on_click=_guess, args=(dataset, source))  # fmt: skip


def _cover(dataset: DataSet, source: str, first: dt.date, last: dt.date) -> None:
    if last < first:
        st.toast("The last complete day comes before the first. Choose a later one.", icon=":material/info:")
    else:
        mapping.change_dataset(with_covered_days(dataset, source, (first, last)))


def _guess(dataset: DataSet, source: str) -> None:
    mapping.change_dataset(with_covered_days(dataset, source, None))
