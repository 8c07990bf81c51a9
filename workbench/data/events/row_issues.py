"""What is wrong with a source's rows: not used and why, repeated, undated, without an amount."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from workbench.data.events.affected_totals import at_stake, counted, rows_and_stakes, stakes
from workbench.data.events.events import REASON, REASONS, REPEAT, Events, date_of
from workbench.data.events.lookups import lookup_issues
from workbench.data.events.row_counts import Facts, lacks_date
from workbench.data.model.dataset import Measure
from workbench.data.model.panel import REP
from workbench.data.values.rep_names import spaces_issue
from workbench.errors import Issue, Level

# reason: (level, what was found, what to do)
_SAID: dict[str, tuple[Level, str, str]] = {
    "duplicate": ("info", "repeat an earlier row and were dropped, as the data set file asks", ""),
    "total_row": ("info", "are totals, not a rep's own rows", "Nothing to do: totals would count everything twice."),
    "header_row": ("info", "repeat the column names", "Nothing to do: files were probably pasted together."),
    "rep_error": ("warning", "have a spreadsheet error instead of a rep", "Repair the formula in the spreadsheet."),
    "no_match": ("warning", "have a rep that could not be looked up", "Add the missing keys to the looked-up file."),
    "blank_rep": ("warning", "name no rep", "Fill in the rep where the rows matter."),
    "no_date": ("warning", "have no date, so they are in no period", "Fill in the date where the rows matter."),
    "unreadable_date": ("warning", "have a date that cannot be read", 'Correct them, or set "date_format".'),
    "implausible_date": ("warning", "have a date that cannot be right", "Correct the dates."),
}


def unused_counts(events: Events) -> pd.DataFrame:
    """One row per reason for not using rows: ``reason``, ``n_rows`` and what is at stake."""
    rows = events.rows.filter(events.rows[REASON].notnull())
    return rows_and_stakes(rows, [REASON], events.measures)


def quality_issues(events: Events, facts: Facts, unused: pd.DataFrame) -> tuple[Issue, ...]:
    """Everything worth knowing about the rows of a source; ``unused`` is the result of ``unused_counts``."""
    return (
        *(_nothing_used(events, facts) if facts.unused and not facts.used else ()),
        *_unused(events, unused),
        *spaces_issue(facts.spaced, events.where),
        *(_repeats(events) if facts.repeats else ()),
        *_undated(events, facts),
        *_without_amount(events, facts),
        *(issue for i, n in enumerate(facts.unmatched) for issue in lookup_issues(events, i, n)),
    )


def _nothing_used(events: Events, facts: Facts) -> Iterator[Issue]:
    message = f"None of its {facts.unused:,} rows could be used."
    fix = f"Check that “{events.source.rep}” names the rep and “{events.source.date}” the date."
    yield Issue("warning", "nothing_used", events.where, message, fix, facts.unused)


def _unused(events: Events, unused: pd.DataFrame) -> Iterator[Issue]:
    for reason in [name for name in REASONS if name in set(unused[REASON])]:
        group = unused[unused[REASON] == reason]
        level, found, fix = _SAID[reason]
        n_rows = int(group["n_rows"].iloc[0])
        message = f"{n_rows:,} rows {found}.{at_stake(group, events.measures)}"
        yield Issue(level, reason, f"{events.where}, “{_column(events, reason)}”", message, fix, n_rows)


def _column(events: Events, reason: str) -> str:
    if reason == "duplicate":
        return events.source.id or "whole row"
    return (
        events.source.rep
        if reason in ("total_row", "header_row", "rep_error", "no_match", "blank_rep")
        else events.source.date
    )


def _repeats(events: Events) -> Iterator[Issue]:
    rows, name = events.rows, events.source.id
    repeats = rows_and_stakes(rows.filter(rows[REPEAT] & rows[REP].notnull()), [REPEAT], events.measures)
    n_rows = int(repeats["n_rows"].iloc[0])
    found = f"repeat the “{name}” of an earlier row" if name else "are exact copies of an earlier row"
    message = f"{n_rows:,} rows {found}; they are counted.{at_stake(repeats, events.measures)}"
    fix = 'If they are the same event twice, add "duplicates": "drop" to the source.'
    yield Issue("warning", "duplicate_ids" if name else "duplicate_rows", events.where, message, fix, n_rows)


def _undated(events: Events, facts: Facts) -> Iterator[Issue]:
    """Used rows that one measure counts but has no date for: another measure's date is no help to it."""
    used = events.rows[REASON].isnull()
    for i in [i for i, n in enumerate(facts.undated) if n]:
        measure, name = events.measures[i], events.dates[date_of(events.source, events.measures[i])]
        lacking = events.rows.filter(used & events.rows[counted(i)] & lacks_date(events, i))
        held = lacking.aggregate(n_rows=lacking.count(), **stakes(lacking, events.measures)).to_pyarrow().to_pandas()
        if n_rows := int(held["n_rows"].iloc[0]):
            own = held[held.columns.intersection([f"stake{i}"])]
            message = f"{n_rows:,} rows that it counts have no “{name}”, so they are in no period."
            fix = f"Fill in “{name}”, or date the measure otherwise."
            yield _of(events, measure, "warning", "undated", message + at_stake(own, events.measures), fix, n_rows)


def _without_amount(events: Events, facts: Facts) -> Iterator[Issue]:
    for i in [i for i, n in enumerate(facts.without_amount) if n]:
        n_rows, measure = facts.without_amount[i], events.measures[i]
        message = f"{n_rows:,} rows that it counts have no amount in “{measure.column}”; a blank is not a zero."
        fix = "They add nothing; fill in the amount where one is due."
        yield _of(events, measure, "info", "no_amount", message, fix, n_rows)


def _of(events: Events, measure: Measure, level: Level, code: str, message: str, fix: str, n_rows: int) -> Issue:
    return Issue(level, code, f"{events.where}, measure “{measure.name}”", message, fix, n_rows)
