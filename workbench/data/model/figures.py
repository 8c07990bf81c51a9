"""Figures by which two states of a data set are told apart: rows, reps, span, and the total of each measure."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from workbench.data.model.dataset import Grain, Model

CHANGED = 1e-9  # of the larger total: below it two totals are the same number added up in another order


class Total(Model):
    """The total of one measure; ``value`` is None where nothing is known."""

    name: str
    label: str
    unit: str | None = None
    value: float | None = None


class Figures(Model):
    """What a panel comes to. ``first``, ``last``: starts of its first and last period, None without any."""

    grain: Grain
    n_rows: int
    n_reps: int
    first: dt.date | None = None
    last: dt.date | None = None
    totals: tuple[Total, ...] = ()


@dataclass(frozen=True)
class TotalChange:
    """A total before and after a change; None where the measure was not there or nothing was known."""

    label: str
    unit: str | None
    before: float | None
    after: float | None


def total_changes(before: Figures, after: Figures) -> tuple[TotalChange, ...]:
    """Return the totals that differ, in the order of the measures; those that are gone come last."""
    old, new = ({total.name: total for total in figures.totals} for figures in (before, after))
    found = [
        TotalChange(shown.label, shown.unit, was.value if was else None, now.value if now else None)
        for name in dict.fromkeys((*new, *old))
        for was, now in [(old.get(name), new.get(name))]
        for shown in filter(None, [now or was])
    ]
    return tuple(change for change in found if not _same(change.before, change.after))


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=CHANGED)
