"""Cache short looks into files that are being mapped: first rows, frequent values, columns."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pandas as pd
import streamlit as st

from workbench.data.files.file_options import FileOptions
from workbench.data.files.reading import FOUND, Reading, reading_of
from workbench.data.files.reshape import unpivoted_columns
from workbench.data.files.table_locations import TableLocation, location_of
from workbench.data.mapping import preview
from workbench.data.mapping.column_samples import ColumnSample, sample_columns
from workbench.data.mapping.count_conditions import RowsLeft, count_conditions
from workbench.data.mapping.credit_choices import SharedCases, find_shared_cases
from workbench.data.mapping.inspect_file import FileInspection, inspect_file
from workbench.data.mapping.outcome_choices import Outcome, TwoDates, compare_dates
from workbench.data.mapping.owners import Owner
from workbench.data.mapping.preview import FilePart, ValueCounts
from workbench.data.mapping.table_roles import owners_of
from workbench.data.model.dataset import DataSet, Measure, Roster, Source
from workbench.errors import InputError
from workbench.formula.row_conditions import Conditions
from workbench.ui.session.allowed_connections import allowed_connections


@st.cache_data(max_entries=64, show_spinner=False)
def cached_first_rows(part: FilePart, folder: Path) -> pd.DataFrame:
    """The first rows as the file writes them; an empty frame when the file cannot be read."""
    try:
        return preview.first_rows(part, folder)
    except InputError:
        return pd.DataFrame()


@st.cache_data(max_entries=256, show_spinner=False)
def cached_value_counts(
    part: FilePart, folder: Path, column: str, named: tuple[str, ...] = (), most: int = 50
) -> ValueCounts:
    """How many rows hold a column's most frequent values and those named; nothing when the file cannot be read."""
    try:
        return preview.count_values(part, folder, column, named, most)
    except InputError:
        return ValueCounts()


@st.cache_data(max_entries=64, show_spinner=False)
def cached_inspection(place: TableLocation, folder: Path, reading: Reading = FOUND) -> FileInspection | None:
    """What the reader finds in the file; None when it cannot be read."""
    try:
        return inspect_file(folder / place.location, FileOptions(place.sheet, place.table, **asdict(reading)))
    except InputError:
        return None


@st.cache_data(max_entries=64, show_spinner=False)
def cached_shared_cases(source: Source, folder: Path) -> SharedCases | None:
    """The cases of a source that several people work on, or None; give the source without its measures."""
    return find_shared_cases(folder, source)


@st.cache_data(max_entries=64, show_spinner=False)
def cached_samples(part: Source | Roster, folder: Path, timezone: str | None) -> tuple[ColumnSample, ...]:
    """How the dates and numbers of a part are read; none when the file cannot be read."""
    try:
        return sample_columns(part, folder, timezone)
    except InputError:
        return ()


@st.cache_data(max_entries=64, show_spinner="Comparing the files …")
def cached_owners(source: Source, places: tuple[TableLocation, ...], folder: Path) -> tuple[Owner, ...]:
    """The files that can say whose the rows of a source are; give the source without its measures and lookups."""
    return owners_of(folder, source, places)


@st.cache_data(max_entries=64, show_spinner=False)
def cached_two_dates(source: Source, folder: Path, outcome: Outcome) -> TwoDates | None:
    """How far the two dates of the won rows lie apart; give the source without its measures."""
    return compare_dates(source, folder, outcome)


def cached_rows_left(
    dataset: DataSet, source: Source, measure: Measure, conditions: Conditions, folder: Path
) -> tuple[RowsLeft, ...] | None:
    """What conditions leave of a source, one after the other; None when it cannot be read."""
    alone = source.model_copy(update={"measures": (), "events": None, "covers": None})
    bare = measure.model_copy(update={"name": "step", "where": None, "label": None, "unit": None, "credit": None})
    shared = dataset.model_copy(update={"sources": (alone,), "roster": None, "scored": None, "exposure": None})
    return _rows_left(shared, bare, conditions, folder, tuple(sorted(allowed_connections().items())))


@st.cache_data(max_entries=64, show_spinner="Counting rows …")
def _rows_left(
    dataset: DataSet, measure: Measure, conditions: Conditions, folder: Path, connections: tuple[tuple[str, str], ...]
) -> tuple[RowsLeft, ...] | None:
    try:
        return count_conditions(dataset, dataset.sources[0], measure, conditions, folder, dict(connections))
    except InputError:
        return None


def cached_columns(part: FilePart, folder: Path) -> tuple[str, ...]:
    """The columns in their order, as the part reads them; none when the file cannot be read."""
    found = cached_inspection(location_of(part), folder, reading_of(part))
    columns = tuple(column.name for column in found.columns) if found else ()
    return unpivoted_columns(columns, part.unpivot) if isinstance(part, Source) and part.unpivot else columns
