"""Which measures a table probably holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.data.mapping import guess_words as words
from workbench.data.mapping.edit import formula_name
from workbench.data.mapping.guess_columns import amounts, durations, later_date, matching, status
from workbench.data.mapping.guess_words import has, readable_name, words_of
from workbench.data.mapping.profile import Column
from workbench.data.model.dataset import Aggregate, Measure
from workbench.formula.value_choice import Choice

_NOUNS = {
    "calls": ("call", "calls", "dial", "dials", "phone", "anrufe", "llamadas", "appels"),
    "emails": ("email", "emails", "mail", "mails"),
    "meetings": ("meeting", "meetings", "appointment", "appointments", "visit", "visits", "termine"),
    "opportunities": ("opportunity", "opportunities", "pipeline", "deal", "deals", "crm"),
    "orders": ("order", "orders", "invoice", "invoices", "sale", "sales", "transaction", "transactions"),
    "quotes": ("quote", "quotes", "offer", "offers", "angebote"),
    "leads": ("lead", "leads"),
    "tasks": ("task", "tasks", "activity", "activities"),
}
_MOST_OUTCOMES, _MOST_AMOUNTS = 6, 3
_NO_SUM = ["year", "zip", "postal", "postcode", "phone", "age", "latitude", "longitude", "rank", "row", "index"]


def guess_measures(
    stem: str, columns: Sequence[Column], rep: Column, when: Column, already_aggregated: bool, taken: set[str]
) -> tuple[Measure, ...]:
    """Measures for one table; their names avoid ``taken``, to which they are added.

    Parameters
    ----------
    stem : the file's name without its ending: what the rows are may be told from it.
    already_aggregated : one row per rep and date, so every number in it is a measure and counting rows is none.
    """
    rest = [column for column in columns if column.name not in (rep.name, when.name)]
    found = _aggregated(rest) if already_aggregated else _events(stem, rest, when)
    return tuple(_named(measure, taken) for measure in found)


def _named(measure: Measure, taken: set[str]) -> Measure:
    name = formula_name(measure.name, taken)
    taken.add(name)
    return measure.model_copy(update={"name": name, "label": measure.name})


def _aggregated(columns: Sequence[Column]) -> Iterator[Measure]:
    for column in columns:
        if column.kind == "number" and not has(column.name, (*words.ID, *_NO_SUM)):
            yield _amount(column)


def _events(stem: str, columns: Sequence[Column], when: Column) -> Iterator[Measure]:
    noun, document = _noun(stem, columns), next((column for column in columns if _document(column)), None)
    yield Measure(name=f"{noun.removesuffix('s')} lines" if document else noun)
    if document:
        yield Measure(name=noun, aggregate="distinct", column=document.name)
    won, outcomes = _outcomes(status(columns), later_date(columns, when))
    yield from outcomes
    long = durations(columns)
    for column in [each for each in amounts(columns) if each not in long][:_MOST_AMOUNTS]:
        yield _amount(column, won)
    for column in long:
        yield _amount(column)


def _outcomes(ended: Column | None, over: Column | None) -> tuple[Measure | None, list[Measure]]:
    """How rows ended: what was won (dated by when it was over) and closed, or else the most frequent outcomes."""
    if ended is None:
        return None, []
    values, date = matching(ended.values, words.WON), over.name if over else None
    if not values:
        shown = ended.values[:_MOST_OUTCOMES]
        return None, [Measure(name=value, where=Choice(ended.name, (value,)).formula()) for value in shown]
    won = Measure(name="Won", where=Choice(ended.name, values).formula(), date=date)
    both = Choice(ended.name, values + matching(ended.values, words.LOST))
    closed = Measure(name="Closed", where=both.formula(), date=date)
    return won, [closed, won] if len(both.values) > len(values) else [won]


def _amount(column: Column, won: Measure | None = None) -> Measure:
    name = f"Won {readable_name(column.name).lower()}" if won else readable_name(column.name)
    where, date = (won.where, won.date) if won else (None, None)
    return Measure(
        name=name, aggregate=_aggregate(column), column=column.name, where=where, date=date, unit=_unit(column)
    )


def _aggregate(column: Column) -> Aggregate:
    rate = has(column.name, ("rate", "percent", "average", "avg", "mean", "ratio", "share", "probability"))
    return "mean" if rate else "sum"


def _document(column: Column) -> bool:
    """A number that several rows share, such as an order's: how many there are is a measure."""
    return has(column.name, ("order", "invoice", "quote")) and has(column.name, words.ID) and 1.2 < column.repeats < 100


def _noun(stem: str, columns: Sequence[Column]) -> str:
    for text in (stem, *(column.name for column in columns)):
        for noun, hints in _NOUNS.items():
            if not set(hints).isdisjoint(words_of(text)):
                return noun.capitalize()
    return "Rows"


def _unit(column: Column) -> str | None:
    known = {"minutes": ("minutes", "minute", "mins", "min"), "seconds": ("seconds", "second", "secs", "sec")}
    return next((unit for unit, hints in known.items() if has(column.name, hints)), None)
