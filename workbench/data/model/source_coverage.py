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
    """

    source: str
    column: str
    measures: tuple[str, ...]
    first: pd.Timestamp
    last: pd.Timestamp
    whole: tuple[pd.Timestamp, pd.Timestamp] | None
    rows: tuple[tuple[pd.Timestamp, int], ...]
    said: bool = False


def overall_periods(coverage: Sequence[SourceCoverage]) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """Return the first and last period that any source covers; None without sources."""
    if not coverage:
        return None
    return min(each.first for each in coverage), max(each.last for each in coverage)


def shared_periods(coverage: Sequence[SourceCoverage]) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """Return the first and last period that every source covers as a whole; None if there is none."""
    wholes = [each.whole for each in coverage]
    if not wholes or None in wholes:
        return None
    first = max(whole[0] for whole in wholes if whole)
    last = min(whole[1] for whole in wholes if whole)
    return (first, last) if first <= last else None


def sources_to_ask(coverage: Sequence[SourceCoverage]) -> tuple[str, ...]:
    """Return the sources with gaps, and those of which somebody has said what a gap means and may say otherwise."""
    gaps = sources_with_gaps(coverage)
    return tuple(dict.fromkeys(each.source for each in coverage if each.source in gaps or each.said))


def sources_with_gaps(coverage: Sequence[SourceCoverage]) -> tuple[str, ...]:
    """Return the sources that do not cover all periods that any source covers."""
    overall = overall_periods(coverage)
    return tuple(dict.fromkeys(each.source for each in coverage if (each.first, each.last) != overall))
