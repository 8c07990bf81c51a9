"""Guess which column holds the length of a call, and whether in seconds or in minutes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.data.columns import read_column
from workbench.data.files.table import Table
from workbench.data.mapping.guess_words import has_word, name_words
from workbench.data.mapping.profile import SAMPLE_ROWS, ColumnProfile
from workbench.data.model.dataset import LengthUnit
from workbench.data.model.event_codes import EventKind

_NO_LENGTH = ("ring", "ringing", "wait", "waiting", "queue", "hold", "wrap", "acw", "idle", "average", "avg", "mean",
              "percent", "rate", "after", "first")  # fmt: skip
_SECONDS = ("seconds", "second", "secs", "sec", "sekunden", "sek", "secondes", "segundos")
_S = re.compile(r"[\s_,/(\[]s\.?\s*[)\]]?$", re.IGNORECASE)
_LENGTHS = ("talk", "call", "duration", "length", "dauer", "duree", "duracion")
_MINUTES, _HOURS = ("minutes", "minute", "mins", "minuten"), ("hours", "hour", "hrs", "h", "mm", "hh")
_NO_SECONDS = (*_MINUTES, "min", *_HOURS)
_PLAIN_LENGTHS = ("duration", "length", "talk", "dauer")
_MOST_MINUTES, _LONGEST_MINUTES = 15, 300  # half of all calls are not longer, and none is


def guess_length_column(
    table: Table, columns: Sequence[ColumnProfile], kind: EventKind | None
) -> tuple[ColumnProfile | None, LengthUnit]:
    """Return the column with the length of a call and its unit; None where it is not clear, or rows are no calls."""
    seconds = _seconds_column(table, columns, kind) if kind in ("calls", None) else None
    minutes = _minutes_column(columns) if kind == "calls" and seconds is None else None
    return (minutes, "minutes") if minutes else (seconds, "seconds")


def _seconds_column(table: Table, columns: Sequence[ColumnProfile], kind: EventKind | None) -> ColumnProfile | None:
    """Return the column with the length in seconds: by its name, else by lengths that no calls have in minutes."""
    numbers = [c for c in columns if c.kind == "number" and not has_word(c.name, _NO_LENGTH)]
    lengths = [column for column in numbers if _says_seconds(column.name)]
    talk = [column for column in lengths if has_word(column.name, _LENGTHS)]
    if not lengths and kind == "calls":
        talk = [column for column in numbers if has_word(column.name, _PLAIN_LENGTHS)]
        return talk[0] if len(talk) == 1 and _must_be_seconds(table, talk[0]) else None
    return lengths[0] if len(lengths) == 1 else (talk[0] if len(talk) == 1 else None)


def _says_seconds(name: str) -> bool:
    """Whether a name says seconds, as ``Talk seconds`` and ``Duration (s)`` do; ``Duration (min.sec)`` does not."""
    if has_word(name, _NO_SECONDS):
        return False
    return has_word(name, _SECONDS) or (_S.search(name.strip()) is not None and has_word(name, (*_LENGTHS, "time")))


def _minutes_column(columns: Sequence[ColumnProfile]) -> ColumnProfile | None:
    """Return the one column with the length in minutes, by its name; that of talking where there are several."""
    numbers = [c for c in columns if c.kind == "number" and not has_word(c.name, _NO_LENGTH)]
    lengths = [column for column in numbers if says_minutes(column.name)]
    talk = [column for column in lengths if has_word(column.name, ("talk",))]
    return lengths[0] if len(lengths) == 1 else (talk[0] if len(talk) == 1 else None)


def says_minutes(name: str) -> bool:
    """Whether a name says minutes, as ``Talk minutes`` and ``Duration (min)`` do; ``Min duration`` is a minimum."""
    said = name_words(name)
    if not {*said}.isdisjoint((*_SECONDS, *_HOURS)):
        return False
    is_unit = not {*said}.isdisjoint(_MINUTES) or (said[-1:] == ("min",) and len(said) > 1)
    return is_unit and not {*said}.isdisjoint((*_LENGTHS, "time", *_MINUTES))


def _must_be_seconds(table: Table, column: ColumnProfile) -> bool:
    """Whether whole numbers named no more than ``Duration`` are far too large for minutes of calls."""
    if not column.whole or not {*name_words(column.name)} <= {*_PLAIN_LENGTHS, "call", "time"}:
        return False
    read = read_column.parse_numbers(table.rows.limit(SAMPLE_ROWS), column.name).expr
    found = read.as_table().aggregate(half=read.median(), most=read.max()).to_pyarrow().to_pylist()[0]
    return bool(found["most"] and found["half"] > _MOST_MINUTES and found["most"] > _LONGEST_MINUTES)
