"""Count a source's rows by kind of problem in one scan, so that only problems that occur are looked into."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from workbench.data.events.affected_totals import counts_column, value_column
from workbench.data.events.events import NUMERIC, REASON, REPEAT, SPACED, Events, date_column, date_number
from workbench.data.events.lookups import match_column
from workbench.data.model.panel import REP


@dataclass(frozen=True)
class RowCounts:
    """Row counts of a source.

    Attributes
    ----------
    used, unused : rows used, and rows not used for any reason.
    spaced : rows with a rep whose name had superfluous spaces; repeats : that repeat an earlier row.
    undated : per measure, rows with a rep that it counts and that lack its date, used rows or not.
    amounts_due : per measure of amounts, used rows that it counts; without_amount : those of them without an amount.
    unmatched : per lookup, rows without a match.
    """

    used: int
    unused: int
    spaced: int
    repeats: int
    undated: tuple[int, ...]
    amounts_due: tuple[int, ...]
    without_amount: tuple[int, ...]
    unmatched: tuple[int, ...]


def count_rows(events: Events) -> RowCounts:
    """Count used rows and problems in one scan."""
    rows, never = events.rows, ibis.literal(False)
    somebodys, used = rows[REP].notnull(), rows[REASON].isnull()
    due = [
        used & rows[counts_column(i)] if measure.aggregate in NUMERIC else never
        for i, measure in enumerate(events.measures)
    ]
    tests = {
        "used": [used],
        "unused": [~used],
        "spaced": [somebodys & rows[SPACED]],
        "repeats": [never if events.remote else somebodys & rows[REPEAT]],
        "undated": [somebodys & rows[counts_column(i)] & lacks_date(events, i) for i in range(len(events.measures))],
        "amounts_due": due,
        "without_amount": [
            each & rows[value_column(i)].isnull() if events.measures[i].aggregate in NUMERIC else never
            for i, each in enumerate(due)
        ],
        "unmatched": [~rows[match_column(i)] for i in range(len(events.opened.lookups))],
    }
    named = {f"{kind}{i}": rows.count(where=test) for kind, each in tests.items() for i, test in enumerate(each)}
    counts = rows.aggregate(**named).to_pyarrow().to_pylist()[0]
    several = {kind: tuple(counts[f"{kind}{i}"] for i in range(len(each))) for kind, each in tests.items()}
    single = {kind: several.pop(kind)[0] for kind in ("used", "unused", "spaced", "repeats")}
    return RowCounts(
        **single, undated=several["undated"], amounts_due=several["amounts_due"],
        without_amount=several["without_amount"], unmatched=several["unmatched"],
    )  # fmt: skip


def lacks_date(events: Events, i: int) -> ir.BooleanValue:
    """Whether a row lacks the date that measure number ``i`` is dated by."""
    return events.rows[date_column(date_number(events.source, events.measures[i]))].isnull()
