"""Lay the goal out by rep and month beside the counts of activity."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.design.model import Goal
from workbench.integrity.count_cube import QUARTER, CountCube
from workbench.scoring.aggregate import is_additive

MONTH, REACHED = "month", "reached"


def goal_by_month(panel: Panel, goal: Goal | None, own_logs: Collection[str]) -> pd.DataFrame | None:
    """Return the goal by ``rep`` and ``month`` in column ``reached``, one row per month at work in which it is known.

    A period longer than a month counts in equal parts. None where more of the goal is not more of what reps bring in:
    one that does not add up, or of which less is better.

    Parameters
    ----------
    own_logs : names of the sources that reps write themselves, as ``SuspectCounts.own_logs``. A goal counted from one
        of them is None too: whoever fakes entries writes the goal with the same hand, and it must clear nobody.
    """
    if goal is None or goal.direction != "higher" or goal.measure not in panel.measure_names:
        return None
    if panel.info(goal.measure).source in own_logs:
        return None
    if not is_additive(panel, goal.measure):
        return None
    known = panel.everybody[[REP, PERIOD, goal.measure]].dropna()
    months = QUARTER if panel.grain == "quarter" else 1
    parts = [
        pd.DataFrame({
            REP: known[REP].astype(str),
            MONTH: known[PERIOD].dt.to_period("M").dt.to_timestamp() + pd.DateOffset(months=part),
            REACHED: known[goal.measure].astype(float) / months,
        })
        for part in range(months)
    ]  # fmt: skip
    return pd.concat(parts).groupby([REP, MONTH], as_index=False)[REACHED].sum()


def lay_out_goal(reached: pd.DataFrame | None, cube: CountCube) -> np.ndarray | None:
    """Return (reps, months) of the cube; NaN where the rep was not at work or the goal is unknown."""
    if reached is None:
        return None
    wide = reached.pivot_table(index=REP, columns=MONTH, values=REACHED, aggfunc="sum")
    return wide.reindex(index=list(cube.reps), columns=cube.months).to_numpy(float)
