"""How much of each month a log covers, so that calls a month are not too few where it begins or ends midway."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workbench.phases.log_spans import LogSpans

WHOLE = 0.8
"""Share of a month's workdays from which it counts as covered: holidays are not known, nor rows on each workday."""


@dataclass(frozen=True)
class PartMonth:
    """A month that the log covers only in part: workdays (Monday to Friday) covered, and in the month."""

    month: str
    covered: int
    workdays: int


def months_in_part(spans: LogSpans, months: Sequence[str]) -> tuple[PartMonth, ...]:
    """Return the months (``2025-01``) that a log covers only in part."""
    covered, workdays = _workdays(np.array([spans.first]), np.array([spans.last]), months)
    return tuple(
        PartMonth(month, int(n), int(of))
        for month, n, of in zip(months, covered[0], workdays, strict=True)
        if n < WHOLE * of
    )


def cover_of_months(spans: LogSpans, reps: Sequence[str], months: Sequence[str]) -> np.ndarray:
    """Return (reps, months) the share of each month's workdays between a rep's first and last day in the log.

    Months before the first and after the last day are 0. A share of at least ``WHOLE`` counts as all of the month.
    """
    known = spans.reps.set_index("rep").reindex(list(reps))
    covered, workdays = _workdays(known["first"].to_numpy(), known["last"].to_numpy(), months)
    share = covered / workdays
    return np.where(share >= WHOLE, 1.0, share)


def _workdays(first: np.ndarray, last: np.ndarray, months: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return (spans, months) workdays of each month within each span, and (months,) workdays of the month."""
    begin = np.array(months, dtype="datetime64[M]")
    end = (begin + 1).astype("datetime64[D]")
    low, high = first.astype("datetime64[D]")[:, None], last.astype("datetime64[D]")[:, None] + 1
    start = begin.astype("datetime64[D]")
    inside = np.busday_count(np.maximum(low, start), np.maximum(np.minimum(high, end), np.maximum(low, start)))
    return inside.astype(float), np.busday_count(start, end).astype(float)
