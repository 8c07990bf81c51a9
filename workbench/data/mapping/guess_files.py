"""Open uploaded files for a guess, and group those that continue each other."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from workbench.data.columns import read_column
from workbench.data.engine.embedded import Engine
from workbench.data.files.table import Table, open_table
from workbench.data.files.table_locations import TableLocation, list_tables
from workbench.data.mapping import guess_words as words
from workbench.data.mapping.guess_columns import guess_date_column, guess_rep_column
from workbench.data.mapping.guess_unpivot import unpivot_if_wide
from workbench.data.mapping.guess_words import has_word
from workbench.data.mapping.owners import Owner, ProfiledTable, find_owners
from workbench.data.mapping.profile import ColumnProfile, profile_columns, profiles_by_name
from workbench.data.model.dataset import Unpivot
from workbench.errors import InputError, Issue

MOST_ROWS = 2  # of a person in a list of people; a list of contacts has many rows of each owner
SAME_NAMES = 0.8  # of the values of a column that are reps of another file
MATCHED = 0.5  # of the rows of a file without reps that another file has to know


@dataclass(frozen=True, eq=False)
class GuessedFile:
    """An opened file with the profiles of its columns, and the ones that are probably rep and date.

    ``unpivot``: the file has one column per period, and ``table`` is what it becomes in rows. ``owner``: the other file
    that has the rep.
    """

    place: TableLocation
    table: Table
    columns: tuple[ColumnProfile, ...]
    likely_rep: ColumnProfile | None
    likely_date: ColumnProfile | None
    unpivot: Unpivot | None = None
    owner: Owner | None = None

    @property
    def profiled(self) -> ProfiledTable:
        return ProfiledTable(self.place, self.table, self.columns)

    @property
    def rep(self) -> ColumnProfile:
        return _require_column(self.likely_rep, self, "rep")

    @property
    def date(self) -> ColumnProfile:
        return _require_column(self.likely_date, self, "date")

    @property
    def span(self) -> tuple[Any, Any]:
        """The first and last day of the file; beyond all others if it has none."""
        when = read_column.parse_dates(self.table.rows, self.date.name).expr
        found = self.table.rows.aggregate(first=when.min(), last=when.max()).to_pyarrow().to_pylist()[0]
        return found["first"] or dt.datetime.max, found["last"] or dt.datetime.max

    @property
    def shape(self) -> frozenset[str]:
        """The names of the columns without regard to case, as stacked files are read."""
        return frozenset(name.casefold() for name in self.table.columns)

    @property
    def stem(self) -> str:
        return self.place.sheet or self.place.table or self.place.location.split(".")[0]

    @property
    def is_people(self) -> bool:
        """Whether the file has about one row per person, and no dates but those of joining and leaving."""
        dates = [c for c in self.columns if c.kind == "date" and not has_word(c.name, (*words.START, *words.END))]
        rep = self.likely_rep
        return rep is not None and rep.repeats <= MOST_ROWS and not dates and any(c.unique for c in self.columns)

    @property
    def is_source(self) -> bool:
        return self.dates_reps and not self.is_people

    @property
    def dates_reps(self) -> bool:
        return self.likely_rep is not None and self.likely_date is not None


def _require_column(column: ColumnProfile | None, file: GuessedFile, role: str) -> ColumnProfile:
    """Return a column that a source must have. Raises LookupError for a file without it."""
    if column is None:
        raise LookupError(f"{file.place.label} has no column for the {role}")
    return column


def open_files(folder: Path, locations: Sequence[str], engine: Engine) -> tuple[list[GuessedFile], list[Issue]]:
    """Open every table of the files, the longest first, and collect issues of those that cannot be read."""
    files: list[GuessedFile] = []
    problems: list[Issue] = []
    for place in [place for location in locations for place in list_tables(folder, location)]:
        try:
            table, wide = unpivot_if_wide(open_table(folder=folder, engine=engine, **asdict(place)), place)
        except InputError as error:
            problems += error.issues
            continue
        if not table.n_rows:
            problems += [issue for issue in table.issues if issue.code == "no_rows"]
            continue
        seen = profile_columns(table, engine)
        when = profiles_by_name(seen)[wide.date] if wide else guess_date_column(seen)
        files.append(GuessedFile(place, table, seen, guess_rep_column(seen), when, wide))
    return _with_lists(with_owners(sorted(files, key=lambda file: -file.table.n_rows))), problems


def _with_lists(files: Sequence[GuessedFile]) -> list[GuessedFile]:
    """Take a list of accounts or contacts whose rows other files name for no work, though it has owners and dates."""
    return [replace(file, likely_rep=None) if _is_named_by_others(file, files) else file for file in files]


def _is_named_by_others(file: GuessedFile, files: Sequence[GuessedFile]) -> bool:
    keys = {column.name: column for column in file.columns if column.unique}
    return has_word(file.stem, words.LISTS) and any(
        column.name in keys and not column.unique and {*column.values} & {*keys[column.name].values}
        for other in files if other is not file and other.is_source for column in other.columns
    )  # fmt: skip


def with_owners(files: Sequence[GuessedFile]) -> list[GuessedFile]:
    """Give files with dates but without reps the reps of another file: that of their contacts or accounts."""
    named = [_with_known_names(file, files) for file in files]
    return [_with_owner(file, named) if file.likely_date and not file.likely_rep else file for file in named]


def _with_known_names(file: GuessedFile, files: Sequence[GuessedFile]) -> GuessedFile:
    """Take a column for the rep whose values are the reps of another file, whatever the column is called."""
    if file.likely_rep or not file.likely_date:
        return file
    known = {value for other in files if other.likely_rep for value in other.likely_rep.values}
    texts = [(column, {*column.values}) for column in file.columns if column.kind == "text" and not column.unique]
    found = [column for column, own in texts if len(own) > 1 and len(own & known) >= SAME_NAMES * len(own)]
    return replace(file, likely_rep=found[0]) if len(found) == 1 else file


def _with_owner(file: GuessedFile, files: Sequence[GuessedFile]) -> GuessedFile:
    owner = next(iter(find_owners(file.profiled, [other.profiled for other in files])), None)
    if owner is None or owner.share < MATCHED:
        return file
    theirs = next(other for other in files if other.place == owner.place)
    return replace(file, likely_rep=profiles_by_name(theirs.columns)[owner.rep], owner=owner)


def stack_by_shape(sources: Sequence[GuessedFile]) -> dict[TableLocation, list[GuessedFile]]:
    """Group files of the same columns that follow each other in time, by the longest; any other file is alone."""
    shapes = Counter(file.shape for file in sources)
    alike = [file for file in sources if shapes[file.shape] > 1]
    stacks: list[list[GuessedFile]] = [[file] for file in sources if file not in alike]
    for file in sorted(alike, key=lambda each: each.span):
        fits = (
            stack for stack in stacks
            if stack[0].shape == file.shape and stack[-1].span[1] < file.span[0]
            and (stack[0].place.sheet, stack[0].place.table) == (file.place.sheet, file.place.table)
        )  # fmt: skip
        stack = next(fits, None)
        if stack is None:
            stacks.append([file])
        else:
            stack.append(file)
    longest = {max(stack, key=lambda each: each.table.n_rows).place: stack for stack in stacks}
    return {file.place: longest[file.place] for file in sources if file.place in longest}


def stacked_location(stack: Sequence[GuessedFile]) -> dict[str, Any]:
    """Return the location of stacked files, to be put in place of the first one's; nothing for a single file."""
    locations = tuple(each.place.location for each in stack)
    return {"location": locations} if len(locations) > 1 else {}
