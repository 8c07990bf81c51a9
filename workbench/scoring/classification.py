"""Compare scorecard and goal: kinds of rep-periods, team periods, ranks of reps, awards."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.data.aggregate.whole_periods import DaysKnown, days_known
from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.scoring.aggregate import is_additive
from workbench.scoring.history import History, goal_made
from workbench.scoring.hits import compare_with_target, is_scorecard_hit
from workbench.scoring.ranks import rank_values

KINDS = ("hit_both", "box_ticker", "unsung_seller", "missed_both")
MOST_WINNERS = 10


@dataclass(frozen=True)
class Awards:
    """The winners of prizes for the highest scores; ties for the last place all win.

    ``goal_known``: the goal of at least one rep is known; without it nobody is known to be a best seller.
    """

    top: int
    winners: tuple[str, ...]
    best_sellers: tuple[str, ...]
    goal_known: bool = True

    @property
    def overlap(self) -> int:
        """Number of winners who are best sellers."""
        return len(set(self.winners) & set(self.best_sellers))


@dataclass(frozen=True)
class CutPeriods:
    """Counts of rep-periods cut by joining, leaving and vacations.

    Attributes
    ----------
    n_prorated : rep-periods whose targets are those for the days worked. n_short : rep-periods of too few days for a
        score. known : whose days at work are known.
    """

    n_prorated: int
    n_short: int
    known: DaysKnown


def count_cut_periods(history: History, panel: Panel) -> CutPeriods:
    """Count the rep-periods of a history that are not whole."""
    level = history.rep_periods
    prorated = (level.worked < 1).any(axis=1) | (level.goal_worked < 1)
    return CutPeriods(int(prorated.sum()), int((~level.judged).sum()), days_known(panel))


def classify_rep_periods(history: History) -> pd.DataFrame:
    """Return one row per rep-period with ``goal``, ``goal_target``, ``score`` and its ``kind``.

    Kinds: hit both; *box ticker*, scorecard hit and goal missed; *unsung seller*, goal hit and scorecard missed;
    missed both; missing where the score, the goal or the goal's target is missing, as in a rep-period of too few days.
    """
    level = history.rep_periods
    goal_hit = goal_made(level, history.design)
    score_hit = is_scorecard_hit(history, level.score)
    known = np.isfinite(goal_hit) & np.isfinite(score_hit)
    kind = np.array(KINDS, dtype=object)[np.where(known, 3 - 2 * (score_hit == 1) - (goal_hit == 1), 0).astype(int)]
    return level.keys.assign(
        goal=level.goal, goal_target=level.goal_target, score=level.score, kind=np.where(known, kind, None)
    )


def classify_team_periods(history: History, panel: Panel) -> pd.DataFrame:
    """Return one row per period of the team.

    Returns
    -------
    DataFrame
        ``period``, ``n_reps`` active, ``goal`` (the team's total where the goal adds up, otherwise the average),
        ``goal_target`` alike, ``score``, ``goal_hit``, ``scorecard_hit`` and one ``hit·KPI`` column per KPI: 1.0,
        0.0, or NaN where it cannot be said. A KPI counts as hit when the average rep meets the average target.
    """
    level, design = history.team, history.design
    n_reps = panel.frame.groupby(PERIOD)[REP].nunique().reindex(level.keys[PERIOD]).to_numpy()
    times = n_reps if is_additive(panel, design.required_goal.measure) else np.ones(len(level))
    hits = {f"hit·{kpi.name}": compare_with_target(history, history.team, k).hit for k, kpi in enumerate(design.kpis)}
    return level.keys.assign(
        n_reps=n_reps, goal=level.goal * times, goal_target=level.goal_target * times, score=level.score,
        goal_hit=goal_made(level, design),
        scorecard_hit=is_scorecard_hit(history, level.score), **hits,
    )  # fmt: skip


def rank_reps(history: History) -> pd.DataFrame:
    """Return one row per rep with ``score``, ``score_rank``, ``goal``, ``goal_rank``; 1 is best, best score first."""
    level = history.reps
    largest = history.design.required_goal.direction != "lower"
    standing = level.keys.assign(
        score=level.score,
        score_rank=rank_values(level.score),
        goal=level.goal,
        goal_rank=rank_values(level.goal, largest),
    )
    return standing.sort_values(["score_rank", "goal_rank", REP], ignore_index=True)


def give_awards(standing: pd.DataFrame, top: int | None = None) -> Awards:
    """Return the winners among the reps of ``rank_reps``; ``top`` prizes, default a third of the reps, at most ten.

    Ties at nothing win nothing: a score of 0, and nothing of the goal where more is better, have no place of honour.
    """
    top = top or max(1, min(MOST_WINNERS, round(len(standing) / 3)))
    sellers = standing.sort_values(["goal_rank", REP])
    best_goal = sellers["goal"].iloc[0] if len(sellers) else 0.0
    sold = (sellers["goal"] > 0) | (best_goal < sellers["goal"].max())  # the smallest is best where less is better
    return Awards(
        top,
        tuple(standing[REP][(standing["score_rank"] <= top) & (standing["score"] > 0)]),
        tuple(sellers[REP][(sellers["goal_rank"] <= top) & sold]),
        bool(standing["goal"].notna().any()),
    )
