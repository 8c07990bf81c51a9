"""The question what a gap means: which periods the files cover, which they share, which are used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from workbench.data.mapping.coverage_choices import GapMeaning, MeasureLoss
from workbench.data.model.dataset import DataSet, Grain
from workbench.data.model.source_coverage import (
    SourceCoverage,
    one_source,
    overall_periods,
    shared_periods,
    sources_with_gaps,
)
from workbench.words.lists import list_names
from workbench.words.numbers import percent
from workbench.words.panels import period_name
from workbench.words.totals import total

TITLE = "What does a gap mean?"
MEANINGS: dict[GapMeaning, str] = {"missing": "Unknown", "zero": "Nothing happened: 0"}


def question_title(coverage: Sequence[SourceCoverage], grain: Grain) -> str:
    """What is asked of several files, or of one."""
    return f"Which {grain}s count?" if one_source(coverage) else TITLE


def gap_summary(coverage: Sequence[SourceCoverage], dataset: DataSet) -> str:
    """What is settled, or what is to be answered: ``All files cover January 2024 to June 2025.``"""
    overall, shared = overall_periods(coverage), shared_periods(coverage)
    if overall is None:
        return ""
    if dataset.first or dataset.last:
        return f"Used: {span_words(*overall, dataset.grain)}."
    if not sources_with_gaps(coverage) and one_source(coverage):
        return f"{span_words(*overall, dataset.grain)}, all used."
    if not sources_with_gaps(coverage):
        return f"All files cover {span_words(*overall, dataset.grain)}."
    if one_source(coverage):
        return f"One file with {len(coverage)} dates: each measure covers the {dataset.grain}s of its own date."
    if shared is None:
        return f"Your files share no whole {dataset.grain}."
    return f"Your files cover different {dataset.grain}s. They share {span_words(*shared, dataset.grain)}."


def shared_button(coverage: Sequence[SourceCoverage], grain: Grain) -> str:
    """The button that limits the data set; empty if nothing is shared, or everything is."""
    shared = shared_periods(coverage)
    if shared is None or one_source(coverage) or shared == overall_periods(coverage):
        return ""
    return f"Use the {grain}s that all files share"


def losses_words(losses: Sequence[MeasureLoss]) -> str:
    """What the shared periods leave out: ``This leaves out Sales: $12,300 (23%) · Calls: 40 (5%).``"""
    lost = [f"{loss.label}: {total(loss.lost, loss.unit)} ({_share(loss.share)})" for loss in losses if loss.lost]
    untouched = [loss.label for loss in losses if not loss.lost]
    if not lost:
        return "Nothing that is counted is left out."
    rest = f" Nothing of {list_names(untouched, 3)}." if untouched else ""
    return f"This leaves out {' · '.join(lost)}.{rest}"


def _share(share: float) -> str:
    return "less than 1%" if 0 < share < 0.01 else percent(share)


def days_title(said: bool) -> str:
    """Where the days of a file come from."""
    return "as you said" if said else "from its first to its last row"


def gap_question(source: str, coverage: Sequence[SourceCoverage], grain: Grain) -> str:
    """What is asked of one source: ``has rows from February to April 2025. What about the other months?``"""
    overall = overall_periods(coverage)
    own = [each for each in coverage if each.source == source]
    mine = [each for each in own if (each.first, each.last) != overall] or own
    rows = [period for each in mine for period, _ in each.rows]
    dates = f" by “{mine[0].column}”" if len(own) > 1 else ""
    return f"has rows{dates} from {span_words(min(rows), max(rows), grain)}. What about the other {grain}s?"


def span_words(first: pd.Timestamp, last: pd.Timestamp, grain: Grain) -> str:
    """``February to April 2025``; ``November 2024 to April 2025``; one period stands alone."""
    if first == last:
        return period_name(first, grain)
    if grain == "month" and first.year == last.year:
        return f"{first:%B} to {last:%B %Y}"
    return f"{period_name(first, grain)} to {period_name(last, grain)}"


def strip_names(coverage: Sequence[SourceCoverage]) -> tuple[str, ...]:
    """The name of each strip: the file, and its date where it has several."""
    times = Counter(each.source for each in coverage)
    return tuple(each.source if times[each.source] == 1 else f"{each.source}, {each.column}" for each in coverage)
