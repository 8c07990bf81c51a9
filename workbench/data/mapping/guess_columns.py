"""Which column of a table is probably the rep, the date, the amounts, the outcome."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from workbench.data.mapping import guess_words as words
from workbench.data.mapping.guess_words import has
from workbench.data.mapping.profile import Column

_PERSON = re.compile(r"[^\W\d_][\w.'’-]+( [^\W\d_][\w.'’-]*){1,3}|[^@\s]+@[^@\s]+\.\w+")
_MOST_REPS = 2_000


def best_rep(columns: Sequence[Column]) -> Column | None:
    """The column that most probably says whose row it is; None when no column can."""
    scored = [(score, -place) for place, column in enumerate(columns) if (score := _as_rep(column)) > 0]
    return columns[-max(scored)[1]] if scored else None


def _as_rep(column: Column) -> float:
    if column.kind in ("date", "empty") or not 2 <= column.n_distinct <= _MOST_REPS or column.filled < 0.5:
        return 0.0
    fractional = column.kind == "number" and not column.whole
    named = 6 * has(column.name, words.REP) - 6 * has(column.name, words.NOT_REP)
    return 0.0 if fractional else named + 3 * looks_like_people(column) + (1 if column.repeats >= 3 else 0) - 1


def looks_like_people(column: Column) -> bool:
    """Most values are written like names of people or e-mail addresses."""
    like = [value for value in column.values if _PERSON.fullmatch(value)]
    return column.kind == "text" and len(like) >= 0.8 * len(column.values) > 0


def best_date(columns: Sequence[Column]) -> Column | None:
    """The date that most probably says when a row happened: the one best filled, then named, then first."""
    dates = [column for column in columns if column.kind == "date"]
    return max(dates, key=_as_date, default=None)


def _as_date(column: Column) -> float:
    return 2 * column.filled + has(column.name, words.DATE) - has(column.name, words.LATER)


def later_date(columns: Sequence[Column], first: Column) -> Column | None:
    """Another date by which a row was over: a closing date."""
    closing = {"close", "closed", "end", "ended", "won", "abschluss", "cierre", "cloture"}
    dates = [column for column in columns if column.kind == "date" and column.name != first.name]
    return next((column for column in dates if has(column.name, closing)), None)


def amounts(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Columns worth adding up, the likeliest first."""
    found = [column for column in columns if _as_amount(column) >= 1]
    return tuple(sorted(found, key=_as_amount, reverse=True))


def _as_amount(column: Column) -> float:
    if column.kind != "number" or column.n_distinct < 2 or has(column.name, words.ID):
        return 0.0
    value = 3 * has(column.name, words.AMOUNT) + 3 * has(column.name, words.TARGET) + (0 if column.whole else 0.5)
    return value - 3 * has(column.name, words.COST)


def durations(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Columns that say how long something took."""
    return tuple(c for c in columns if c.kind == "number" and has(c.name, words.SECONDS))


def status(columns: Sequence[Column]) -> Column | None:
    """The column that says how a row ended: a stage, status or disposition with few different values."""
    few = [column for column in columns if column.kind == "text" and 2 <= column.n_distinct <= 40]
    named = [column for column in few if has(column.name, words.STATUS)]
    decided = [column for column in few if matching(column.values, words.WON)]
    return next(iter([column for column in named if column in decided] or named or decided), None)


def matching(values: Collection[str], vocabulary: Collection[str]) -> tuple[str, ...]:
    """The values that mean one of a vocabulary's outcomes: ``Closed Won`` is won."""
    return tuple(value for value in values if re.sub(r"[\W_]+", " ", value).strip().casefold() in vocabulary)


def id_column(columns: Sequence[Column]) -> Column | None:
    """The column with an id of its own for every row, when one is named like that."""
    return next(
        (c for c in columns if c.n_distinct >= 0.98 * c.n_rows > 0 and c.filled == 1 and has(c.name, words.ID)), None
    )
