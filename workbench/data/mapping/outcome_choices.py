"""Choices about what a file counts as won: the values that mean it, the date it counts on, the amount it is worth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import ibis

from workbench.data.columns import read_column
from workbench.data.engine.embedded import Engine
from workbench.data.mapping import guess_words as words
from workbench.data.mapping.edit import with_source
from workbench.data.mapping.guess_columns import match_vocabulary
from workbench.data.mapping.guess_words import readable_name
from workbench.data.mapping.preview import open_part
from workbench.data.model.dataset import DataSet, Measure, Source
from workbench.errors import InputError
from workbench.formula.row_conditions import Conditions
from workbench.formula.value_choice import Choice, parse_choice

COMPARED = 20_000  # rows of which both dates are compared
N_SHOWN = 3


@dataclass(frozen=True)
class Outcome:
    """What a source counts as won.

    Attributes
    ----------
    column, values : rows whose ``column`` holds one of ``values``.
    date : the column that says in which period they count.
    amount : the column that such a row adds; None without one.
    """

    column: str
    values: tuple[str, ...]
    date: str
    amount: str | None


@dataclass(frozen=True)
class TwoDates:
    """How far two dates of the won rows lie apart.

    Attributes
    ----------
    share : share of the rows with both dates that have them in different months.
    pairs : of a few rows, both dates as the file writes them, rows of different months first.
    """

    share: float
    pairs: tuple[tuple[str, str], ...]


def find_outcome(source: Source) -> Outcome | None:
    """Return what a source counts as won: the rows whose amount is added up, else those named like a win."""
    choices = {measure: choice for measure in source.measures if (choice := _choice(measure))}
    sums = [measure for measure in choices if measure.aggregate == "sum"]
    won = [measure for measure, choice in choices.items()
           if measure.aggregate == "count" and len(match_vocabulary(choice.values, words.WON + words.AGREED))
           == len(choice.values)]  # fmt: skip
    first = next(iter([*sums, *won]), None)
    if first is None:
        return None
    choice = choices[first]
    amount = next((measure.column for measure in sums if measure.where == first.where), None)
    return Outcome(choice.column, choice.values, first.date or source.date, amount)


def outcome_date(source: Source, conditions: Conditions) -> str | None:
    """Return the column that dates what conditions count: of rows that are all won or closed, the date of a win."""
    outcome = find_outcome(source)
    if outcome is None:
        return None
    choices = [_choice(measure) for measure in source.measures if (measure.date or source.date) == outcome.date]
    ended = {value for each in choices if each and each.column == outcome.column for value in each.values}
    tests = [part for part in conditions.parts if part.column == outcome.column and part.test == "is"]
    needed = tests if conditions.joined == "and" or len(tests) == len(conditions.parts) else []
    return outcome.date if needed and all({*part.values} <= ended for part in needed) else None


def with_won_values(dataset: DataSet, number: int, values: Sequence[str]) -> DataSet:
    """Count rows with these values as won; measures that count other values beside them keep those."""
    outcome = find_outcome(dataset.sources[number])
    if outcome is None or not values:
        return dataset

    def changed(measure: Measure, choice: Choice) -> Measure:
        others = tuple(value for value in choice.values if value not in (*outcome.values, *values))
        return measure.model_copy(update={"where": Choice(outcome.column, (*values, *others)).formula()})

    return _with_outcome_measures(dataset, number, outcome, changed)


def with_won_date(dataset: DataSet, number: int, date: str) -> DataSet:
    """Count what was won, and what was closed with it, in the period of this date."""
    source = dataset.sources[number]
    outcome, own = find_outcome(source), None if date == source.date else date
    if outcome is None:
        return dataset
    return _with_outcome_measures(dataset, number, outcome, lambda measure, _: measure.model_copy(update={"date": own}))


def with_won_amount(dataset: DataSet, number: int, amount: str) -> DataSet:
    """Add up this column of what was won; a name that came from the column before follows."""
    outcome = find_outcome(dataset.sources[number])
    if outcome is None:
        return dataset
    won = Choice(outcome.column, outcome.values).formula()
    label = f"Won {readable_name(amount).lower()}"

    def changed(measure: Measure, _: Choice) -> Measure:
        if measure.aggregate != "sum" or measure.column != outcome.amount or measure.where != won:
            return measure
        named = measure.title == f"Won {readable_name(measure.column or '').lower()}"
        return measure.model_copy(update={"column": amount} | ({"label": label} if named else {}))

    return _with_outcome_measures(dataset, number, outcome, changed)


def compare_dates(source: Source, folder: Path, outcome: Outcome) -> TwoDates | None:
    """Compare the won rows' own date with the one they count on; None without two dates, or rows with both."""
    own = {*filter(None, (source.date, outcome.date, outcome.column))}
    if outcome.date == source.date:
        return None
    with Engine() as engine:
        try:
            table = open_part(source, folder, engine)
        except InputError:
            return None
        if not own <= {*table.columns}:
            return None
        rows = table.rows.limit(COMPARED)
        won = rows.filter(read_column.clean_text(rows, outcome.column).expr.isin(outcome.values))
        made = {
            "first": read_column.parse_dates(won, source.date, source.date_formats.get(source.date)).expr,
            "last": read_column.parse_dates(won, outcome.date, source.date_formats.get(outcome.date)).expr,
        }
        both = won.select(**made, a=won[source.date].cast("string"), b=won[outcome.date].cast("string"))
        both = both.filter(both["first"].notnull() & both["last"].notnull())
        apart = both.mutate(apart=both["first"].truncate("M") != both["last"].truncate("M"))
        counted = apart.aggregate(n=apart.count(), apart=apart["apart"].sum()).to_pyarrow().to_pylist()[0]
        if not counted["n"]:
            return None
        few = apart.order_by([ibis.desc("apart"), "first", "last"]).limit(N_SHOWN).to_pyarrow().to_pylist()
        return TwoDates(counted["apart"] / counted["n"], tuple((row["a"], row["b"]) for row in few))


def _choice(measure: Measure) -> Choice | None:
    return parse_choice(measure.where) if measure.where else None


def _with_outcome_measures(
    dataset: DataSet, number: int, outcome: Outcome, change: Callable[[Measure, Choice], Measure]
) -> DataSet:
    """Change the measures that count what was won, alone or with other values of its column."""
    measures = tuple(
        change(measure, choice)
        if (choice := _choice(measure)) and choice.column == outcome.column and {*outcome.values} <= {*choice.values}
        else measure
        for measure in dataset.sources[number].measures
    )
    return with_source(dataset, number, measures=measures)
