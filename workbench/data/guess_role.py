"""The parts of a data set that one file probably makes, once somebody has said what the file is for."""

from __future__ import annotations

from pathlib import Path

from workbench.data import guess_words as words
from workbench.data.engine import Engine
from workbench.data.guess import guess_dataset
from workbench.data.guess_columns import best_rep
from workbench.data.guess_words import has
from workbench.data.profile import Column, profile
from workbench.data.spec import Lookup, Roster, Source
from workbench.data.table import open_table
from workbench.errors import InputError


def guessed_source(folder: Path, location: str) -> Source:
    """The file as a source; what cannot be guessed about it is left open (an empty column name)."""
    dataset, _ = guess_dataset(folder, [location])
    return dataset.sources[0] if dataset else Source(name=location.split(".")[0], location=location, rep="", date="")


def guessed_roster(folder: Path, location: str) -> Roster:
    """The file as the team list, compared by its columns that repeat."""
    columns = _columns(folder, location)
    rep = best_rep(columns) or next((column for column in columns if column.unique), None)
    dates = [column.name for column in columns if column.kind == "date"]
    start = next((name for name in dates if has(name, words.START)), None)
    end = next((name for name in dates if has(name, words.END) and name != start), None)
    groups = (column.name for column in columns if column.kind == "text" and not column.unique and column is not rep)
    return Roster(location=location, rep=rep.name if rep else "", attributes=tuple(groups), start=start, end=end)


def guessed_lookup(folder: Path, location: str, source: Source) -> Lookup:
    """The file as names that a source looks up, by a column both have that is unique there; open where none is."""
    theirs, ours = _columns(folder, location), {column.name for column in _columns(folder, source.location)}
    key = next((column.name for column in theirs if column.unique and column.name in ours), None)
    taken = {name.casefold() for name in ours}
    take = tuple(column.name for column in theirs if column.name.casefold() not in taken)
    return Lookup(location=location, on={key: key} if key else {}, take=take)


def _columns(folder: Path, location: str) -> tuple[Column, ...]:
    """The file's columns; none when it cannot be read."""
    with Engine() as engine:
        try:
            return profile(open_table(location, folder=folder, engine=engine), engine)
        except InputError:
            return ()
