"""Guess the measures of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.data.mapping import guess_words as words
from workbench.data.mapping.edit import formula_name
from workbench.data.mapping.event_vocabulary import outcome_meaning
from workbench.data.mapping.guess_columns import (
    guess_activity_column,
    guess_amount_columns,
    guess_closing_date,
    guess_duration_columns,
    guess_status_column,
    match_vocabulary,
)
from workbench.data.mapping.guess_unpivot import measures_of_cells
from workbench.data.mapping.guess_words import has_word, name_words, readable_name
from workbench.data.mapping.profile import ColumnProfile
from workbench.data.model.dataset import Aggregate, Measure, Unpivot
from workbench.formula.value_choice import Choice

_NOUNS = {
    "calls": ("call", "calls", "dial", "dials", "phone", "anrufe", "llamadas", "appels"),
    "emails": ("email", "emails", "mail", "mails"),
    "meetings": ("meeting", "meetings", "appointment", "appointments", "visit", "visits", "termine"),
    "opportunities": ("opportunity", "opportunities", "pipeline", "deal", "deals", "crm", "potential", "potentials"),
    "orders": ("order", "orders", "invoice", "invoices", "sale", "sales", "transaction", "transactions"),
    "quotes": ("quote", "quotes", "offer", "offers", "angebote"),
    "leads": ("lead", "leads"),
    "tasks": ("task", "tasks", "activity", "activities"),
    "accounts": ("account", "accounts"),
    "contacts": ("contact", "contacts"),
}
_MOST_OUTCOMES, _MOST_AMOUNTS = 6, 3
MOST_NUMBERS = 40
"""Measures of a table that is already aggregated: of more nobody could say what they mean, and others can be added."""
_NO_SUM = ["year", "zip", "postal", "postcode", "phone", "age", "latitude", "longitude", "rank", "row", "index"]


def guess_measures(
    stem: str,
    columns: Sequence[ColumnProfile],
    rep: ColumnProfile,
    when: ColumnProfile,
    already_aggregated: bool,
    taken: set[str],
    wide: Unpivot | None = None,
) -> tuple[Measure, ...]:
    """Guess the measures of one table; their names avoid ``taken``, to which they are added.

    Parameters
    ----------
    stem : the file's name without its ending, which may name what the rows are.
    already_aggregated : one row per rep and date, so that every number is a measure, and the row count is not.
    wide : how the table was made from a sheet with one column per period.
    """
    rest = [column for column in columns if column.name not in (rep.name, when.name)]
    if wide:
        found = measures_of_cells(stem, rest, wide)
    else:
        numbers = list(_measures_of_aggregates(rest))[:MOST_NUMBERS] if already_aggregated else []
        found = iter(numbers) if numbers else _measures_of_events(stem, rest, when)
    return tuple(_with_unique_name(measure, stem, taken) for measure in found)


def _with_unique_name(measure: Measure, stem: str, taken: set[str]) -> Measure:
    """Name a measure apart from those of other files: ``Won (finance)`` beside ``Won``."""
    label = measure.name if formula_name(measure.name, ()) not in taken else f"{measure.name} ({stem})"
    name = formula_name(label, taken)
    taken.add(name)
    return measure.model_copy(update={"name": name, "label": label})


def _measures_of_aggregates(columns: Sequence[ColumnProfile]) -> Iterator[Measure]:
    for column in columns:
        if column.kind == "number" and not has_word(column.name, (*words.ID, *_NO_SUM)):
            yield _amount_measure(column)


def _measures_of_events(stem: str, columns: Sequence[ColumnProfile], when: ColumnProfile) -> Iterator[Measure]:
    noun, document = (
        _guess_noun(stem, columns),
        next((column for column in columns if is_document_number(column)), None),
    )
    yield Measure(name=f"{noun.removesuffix('s')} lines" if document else noun)
    if document:
        yield Measure(name=noun, aggregate="distinct", column=document.name)
    ended, activity = guess_status_column(columns), guess_activity_column(columns)
    won, outcomes = _outcome_measures(ended, guess_closing_date(columns, when))
    if ended is None and activity is not None:
        won, outcomes = _activity_measures(activity)
    yield from outcomes
    long = guess_duration_columns(columns)
    for column in [each for each in guess_amount_columns(columns) if each not in long][:_MOST_AMOUNTS]:
        yield _amount_measure(column, won)
    for column in long:
        yield _amount_measure(column)


def _outcome_measures(ended: ColumnProfile | None, over: ColumnProfile | None) -> tuple[Measure | None, list[Measure]]:
    """Return measures of outcomes: won (dated by the closing date) and closed, or else one per outcome."""
    if ended is None:
        return None, []
    values, date = match_vocabulary(ended.values, words.WON), over.name if over else None
    if not values:
        return None, [Measure(name=value, where=Choice(ended.name, (value,)).formula())
                      for value in _outcomes_to_count(ended.values)]  # fmt: skip
    won = Measure(name="Won", where=Choice(ended.name, values).formula(), date=date)
    both = Choice(ended.name, values + match_vocabulary(ended.values, words.LOST))
    closed = Measure(name="Closed", where=both.formula(), date=date)
    return won, [closed, won] if len(both.values) > len(values) else [won]


def _outcomes_to_count(values: Sequence[str]) -> list[str]:
    """Return the most frequent outcomes, in their order; those that the work is for belong to them however rare."""
    agreed = match_vocabulary(values, words.AGREED)
    is_wanted = {value: value in agreed or outcome_meaning(value, "calls") == "meeting_set" for value in values}
    kept = sorted(values, key=lambda value: not is_wanted[value])[:_MOST_OUTCOMES]
    return [value for value in values if value in kept]


def _activity_measures(activity: ColumnProfile) -> tuple[Measure | None, list[Measure]]:
    """Return one measure per activity, and the one that amounts count for, if an activity is named like a win."""
    found = [Measure(name=readable_name(value), where=Choice(activity.name, (value,)).formula())
             for value in activity.values[:_MOST_OUTCOMES]]  # fmt: skip
    values = match_vocabulary(activity.values, words.WON + words.AGREED)
    won = Measure(name="Won", where=Choice(activity.name, values).formula()) if values else None
    return won, found


def _amount_measure(column: ColumnProfile, won: Measure | None = None) -> Measure:
    name = f"Won {readable_name(column.name).lower()}" if won else readable_name(column.name)
    where, date = (won.where, won.date) if won else (None, None)
    return Measure(
        name=name,
        aggregate=_guess_aggregate(column),
        column=column.name,
        where=where,
        date=date,
        unit=_guess_unit(column),
    )


def _guess_aggregate(column: ColumnProfile) -> Aggregate:
    rate = has_word(column.name, ("rate", "percent", "average", "avg", "mean", "ratio", "share", "probability"))
    return "mean" if rate else "sum"


def is_document_number(column: ColumnProfile) -> bool:
    """Whether a column holds numbers shared by several rows, such as order numbers; their count is a measure."""
    return (
        has_word(column.name, ("order", "invoice", "quote"))
        and has_word(column.name, words.ID)
        and 1.2 < column.repeats < 100
    )


def _guess_noun(stem: str, columns: Sequence[ColumnProfile]) -> str:
    """Return what a row is, by the file's name, else by its columns; a contact's address makes no e-mail."""
    for text in (stem, *(column.name for column in columns)):
        for noun, hints in _NOUNS.items():
            told = text == stem or noun not in ("emails", "accounts", "contacts")
            if told and not set(hints).isdisjoint(name_words(text)):
                return noun.capitalize()
    return "Rows"


def _guess_unit(column: ColumnProfile) -> str | None:
    """Return the unit that the column's name says, else the currency that most of its values are written with."""
    known = {"minutes": ("minutes", "minute", "mins", "min"), "seconds": ("seconds", "second", "secs", "sec"),
             "hours": ("hours", "hour", "hrs", "stunden"), "$": ("usd",), "€": ("eur",), "£": ("gbp",)}  # fmt: skip
    named = next((unit for unit, hints in known.items() if has_word(column.name, hints)), None)
    written = (sign for sign in "$€£" if 2 * sum(sign in value for value in column.values) > len(column.values))
    return named or next(written, None)
