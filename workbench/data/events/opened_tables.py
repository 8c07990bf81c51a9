"""Open the tables of a data set's sources, lookups and roster."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from workbench.data.engine.embedded import Engine
from workbench.data.engine.temp_tables import fetch, is_remote
from workbench.data.files.reshape import stack_tables, unpivot
from workbench.data.files.table import Table, open_table
from workbench.data.model.build_step import BuildStep
from workbench.data.model.dataset import DataSet, Lookup, Roster, Source, locations_of
from workbench.errors import InputError, Issue

Result = TypeVar("Result")


@dataclass(frozen=True, eq=False)
class OpenedLookup:
    """A lookup with its table; ``found`` is ``None`` if it could not be opened."""

    lookup: Lookup
    found: Table | None

    @property
    def table(self) -> Table:
        return _require_table(self.found, self.lookup)


@dataclass(frozen=True, eq=False)
class OpenedSource:
    """A source with its table (``found`` is ``None`` if it could not be opened) and its lookups."""

    source: Source
    found: Table | None
    lookups: tuple[OpenedLookup, ...]

    @property
    def table(self) -> Table:
        return _require_table(self.found, self.source)


def _require_table(found: Table | None, part: Source | Lookup) -> Table:
    """Return the table of a part that was opened without problems."""
    if found is None:
        raise LookupError(f"{part.location} could not be opened: its problems come first")
    return found


@dataclass(frozen=True, eq=False)
class OpenedTables:
    """All tables of a data set, and the problems of opening them."""

    sources: tuple[OpenedSource, ...]
    roster: Table | None
    problems: tuple[Issue, ...]


def open_tables(
    dataset: DataSet,
    folder: Path,
    engine: Engine,
    connections: Mapping[str, str],
    progress: Callable[[BuildStep], None],
) -> OpenedTables:
    """Open every table of a data set, and collect the problems of those that cannot be opened."""
    opener = _Opener(folder, engine, connections, progress)
    sources = tuple(
        OpenedSource(
            source, opener.open(source), tuple(OpenedLookup(each, opener.open(each)) for each in source.lookups)
        )
        for source in dataset.sources
    )
    roster = opener.open(dataset.roster) if dataset.roster else None
    return OpenedTables(sources, roster, tuple(dict.fromkeys(opener.problems)))


class _Opener:
    """Open each location once, however often it is named."""

    def __init__(
        self, folder: Path, engine: Engine, connections: Mapping[str, str], progress: Callable[[BuildStep], None]
    ) -> None:
        self.folder, self.engine, self.connections, self.progress = folder, engine, connections, progress
        self.problems: list[Issue] = []
        self.tables: dict[tuple, Table | None] = {}

    def open(self, part: Source | Lookup | Roster) -> Table | None:
        """Return the table of a part, stacked and unpivoted; None if a file cannot be opened."""
        tables = [self._opened(part, location) for location in locations_of(part)]
        if not isinstance(part, Source):
            return self._here(tables[0])
        there = [table for table in tables if table is not None]
        if len(there) < len(tables):
            return None
        local = [self._brought(table) for table in there] if len(there) > 1 or part.unpivot else there
        table = stack_tables(local, locations_of(part)) if part.replace or len(local) > 1 else local[0]
        return unpivot(table, part.unpivot) if part.unpivot else table

    def _opened(self, part: Source | Lookup | Roster, location: str) -> Table | None:
        names = ("sheet", "table", "query", "encoding", "delimiter", "decimal", "header")
        options: dict[str, Any] = {name: getattr(part, name, None) for name in names}
        place = (location, *options.values())
        if place not in self.tables:
            self.progress(BuildStep("open", location))
            self.tables[place] = self._try(location, options)
        return self.tables[place]

    def _here(self, table: Table | None) -> Table | None:
        """Open a lookup or roster in the engine, where other tables are joined with it."""
        return None if table is None else self._brought(table)

    def _brought(self, table: Table) -> Table:
        """Return the table in the engine; a database's rows are fetched."""
        if not is_remote(self.engine, table.rows):
            return table
        return replace(table, rows=fetch(self.engine, table.rows))

    def _try(self, location: str, options: Mapping[str, Any]) -> Table | None:
        try:
            return open_table(location, folder=self.folder, engine=self.engine, connections=self.connections, **options)
        except InputError as error:
            self.problems.extend(error.issues)
            return None
