"""Guess which columns of a table are the rep, the date, amounts, durations, the outcome."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from workbench.data.mapping import guess_words as words
from workbench.data.mapping.guess_words import has_word, name_words
from workbench.data.mapping.profile import ColumnProfile

_PERSON = re.compile(r"[^\W\d_][\w.'’-]+( [^\W\d_][\w.'’-]*){1,3}|[^@\s]+@[^@\s]+\.\w+")
_MOST_REPS = 2_000
_PHONE = re.compile(r"(?=(?:\D*\d){7,15}\D*$)\+?[\d\s()./x-]+")
_NUMBER = frozenset(("number", "no", "nr", "nummer", "numero", "номер", "番号", "编号"))


def guess_rep_column(columns: Sequence[ColumnProfile]) -> ColumnProfile | None:
    """Return the column that is most probably the rep; None if no column can be."""
    scored = [(score, -place) for place, column in enumerate(columns) if (score := _rep_score(column)) > 0]
    return columns[-max(scored)[1]] if scored else None


def _rep_score(column: ColumnProfile) -> float:
    if column.kind in ("date", "empty") or not 2 <= column.n_distinct <= _MOST_REPS or column.filled < 0.5:
        return 0.0
    fractional = column.kind == "number" and not column.whole
    named = 6 * has_word(column.name, words.REP) - 6 * has_word(column.name, words.NOT_REP)
    return 0.0 if fractional else named + 3 * looks_like_people(column) + (1 if column.repeats >= 3 else 0) - 1


def looks_like_people(column: ColumnProfile) -> bool:
    """Whether most values look like names of people or e-mail addresses."""
    like = [value for value in column.values if _PERSON.fullmatch(value)]
    return column.kind == "text" and len(like) >= 0.8 * len(column.values) > 0


def guess_date_column(columns: Sequence[ColumnProfile]) -> ColumnProfile | None:
    """Return the most probable date of the event: the best filled, then best named, then first."""
    dates = [column for column in columns if column.kind == "date"]
    return max(dates, key=_date_score, default=None)


def _date_score(column: ColumnProfile) -> float:
    return 2 * column.filled + has_word(column.name, words.DATE) - has_word(column.name, words.LATER)


def guess_closing_date(columns: Sequence[ColumnProfile], first: ColumnProfile) -> ColumnProfile | None:
    """Return another date column that is probably a closing date."""
    closing = {"close", "closed", "closing", "end", "ended", "won", "abschluss", "cierre", "cloture"}
    dates = [column for column in columns if column.kind == "date" and column.name != first.name]
    return next((column for column in dates if has_word(column.name, closing)), None)


def guess_amount_columns(columns: Sequence[ColumnProfile]) -> tuple[ColumnProfile, ...]:
    """Return columns worth adding up, the likeliest first."""
    found = [column for column in columns if _amount_score(column) >= 1]
    return tuple(sorted(found, key=_amount_score, reverse=True))


def _amount_score(column: ColumnProfile) -> float:
    if column.kind != "number" or column.n_distinct < 2 or has_word(column.name, words.ID):
        return 0.0
    value = (
        3 * has_word(column.name, words.AMOUNT) + 3 * has_word(column.name, words.TARGET) + (0 if column.whole else 0.5)
    )
    return value - 3 * has_word(column.name, words.COST)


def guess_duration_columns(columns: Sequence[ColumnProfile]) -> tuple[ColumnProfile, ...]:
    """Return columns with durations."""
    return tuple(c for c in columns if c.kind == "number" and has_word(c.name, words.SECONDS))


def guess_status_column(columns: Sequence[ColumnProfile]) -> ColumnProfile | None:
    """Return the column with the outcome: a stage, status or disposition with few distinct values."""
    few = [column for column in columns if column.kind == "text" and 2 <= column.n_distinct <= 40]
    named = [column for column in few if has_word(column.name, words.STATUS)]
    decided = [column for column in few if match_vocabulary(column.values, words.WON)]
    return next(iter([column for column in named if column in decided] or named or decided), None)


def guess_activity_column(columns: Sequence[ColumnProfile]) -> ColumnProfile | None:
    """Return the column that says which activity a row is, in a log of several kinds."""
    few = [column for column in columns if column.kind == "text" and 2 <= column.n_distinct <= 12]
    return next((column for column in few if has_word(column.name, words.ACTIVITY)), None)


def match_vocabulary(values: Collection[str], vocabulary: Collection[str]) -> tuple[str, ...]:
    """Return the values that contain a word of a vocabulary: ``Closed Won`` means won."""
    return tuple(value for value in values if re.sub(r"[\W_]+", " ", value).strip().casefold() in vocabulary)


def guess_id_column(columns: Sequence[ColumnProfile]) -> ColumnProfile | None:
    """Return the column with the rows' own id, if one is named like that.

    Never whom a row was about, however seldom one comes twice: rows that repeat an id are taken for the same.
    """
    return next((column for column in columns if _is_key(column) and _is_own_id(column)), None)


def have_key(columns: Sequence[ColumnProfile]) -> bool:
    """Whether nearly every row has its own value of a column that is named like an id, if only of a phone number."""
    return any(map(_is_key, columns))


def _is_key(column: ColumnProfile) -> bool:
    return column.n_distinct >= 0.98 * column.n_rows > 0 and column.filled == 1 and has_word(column.name, words.ID)


def _is_own_id(column: ColumnProfile) -> bool:
    numbers = [value for value in column.values if _PHONE.fullmatch(value)]
    written_like_phones = 2 * len([value for value in numbers if value.startswith(("+", "("))]) > len(column.values)
    if has_word(column.name, words.OTHERS_ID) or written_like_phones:
        return False
    return not ({*name_words(column.name)} <= _NUMBER and len(numbers) == len(column.values))  # may be those called
