"""What more of an activity with nothing behind it does to points and ranks, the goal and everything else unchanged."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from workbench.data.model.panel import BUILT_IN, REP, MeasureInfo, Panel
from workbench.design.model import Design, Kpi
from workbench.formula.formula import parse_formula
from workbench.scoring.history import History, score_history
from workbench.scoring.points import orient_larger_better
from workbench.scoring.ranks import rank_values
from workbench.scoring.values import rep_period_values

EMPTY = 0.5
"""How much more of its activity a rep is taken to make up: half as much again."""


@dataclass(frozen=True)
class RankShift:
    """One rep's rank and score before and after making up activity alone, everybody else as they were."""

    rep: str
    rank: int
    rank_after: int
    score: float
    score_after: float

    @property
    def places(self) -> int:
        """Places won; below 0 places lost."""
        return self.rank - self.rank_after


def is_tally(info: MeasureInfo, frame: pd.DataFrame) -> bool:
    """Whether a measure is a count of things that were done: a count, or a sum of whole numbers without a unit."""
    if info.aggregate in ("count", "distinct"):
        return True
    whole = info.aggregate == "sum" and info.unit is None and info.name not in BUILT_IN
    return whole and bool((frame[info.name].dropna() % 1 == 0).all())


def find_paying_tallies(panel: Panel, design: Design, kpi: Kpi) -> tuple[str, ...]:
    """List the counts in a KPI of which more is better for it: those above the line of a rate, in the usual direction.

    The goal's own measure is none of them: that is not made up but sold.
    """
    leaves = [leaf for leaf in kpi.leaves() if leaf.formula]
    names = dict.fromkeys(
        name for leaf in leaves for name in parse_formula(leaf.formula or "", panel.measure_names).names
    )
    goal = design.required_goal.measure
    tallies = [name for name in names if name != goal and is_tally(panel.info(name), panel.frame)]
    return tuple(name for name in tallies if any(_pays(panel, leaf, name) for leaf in leaves))


def _pays(panel: Panel, kpi: Kpi, name: str) -> bool:
    """Whether half as much again of a count betters a KPI on average."""
    before, after = (
        orient_larger_better(rep_period_values(each, [kpi]).rates[:, 0], kpi.direction)
        for each in (panel, make_up_activity(panel, {name: 1 + EMPTY}))
    )
    gain = (after - before)[np.isfinite(after - before)]
    return bool(len(gain) and gain.mean() > 0)


def make_up_activity(
    panel: Panel, times: dict[str, float] | None = None, plus: dict[str, float] | None = None
) -> Panel:
    """Return the panel with counts of everybody multiplied, or with so many more in every rep-period."""
    more = {name: panel.frame[name] * factor for name, factor in (times or {}).items()}
    more |= {name: panel.frame[name] + extra for name, extra in (plus or {}).items()}
    return replace(panel, frame=panel.frame.assign(**more), key=f"{panel.key}:{times}:{plus}")


def points_of_more(panel: Panel, history: History, name: str, extra: float) -> float:
    """Return the mean points of score that so many more of a count in a rep-period bring; NaN without scores.

    ``history`` is that of the panel as it is.
    """
    after = score_history(make_up_activity(panel, plus={name: extra}), history.design, panel).rep_periods.score
    gain = after - history.rep_periods.score
    return float(np.nanmean(gain)) if np.isfinite(gain).any() else np.nan


def shift_ranks(panel: Panel, history: History, names: Collection[str], more: float = EMPTY) -> tuple[RankShift, ...]:
    """Return what each rep's rank would be had that rep alone made up so much more of some counts; 0.5 is half again.

    ``history`` is that of the panel as it is.

    Notes
    -----
    Points do not depend on what others did: percentiles and z-scores are held against what really was. So everybody is
    scored once with more, and each held against all others without.
    """
    raised = make_up_activity(panel, dict.fromkeys(names, 1 + more))
    before, after = history.reps, score_history(raised, history.design, panel).reps
    ranks, shifts = rank_values(before.score), []
    for i in np.flatnonzero(np.isfinite(before.score) & np.isfinite(after.score)):
        held = before.score.copy()
        held[i] = after.score[i]
        shifts.append(RankShift(str(before.keys[REP].iloc[i]), int(ranks[i]), int(rank_values(held)[i]),
                                float(before.score[i]), float(after.score[i])))  # fmt: skip
    return tuple(shifts)


def median_shift(shifts: Collection[RankShift]) -> tuple[float, float, float]:
    """Return medians over reps: rank before, rank after, places won; NaN without reps."""
    if not shifts:
        return np.nan, np.nan, np.nan
    before, after, places = (
        float(np.median([getattr(one, name) for one in shifts])) for name in ("rank", "rank_after", "places")
    )
    return before, after, places
