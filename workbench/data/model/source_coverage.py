"""Which periods each source covers, and which periods all of them share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class SourceCoverage:
    """The periods that one date column of a source covers.

    Attributes
    ----------
    source, column : the source, and the date column that dates ``measures``.
    first, last : first and last period covered at least in part, as period starts.
    whole : first and last period covered as a whole; None if there is none.
    rows : periods with rows, and their number.
    said : the data set file says what is covered; otherwise it goes from the first to the last row.
    days : first and last day covered, said or found from the rows without outliers.
    """

    source: str
    column: str
    measures: tuple[str, ...]
    first: pd.Timestamp
    last: pd.Timestamp
    whole: tuple[pd.Timestamp, pd.Timestamp] | None
    rows: tuple[tuple[pd.Timestamp, int], ...]
    said: bool = False
    days: tuple[pd.Timestamp, pd.Timestamp] | None = None


def overall_periods(coverage: Sequence[SourceCoverage]) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """Return the first and last period that any source covers; None without sources."""
    if not coverage:
        return None
    return min(each.first for each in coverage), max(each.last for each in coverage)


def days_of_source(source: str, coverage: Sequence[SourceCoverage]) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """Return the first and last day that any date of a source covers; None if nothing is known of it."""
    own = [each.days for each in coverage if each.source == source and each.days]
    return (min(low for low, _ in own), max(high for _, high in own)) if own else None


def shared_periods(coverage: Sequence[SourceCoverage]) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """Return the first and last period that every source covers as a whole; None if there is none.

    A source with several dates covers what any of them covers: deals that close months after they were opened are no
    reason to cut the months in which none had closed yet.
    """
    wholes: dict[str, list[tuple[pd.Timestamp, pd.Timestamp]]] = {each.source: [] for each in coverage}
    for each in coverage:
        wholes[each.source] += [each.whole] if each.whole else []
    if not wholes or not all(wholes.values()):
        return None
    first = max(min(low for low, _ in own) for own in wholes.values())
    last = min(max(high for _, high in own) for own in wholes.values())
    return (first, last) if first <= last else None


def one_source(coverage: Sequence[SourceCoverage]) -> bool:
    """Whether all dates belong to one source, so that there are no months to be shared with another."""
    return len({each.source for each in coverage}) == 1


def sources_to_ask(coverage: Sequence[SourceCoverage]) -> tuple[str, ...]:
    """Return the sources with gaps, and those of which somebody has said what a gap means and may say otherwise."""
    gaps = sources_with_gaps(coverage)
    return tuple(dict.fromkeys(each.source for each in coverage if each.source in gaps or each.said))


def sources_with_gaps(coverage: Sequence[SourceCoverage]) -> tuple[str, ...]:
    """Return the sources that do not cover all periods that any source covers."""
    overall = overall_periods(coverage)
    return tuple(dict.fromkeys(each.source for each in coverage if (each.first, each.last) != overall))
