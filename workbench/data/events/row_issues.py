"""Report problems of a source's rows: not used, repeated, undated, without an amount."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from workbench.data.events.affected_totals import (
    affected_totals,
    amounts_affected,
    counts_column,
    group_rows_and_totals,
)
from workbench.data.events.events import REASON, REASONS, REPEAT, Events, date_number
from workbench.data.events.lookups import lookup_issues
from workbench.data.events.outside_periods import OUTSIDE, outside_issues
from workbench.data.events.row_counts import RowCounts, lacks_date
from workbench.data.events.undated_stage import stage_without_date
from workbench.data.model.dataset import DataSet, Measure
from workbench.data.model.panel import REP
from workbench.data.values.rep_names import spaces_issues
from workbench.errors import Issue, Level, Where

MOSTLY = 0.5
"""Above this share of rows without an amount, what is built from the amounts says little about the rows."""
_LEVELS: dict[str, Level] = {
    "duplicate": "info",
    "total_row": "info",
    "header_row": "info",
    "rep_error": "warning",
    "no_match": "warning",
    "blank_rep": "warning",
    "no_date": "warning",
    "unreadable_date": "warning",
    "implausible_date": "warning",
    "replaced": "info",
}


def count_unused_rows(events: Events) -> pd.DataFrame:
    """Return one row per reason for not using rows: ``reason``, ``n_rows`` and the affected totals."""
    rows = events.rows.filter(events.rows[REASON].notnull())
    return group_rows_and_totals(rows, [REASON], events.measures)


def row_issues(events: Events, facts: RowCounts, unused: pd.DataFrame, dataset: DataSet) -> tuple[Issue, ...]:
    """Return the issues of a source's rows; ``unused`` is the result of ``count_unused_rows``."""
    return (
        *(_nothing_used_issues(events, facts) if facts.unused and not facts.used else ()),
        *_unused_issues(events, unused),
        *(outside_issues(events, dataset) if dataset.first or dataset.last else ()),
        *spaces_issues(facts.spaced, events.where),
        *(_repeat_issues(events) if facts.repeats else ()),
        *_undated_issues(events, facts),
        *_without_amount_issues(events, facts),
        *(issue for i, n in enumerate(facts.unmatched) for issue in lookup_issues(events, i, n)),
    )


def _nothing_used_issues(events: Events, facts: RowCounts) -> Iterator[Issue]:
    names = {"rep": events.source.rep, "date": events.source.date}
    yield Issue.of("warning", "nothing_used", events.where, facts.unused, **names)


def _unused_issues(events: Events, unused: pd.DataFrame) -> Iterator[Issue]:
    for reason in [name for name in REASONS if name in set(unused[REASON]) and name != OUTSIDE]:
        group = unused[unused[REASON] == reason]
        where = replace(events.where, column=_blamed_column(events, reason))
        n_rows = int(group["n_rows"].iloc[0])
        amounts = amounts_affected(group, events.measures)
        if reason == "no_date" and (stage := stage_without_date(events)):
            yield Issue.of("info", "not_yet_dated", where, n_rows, stage=stage, amounts=amounts)
        else:
            yield Issue.of(_LEVELS[reason], reason, where, n_rows, amounts=amounts)


def _blamed_column(events: Events, reason: str) -> str:
    if reason == "duplicate":
        return events.source.id or ""
    return (
        events.source.rep
        if reason in ("total_row", "header_row", "rep_error", "no_match", "blank_rep")
        else events.source.date
    )


def _repeat_issues(events: Events) -> Iterator[Issue]:
    rows, name = events.rows, events.source.id
    repeats = group_rows_and_totals(rows.filter(rows[REPEAT] & rows[REP].notnull()), [REPEAT], events.measures)
    n_rows = int(repeats["n_rows"].iloc[0])
    amounts = amounts_affected(repeats, events.measures)
    if name:
        yield Issue.of("warning", "duplicate_ids", events.where, n_rows, column=name, amounts=amounts)
    else:
        yield Issue.of("warning", "duplicate_rows", events.where, n_rows, amounts=amounts)


def _undated_issues(events: Events, facts: RowCounts) -> Iterator[Issue]:
    """Report used rows that a measure counts but that lack the measure's date."""
    used = events.rows[REASON].isnull()
    for i in [i for i, n in enumerate(facts.undated) if n]:
        measure, name = events.measures[i], events.dates[date_number(events.source, events.measures[i])]
        lacking = events.rows.filter(used & events.rows[counts_column(i)] & lacks_date(events, i))
        held = (
            lacking.aggregate(n_rows=lacking.count(), **affected_totals(lacking, events.measures))
            .to_pyarrow()
            .to_pandas()
        )
        if n_rows := int(held["n_rows"].iloc[0]):
            own = held[held.columns.intersection([f"stake{i}"])]
            where, amounts = _measure_place(events, measure), amounts_affected(own, events.measures)
            yield Issue.of("warning", "undated", where, n_rows, column=name, amounts=amounts)


def _without_amount_issues(events: Events, facts: RowCounts) -> Iterator[Issue]:
    for i in [i for i, n in enumerate(facts.without_amount) if n]:
        n_rows, due, measure = facts.without_amount[i], facts.amounts_due[i], events.measures[i]
        level: Level = "warning" if n_rows > MOSTLY * due else "info"
        yield Issue.of(level, "no_amount", _measure_place(events, measure), n_rows, column=measure.column, due=due)


def _measure_place(events: Events, measure: Measure) -> Where:
    return replace(events.where, measure=measure.name, title=measure.title)
