"""Guess what kind of activity the rows of a table are, and which of its columns say what about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence

from workbench.data.columns import read_column
from workbench.data.files.table import Table
from workbench.data.mapping import guess_words as words
from workbench.data.mapping.event_vocabulary import (
    ATTENDED,
    KIND_WORDS,
    ONLY_OF_CALLS,
    channel_meaning,
    outcome_meaning,
)
from workbench.data.mapping.guess_columns import guess_amount_columns, guess_id_column, have_key
from workbench.data.mapping.guess_length import guess_length_column
from workbench.data.mapping.guess_measures import is_document_number
from workbench.data.mapping.guess_words import has_word, name_words
from workbench.data.mapping.profile import SAMPLE_ROWS, ColumnProfile
from workbench.data.model.dataset import EventRoles
from workbench.data.model.event_codes import EVENT_CODES, EventKind, normalise_code

Columns = Sequence[ColumnProfile]
_TIME = re.compile(r"\d{1,2}:\d{2}(:\d{2})?")
_MIDNIGHT = re.compile(r"[T ]0?0:00(:00)?(\.0*)?(Z|[+-]\d\d:?\d\d)?$")
_PHONE = re.compile(r"(?=(?:\D*\d){7,15}\D*$)\+?[\d\s().x-]+")
_OUTCOME = ("disposition", "outcome")
_MAYBE_OUTCOME = ("status", "result", "stage", "state", "attendance", "ergebnis", "resultado", *_OUTCOME)
_CHANNEL, _MAYBE_CHANNEL = ("channel", "medium"), ("channel", "medium", "activity", "type", "task")
_LISTS = (("campaign", "list"), ("sequence", "cadence"), ("queue",), ("segment",))
_NO_LIST = ("price", "wait", "waiting", "date", "status", "id", "cost", "budget")
_PHONES = ("phone", "telephone", "mobile", "telefon", "telefonnummer", "phonenumber")
_PEOPLE = ("contact", "prospect", "lead", "kontakt")
_FIRMS = ("account", "company", "customer", "client", "kunde", "cliente")
_DIALLED = ("number", "dialed", "dialled", "called", "to")
_OWN = ("ticket", "case", "record", "order", "invoice", "quote", "reference", "ref")
_NO_CONTACT = (
    "from", "caller", "agent", "extension", "type", "status", "source", "owner", "manager", "rep", "score", "method",
    "made", "date", "time", "attempts", "attempt", "count", "outcome", "result", "stage", "size", "title", "rating",
    "industry", "employee", "employees", "region", "country", "city", "state", "segment", "list",
)  # fmt: skip
_DISCOUNT = ("discount", "rabatt", "nachlass", "remise", "descuento", "sconto")
_KINDS_OF_LEAD = ("source", "grade", "quality", "tier", "rating", "type", "segment", "score", "class", "temperature")
_MOST_KINDS = 20
_LOGGED = ("created", "entered", "logged", "recorded", "inserted", "erfasst", "angelegt")
_COUNTED = {word for hints in KIND_WORDS.values() for word in hints if word.endswith("s")}
_COUNTING = {"number", "no", "nr", "of", "n", "count", "total", "made", "sent", "held", "anzahl", "won"}
_FEWEST_CONTACTS, _MOST_CODES, _MOST_LISTS = 10, 40, 200


def guess_event_roles(stem: str, table: Table, columns: Columns, rep: str, date: ColumnProfile) -> EventRoles | None:
    """Guess the roles of a table's columns; None where it is not clear that one row is one event.

    Parameters
    ----------
    stem : the file's name without its ending, which may name what the rows are.
    rep, date : the columns of the rep, or of the key by which another file knows the rep, and of the date.
    """
    if any(map(_is_count, columns)) or any(map(is_document_number, columns)):
        return None
    if _is_aggregated(table, columns, rep, date):
        return None
    rest = [column for column in columns if column.name not in (rep, date.name) and column.filled > 0]
    kind = _kind_by_names(stem, columns, date)
    channel = None if kind in ("meetings", "quotes", "orders") else _channel_column(rest)
    if channel is not None:
        kind = _kind_by_channels(channel, kind)
    disposition = _disposition_column(rest, kind)
    if kind is None and channel is None and disposition is not None:
        kind = "calls"
    if kind is None and channel is None:
        return None
    length, unit = guess_length_column(table, rest, kind)
    of_list = _list_column(rest) if kind not in ("quotes", "orders") else None
    found = {
        "channel": channel,
        "disposition": disposition,
        "seconds": length,
        "contact": _contact_column(rest, kind),
        "list": of_list,
        "lead_source": _lead_column(rest, of_list) if kind in ("calls", "messages", "meetings") else None,
        "timestamp": date if _has_times(date) else None,
        "logged": _logged_column(table, rest, date),
        "amount": _amount_column(rest) if kind in ("quotes", "orders") else None,
        "discount": _discount_column(rest) if kind == "orders" else None,
    }
    roles = {role: column.name for role, column in found.items() if column}
    if not roles and guess_id_column(columns) is None:
        return None
    return EventRoles(kind=kind, **roles, length_unit=unit, values=_value_meanings(channel, disposition, kind))


def _is_count(column: ColumnProfile) -> bool:
    """Whether a column counts events, as ``calls`` or ``Number of meetings`` does: then a row is not one event."""
    told = {*name_words(column.name)}
    return column.kind == "number" and column.whole and bool(told & _COUNTED) and told <= _COUNTED | _COUNTING


def _is_aggregated(table: Table, columns: Columns, rep: str, date: ColumnProfile) -> bool:
    """Whether a table has one row per rep and date, and neither ids nor times of the day."""
    if have_key(columns) or _has_times(date):
        return False
    rows = table.rows.limit(SAMPLE_ROWS).select(rep, date.name)
    return int(rows.distinct().count().to_pyarrow().as_py()) >= 0.98 * date.n_rows


def _kind_by_names(stem: str, columns: Columns, date: ColumnProfile) -> EventKind | None:
    """Return the kind that the file's name says; else the names of its date and its id; None if they say several."""
    own_id = guess_id_column(columns)
    named = [date.name] if not has_word(date.name, ("last", "next", "back", "follow", "due")) else []
    for texts in ([stem], [*named, *([own_id.name] if own_id else [])]):
        said = _kinds_said(texts)
        if said:
            return said[0] if len(said) == 1 else None
    return None


def _kinds_said(texts: Iterable[str]) -> list[EventKind]:
    told = {word for text in texts for word in name_words(text)}
    return [kind for kind, hints in KIND_WORDS.items() if not hints.isdisjoint(told)]


def _channel_column(columns: Columns) -> ColumnProfile | None:
    """Return the column with the channel: named like one, and with at least two channels among few values."""
    few = [c for c in columns if c.kind == "text" and 2 <= c.n_distinct <= 12 and has_word(c.name, _MAYBE_CHANNEL)]
    known = [column for column in few if _is_channel(column)]
    return next((c for c in known if has_word(c.name, _CHANNEL)), known[0] if known else None)


def _is_channel(column: ColumnProfile) -> bool:
    meant = [channel_meaning(value) for value in column.values]
    return len({*filter(None, meant)}) >= 2 and len([*filter(None, meant)]) >= 0.6 * len(meant)


def _kind_by_channels(channel: ColumnProfile, said: EventKind | None) -> EventKind | None:
    """Return what rows of these channels are; None for a log of several kinds."""
    meant = {channel_meaning(value) for value in channel.values}
    known = {"email", "social", "text", None} if said == "messages" else {"email", "social", "text"}
    return "messages" if meant <= known else None


def _disposition_column(columns: Columns, kind: EventKind | None) -> ColumnProfile | None:
    """Return the column that says how a row ended: two of its values have to be outcomes of this kind.

    Where the kind is not known, the outcomes have to be such as only calls have.
    """
    few = [c for c in columns if c.kind == "text" and 2 <= c.n_distinct <= _MOST_CODES]
    named = [column for column in few if has_word(column.name, _MAYBE_OUTCOME)]
    best = max(named, key=lambda column: _n_known(column, kind), default=None)
    if best is not None and _n_known(best, kind) >= 2:
        return best
    return next(filter(_says_attended, few), None) if kind == "meetings" else None


def _says_attended(column: ColumnProfile) -> bool:
    """Whether a column answers by yes or no whether a meeting was held."""
    return has_word(column.name, ("held", "attended")) and {value.lower() for value in column.values} <= {*ATTENDED}


def _n_known(column: ColumnProfile, kind: EventKind | None) -> int:
    """Count the different outcomes among a column's values."""
    meant = {outcome_meaning(value, kind or "calls") for value in column.values} - {None}
    return len(meant) if kind else len(meant & ONLY_OF_CALLS)


def _contact_column(columns: Columns, kind: EventKind | None) -> ColumnProfile | None:
    """Return the column with whom the row was about; a firm before a person where a quote or an order is."""
    many = [c for c in columns if c.kind != "date" and c.filled >= 0.5 and c.n_distinct >= _FEWEST_CONTACTS]
    fit = [column for column in many if not has_word(column.name, _NO_CONTACT)]
    looks: list[Callable[[ColumnProfile], bool]] = [_is_number_called, _named(_PEOPLE), _named(_FIRMS)]
    if kind in ("meetings", "quotes", "orders"):
        looks = [_named(_FIRMS), _named(_PEOPLE)]
    return next((column for look in looks for column in fit if look(column)), None)


def _named(vocabulary: Sequence[str]) -> Callable[[ColumnProfile], bool]:
    return lambda column: has_word(column.name, vocabulary)


def _is_number_called(column: ColumnProfile) -> bool:
    if has_word(column.name, _PHONES):
        return True
    like = [value for value in column.values if _PHONE.fullmatch(value) and not value.isdigit()]
    named = has_word(column.name, _DIALLED) and not has_word(column.name, _OWN)
    return named and len(like) >= 0.9 * len(column.values) > 0


def _list_column(columns: Columns) -> ColumnProfile | None:
    """Return the column with the list or campaign that a row came from."""
    few = [c for c in columns if c.kind == "text" and 2 <= c.n_distinct <= _MOST_LISTS and c.repeats >= 3]
    fit = [column for column in few if not has_word(column.name, _NO_LIST)]
    found = (column for vocabulary in _LISTS for column in fit if has_word(column.name, vocabulary))
    sources = (column for column in fit if {"lead", "source"} <= {*name_words(column.name)})
    return next(found, next(sources, None))


def _lead_column(columns: Columns, of_list: ColumnProfile | None) -> ColumnProfile | None:
    """Return the column with the kind of lead, such as its source or grade; another one than the list."""
    few = [c for c in columns if c.kind == "text" and 2 <= c.n_distinct <= _MOST_KINDS and c.repeats >= 3]
    fit = [column for column in few if column is not of_list and has_word(column.name, ("lead", "leads"))]
    return next((column for column in fit if has_word(column.name, _KINDS_OF_LEAD)), None)


def _discount_column(columns: Columns) -> ColumnProfile | None:
    """Return the one column with a discount; None where several could be it."""
    found = [column for column in columns if column.kind == "number" and has_word(column.name, _DISCOUNT)]
    return found[0] if len(found) == 1 else None


def _has_times(date: ColumnProfile) -> bool:
    """Whether the values carry times of the day, different ones."""
    timed = [value for value in date.values if _TIME.search(value) and not _MIDNIGHT.search(value)]
    times = {found.group() for value in timed if (found := _TIME.search(value))}
    return len(times) > 1 and len(timed) >= 0.8 * len(date.values)


def _logged_column(table: Table, columns: Columns, date: ColumnProfile) -> ColumnProfile | None:
    """Return the column that says when the entry was made: named so, and hardly ever before the event."""
    named = [c for c in columns if c.kind == "date" and c.filled >= 0.9 and has_word(c.name, _LOGGED)]
    return next((column for column in named if _mostly_after(table, date.name, column.name)), None)


def _mostly_after(table: Table, first: str, second: str) -> bool:
    rows = table.rows.limit(SAMPLE_ROWS)
    days = [read_column.parse_dates(rows, name).expr.cast("date") for name in (first, second)]
    both = rows.select(first=days[0], second=days[1]).drop_null()
    asked = both.aggregate(n=both.count(), after=(both["second"] >= both["first"]).sum())
    found = asked.to_pyarrow().to_pylist()[0]
    return bool(found["n"]) and found["after"] >= 0.95 * found["n"]


def _amount_column(columns: Columns) -> ColumnProfile | None:
    """Return the one column with an amount of money; None where several could be it."""
    amounts = [column for column in guess_amount_columns(columns) if not has_word(column.name, words.TARGET)]
    total = [column for column in amounts if has_word(column.name, ("total", "amount"))]
    return amounts[0] if len(amounts) == 1 else (total[0] if len(total) == 1 else None)


def _value_meanings(
    channel: ColumnProfile | None, disposition: ColumnProfile | None, kind: EventKind | None
) -> dict[str, dict[str, str]]:
    coded = {"channel": channel, "disposition": disposition}
    found = {role: guess_code_meanings(role, column.values, kind) for role, column in coded.items() if column}
    return {role: codes for role, codes in found.items() if codes}


def guess_code_meanings(role: str, values: Collection[str], kind: EventKind | None) -> dict[str, str]:
    """Return what a column's codes mean, for those where it is clear and that are not written as ours are."""
    if kind == "meetings" and {value.lower() for value in values} <= {*ATTENDED}:
        return {value: ATTENDED[value.lower()] for value in values}
    meant = {value: channel_meaning(value) if role == "channel" else outcome_meaning(value, kind or "calls")
             for value in values}  # fmt: skip
    return {value: code for value, code in meant.items() if code and normalise_code(value) not in EVENT_CODES[role]}
