"""Award prizes on history: winners, what they sold, and best sellers without a prize."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.scoring.better_side import goal_sign
from workbench.scoring.history import History, score_history
from workbench.scoring.hits import is_scorecard_hit
from workbench.scoring.preview import select_periods
from workbench.scoring.ranks import rank_values

Every = Literal["period", "month", "quarter", "all"]


@dataclass(frozen=True)
class PrizeRule:
    """The rule of a prize: the ``top`` scores win, or with ``over_target`` every score that reaches the hit line.

    A prize is given for every period, month or quarter, or once for all the data. Ties for the last place all win,
    but not with a score of 0.
    """

    top: int = 3
    over_target: bool = False
    every: Every = "period"


def usual_prizes(n_reps: int) -> int:
    """Return how many prizes a round usually has: three, and at most one for every third rep."""
    return min(PrizeRule.top, max(1, n_reps // 3))


@dataclass(frozen=True, eq=False)
class Prizes:
    """The outcome of a prize rule.

    Attributes
    ----------
    rounds : one row per round and rep with a score: ``round`` (first day), ``rep``, ``score``, ``score_rank``,
        ``goal`` (per whole period worked where some are cut), ``goal_rank``, ``median`` (of the goal in that round),
        ``won``, ``below_median`` (sold less than it). Nobody takes part with too few days worked.
    reps : one row per rep: ``rep``, ``wins``, ``rounds``, ``goal`` (average per round), ``goal_rank``,
        ``below_median`` (that average is worse than the median rep's), ``sold`` (anything, where more is better), most
        wins first.
    """

    rule: PrizeRule
    rounds: pd.DataFrame
    reps: pd.DataFrame

    @property
    def n_prizes(self) -> int:
        return int(self.rounds["won"].sum())

    @property
    def n_known(self) -> int:
        """Number of prizes whose winners' goal is known."""
        return int(self.reps["wins"][self.reps["goal"].notna()].sum())

    @property
    def goals_of_winners(self) -> pd.DataFrame:
        """The rows of ``rounds`` that won a prize and whose goal in that round is known."""
        return self.rounds[self.rounds["won"] & self.rounds["goal"].notna()]

    @property
    def share_below_median(self) -> float:
        """Share of prizes whose winners were worse than the median of that round, 0 to 1; NaN where none is known."""
        known = self.goals_of_winners
        return float(known["below_median"].mean()) if len(known) else np.nan

    @property
    def n_below_median(self) -> int:
        """Number of prizes won by ``winners_below``."""
        return int(self.reps["wins"][self.reps["below_median"]].sum())

    @property
    def n_without_ties(self) -> int:
        """Number of prizes if ties for the last place did not all win; all of them where the hit line decides."""
        if self.rule.over_target:
            return self.n_prizes
        return int(self.rounds.groupby("round")["won"].sum().clip(upper=self.rule.top).sum())

    @property
    def winners_below(self) -> tuple[str, ...]:
        """Winners who sold less than the median rep over all rounds, most wins first."""
        return tuple(self.reps[REP][(self.reps["wins"] > 0) & self.reps["below_median"]])

    def best_sellers(self, n: int) -> tuple[str, ...]:
        """The n best sellers on average per round, fewer where fewer sold anything, more where some tie."""
        return tuple(self._best(n)[REP])

    def best_sellers_without(self, n: int) -> tuple[str, ...]:
        """Reps among the n best sellers who never won."""
        best = self._best(n)
        return tuple(best[REP][best["wins"] == 0])

    def _best(self, n: int) -> pd.DataFrame:
        return self.reps[(self.reps["goal_rank"] <= n) & self.reps["sold"]].sort_values(["goal_rank", REP])


def award_prizes(panel: Panel, scored: History, rule: PrizeRule, reference: Panel | None = None) -> Prizes:
    """Award the prizes of a rule over a history.

    ``scored`` is the history of ``panel``, and ``reference`` the panel it was scored with. A round of several periods
    is scored as one: ratios of totals over it, against the same frozen reference.
    """
    parts = [part.assign(round=start) for start, part in _rounds(panel, scored, rule, reference or panel)]
    rounds = pd.concat(parts, ignore_index=True)
    over = is_scorecard_hit(scored, rounds["score"].to_numpy()) == 1
    inside = over if rule.over_target else (rounds["score_rank"] <= rule.top) & (rounds["score"] > 0)
    median = rounds.groupby("round")["goal"].transform("median")
    better = goal_sign(scored.design)
    rounds = rounds.assign(median=median, won=inside, below_median=better * (rounds["goal"] - median) < 0)
    return Prizes(rule, rounds, _total_by_rep(rounds, better > 0))


def _rounds(
    panel: Panel, scored: History, rule: PrizeRule, reference: Panel
) -> list[tuple[pd.Timestamp, pd.DataFrame]]:
    """Return the first day of each round, and the standing of all reps in it."""
    if rule.every == "all":
        return [(panel.frame[PERIOD].min(), _score_reps(scored))]
    if rule.every == "period":
        level = scored.rep_periods
        everybody = level.keys.assign(score=level.score, goal=level.goal_rate)
        return [(start, _rank_round(rows, scored)) for start, rows in everybody.groupby(PERIOD)]
    starts = panel.frame[PERIOD].dt.to_period("M" if rule.every == "month" else "Q").dt.start_time
    spans = panel.frame.groupby(starts)[PERIOD].agg(["min", "max"])
    return [
        (
            start,
            _score_reps(score_history(select_periods(panel, span["min"], span["max"]), scored.design, reference)),
        )
        for start, span in spans.iterrows()
    ]


def _score_reps(scored: History) -> pd.DataFrame:
    return _rank_round(scored.reps.keys.assign(score=scored.reps.score, goal=scored.reps.goal), scored)


def _rank_round(rows: pd.DataFrame, scored: History) -> pd.DataFrame:
    largest = scored.design.required_goal.direction != "lower"
    ranked = rows.assign(score_rank=rank_values(rows["score"]), goal_rank=rank_values(rows["goal"], largest))
    return ranked[[REP, "score", "score_rank", "goal", "goal_rank"]].dropna(subset=["score"])


def _total_by_rep(rounds: pd.DataFrame, largest_first: bool) -> pd.DataFrame:
    reps = rounds.groupby(REP, as_index=False).agg(wins=("won", "sum"), rounds=("won", "size"), goal=("goal", "mean"))
    behind = (reps["goal"] - reps["goal"].median()) * (1 if largest_first else -1) < 0
    reps = reps.assign(sold=(reps["goal"] > 0) | (not largest_first))
    reps = reps.assign(goal_rank=rank_values(reps["goal"], largest_first), below_median=behind)
    return reps.sort_values(["wins", "goal_rank", REP], ascending=[False, True, True], ignore_index=True)
