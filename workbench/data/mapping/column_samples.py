"""Show how the dates and numbers of a file are read: values as written beside what they become."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import ibis
import ibis.expr.types as ir

from workbench.data.columns import read_column
from workbench.data.columns.column_reading import ColumnReading
from workbench.data.columns.date_column import PLAUSIBLE_YEARS
from workbench.data.engine.embedded import ROW, Engine
from workbench.data.engine.temp_tables import materialize
from workbench.data.events.events import NUMERIC, date_columns
from workbench.data.files.reshape import needs_year
from workbench.data.files.table import Table
from workbench.data.mapping.preview import open_part
from workbench.data.model.dataset import Roster, Source
from workbench.data.values.date_formats import DAY_NUMBER, formats_by_hand, normalise_date_text, plan_dates
from workbench.data.values.missing import ALL_MISSING
from workbench.errors import Level

MOST_ROWS = 100_000  # spread over the whole file
N_SHOWN = 3
N_DISTINCT = 60
BY_HAND = (
    "%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%Y.%m.%d",
    "%d.%m.%y", "%d/%m/%y", "%m/%d/%y", "%y-%m-%d", "%d-%m-%y", "%y/%m/%d",
    "%Y%m%d", "%d%m%Y", "%m%d%Y", "%y%m%d", "%d%m%y", "%m%d%y", DAY_NUMBER,
    "%d %b %Y", "%b %d %Y", "%d %b %y", "%Y-%m", "%m/%Y", "%m.%Y", "%Y%m", "%b %Y", "%b %y",
)  # fmt: skip
"""Formats that can be chosen; months are read in all known languages."""


@dataclass(frozen=True)
class FormatChoice:
    """A date format, and what the first value becomes by it; ``n_read``: how many of the values looked at it reads."""

    form: str
    written: str
    read: dt.datetime
    n_read: int


@dataclass(frozen=True)
class ColumnSample:
    """How one column is read.

    Attributes
    ----------
    pairs : a few values as written, and as read; unreadable ones (None) first.
    n, n_unread : values looked at, without blanks and words for missing, and those that cannot be read, or give a date
        that cannot be right.
    doubts : codes of what was decided without proof.
    formats : of a date column, the formats that read some of it, the best first.
    order : of a date column where it had to be decided, what comes first: ``mdy``.
    every : one row in so many was looked at.
    """

    name: str
    kind: Literal["date", "number"]
    pairs: tuple[tuple[str, dt.datetime | float | None], ...]
    n: int
    n_unread: int
    doubts: tuple[str, ...] = ()
    formats: tuple[FormatChoice, ...] = ()
    order: str | None = None
    every: int = 1

    @property
    def likely_format(self) -> str | None:
        """The format that gives the same as the reading shown, in the order that was decided; None if none does.

        01/01/2025 looks alike day first and month first, so that a few values do not show which format is used.
        """
        shown = dict(self.pairs)
        same = [each.form for each in self.formats if shown.get(each.written) == each.read]
        return next((form for form in same if self.order in (None, _order_of(form))), next(iter(same), None))


def _order_of(form: str) -> str:
    """``%m/%d/%Y`` is ``mdy``."""
    return "".join(re.findall("%([a-z])", form.lower())).replace("b", "m")


def sample_columns(part: Source | Roster, folder: Path, timezone: str | None = None) -> tuple[ColumnSample, ...]:
    """Read the date and number columns that a part uses, from evenly spaced rows.

    Raises
    ------
    InputError
        When the table cannot be opened.
    """
    with Engine() as engine:
        table = open_part(part, folder, engine)
        step = max(1, -(-table.n_rows // MOST_ROWS))
        rows: ir.Table = table.rows.filter(table.rows[ROW] % step == 0) if step > 1 else table.rows
        dates = [name for name in _date_columns(part) if _is_text(table, name)]
        numbers = [name for name in _number_columns(part) if _is_text(table, name) and name not in dates]
        if not dates and not numbers:
            return ()
        rows = materialize(engine, rows.select(ROW, *dates, *numbers))  # one scan of the file, whatever is asked of it
        found = (*(_date_sample(part, rows, name, timezone) for name in dates),
                 *(_number_sample(part, rows, name) for name in numbers))  # fmt: skip
        return tuple(replace(sample, every=step) for sample in found)


def _is_text(table: Table, name: str) -> bool:
    """Whether a column has to be read; a typed one is what it is."""
    return name in table.columns and not table.rows[name].type().is_temporal() and not (
        table.rows[name].type().is_floating()
    )  # fmt: skip


def _date_columns(part: Source | Roster) -> Iterable[str]:
    if isinstance(part, Roster):
        return dict.fromkeys(filter(None, (part.start, part.end)))
    asked = part.unpivot.date if part.unpivot and needs_year(part.unpivot) else ""  # no date before its year is said
    return dict.fromkeys(name for name in date_columns(part) if name and name != asked)


def _number_columns(part: Source | Roster) -> Iterable[str]:
    if isinstance(part, Roster):
        return ()
    return dict.fromkeys(m.column for m in part.measures if m.column and m.aggregate in NUMERIC)


def _date_sample(part: Source | Roster, rows: ir.Table, name: str, timezone: str | None) -> ColumnSample:
    by_hand = part.date_formats.get(name) or (part.date_format if isinstance(part, Source) else None)
    reading = read_column.parse_dates(rows, name, by_hand, timezone)
    plausible = reading.expr.year().between(*PLAUSIBLE_YEARS).ifelse(reading.expr, ibis.null("timestamp"))
    pairs, n, n_unread = _pairs(rows, name, plausible)
    return ColumnSample(
        name, "date", _shown(pairs), n, n_unread, _doubts(reading), format_choices([word for word, _ in pairs]),
        _decided_order(reading),
    )  # fmt: skip


def _number_sample(part: Source | Roster, rows: ir.Table, name: str) -> ColumnSample:
    decimal = part.decimal if isinstance(part, Source) else None
    reading = read_column.parse_numbers(rows, name, decimal)
    pairs, n, n_unread = _pairs(rows, name, reading.expr)
    return ColumnSample(name, "number", _shown(pairs), n, n_unread, _doubts(reading))


def _doubts(reading: ColumnReading) -> tuple[str, ...]:
    doubtful: tuple[Level, ...] = ("warning", "error")
    return tuple(issue.code for issue in reading.issues if issue.level in doubtful)


def _decided_order(reading: ColumnReading) -> str | None:
    """Return what comes first, day, month or year, where a column's values could be read in several orders."""
    found = [
        dict(issue.parts)["order"] for issue in reading.issues if issue.code in ("date_order", "date_order_unclear")
    ]
    return str(found[0]) if found else None


def _pairs(rows: ir.Table, name: str, read: ir.Value) -> tuple[list[tuple[str, Any]], int, int]:
    """Return distinct values in their order, as written and as read, and the numbers of values and of unread ones."""
    words = read_column.clean_text(rows, name).expr
    both = rows.select(word=words, read=read, at=rows[ROW]).filter(words.notnull() & words.lower().notin(ALL_MISSING))
    counted = both.aggregate(n=both.count(), read=both["read"].count()).to_pyarrow().to_pylist()[0]
    first = both.group_by("word").aggregate(read=both["read"].max(), at=both["at"].min())
    unread = first["read"].notnull().cast("int8")
    found = first.order_by([unread, "at"]).limit(N_DISTINCT).to_pyarrow().to_pylist()
    return [(row["word"], row["read"]) for row in found], counted["n"], counted["n"] - counted["read"]


def _shown(pairs: Sequence[tuple[str, Any]]) -> tuple[tuple[str, Any], ...]:
    """Pick a few pairs: at most two that cannot be read, then those that can."""
    unread = [pair for pair in pairs if pair[1] is None][: N_SHOWN - 1]
    return (*unread, *[pair for pair in pairs if pair[1] is not None][: N_SHOWN - len(unread)])


def format_choices(values: Sequence[str]) -> tuple[FormatChoice, ...]:
    """Return the formats that read some of these values, those that read most first."""
    plan = plan_dates({re.sub("[0-9]", "9", value.lower()): 1 for value in values})
    tidy = [(value, normalise_date_text(value.lower(), plan.steps)) for value in values]
    found = []
    for form in BY_HAND:
        read = [(value, moment) for value, text in tidy if (moment := _parse(text, form)) is not None]
        if read:
            found.append(FormatChoice(form, *read[0], len(read)))
    return tuple(sorted(found, key=lambda choice: -choice.n_read))


def _signs(text: str) -> str:
    """Return what is neither a letter, a digit nor a space: strptime wants a format's signs, and no others."""
    return re.sub(r"[\w\s]", "", text)


@functools.cache
def _formats_by_signs(form: str) -> dict[str, list[str]]:
    """Return the variants of a format by their signs, so that none is tried in vain; each failure takes long."""
    found: dict[str, list[str]] = {}
    for each in formats_by_hand(form):
        found.setdefault(_signs(each.replace("%", "")), []).append(each)
    return found


def _parse(text: str, form: str) -> dt.datetime | None:
    if form == DAY_NUMBER:
        if not re.fullmatch(r"[2-7]\d{4}(\.\d+)?", text):
            return None
        return dt.datetime(1899, 12, 30) + dt.timedelta(days=float(text))
    if re.fullmatch(r"\d+", text) and len(text) != len(re.sub("%[mdy]", "99", form.replace("%Y", "9999"))):
        return None  # unlike the engine, Python takes 990201 for the year 9902 with one digit too few
    for each in _formats_by_signs(form).get(_signs(text), ()):
        try:
            moment = dt.datetime.strptime(text, each)
        except ValueError:
            continue
        if PLAUSIBLE_YEARS[0] <= moment.year <= PLAUSIBLE_YEARS[1]:
            return moment
    return None
