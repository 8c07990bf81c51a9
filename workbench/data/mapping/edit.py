"""Edit a data set: measures, the role of a file, spellings of reps. Every edit returns a new data set."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from itertools import chain, count
from typing import Any, Literal, TypeVar

from workbench.data.files.table_locations import TableLocation, location_of
from workbench.data.model.dataset import DataSet, Lookup, Measure, Roster, Source, locations_of

Item = TypeVar("Item")
Role = Literal["work", "team", "names", "unused"]
"""What a table is for: rows of work and sales, the team list, names to look up, nothing."""


def table_role(dataset: DataSet, place: TableLocation) -> Role:
    """Return what a table is used for in a data set."""
    if any(location_of(source) == place for source in dataset.sources) or stacked_on(dataset, place) is not None:
        return "work"
    if dataset.roster is not None and location_of(dataset.roster) == place:
        return "team"
    looked_up = {location_of(lookup) for source in dataset.sources for lookup in source.lookups}
    return "names" if place in looked_up else "unused"


def stacked_on(dataset: DataSet, place: TableLocation) -> int | None:
    """Return the number of the source to whose first file this one was added; None if it was not."""
    for number, source in enumerate(dataset.sources):
        if place.location in locations_of(source)[1:] and (source.sheet, source.table) == (place.sheet, place.table):
            return number
    return None


def with_source(dataset: DataSet, place: int, **changes: Any) -> DataSet:
    """Change fields of one source."""
    return _replace_source(dataset, place, dataset.sources[place].model_copy(update=changes))


def with_measure(dataset: DataSet, source: int, measure: Measure, place: int | None = None) -> DataSet:
    """Replace a measure of a source, or add one at the end if ``place`` is None."""
    measures = _replace_item(dataset.sources[source].measures, measure, place)
    return with_source(dataset, source, measures=measures)


def without_measure(dataset: DataSet, source: int, place: int) -> DataSet:
    """Remove a measure of a source."""
    measures = dataset.sources[source].measures
    return with_source(dataset, source, measures=measures[:place] + measures[place + 1 :])


def with_new_source(dataset: DataSet, source: Source) -> DataSet:
    """Add a source, under a name of its own."""
    taken = {each.name for each in dataset.sources}
    names = (source.name, *(f"{source.name} {number}" for number in range(2, len(taken) + 3)))
    name = next(name for name in names if name not in taken)
    return dataset.model_copy(update={"sources": (*dataset.sources, source.model_copy(update={"name": name}))})


def with_lookup(dataset: DataSet, source: int, lookup: Lookup, place: int | None = None) -> DataSet:
    """Replace a lookup of a source, or add one if ``place`` is None."""
    lookups = _replace_item(dataset.sources[source].lookups, lookup, place)
    return with_source(dataset, source, lookups=lookups)


def with_roster(dataset: DataSet, roster: Roster | None) -> DataSet:
    """Replace the roster, or remove it with None."""
    return dataset.model_copy(update={"roster": roster})


def without_table(dataset: DataSet, place: TableLocation) -> DataSet:
    """Remove every use of a table, but not the last source, since a data set needs one.

    Where files are stacked, one is taken out and the others stay.
    """
    if (stacked := _source_with_several(dataset, place)) is not None:
        rest = tuple(each for each in locations_of(dataset.sources[stacked]) if each != place.location)
        single = len(rest) == 1
        source = dataset.sources[stacked]
        kept_replace = None if single else source.replace
        return with_source(dataset, stacked, location=rest[0] if single else rest, replace=kept_replace)
    kept = tuple(source for source in dataset.sources if location_of(source) != place) or dataset.sources[:1]
    sources = tuple(
        source.model_copy(update={"lookups": tuple(each for each in source.lookups if location_of(each) != place)})
        for source in kept
    )
    roster = None if dataset.roster is not None and location_of(dataset.roster) == place else dataset.roster
    return dataset.model_copy(update={"sources": sources, "roster": roster})


def _source_with_several(dataset: DataSet, place: TableLocation) -> int | None:
    """Return the number of the source of which a table is one of several files; None if there is none."""
    for number, source in enumerate(dataset.sources):
        several, same_place = locations_of(source), (source.sheet, source.table) == (place.sheet, place.table)
        if len(several) > 1 and place.location in several and same_place:
            return number
    return None


def with_same_rep(dataset: DataSet, spellings: Mapping[str, str]) -> DataSet:
    """Count spellings, each mapped to the name it stands for, as one rep."""
    return dataset.model_copy(update={"same_rep": {**dataset.same_rep, **spellings}})


def _replace_source(dataset: DataSet, place: int, source: Source) -> DataSet:
    sources = (*dataset.sources[:place], source, *dataset.sources[place + 1 :])
    return dataset.model_copy(update={"sources": sources})


def _replace_item(items: tuple[Item, ...], item: Item, place: int | None) -> tuple[Item, ...]:
    return (*items, item) if place is None else (*items[:place], item, *items[place + 1 :])


def formula_name(label: str, taken: Collection[str]) -> str:
    """Make a name for formulas from a label: ``Won value`` gives ``won_value``, or ``won_value_2`` if taken."""
    words = re.sub(r"\W+", "_", label).strip("_").lower() or "measure"
    first = f"m_{words}" if words[0].isdigit() else words
    numbered = (f"{first}_{number}" for number in count(2))
    return next(name for name in chain([first], numbered) if name not in taken)
