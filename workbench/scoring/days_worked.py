"""Adjust rep-periods cut by joining, leaving or vacation to the share of days worked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from workbench.data.aggregate.whole_periods import LEAST_SHARE, own_days, share_of_days_worked, team_workdays
from workbench.data.model.dataset import ADDITIVE
from workbench.data.model.panel import DAYS_AT_WORK, PERIOD, REP, Panel
from workbench.formula.degree import formula_degree
from workbench.formula.formula import Formula

SHARE = "share·worked"
DAYS = ("days", "workdays", DAYS_AT_WORK)


def with_share_worked(panel: Panel, reference: Panel | None = None) -> Panel:
    """Add a column with the share of each period worked, if any rep-period is cut.

    In cut rep-periods ``workdays`` and ``days`` are those worked, so that a number per workday is one per day worked.
    The data set's own days at work are so as they are, in their own unit.
    A panel without days at work, or without a cut rep-period, is returned unchanged.

    Parameters
    ----------
    reference : the whole panel when ``panel`` is a part of it: shares are those in the whole.
    """
    if SHARE in panel.frame or panel.exposure is None:
        return panel
    share = _share(panel, reference)
    if (share == 1).all():
        return panel
    frame, cut = panel.frame, share < 1
    whole, columns = team_workdays(panel), {SHARE: share}
    for name in ("workdays",) if own_days(panel) else ("workdays", DAYS_AT_WORK):
        if name in frame:
            columns[name] = np.where(cut, share * whole, frame[name])
    if "days" in frame:
        most = frame["days"].groupby(frame[PERIOD]).transform("max")
        columns["days"] = np.where(cut, share * most, frame["days"])
    return replace(panel, frame=frame.assign(**columns))


def _share(panel: Panel, reference: Panel | None) -> np.ndarray:
    if reference is None or reference is panel:
        return share_of_days_worked(panel)
    found = pd.Series(share_of_days_worked(reference), index=pd.MultiIndex.from_frame(reference.frame[[REP, PERIOD]]))
    return found.reindex(pd.MultiIndex.from_frame(panel.frame[[REP, PERIOD]])).fillna(1.0).to_numpy()


def has_cut_periods(panel: Panel) -> bool:
    """Whether ``with_share_worked`` found a rep-period that was not worked as a whole."""
    return SHARE in panel.frame


def shares_worked(panel: Panel) -> pd.Series:
    """Return the share worked of each row, 0 to 1; 1 if nothing is cut."""
    return panel.frame[SHARE] if SHARE in panel.frame else pd.Series(1.0, index=panel.frame.index)


def drop_short_periods(panel: Panel) -> Panel:
    """Keep the rep-periods that count in scores: at least ten days of a month worked, half of a shorter period."""
    return replace(panel, frame=panel.frame[panel.frame[SHARE] >= LEAST_SHARE]) if SHARE in panel.frame else panel


def scales_with_days(formula: Formula, panel: Panel) -> bool:
    """Whether twice the days give twice the value: counts and sums, not ratios, means or ``log1p(calls)``."""
    return formula_degree(formula.tree, _degree_of(panel)) == 1


def formula_frame(formula: Formula, panel: Panel) -> pd.DataFrame:
    """Return the rows a formula is evaluated on.

    Unchanged for counts, sums and ratios; scaled to a whole period for any other formula, whose target cannot be
    scaled.
    """
    if SHARE not in panel.frame or formula_degree(formula.tree, _degree_of(panel)) is not None:
        return panel.frame
    summed = [info.name for info in panel.measures if info.aggregate in ADDITIVE]
    return panel.frame.assign(**_scaled(panel, [*summed, *DAYS]))


def target_frame(panel: Panel) -> pd.DataFrame:
    """Return the rows a target is evaluated on, with days as in a whole period."""
    return panel.frame.assign(**_scaled(panel, DAYS)) if SHARE in panel.frame else panel.frame


def _scaled(panel: Panel, names: tuple[str, ...] | list[str]) -> dict[str, pd.Series]:
    share = panel.frame[SHARE].where(panel.frame[SHARE] > 0)
    return {name: panel.frame[name] / share for name in names if name in panel.frame}


def _degree_of(panel: Panel):
    summed = {info.name for info in panel.measures if info.aggregate in ADDITIVE} | set(DAYS)
    return lambda name: 1.0 if name in summed else 0.0
