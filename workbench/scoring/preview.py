"""Compute what the Preview page shows of a design and changes with the weights.

The KPIs' own agreements and the points are computed once per design; new weights need one more agreement.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.scoring.agreement import Agreement, Pairs, agreement_pairs
from workbench.scoring.classification import KINDS, Awards, classify_rep_periods, give_awards, rank_reps
from workbench.scoring.history import History, goal_made, kpi_series
from workbench.scoring.oriented_links import link_score


@dataclass(frozen=True, eq=False)
class Preview:
    """A scored history compared with the goal.

    ``standing`` is ``rank_reps`` and ``rep_periods`` is ``classify_rep_periods`` of ``scoring.classification``.
    """

    history: History
    agreement: Agreement
    standing: pd.DataFrame
    rep_periods: pd.DataFrame
    awards: Awards

    @property
    def counts(self) -> dict[str, int]:
        """Count rep-periods by kind."""
        return {kind: int((self.rep_periods["kind"] == kind).sum()) for kind in KINDS}

    @property
    def n_ranked(self) -> int:
        return int(self.standing["score_rank"].notna().sum())

    def harmed(self) -> tuple[tuple[str, ...], int]:
        """Return reps who made their goal but rank in the bottom third, and the number who made it."""
        level = self.history.reps
        made = set(level.keys[REP][goal_made(level, self.history.design) == 1])
        low = self.standing[self.standing["score_rank"] > 2 * self.n_ranked / 3]
        return tuple(rep for rep in low[REP] if rep in made), len(made)


def build_preview(history: History, reps: Collection[str] | None = None) -> Preview:
    """Rank the reps of a history and classify their rep-periods.

    ``reps`` are those shown (default all); their points stay those among all.
    """
    shown = history if reps is None else history.only(reps)
    standing = rank_reps(shown)
    return Preview(shown, link_score(shown), standing, classify_rep_periods(shown), give_awards(standing))


def select_periods(panel: Panel, first: pd.Timestamp, last: pd.Timestamp) -> Panel:
    """Select the periods of a panel from one to another, both included; events without a date are dropped."""
    inside = panel.frame[PERIOD].between(first, last)
    if inside.all():
        return panel
    key = f"{panel.key}:{first:%Y-%m-%d}:{last:%Y-%m-%d}"
    return replace(panel, frame=panel.frame[inside].reset_index(drop=True), undated=panel.undated[:0], key=key)


def kpi_pairs(history: History, k: int) -> dict[str, Pairs]:
    """Return the pairs of each reading of the k-th KPI's agreement."""
    reps, rows = history.reps, history.rep_periods
    design = history.design
    return agreement_pairs(
        kpi_series(reps, design, k), reps.goal, kpi_series(rows, design, k), rows.goal_rate, history.rows,
        rows.share_worked,
    )  # fmt: skip


def score_pairs(history: History) -> dict[str, Pairs]:
    """Return the pairs of each reading of the score's agreement."""
    reps, rows = history.reps, history.rep_periods
    return agreement_pairs(reps.score, reps.goal, rows.score, rows.goal_rate, history.rows, rows.share_worked)


def is_share(history: History, k: int) -> bool:
    """Whether the k-th KPI, if it has no unit, is a share of something: no value of a rep-period is outside 0 to 1."""
    values = kpi_series(history.rep_periods, history.design, k)
    known = values[np.isfinite(values)]
    return not history.design.kpis[k].kpis and bool(len(known)) and bool(((known >= 0) & (known <= 1)).all())


def rep_kpi_values(history: History, k: int) -> np.ndarray | None:
    """Return (reps,) the k-th KPI's values in its unit; None for a composite, which has points only."""
    design = history.design
    if design.kpis[k].kpis:
        return None
    return history.reps.values[:, sum(len(list(before.leaves())) for before in design.kpis[:k])]
