"""The history of a data set: what each version changed, in one plain sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from workbench.data.model.dataset import Grain
from workbench.data.model.dataset_changes import ChangeKind, DataSetChange
from workbench.data.model.figures import Figures
from workbench.data.model.periods import period_number, starts_from_numbers
from workbench.words.gaps import span_words
from workbench.words.mapping import GRAINS
from workbench.words.numbers import pluralize

FIRST = "First saved."
NO_CHANGE = "Saved without a change of meaning."
MOST = 3

_SAID: dict[ChangeKind, Callable[[DataSetChange, Grain], str]] = {
    "renamed": lambda change, _: f"{change.subject} is called {change.now} now",
    "grain": lambda change, _: f"counted by {GRAINS[change.now].lower()} now",
    "periods": lambda change, grain: limits_words(change.now, grain),
    "all_periods": lambda _, grain: f"all {grain}s are used now",
    "scored": lambda change, _: (
        f"{pluralize(change.n, 'person').replace('persons', 'people')} scored now"
        if change.n
        else "other people are scored now"
    ),
    "everybody_scored": lambda _, __: "everybody is scored now",
    "left_out": lambda change, _: f"{change.n} more {'person' if change.n == 1 else 'people'} left out",
    "same_rep": lambda change, _: (
        f"{pluralize(change.n, 'spelling')} matched to other names"
        if change.n
        else "spellings of names matched in another way"
    ),
    "exposure": lambda change, _: f"days at work come from {change.subject} now",
    "exposure_estimated": lambda _, __: "days at work are estimated now",
    "team": lambda change, _: f"team list read from {change.subject}",
    "no_team": lambda _, __: "no team list any more",
    "file": lambda change, _: f"{change.subject} added",
    "no_file": lambda change, _: f"{change.subject} left out",
    "stacked": lambda change, _: f"{change.subject} added to {change.now}",
    "replaced_file": lambda change, _: f"{change.subject} replaces {change.now}",
    "once": lambda change, _: f"repeated rows of {change.subject} count once now",
    "repeats_count": lambda change, _: f"repeated rows of {change.subject} count again",
    "covers": lambda change, _: f"{change.subject} is complete from {_days(change.now)}",
    "covers_rows": lambda change, _: f"{change.subject} is complete from its first to its last row",
    "rep": lambda change, _: f"{change.now} says who did it in {change.subject} now",
    "date": lambda change, _: f"{change.now} says when in {change.subject} now",
    "measure": lambda change, _: f"{change.subject} is counted now",
    "no_measure": lambda change, _: f"{change.subject} is not counted any more",
    "measure_date": lambda change, _: f"{change.subject} counts by {change.now} now",
    "measure_name": lambda change, _: f"{change.subject} is called {change.now} now",
    "credit": lambda change, _: f"{change.subject} is credited to somebody else now",
    "no_credit": lambda change, _: f"{change.subject} is credited to the row’s own rep again",
    "measure_rows": lambda change, _: f"{change.subject} counts other rows now",
    "names": lambda change, _: f"names of {change.subject} looked up in {change.now}",
    "no_names": lambda change, _: f"names of {change.subject} no longer looked up in {change.now}",
    "events": lambda change, _: f"the kind of activity in {change.subject} is described in another way now",
    "reading": lambda change, _: f"{change.subject} is read in another way now",
}


def version_sentence(
    changes: Sequence[DataSetChange], before: Figures | None, after: Figures | None, grain: Grain
) -> str:
    """What a version changed: ``+72 rows of June 2024: june.csv added to calls.csv.``"""
    said = [_SAID[change.kind](change, grain) for change in changes[:MOST]]
    if len(changes) > MOST:
        said.append(f"{pluralize(len(changes) - MOST, 'other change')}")
    what, rows = "; ".join(said), rows_words(before, after)
    if rows.startswith("−") and any(change.kind == "periods" and change.n > 1 for change in changes):
        return _part_of_the_time(what, after, before)
    if not what and not rows:
        return NO_CHANGE
    text = f"{rows}: {what}" if rows and what else rows or what
    return f"{text[0].upper()}{text[1:]}."


def _part_of_the_time(what: str, after: Figures | None, before: Figures | None) -> str:
    """A row of several dates leaves some totals and stays in others: fewer rows alone would tell too little."""
    gone = before.n_rows - after.n_rows if before and after else 0
    have = "has" if gone == 1 else "have"
    return (
        f"{what[0].upper()}{what[1:]}; {pluralize(gone, 'row')} {have} no date in that time, "
        "and others may count in part."
    )


def rows_words(before: Figures | None, after: Figures | None) -> str:
    """``+72 rows of June 2024``, ``−12 rows``; empty if as many rows are used as before."""
    if before is None or after is None or before.n_rows == after.n_rows:
        return ""
    more = after.n_rows - before.n_rows
    rows = f"{'+' if more > 0 else '−'}{pluralize(abs(more), 'row')}"
    added = _added_periods(before, after) if more > 0 else ""
    return f"{rows} of {added}" if added else rows


def limits_words(limits: str, grain: Grain) -> str:
    """``only February to April 2025 used``, from the limits as a change carries them."""
    first, last = (pd.Timestamp(day) if day else None for day in limits.split("|"))
    if first is not None and last is not None:
        return f"only {span_words(first, last, grain)} used now"
    if first is not None:
        return f"used from {span_words(first, first, grain)} on"
    return f"used up to {span_words(last, last, grain)}" if last is not None else ""


def _added_periods(before: Figures, after: Figures) -> str:
    if before.grain != after.grain or not (before.last and after.last and before.first and after.first):
        return ""
    if after.last > before.last and after.first >= before.first:
        return span_words(_next(before.last, after.grain, 1), pd.Timestamp(after.last), after.grain)
    if after.first < before.first and after.last <= before.last:
        return span_words(pd.Timestamp(after.first), _next(before.first, after.grain, -1), after.grain)
    return ""


def _next(start: dt.date, grain: Grain, step: int) -> pd.Timestamp:
    if grain == "week":
        return pd.Timestamp(start) + pd.Timedelta(weeks=step)
    number = period_number(pd.Series([pd.Timestamp(start)]), grain)
    return starts_from_numbers(np.asarray(number) + step, grain)[0]


def _days(pair: str) -> str:
    first, last = (dt.date.fromisoformat(day) for day in pair.split())
    return f"{first.day} {first:%B %Y} to {last.day} {last:%B %Y}"


def figures_words(figures: Figures | None) -> str:
    """``1,234 rows, 8 reps, January to August 2026``; empty for a data set that was never read."""
    if figures is None:
        return ""
    span = [span_words(pd.Timestamp(figures.first), pd.Timestamp(figures.last), figures.grain)] if figures.first else []
    return ", ".join([pluralize(figures.n_rows, "row"), pluralize(figures.n_reps, "rep"), *span])
