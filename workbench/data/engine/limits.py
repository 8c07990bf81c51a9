"""Limits on what is read from one file, so that no file can bring the machine down."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from workbench.errors import InputError, Where, refused

PREFIX = "WORKBENCH_MAX_"
MB = 1_000_000


@dataclass(frozen=True)
class ReadLimits:
    """The most that is read from one file; each is set by the environment variable of its name (see README).

    Attributes
    ----------
    memory_mb : memory of the process that reads. seconds : time for one table.
    unpacked_mb : size of a packed file or workbook once it is unpacked.
    rows, columns, cells : of one table. cell_length : characters of one cell.
    query_seconds : time for one query of a database. query_rows : rows fetched from a database at once.
    """

    memory_mb: int = 3_000
    seconds: int = 600
    unpacked_mb: int = 2_000
    rows: int = 20_000_000
    columns: int = 4_000
    cells: int = 400_000_000
    cell_length: int = 1_000_000
    query_seconds: int = 120
    query_rows: int = 5_000_000

    @property
    def line_length(self) -> int:
        """Characters of one line of a text: many cells of usual length, or a few long ones."""
        return 8 * self.cell_length

    def past(self, limit: str, where: str) -> InputError:
        """The refusal of a file that is past a limit, by the limit's name."""
        allowed = getattr(self, limit)
        return refused("past_limit", Where(file=where), limit=limit, allowed=allowed, variable=variable_of(limit))

    def check_size(self, rows: int, columns: int, where: str) -> None:
        """Check the size of a table. Raises InputError past a limit."""
        for limit, found in (("columns", columns), ("rows", rows), ("cells", rows * columns)):
            if found > getattr(self, limit):
                raise self.past(limit, where)

    def guard_rows(self, rows: Iterable[Sequence[str]], columns: int, where: str) -> Iterator[Sequence[str]]:
        """Pass rows on, up to a limit; a file may have no end. Raises InputError past a limit."""
        self.check_size(0, columns, where)
        began = time.monotonic()
        for number, row in enumerate(rows, start=1):
            if number > self.rows or number * columns > self.cells:
                self.check_size(number, columns, where)
            if max(map(len, row), default=0) > self.cell_length:
                raise self.past("cell_length", where)
            if number % 10_000 == 0 and time.monotonic() - began > self.seconds:
                raise self.past("seconds", where)
            yield row


def variable_of(limit: str) -> str:
    """The environment variable that sets a limit."""
    return PREFIX + limit.upper()


def read_limits(environment: Mapping[str, str] | None = None) -> ReadLimits:
    """The limits in force; a variable that is not a whole number above 0 changes nothing."""
    given = os.environ if environment is None else environment
    said = {each.name: given.get(variable_of(each.name), "").replace("_", "") for each in fields(ReadLimits)}
    return ReadLimits(**{name: int(text) for name, text in said.items() if text.isdecimal() and int(text) > 0})
