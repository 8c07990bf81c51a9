"""List the locations of a data set, and relocate it to files stored in one folder."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import PureWindowsPath
from typing import TypeVar

from workbench.data.model.dataset import DataSet, Lookup, Roster, Source, locations_of
from workbench.errors import InputError, Issue, Where
from workbench.problems import nearest

HasLocation = TypeVar("HasLocation", Source, Lookup, Roster)


def list_locations(dataset: DataSet) -> tuple[str, ...]:
    """List every location of a data set once, in the order of the data set file."""
    roster = (dataset.roster,) if dataset.roster else ()
    parts = [part for source in dataset.sources for part in (source, *source.lookups)]
    places = [place for part in (*parts, *roster) for place in locations_of(part)]
    return tuple(dict.fromkeys(places))


def relocate(dataset: DataSet, stored: Mapping[str, str], connections: Collection[str] = ()) -> DataSet:
    """Replace every location of a data set by the name under which its file is stored.

    A location is matched by its whole text, then by its last part (a data set file may name ``exports/sales.csv``
    while the upload is ``sales.csv``). What is not among ``stored`` must be one of ``connections``: a data set file
    from somebody else never reaches another file of this machine. A file comes before a connection of its name, or
    whoever may read more than the uploader would read a database where the uploader read a file.

    Raises
    ------
    InputError
        With one issue per location that is neither stored nor a connection.
    """
    places = {place: _stored_name(place, stored, connections) for place in list_locations(dataset)}
    missing = [place for place, found in places.items() if found is None]
    if missing:
        raise InputError([_missing_file_issue(place, stored) for place in missing])
    roster = dataset.roster and _relocate_part(dataset.roster, places)
    sources = tuple(_relocate_part(source, places) for source in dataset.sources)
    return dataset.model_copy(update={"sources": sources, "roster": roster})


def _stored_name(location: str, stored: Mapping[str, str], connections: Collection[str]) -> str | None:
    if location not in stored and location in connections:
        return location
    return stored.get(location) or stored.get(PureWindowsPath(location).name)


def _relocate_part(part: HasLocation, places: Mapping[str, str | None]) -> HasLocation:
    moved = tuple(places[place] for place in locations_of(part))
    update: dict[str, object] = {"location": moved[0] if isinstance(part.location, str) else moved}
    if isinstance(part, Source):
        update["lookups"] = tuple(_relocate_part(lookup, places) for lookup in part.lookups)
    return part.model_copy(update=update)


def _missing_file_issue(location: str, stored: Mapping[str, str]) -> Issue:
    near = nearest(location, stored)
    problem = "not_uploaded" if near or PureWindowsPath(location).suffix else "connection"
    return Issue.of("error", "file_missing", Where(file=location), problem=problem, near=near)
