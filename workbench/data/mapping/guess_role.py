"""The parts of a data set that one file probably makes, once somebody has said what the file is for."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from workbench.data.engine.embedded import Engine
from workbench.data.files.table import open_table
from workbench.data.files.table_locations import TableLocation, location_of
from workbench.data.mapping import guess_words as words
from workbench.data.mapping.guess_columns import best_date, best_rep
from workbench.data.mapping.guess_measures import guess_measures
from workbench.data.mapping.guess_words import has
from workbench.data.mapping.profile import Column, profile
from workbench.data.model.dataset import Lookup, Roster, Source
from workbench.data.model.panel import BUILT_IN
from workbench.errors import InputError


def guessed_source(folder: Path, place: TableLocation) -> Source:
    """The table as a source; what cannot be guessed about it is left open (an empty column name)."""
    columns = _columns(folder, place)
    rep, date = best_rep(columns), best_date(columns)
    name = place.sheet or place.table or place.location.split(".")[0]
    measures = guess_measures(name, columns, rep, date, False, set(BUILT_IN)) if rep and date else ()
    return Source(name=name, rep=rep.name if rep else "", date=date.name if date else "", measures=measures,
                  **asdict(place))  # fmt: skip


def guessed_roster(folder: Path, place: TableLocation) -> Roster:
    """The table as the team list, compared by its columns that repeat."""
    columns = _columns(folder, place)
    rep = best_rep(columns) or next((column for column in columns if column.unique), None)
    dates = [column.name for column in columns if column.kind == "date"]
    start = next((name for name in dates if has(name, words.START)), None)
    end = next((name for name in dates if has(name, words.END) and name != start), None)
    groups = tuple(c.name for c in columns if c.kind == "text" and not c.unique and c is not rep)
    return Roster(rep=rep.name if rep else "", attributes=groups, start=start, end=end, **asdict(place))


def guessed_lookup(folder: Path, place: TableLocation, source: Source) -> Lookup:
    """The table as names that a source looks up, by a column both have that is unique there; open where none is."""
    theirs, ours = _columns(folder, place), {column.name for column in _columns(folder, location_of(source))}
    key = next((column.name for column in theirs if column.unique and column.name in ours), None)
    taken = {name.casefold() for name in ours}
    take = tuple(column.name for column in theirs if column.name.casefold() not in taken)
    return Lookup(on={key: key} if key else {}, take=take, **asdict(place))


def _columns(folder: Path, place: TableLocation) -> tuple[Column, ...]:
    """The table's columns; none when it cannot be read."""
    with Engine() as engine:
        try:
            return profile(open_table(folder=folder, engine=engine, **asdict(place)), engine)
        except InputError:
            return ()
