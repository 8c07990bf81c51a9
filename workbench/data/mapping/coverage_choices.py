"""Choices about gaps: the periods used, and whether a source covers the periods without rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from workbench.data.mapping.edit import with_source
from workbench.data.model.dataset import ADDITIVE, DataSet
from workbench.data.model.panel import PERIOD, Panel
from workbench.data.model.periods import period_ends
from workbench.data.model.source_coverage import SourceCoverage, overall_periods, sources_with_gaps

GapMeaning = Literal["missing", "zero"]


def with_periods(dataset: DataSet, first: pd.Timestamp | None, last: pd.Timestamp | None) -> DataSet:
    """Limit a data set to the periods from ``first`` to ``last``; None: no limit on that side."""
    limits = {name: None if day is None else day.date() for name, day in (("first", first), ("last", last))}
    return dataset.model_copy(update=limits)


@dataclass(frozen=True)
class MeasureLoss:
    """How much of a measure lies outside some periods, and which share of its total that is."""

    label: str
    unit: str | None
    lost: float
    share: float


def losses_outside(panel: Panel, first: pd.Timestamp, last: pd.Timestamp) -> tuple[MeasureLoss, ...]:
    """Return what limiting a panel to the periods from ``first`` to ``last`` leaves out, the largest share first.

    Measures that add up and of which nothing is left out have a loss of 0.
    """
    rows = panel.everybody
    outside = ~rows[PERIOD].between(first, last)
    found = []
    for info in panel.measures:
        if info.source and info.aggregate in ADDITIVE:
            total, lost = float(rows[info.name].sum()), float(rows.loc[outside, info.name].sum())
            found.append(MeasureLoss(info.label or info.name, info.unit, lost, lost / total if total else 0.0))
    return tuple(sorted(found, key=lambda loss: -loss.share))


def with_covered_days(dataset: DataSet, source: str, days: tuple[dt.date, dt.date] | None) -> DataSet:
    """Say from which to which day a source is complete; None: from its first to its last row."""
    if days is not None and days[1] < days[0]:
        return dataset
    for place, each in enumerate(dataset.sources):
        if each.name == source:
            dataset = with_source(dataset, place, covers=days)
    return dataset


def gap_meaning(source: str, coverage: Sequence[SourceCoverage]) -> GapMeaning:
    """Return what periods without rows mean in a source: unknown, or that nothing happened.

    A source that is said to cover some periods leaves the others unknown.
    """
    said = any(each.source == source and each.said for each in coverage)
    return "zero" if said and source not in sources_with_gaps(coverage) else "missing"


def with_gap_meaning(dataset: DataSet, source: str, meaning: GapMeaning, coverage: Sequence[SourceCoverage]) -> DataSet:
    """Say what periods without rows mean in a source; ``coverage`` gives the days that all sources together cover."""
    overall = overall_periods(coverage)
    if overall is None:
        return dataset
    last = period_ends(pd.Series([overall[1]]), dataset.grain, dataset.week_start)[0]
    covers = (overall[0].date(), last.date()) if meaning == "zero" else None
    places = [place for place, each in enumerate(dataset.sources) if each.name == source]
    for place in places:
        dataset = with_source(dataset, place, covers=covers)
    return dataset
