"""What the Preview page shows of a design: everything that moves with the weights, apart from what does not.

The KPIs' own agreements and the points are computed once per design; a new set of weights costs one agreement.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.scoring.agreement import Agreement, Pairs, readings
from workbench.scoring.baselines import score_agreement
from workbench.scoring.history import History, kpi_series, target_met
from workbench.scoring.judgement import KINDS, Awards, awards, classify_rep_periods, rep_standing


@dataclass(frozen=True, eq=False)
class Preview:
    """A history under its weights, held against the goal.

    ``standing`` and ``rep_periods`` as in ``scoring.judgement``.
    """

    history: History
    agreement: Agreement
    standing: pd.DataFrame
    rep_periods: pd.DataFrame
    awards: Awards

    @property
    def counts(self) -> dict[str, int]:
        """How many rep-periods are of each of the four kinds."""
        return {kind: int((self.rep_periods["kind"] == kind).sum()) for kind in KINDS}

    @property
    def n_ranked(self) -> int:
        return int(self.standing["score_rank"].notna().sum())

    def harmed(self) -> tuple[tuple[str, ...], int]:
        """Reps who made their goal and rank in the bottom third, and how many made their goal at all."""
        level = self.history.reps
        goal = self.history.design.required_goal
        made = set(level.keys[REP][target_met(level.goal, level.goal_target, goal.direction) == 1])
        low = self.standing[self.standing["score_rank"] > 2 * self.n_ranked / 3]
        return tuple(rep for rep in low[REP] if rep in made), len(made)


def preview(history: History, reps: Collection[str] | None = None) -> Preview:
    """Rank the reps of a history and classify their rep-periods.

    ``reps`` are those shown (default all); their points stay those among all.
    """
    shown = history if reps is None else history.only(reps)
    standing = rep_standing(shown)
    return Preview(shown, score_agreement(shown), standing, classify_rep_periods(shown), awards(standing))


def of_periods(panel: Panel, first: pd.Timestamp, last: pd.Timestamp) -> Panel:
    """The part of a panel from one period to another, both included; events without a date are in no part."""
    inside = panel.frame[PERIOD].between(first, last)
    if inside.all():
        return panel
    key = f"{panel.key}:{first:%Y-%m-%d}:{last:%Y-%m-%d}"
    return replace(panel, frame=panel.frame[inside].reset_index(drop=True), undated=panel.undated[:0], key=key)


def kpi_pairs(history: History, k: int) -> dict[str, Pairs]:
    """The pairs behind each reading of the k-th KPI's agreement."""
    reps, rows = history.reps, history.rep_periods
    design = history.design
    return readings(kpi_series(reps, design, k), reps.goal, kpi_series(rows, design, k), rows.goal_rate, history.rows)


def score_pairs(history: History) -> dict[str, Pairs]:
    """The pairs behind each reading of the score's agreement."""
    reps, rows = history.reps, history.rep_periods
    return readings(reps.score, reps.goal, rows.score, rows.goal_rate, history.rows)


def raw_values(history: History, k: int) -> np.ndarray | None:
    """(reps,) the k-th KPI's values in its unit; None for a KPI made of others, which has points only."""
    design = history.design
    if design.kpis[k].kpis:
        return None
    return history.reps.values[:, sum(len(list(before.leaves())) for before in design.kpis[:k])]
