"""Find measures of a source that count the same rows, in one scan by pattern of measures."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import ibis.expr.types as ir
import numpy as np
import pandas as pd

from workbench.data.aggregate.rep_period_sums import ROWS, RepPeriodSums, filter_events
from workbench.data.events.affected_totals import counts_column, value_column
from workbench.data.events.events import Events, date_number
from workbench.data.model.daily import N_EVENTS
from workbench.data.model.dataset import ADDITIVE, DataSet, Measure
from workbench.data.model.row_overlap import RowOverlap
from workbench.errors import Issue, Where

SAME_ROWS = 0.95
"""The share of a measure's rows from which another source holds the same rows."""
ROW_COUNTS = ("count", "distinct")


def find_row_overlaps(events: Events, tallies: Sequence[RepPeriodSums], dataset: DataSet) -> tuple[RowOverlap, ...]:
    """Return every pair of measures with the same date column that share a row.

    Two sums of different columns share events only where rows have an id: in a table with one column per activity a
    row is no event. A table with at most one row per rep and day, or whose dates stand for periods, has no events.
    """
    found: list[RowOverlap] = []
    for tally in {tally.column: tally for tally in reversed(tallies)}.values():
        i = events.dates.index(tally.column)
        mine = [j for j, measure in enumerate(events.measures) if date_number(events.source, measure) == i]
        if len(mine) > 1 and not are_no_events(tally):
            found += _overlaps_from_patterns(_count_by_pattern(events, i, mine, dataset), mine, events)
    return tuple(found)


def same_rows_issues(overlaps: Sequence[RowOverlap], dataset: DataSet, rep_periods: pd.DataFrame) -> tuple[Issue, ...]:
    """Warn of sources all of whose counts and sums an earlier source has too: they count twice.

    The same rows with another amount in them, such as the margin of deals won, are no repetition.

    Parameters
    ----------
    rep_periods : one row per rep and period, a column per measure.
    """
    sources = {measure.name: source for source in dataset.sources for measure in source.measures}
    wanted = {
        source.name: {each.name for each in source.measures if each.aggregate in ADDITIVE} for source in dataset.sources
    }
    again: dict[tuple[str, str], dict[str, int]] = {}
    for each in overlaps:
        one, other = sources[each.measure], sources[each.other]
        if one.name != other.name and _is_repeated(each, rep_periods):
            measures = again.setdefault((one.name, other.name), {})
            measures[each.other] = max(measures.get(each.other, 0), each.n_shared)
    return tuple(
        Issue.of("warning", "same_rows", Where(source=other), max(repeated.values()), other=one)
        for (one, other), repeated in again.items()
        if repeated.keys() >= wanted[other]
    )


def _is_repeated(overlap: RowOverlap, rep_periods: pd.DataFrame) -> bool:
    """Whether two measures share nearly all rows, and come to nearly the same."""
    first, second = (abs(rep_periods[name].sum()) for name in (overlap.measure, overlap.other))
    shares = (overlap.share_of_measure, overlap.share_of_other)
    return min(shares) >= SAME_ROWS and min(first, second) >= SAME_ROWS * max(first, second)


def are_no_events(tally: RepPeriodSums) -> bool:
    """Whether the rows are already aggregated: at most one per rep and day, or dates that stand for periods."""
    return tally.stamped or bool((tally.daily[N_EVENTS] <= 1).all())


def _count_by_pattern(events: Events, i: int, mine: Sequence[int], dataset: DataSet) -> pd.DataFrame:
    """Count rows by the set of measures that count them: ``c0`` …, ``ROWS``, and summed sizes ``s0`` …"""
    rows = filter_events(events, i, mine, dataset)
    rows = rows.mutate(**{f"c{j}": adds_to_measure(rows, j, events.measures[j]) for j in mine})
    sums = {f"s{j}": rows[value_column(j)].abs().sum() for j in mine if events.measures[j].aggregate == "sum"}
    grouped = rows.group_by([f"c{j}" for j in mine]).aggregate(**{ROWS: rows.count()}, **sums)
    return grouped.to_pyarrow().to_pandas()


def adds_to_measure(rows: ir.Table, j: int, measure: Measure) -> ir.BooleanValue:
    """Whether a row adds to the measure: it meets the condition, and any amount needed is neither missing nor 0."""
    holds = rows[counts_column(j)].fill_null(False)
    if measure.aggregate == "sum":
        return holds & (rows[value_column(j)].fill_null(0) != 0)
    return holds & rows[value_column(j)].notnull() if measure.column else holds


def _overlaps_from_patterns(patterns: pd.DataFrame, mine: Sequence[int], events: Events) -> list[RowOverlap]:
    rows = patterns[ROWS].to_numpy(float)
    counts = {j: patterns[f"c{j}"].to_numpy(bool) for j in mine}
    found = []
    for j, other in itertools.combinations(mine, 2):
        both = counts[j] & counts[other]
        if both.any() and _same_things(events, events.measures[j], events.measures[other]):
            share, of_other = (_shared_share(patterns, k, both, counts[k]) for k in (j, other))
            names = events.measures[j].name, events.measures[other].name
            found.append(RowOverlap(*names, share, of_other, int(rows[both].sum())))
    return found


def _same_things(events: Events, one: Measure, other: Measure) -> bool:
    if one.column == other.column or {one.aggregate, other.aggregate} & set(ROW_COUNTS):
        return True
    return events.source.id is not None


def _shared_share(patterns: pd.DataFrame, j: int, both: np.ndarray, own: np.ndarray) -> float:
    sizes = [patterns[name].fillna(0).to_numpy(float) for name in (ROWS, f"s{j}") if name in patterns]
    return float(max(size[both].sum() / size[own].sum() for size in sizes if size[own].sum() > 0))
