"""Change the role of a table in a data set, with guessed columns, and name the sheet that each part reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from workbench.data.files.reading import reading_of
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
from workbench.data.mapping.preview import FilePart
from workbench.data.model.dataset import DataSet, Roster, locations_of
from workbench.data.model.panel import BUILT_IN


def find_part(dataset: DataSet, place: TableLocation) -> FilePart:
    """Return the part of the data set that reads this table; a plain source for a table not used."""
    parts: list[FilePart] = [*dataset.sources, *([dataset.roster] if dataset.roster else [])]
    parts += [lookup for source in dataset.sources for lookup in source.lookups]
    return next((part for part in parts if location_of(part) == place), Roster(rep="", **asdict(place)))


def with_role(dataset: DataSet, folder: Path, place: TableLocation, wanted: Role) -> DataSet | None:
    """Change the role of a table; None if it is the last source."""
    without = without_table(dataset, place)
    if table_role(without, place) == "work":
        return None
    if wanted == "work":
        return with_new_source(without, guess_source(folder, place))
    if wanted == "team":
        return with_roster(without, guess_roster(folder, place))
    return with_lookup(without, 0, guess_lookup(folder, place, without.sources[0])) if wanted == "names" else without


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
