"""Fields of a file with work and sales: who, when, what counts as won, and its measures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import streamlit as st

from workbench.data.files.reshape import has_months_alone
from workbench.data.mapping import edit
from workbench.data.mapping.guess_unpivot import guess_unpivot
from workbench.data.mapping.outcome_choices import (
    Outcome,
    find_outcome,
    with_won_amount,
    with_won_date,
    with_won_values,
)
from workbench.data.mapping.table_roles import with_columns, with_unpivot
from workbench.data.model.dataset import DataSet, Source, Unpivot
from workbench.ui.data_page import mapping
from workbench.ui.data_page.activity_fields import activity_fields, asked_table
from workbench.ui.data_page.column_labels import DATES, NUMBERS, ColumnLabels
from workbench.ui.data_page.mapping import Mapping
from workbench.ui.data_page.measure_dialog import Slot, open_measure_dialog
from workbench.ui.data_page.owner_choice import owner_from_another_file
from workbench.ui.session import cached_previews
from workbench.ui.widgets import bound
from workbench.words import file_lines
from workbench.words.mapping import measure_name, measure_words
from workbench.words.markdown import plain

MOST_LISTED = 40
"""Measures that are listed, each with its buttons."""


def work_fields(mapped: Mapping, source: Source, number: int) -> None:
    """A choice for each bold word of the line, with values of the file, then what is counted."""
    own = cached_previews.cached_columns(source.model_copy(update={"unpivot": None}), mapped.folder)
    if source.unpivot or guess_unpivot(own):
        _column_per_period(source, number)
    columns, labels = columns_with_lookups(mapped, source), ColumnLabels(mapped, source)
    left, right = st.columns(2)
    with left:
        bound.bound_selectbox("Who did it", columns, source.rep, lambda name: _choose_column(number, rep=name or ""),
                     f"data.rep.{number}", labels, clearable=False, placeholder="Choose the rep's column")  # fmt: skip
    with right:
        bound.bound_selectbox("When", labels.first(columns, DATES), source.date,
                     lambda name: _choose_column(number, date=name or ""), f"data.date.{number}", labels,
                     clearable=False, placeholder="Choose the date column")  # fmt: skip
    outcome = find_outcome(source)
    if outcome is not None:
        _won(mapped, source, outcome, labels, number)
    if len(mapped.tables) > 1:
        owner_from_another_file(mapped, source, number)
    with st.container(gap="xsmall"):
        for place in _shown_measures(source, number):
            _measure(source, number, place, columns)
    if st.button("Add a measure", icon=":material/add:", key=f"data.add.{number}"):
        open_measure_dialog(Slot(number, None), columns)
    if source.rep and source.date and not source.unpivot and asked_table(mapped) != number:
        activity_fields(mapped, source, columns, number)


def _shown_measures(source: Source, number: int) -> list[int]:
    """The places of the measures that are listed: all of them, or of very many those that are looked for."""
    if len(source.measures) <= MOST_LISTED:
        return list(range(len(source.measures)))
    wanted = st.text_input("Find a measure", key=f"data.find.{number}", icon=":material/search:").strip().casefold()
    found = [at for at, each in enumerate(source.measures) if wanted in measure_name(each).casefold()]
    if len(found) > MOST_LISTED:
        st.caption(file_lines.more_measures_line(MOST_LISTED, len(found)))
    return found[:MOST_LISTED]


def _won(mapped: Mapping, source: Source, outcome: Outcome, labels: ColumnLabels, number: int) -> None:
    """Which values mean won, in which period a win counts, and what it is worth."""
    columns = columns_with_lookups(mapped, source)
    found = cached_previews.cached_value_counts(_bare(source), mapped.folder, outcome.column, outcome.values)
    counts = dict(found.rows)
    values = [*counts, *(value for value in outcome.values if value not in counts)]
    what, when, worth = st.columns(3)
    with what:
        bound.bound_multiselect(
            f"Won: {plain(outcome.column)} is", values, outcome.values,
            lambda chosen: mapping.change_dataset(with_won_values(mapping.mapped_dataset(), number, chosen)),
            f"data.won.{number}",
            format_func=lambda value: f"{value}  ·  {counts[value]:,} rows" if value in counts else value,
        )  # fmt: skip
    with when:
        bound.bound_selectbox("A win counts by", labels.first(columns, DATES), outcome.date,
                     lambda name: _change_outcome(with_won_date, number, name), f"data.won.date.{number}", labels,
                     clearable=False)  # fmt: skip
        _two_dates(mapped, source, outcome, number)
    with worth:
        if outcome.amount is not None:
            bound.bound_selectbox("A win is worth", labels.first(columns, NUMBERS), outcome.amount,
                         lambda name: _change_outcome(with_won_amount, number, name), f"data.won.amount.{number}",
                         labels, clearable=False)  # fmt: skip


def _change_outcome(change: Callable[[DataSet, int, str], DataSet], number: int, name: str) -> None:
    mapping.change_dataset(change(mapping.mapped_dataset(), number, name))


def _two_dates(mapped: Mapping, source: Source, outcome: Outcome, number: int) -> None:
    """What the choice of the date moves: both dates of a few won rows."""
    if outcome.date == source.date:
        return
    box = st.popover(file_lines.OTHER_DATE, type="tertiary", icon=":material/compare_arrows:", on_change="rerun",
                     key=f"data.won.dates.{number}")  # fmt: skip
    if box.open:
        found = cached_previews.cached_two_dates(_bare(source), mapped.folder, outcome)
        with box:
            if found is None:
                st.markdown("No won row has both dates.")
            else:
                st.markdown(file_lines.dates_words(found, outcome, source))
                st.markdown("\n".join(file_lines.pair_lines(found, outcome, source)))


def _bare(source: Source) -> Source:
    """The source as it is read, whatever is counted."""
    return source.model_copy(update={"measures": (), "lookups": (), "covers": None, "events": None})


def _column_per_period(source: Source, number: int) -> None:
    """A sheet with one column per period: whether its columns become rows."""
    bound.bound_toggle("One column per period: turn the columns into rows", source.unpivot is not None,
                       lambda wanted: _turn(number, wanted), f"data.unpivot.{number}",
                       help="Each cell becomes a row. Columns of totals and quarters are left out.")  # fmt: skip
    if source.unpivot and has_months_alone(source.unpivot):
        _year_of_months(number, source.unpivot)


def _year_of_months(number: int, unpivot: Unpivot) -> None:
    """Of which year the columns are that are named by months alone; December is followed by the next year."""
    years = list(range(dt.date.today().year + 1, 1979, -1))
    bound.bound_selectbox(
        "Year of the first month", years, unpivot.year,
        lambda year: mapping.change_dataset(edit.with_source(
            mapping.mapped_dataset(), number, unpivot=unpivot.model_copy(update={"year": year}))),
        f"data.year.{number}", placeholder="Choose the year")  # fmt: skip


def _turn(number: int, wanted: bool) -> None:
    mapping.change_dataset(with_unpivot(mapping.mapped_dataset(), mapping.mapped_folder(), number, wanted))


def _measure(source: Source, number: int, place: int, columns: tuple[str, ...]) -> None:
    measure, key = source.measures[place], f"{number}.{place}"
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="xsmall"):
        said = f"**{plain(measure_name(measure))}**  :gray[{plain(measure_words(measure, source))}]"
        st.markdown(said, width="stretch")
        if st.button("", icon=":material/edit:", key=f"data.edit.{key}", type="tertiary", help="Change"):
            open_measure_dialog(Slot(number, place), columns)
        st.button("", icon=":material/close:", key=f"data.drop.{key}", type="tertiary", help="Remove",
                  on_click=_drop, args=(number, place))  # fmt: skip


def columns_with_lookups(mapped: Mapping, source: Source) -> tuple[str, ...]:
    """The source's own columns, then those that its lookups add."""
    brought = (name for lookup in source.lookups for name in lookup.take)
    return tuple(dict.fromkeys((*cached_previews.cached_columns(source, mapped.folder), *brought)))


def _choose_column(number: int, **changes: str) -> None:
    mapping.change_dataset(with_columns(mapping.mapped_dataset(), mapping.mapped_folder(), number, **changes))


def _drop(number: int, place: int) -> None:
    mapping.change_dataset(edit.without_measure(mapping.mapped_dataset(), number, place))
