"""Rescale a panel for the evidence: by month (by quarter if the goal is rarer), per day worked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import numpy as np
import pandas as pd

from workbench.data.aggregate.coarsen import coarsen, coarser_period_starts
from workbench.data.aggregate.whole_periods import (
    LEAST_SHARE,
    DaysKnown,
    days_known,
    scale_to_whole_periods,
    share_of_days_worked,
)
from workbench.data.model.dataset import ADDITIVE, Grain
from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.data.model.periods import period_starts
from workbench.design.model import Goal

RARE = 0.35  # of rep-months with a goal, below which a month says too little; one month in three is a quarterly figure
FEWEST_QUARTERS = 6


@dataclass(frozen=True)
class ExposureEffect:
    """The effect of days at work on the history.

    Attributes
    ----------
    n_rows : rep-periods. n_cut : those worked in part, whose counts and sums were put on a whole period.
    n_left_out : those with too few days worked, left out. known : whose days at work are known; the rep-periods of the
    others stand as they are.
    """

    n_rows: int
    n_cut: int
    n_left_out: int
    known: DaysKnown

    @property
    def changed(self) -> bool:
        """Whether any rep-period was put on a whole one, or left out."""
        return self.n_cut + self.n_left_out > 0


@dataclass(frozen=True, eq=False)
class EvidencePanel:
    """A panel on the scale of evidence.

    Attributes
    ----------
    panel : one row per rep and month or quarter, counts and sums per whole period worked.
    as_counted : the same rep-periods and those left out, as the data have them.
    share : (rows of ``panel``,) share of the period's workdays worked.
    """

    panel: Panel
    as_counted: Panel
    share: np.ndarray
    exposed: ExposureEffect

    @property
    def grain(self) -> Grain:
        return self.panel.grain


def to_evidence_scale(panel: Panel, goal: Goal) -> EvidencePanel:
    """Return a panel on the scale of evidence of its goal."""
    counted = coarsen(panel, evidence_grain(panel, goal))
    whole, share = scale_to_whole_periods(counted)
    before = share_of_days_worked(counted)
    n_cut, n_left_out = int(((before < 1) & (before >= LEAST_SHARE)).sum()), int((before < LEAST_SHARE).sum())
    exposed = ExposureEffect(len(before), n_cut, n_left_out, days_known(panel))
    return EvidencePanel(whole, counted, share, exposed)


def evidence_grain(panel: Panel, goal: Goal) -> Grain:
    """Return month, or quarter if fewer than ``RARE`` of the rep-months have any goal."""
    order = get_args(Grain)
    if order.index(panel.grain) >= order.index("quarter") or goal.measure not in panel.frame:
        return "quarter" if panel.grain == "quarter" else "month"
    by_month = coarsen(panel, "month").frame
    quarters = period_starts(by_month[PERIOD], "quarter").nunique()
    some = by_month[goal.measure].notna()
    if panel.info(goal.measure).aggregate in ADDITIVE:
        some &= by_month[goal.measure] != 0
    return "quarter" if quarters >= FEWEST_QUARTERS and some.mean() < RARE else "month"


def mean_of_periods(values: np.ndarray, rows: pd.DataFrame, panel: Panel, at: Panel) -> np.ndarray:
    """Return (rows of ``at``,) means of a series over the finer periods of each row, without missing ones.

    Parameters
    ----------
    values : (rows,) a series on ``rows`` (``rep`` and ``period``) of the finer ``panel``.
    """
    start = coarser_period_starts(rows[PERIOD], panel.grain, at.grain)
    means = pd.Series(values).groupby([rows[REP].to_numpy(), start.to_numpy()]).mean()
    return means.reindex(pd.MultiIndex.from_frame(at.frame[[REP, PERIOD]])).to_numpy(float)
