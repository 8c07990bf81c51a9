"""Find files that say whose a row is, where a file itself names a contact, an account or a key of a person only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import ibis.expr.types as ir

from workbench.data.columns import read_column
from workbench.data.files.table import Table
from workbench.data.files.table_locations import TableLocation
from workbench.data.mapping import guess_words as words
from workbench.data.mapping.guess_columns import guess_rep_column
from workbench.data.mapping.guess_words import has_word, name_words
from workbench.data.mapping.profile import ColumnProfile

LEAST_MATCHED = 0.05  # of the rows


@dataclass(frozen=True)
class Owner:
    """A file that gives the reps of another one's rows.

    Attributes
    ----------
    ours, theirs : the columns that both files share, one row per value of ``theirs``.
    rep : the column with the reps. take : every column that the file adds, ``rep`` among them.
    share : share of the rows with a value in ``ours`` that find a row there.
    """

    place: TableLocation
    ours: str
    theirs: str
    rep: str
    take: tuple[str, ...]
    share: float


@dataclass(frozen=True, eq=False)
class ProfiledTable:
    """A table with the profiles of its columns."""

    place: TableLocation
    table: Table
    columns: tuple[ColumnProfile, ...]


def find_owners(mine: ProfiledTable, others: Sequence[ProfiledTable]) -> tuple[Owner, ...]:
    """Return the files that can give the reps of a table's rows, those that match most rows first."""
    found = [owner for other in others if other.place != mine.place for owner in _owners(mine, other)]
    return tuple(sorted(found, key=lambda owner: -owner.share))


def _owners(mine: ProfiledTable, other: ProfiledTable) -> Iterator[Owner]:
    had = {name.casefold() for name in mine.table.columns}
    for theirs in (column for column in other.columns if column.unique):
        rep = guess_rep_column([column for column in other.columns if column is not theirs])
        if rep is None or rep.name.casefold() in had:
            continue
        for ours in mine.columns:
            if ours.kind != "date" and _mean_the_same(ours, theirs, other.place):
                share = match_share(mine.table.rows, ours.name, other.table.rows, theirs.name)
                if share >= LEAST_MATCHED:
                    take = tuple(name for name in other.table.columns if name.casefold() not in had)
                    yield Owner(other.place, ours.name, theirs.name, rep.name, take, share)


def _mean_the_same(ours: ColumnProfile, theirs: ColumnProfile, place: TableLocation) -> bool:
    """Whether two columns can be one key by their names: numbers alone may agree by chance.

    ``contact_id`` is ``contact_id``, and also the ``id`` of ``contacts.csv``. Words that agree need no name.
    """
    if ours.name.casefold() == theirs.name.casefold():
        return True
    if has_word(theirs.name, words.ID):
        about = {*name_words(place.label), *name_words(theirs.name)} - words.ID - words.FILE_NOISE
        singular = {word.rstrip("s") for word in about}
        return not singular.isdisjoint({word.rstrip("s") for word in name_words(ours.name)} - {"csv", "xlsx"})
    spelled_out = ours.kind == theirs.kind == "text"
    return spelled_out and 2 * len({*ours.values} & {*theirs.values}) > len(ours.values) > 0


def match_share(mine: ir.Table, ours: str, other: ir.Table, theirs: str) -> float:
    """Return the share of rows with a value in ``ours`` whose value stands in ``theirs``."""
    keys = mine.select(key=read_column.clean_text(mine, ours).expr).drop_null()
    known = other.select(known=read_column.clean_text(other, theirs).expr).drop_null().distinct()
    joined = keys.left_join(known, keys["key"] == known["known"])
    counted = joined.aggregate(n=joined.count(), met=joined["known"].count()).to_pyarrow().to_pylist()[0]
    return counted["met"] / counted["n"] if counted["n"] else 0.0
