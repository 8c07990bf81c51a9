"""Change how a file is read; what its columns mean is guessed anew only where they are no longer there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from pathlib import Path
from typing import Literal, TypeVar

from workbench.data.engine.embedded import Engine
from workbench.data.events.events import needed_column_names
from workbench.data.files.reading import Reading, reading_of
from workbench.data.files.reshape import unpivoted_columns
from workbench.data.files.table import open_table
from workbench.data.files.table_locations import TableLocation, location_of
from workbench.data.mapping.edit import formula_name
from workbench.data.mapping.guess_role import guess_lookup, guess_roster, guess_source
from workbench.data.model.dataset import DataSet, Lookup, Roster, Source, locations_of
from workbench.data.model.panel import BUILT_IN
from workbench.errors import InputError

DatedPart = TypeVar("DatedPart", Source, Roster)


def with_reading(dataset: DataSet, folder: Path, place: TableLocation, reading: Reading) -> DataSet:
    """Open a table in another way, in every part of the data set that reads it."""
    columns = _columns(folder, place, reading)
    sources = tuple(_source_read(dataset, source, folder, place, reading, columns) for source in dataset.sources)
    roster = dataset.roster
    if roster is not None and location_of(roster) == place:
        roster = roster.model_copy(update=asdict(reading))
        if columns and not {roster.rep, *roster.attributes, *filter(None, (roster.start, roster.end))} <= {*columns}:
            roster = guess_roster(folder, place, reading)
    return dataset.model_copy(update={"sources": sources, "roster": roster})


def _source_read(
    dataset: DataSet, source: Source, folder: Path, place: TableLocation, reading: Reading, columns: Collection[str]
) -> Source:
    lookups = tuple(_lookup_read(source, each, folder, place, reading, columns) for each in source.lookups)
    changed = source.model_copy(update={"lookups": lookups})
    if not _reads(source, place):
        return changed
    changed = changed.model_copy(update=asdict(reading))
    known = {*columns, *(name for each in lookups for name in each.take)}
    known |= {*unpivoted_columns(columns, source.unpivot)} if source.unpivot else set()
    if not columns or (source.rep and source.date and needed_column_names(source) <= known):
        return changed
    guessed = guess_source(folder, location_of(source), reading)
    taken = {each.name for other in dataset.sources if other is not source for each in other.measures} | {*BUILT_IN}
    measures = tuple(each.model_copy(update={"name": formula_name(each.title, taken)}) for each in guessed.measures)
    kept = tuple(each for each in lookups if {*each.on} <= {*columns})
    return guessed.model_copy(
        update={"name": source.name, "location": source.location, "replace": source.replace if source.id else None,
                "covers": source.covers, "decimal": source.decimal, "measures": measures, "lookups": kept}
    )  # fmt: skip


def _lookup_read(
    source: Source, lookup: Lookup, folder: Path, place: TableLocation, reading: Reading, columns: Collection[str]
) -> Lookup:
    if location_of(lookup) != place:
        return lookup
    changed = lookup.model_copy(update=asdict(reading))
    if not columns or {*lookup.on.values(), *lookup.take} <= {*columns}:
        return changed
    return guess_lookup(folder, place, source, reading)


def _reads(source: Source, place: TableLocation) -> bool:
    return place.location in locations_of(source) and (source.sheet, source.table) == (place.sheet, place.table)


def with_decimal(dataset: DataSet, place: TableLocation, decimal: Literal[".", ","] | None) -> DataSet:
    """Read the numbers of a table with this decimal sign; None has it found out."""
    sources = tuple(
        each.model_copy(update={"decimal": decimal}) if _reads(each, place) else each for each in dataset.sources
    )
    return dataset.model_copy(update={"sources": sources})


def with_date_format(dataset: DataSet, place: TableLocation, column: str, form: str | None) -> DataSet:
    """Read a column of dates by this format, in every part that reads the table; None has it found out."""
    sources = tuple(_dated(each, column, form) if _reads(each, place) else each for each in dataset.sources)
    roster = dataset.roster
    if roster is not None and location_of(roster) == place:
        roster = _dated(roster, column, form)
    return dataset.model_copy(update={"sources": sources, "roster": roster})


def _dated(part: DatedPart, column: str, form: str | None) -> DatedPart:
    others = {name: each for name, each in part.date_formats.items() if name != column}
    return part.model_copy(update={"date_formats": others | ({column: form} if form else {})})


def is_by_hand(part: Source | Lookup | Roster) -> bool:
    """Whether somebody said how the file of a part is read."""
    chosen = reading_of(part) != Reading()
    return chosen or (isinstance(part, Source) and part.decimal is not None) or bool(getattr(part, "date_formats", {}))


def with_found_reading(dataset: DataSet, folder: Path, place: TableLocation) -> DataSet:
    """Have everything about reading a table found out again."""
    found = with_decimal(with_reading(dataset, folder, place, Reading()), place, None)
    sources = tuple(
        each.model_copy(update={"date_formats": {}}) if _reads(each, place) else each for each in found.sources
    )
    roster = found.roster
    if roster is not None and location_of(roster) == place:
        roster = roster.model_copy(update={"date_formats": {}})
    return found.model_copy(update={"sources": sources, "roster": roster})


def _columns(folder: Path, place: TableLocation, reading: Reading) -> tuple[str, ...]:
    """Return the columns of a table as read that way; none if it cannot be."""
    with Engine() as engine:
        try:
            return open_table(folder=folder, engine=engine, **asdict(place), **asdict(reading)).columns
        except InputError:
            return ()
