"""Collect what is known against each measure of a panel: gaps, cut periods, repeated, lost and unmatched rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from workbench.data.aggregate.measure_totals import measure_totals
from workbench.data.model.panel import PERIOD, MeasureInfo, Panel
from workbench.errors import Amount, Issue

CautionCode = Literal["gap", "unfinished", "repeated", "twice", "unmatched", "lost", "spellings", "day_order"]
TELLING = 0.01
"""Share of a measure, or of all rows, from which a problem of rows is worth a word beside a KPI."""
ORDER: tuple[CautionCode, ...] = (
    "gap", "twice", "repeated", "unmatched", "lost", "spellings", "day_order", "unfinished",
)  # fmt: skip


@dataclass(frozen=True)
class Caution:
    """One thing known against a measure.

    Attributes
    ----------
    share : of the measure's total that is concerned; of all periods that are known, for a gap.
    n, of : periods known, of how many, for a gap. periods : those that are cut.
    """

    code: CautionCode
    share: float = 1.0
    n: int = 0
    of: int = 0
    periods: tuple[pd.Timestamp, ...] = ()


def measure_cautions(panel: Panel) -> dict[str, tuple[Caution, ...]]:
    """Return the cautions of each measure by name, in the order of their weight; measures without any are left out."""
    totals = measure_totals(panel)
    found = {}
    for info in panel.measures:
        if info.source is not None:
            cautions = worst_of_each([*_of_time(panel, info), *_of_rows(panel, info, totals[info.name])])
            if cautions:
                found[info.name] = cautions
    return found


def worst_of_each(cautions: Iterable[Caution]) -> tuple[Caution, ...]:
    """Keep one caution of each kind: the gap that leaves the least, otherwise the largest share."""
    by_code: dict[CautionCode, Caution] = {}
    for each in cautions:
        other = by_code.get(each.code)
        lower = each.code == "gap"
        if other is None or (each.share < other.share if lower else each.share > other.share):
            by_code[each.code] = each
    return tuple(by_code[code] for code in ORDER if code in by_code)


def _of_time(panel: Panel, info: MeasureInfo) -> Iterable[Caution]:
    periods = panel.everybody[PERIOD].drop_duplicates()
    covers = [each for each in panel.coverage if info.name in each.measures]
    if not covers or periods.empty:
        return
    first, last = min(each.first for each in covers), max(each.last for each in covers)
    known = int(periods.between(first, last).sum())
    if known < len(periods):
        yield Caution("gap", known / len(periods), known, len(periods))
    cut = tuple(period for period in panel.partial if first <= period <= last)
    if cut:
        yield Caution("unfinished", len(cut) / len(periods), periods=cut)


_REPEATED, _UNMATCHED = ("duplicate_rows", "duplicate_ids"), ("lookup_no_match", "lookup_almost", "no_match")
_LOST = ("blank_rep", "rep_error", "no_date", "undated", "unreadable_date", "implausible_date", "credit_to_nobody")
_KINDS: dict[str, CautionCode] = {
    **dict.fromkeys(_REPEATED, "repeated"), **dict.fromkeys(_UNMATCHED, "unmatched"), **dict.fromkeys(_LOST, "lost"),
}  # fmt: skip
_NOT_IN_TOTAL = {*_LOST, "no_match"}  # rows that are not used


def _of_rows(panel: Panel, info: MeasureInfo, total: float) -> Iterable[Caution]:
    lost: list[float] = []
    for issue in panel.issues:
        if issue.code == "rep_spellings" and (issue.n_rows or 0) >= TELLING * max(panel.n_rows_used, 1):
            yield Caution("spellings", (issue.n_rows or 0) / max(panel.n_rows_used, 1))
        if issue.where.source != info.source or issue.level == "info":
            continue
        if issue.code == "same_rows":
            yield Caution("twice")
        elif issue.code in ("date_order_unclear", "mixed_date_order"):
            yield from _day_order(panel, issue, info)
        elif issue.code in _KINDS:
            amount = _amount(issue, info)
            whole = abs(total) + (amount if issue.code in _NOT_IN_TOTAL else 0)
            share = amount / whole if whole else 0.0
            if _KINDS[issue.code] == "lost":
                lost.append(share)
            elif share >= TELLING:
                yield Caution(_KINDS[issue.code], min(share, 1.0))
    if sum(lost) >= TELLING:
        yield Caution("lost", min(sum(lost), 1.0))


def _amount(issue: Issue, info: MeasureInfo) -> float:
    """How much of a measure an issue is about; issues name measures by their labels."""
    found = dict(issue.parts).get("amounts")
    amounts: Sequence[object] = found if isinstance(found, tuple) else ()
    names = (info.label or info.name, info.name)
    return sum(abs(each.total) for each in amounts if isinstance(each, Amount) and each.measure in names)


def _day_order(panel: Panel, issue: Issue, info: MeasureInfo) -> Iterable[Caution]:
    columns = [each.column for each in panel.coverage if info.name in each.measures]
    if issue.where.column in columns:
        yield Caution("day_order")
