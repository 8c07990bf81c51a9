"""Guess a source, roster or lookup from one file, once its role is known."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from workbench.data.engine.embedded import Engine
from workbench.data.files.reading import FOUND, Reading, reading_of
from workbench.data.files.table import Table, open_table
from workbench.data.files.table_locations import TableLocation, location_of
from workbench.data.mapping import guess_words as words
from workbench.data.mapping.guess_columns import guess_date_column, guess_rep_column
from workbench.data.mapping.guess_event_roles import guess_event_roles
from workbench.data.mapping.guess_measures import guess_measures
from workbench.data.mapping.guess_unpivot import unpivot_if_wide
from workbench.data.mapping.guess_words import has_word
from workbench.data.mapping.profile import ColumnProfile, profile_columns, profiles_by_name
from workbench.data.model.dataset import Lookup, Measure, Roster, Source, Unpivot
from workbench.data.model.panel import BUILT_IN
from workbench.errors import InputError


def guess_source(folder: Path, place: TableLocation, reading: Reading = FOUND) -> Source:
    """Guess a source from a table; columns that cannot be guessed are left empty."""
    name = place.sheet or place.table or place.location.split(".")[0]
    with Engine() as engine:
        table, columns, wide = _open_source(folder, place, reading, engine)
        rep = guess_rep_column(columns)
        date = profiles_by_name(columns)[wide.date] if wide else guess_date_column(columns)
        roles = guess_event_roles(name, table, columns, rep.name, date) if table and rep and date and not wide else None
    measures = guess_measures(name, columns, rep, date, False, set(BUILT_IN), wide) if rep and date else ()
    return Source(name=name, rep=rep.name if rep else "", date=date.name if date else "", measures=measures,
                  unpivot=wide, events=roles, **asdict(place), **asdict(reading))  # fmt: skip


def guess_source_measures(folder: Path, source: Source, taken: set[str]) -> tuple[Measure, ...]:
    """Guess the measures of a source whose rep and date were chosen; none if the table cannot be read."""
    place = location_of(source)
    columns, wide = _profile_source(folder, place, reading_of(source))
    known = profiles_by_name(columns)
    looked_up = {
        name: ColumnProfile(name, "text", 0, 0.0, 0, False, ()) for each in source.lookups for name in each.take
    }
    rep = (looked_up | known).get(source.rep)
    if rep is None or source.date not in known:
        return ()
    return guess_measures(source.name, columns, rep, known[source.date], False, taken, wide)


def guess_roster(folder: Path, place: TableLocation, reading: Reading = FOUND) -> Roster:
    """Guess the roster from a table, with its columns of repeated values as attributes."""
    columns = _profile_columns(folder, place, reading)
    rep = guess_rep_column(columns) or next((column for column in columns if column.unique), None)
    dates = [column.name for column in columns if column.kind == "date"]
    start = next((name for name in dates if has_word(name, words.START)), None)
    end = next((name for name in dates if has_word(name, words.END) and name != start), None)
    groups = tuple(c.name for c in columns if c.kind == "text" and not c.unique and c is not rep)
    return Roster(
        rep=rep.name if rep else "", attributes=groups, start=start, end=end, **asdict(place), **asdict(reading)
    )


def guess_lookup(folder: Path, place: TableLocation, source: Source, reading: Reading = FOUND) -> Lookup:
    """Guess a lookup of a source, by a common column that is unique in the table; left empty if there is none.

    A column that an earlier lookup adds counts too: the account of a call's contact.
    """
    theirs = _profile_columns(folder, place, reading)
    ours = {column.name for column in _profile_columns(folder, location_of(source), reading_of(source))}
    ours |= {name for lookup in source.lookups if location_of(lookup) != place for name in lookup.take}
    key = next((column.name for column in theirs if column.unique and column.name in ours), None)
    taken = {name.casefold() for name in ours}
    take = tuple(column.name for column in theirs if column.name.casefold() not in taken)
    return Lookup(on={key: key} if key else {}, take=take, **asdict(place), **asdict(reading))


def _profile_source(
    folder: Path, place: TableLocation, reading: Reading
) -> tuple[tuple[ColumnProfile, ...], Unpivot | None]:
    """Return profiles of the table's columns, in rows if it has one column per period; empty if it cannot be read."""
    with Engine() as engine:
        return _open_source(folder, place, reading, engine)[1:]


def _open_source(
    folder: Path, place: TableLocation, reading: Reading, engine: Engine
) -> tuple[Table | None, tuple[ColumnProfile, ...], Unpivot | None]:
    """Open a table, and profile its columns as ``_profile_source`` does."""
    try:
        opened = open_table(folder=folder, engine=engine, **asdict(place), **asdict(reading))
        table, wide = unpivot_if_wide(opened, place)
        return table, profile_columns(table, engine), wide
    except InputError:
        return None, (), None


def _profile_columns(folder: Path, place: TableLocation, reading: Reading) -> tuple[ColumnProfile, ...]:
    """Return profiles of the table's columns; empty if it cannot be read."""
    with Engine() as engine:
        try:
            opened = open_table(folder=folder, engine=engine, **asdict(place), **asdict(reading))
            return profile_columns(opened, engine)
        except InputError:
            return ()
