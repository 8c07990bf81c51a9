"""Change the role of a table in a data set, with guessed columns, and name the sheet that each part reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from workbench.data.engine.embedded import Engine
from workbench.data.files.reading import FOUND, Reading, reading_of
from workbench.data.files.table import open_table
from workbench.data.files.table_locations import TableLocation, location_of
from workbench.data.mapping.edit import (
    Role,
    formula_name,
    table_role,
    with_lookup,
    with_new_source,
    with_roster,
    with_source,
    without_table,
)
from workbench.data.mapping.guess_role import guess_lookup, guess_roster, guess_source, guess_source_measures
from workbench.data.mapping.owners import Owner, ProfiledTable, find_owners
from workbench.data.mapping.preview import FilePart
from workbench.data.mapping.profile import profile_columns
from workbench.data.model.dataset import DataSet, Lookup, Roster, Source, locations_of
from workbench.data.model.panel import BUILT_IN
from workbench.errors import InputError


def find_part(dataset: DataSet, place: TableLocation) -> FilePart:
    """Return the part of the data set that reads this table; a plain source for a table not used."""
    parts: list[FilePart] = [*dataset.sources, *([dataset.roster] if dataset.roster else [])]
    parts += [lookup for source in dataset.sources for lookup in source.lookups]
    return next((part for part in parts if location_of(part) == place), Roster(rep="", **asdict(place)))


def with_role(
    dataset: DataSet, folder: Path, place: TableLocation, wanted: Role, reading: Reading = FOUND
) -> DataSet | None:
    """Change the role of a table, which is read as ``reading`` says; None if it is the last source."""
    without = without_table(dataset, place)
    if table_role(without, place) == "work":
        return None
    if wanted == "work":
        return with_new_source(without, guess_source(folder, place, reading))
    if wanted == "team":
        return with_roster(without, guess_roster(folder, place, reading))
    return _with_names(without, folder, place, reading) if wanted == "names" else without


def _with_names(dataset: DataSet, folder: Path, place: TableLocation, reading: Reading) -> DataSet:
    """Look a table up from every source that has its key; from the first, with its key left open, if none has."""
    found = [guess_lookup(folder, place, source, reading) for source in dataset.sources]
    for number in [number for number, lookup in enumerate(found) if lookup.on] or [0]:
        dataset = with_lookup(dataset, number, found[number])
    return dataset


def with_owner(dataset: DataSet, folder: Path, number: int, owner: Owner) -> DataSet:
    """Take the reps of a source from another file; its measures are guessed if it has none."""
    source = dataset.sources[number]
    lookup = Lookup(**asdict(owner.place), on={owner.ours: owner.theirs}, take=owner.take)
    others = tuple(each for each in source.lookups if location_of(each) != owner.place)
    chained = with_source(dataset, number, lookups=(lookup, *others))
    return with_columns(chained, folder, number, rep=owner.rep)


def owners_of(folder: Path, source: Source, places: Sequence[TableLocation]) -> tuple[Owner, ...]:
    """Return the tables that can say whose the rows of a source are, with the share of rows that each knows."""
    with Engine() as engine:
        mine = _profiled(folder, location_of(source), reading_of(source), engine)
        others = [_profiled(folder, place, FOUND, engine) for place in places if place != location_of(source)]
        return find_owners(mine, [other for other in others if other]) if mine else ()


def _profiled(folder: Path, place: TableLocation, reading: Reading, engine: Engine) -> ProfiledTable | None:
    try:
        table = open_table(folder=folder, engine=engine, **asdict(place), **asdict(reading))
    except InputError:
        return None
    return ProfiledTable(place, table, profile_columns(table, engine)) if table.n_rows else None


def with_columns(dataset: DataSet, folder: Path, number: int, **changes: str) -> DataSet:
    """Choose the rep's or the date's column of a source; its measures are guessed as soon as it has both, and none."""
    changed = with_source(dataset, number, **changes)
    source = changed.sources[number]
    if source.measures or not (source.rep and source.date):
        return changed
    taken = {each.name for other in changed.sources for each in other.measures} | set(BUILT_IN)
    return with_source(changed, number, measures=guess_source_measures(folder, source, taken))


def with_unpivot(dataset: DataSet, folder: Path, number: int, wanted: bool) -> DataSet:
    """Read a source's columns named by dates as rows, or as columns again; its columns and measures are guessed anew.

    Without it, the date and the measures are to be chosen by hand.
    """
    source = dataset.sources[number]
    if not wanted:
        return with_source(dataset, number, unpivot=None, date="", measures=())
    guessed = guess_source(folder, location_of(source), reading_of(source))
    kept = {"rep": source.rep or guessed.rep, "date": guessed.date, "unpivot": guessed.unpivot}
    taken = {each.name for at, other in enumerate(dataset.sources) if at != number for each in other.measures}
    measures = tuple(
        each.model_copy(update={"name": formula_name(each.label or each.name, taken | set(BUILT_IN))})
        for each in guessed.measures
    )
    return with_source(dataset, number, **kept, measures=measures)


def with_first_sheets(dataset: DataSet, tables: Sequence[TableLocation]) -> DataSet:
    """Name the first of ``tables`` of their file in sources and roster.

    A guess reads the first sheet of a workbook without naming it, but every sheet is shown by its name.
    """
    first = {place.location: {"sheet": place.sheet, "table": place.table} for place in reversed(tables)}
    sources = tuple(each.model_copy(update=first[locations_of(each)[0]]) for each in dataset.sources)
    roster = dataset.roster and dataset.roster.model_copy(update=first[dataset.roster.location])
    return dataset.model_copy(update={"sources": sources, "roster": roster})
