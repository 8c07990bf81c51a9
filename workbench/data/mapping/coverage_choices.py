"""Choices about gaps: the periods used, and whether a source covers the periods without rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from workbench.data.mapping.edit import with_source
from workbench.data.model.dataset import DataSet
from workbench.data.model.periods import period_ends
from workbench.data.model.source_coverage import SourceCoverage, overall_periods, sources_with_gaps

GapMeaning = Literal["missing", "zero"]


def with_periods(dataset: DataSet, first: pd.Timestamp | None, last: pd.Timestamp | None) -> DataSet:
    """Limit a data set to the periods from ``first`` to ``last``; None: no limit on that side."""
    limits = {name: None if day is None else day.date() for name, day in (("first", first), ("last", last))}
    return dataset.model_copy(update=limits)


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
