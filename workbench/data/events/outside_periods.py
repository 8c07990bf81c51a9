"""Report what the limits of a data set leave out, each measure by its own date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import ibis

from workbench.data.events.affected_totals import affected_totals, amounts_affected, counts_column
from workbench.data.events.events import REASON, Events, UnusedReason, date_column, date_number
from workbench.data.model.dataset import DataSet
from workbench.data.model.periods import is_used_day
from workbench.errors import Issue

OUTSIDE: UnusedReason = "outside_periods"


def outside_issues(events: Events, dataset: DataSet) -> Iterator[Issue]:
    """Report rows of which a measure loses something to the limits of the data set, each by the measure's own date."""
    rows, outside = events.rows, events.rows[REASON] == OUTSIDE
    lost = {
        counts_column(i): rows[counts_column(i)]
        & ~is_used_day(rows[date_column(date_number(events.source, measure))], dataset).fill_null(True)
        for i, measure in enumerate(events.measures)
    }
    losing = ibis.or_(outside, *(rows[REASON].isnull() & each for each in lost.values()))
    found = rows.filter(losing).mutate(**lost)
    held = found.aggregate(n_rows=found.count(), **affected_totals(found, events.measures)).to_pyarrow().to_pandas()
    if n_rows := int(held["n_rows"].iloc[0]):
        where, amounts = replace(events.where, column=events.source.date), amounts_affected(held, events.measures)
        yield Issue.of("info", "outside_periods", where, n_rows, amounts=amounts, grain=dataset.grain)
