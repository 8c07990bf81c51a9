"""Suggest weights from the data, and test whether they beat equal weights on new reps and later periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from workbench.data.model.panel import Panel
from workbench.design.goal_overlap import find_goal_overlap
from workbench.design.model import Design
from workbench.errors import Where, refused
from workbench.scoring.better_side import goal_sign
from workbench.scoring.correlation import Correlation, correlate, leave_one_rep_out
from workbench.scoring.history import History, score_history
from workbench.scoring.jackknife import fisher_z
from workbench.scoring.rows import Rows, remove_group_means
from workbench.weights.ridge import CrossProducts, fit_leaving_out_each_rep, fit_with_best_penalty, sum_products_by_rep

MIN_REPS = 15
MIN_WINS = 0.7
LATE_PART = 3
NEAR_COPY = 0.95
Recommendation = Literal["suggested_weights", "equal_weights", "not_enough_reps"]


@dataclass(frozen=True, eq=False)
class FitRows:
    """The rep-periods that weights are fitted on, less period means.

    Attributes
    ----------
    z : (rows, KPIs) points in units of their common spread. y : (rows,) the goal in units of its spread.
    rows : rep and period of each row. n_reps : reps among them.
    weight : (rows,) share of the goal's period that was worked, since a month of ten days says less than a whole one.
    """

    z: np.ndarray
    y: np.ndarray
    rows: Rows
    n_reps: int
    weight: np.ndarray

    def sums(self, mask: np.ndarray | None = None) -> CrossProducts:
        chosen = slice(None) if mask is None else mask
        return sum_products_by_rep(
            self.z[chosen], self.y[chosen], self.rows.reps[chosen], self.n_reps, self.weight[chosen]
        )


@dataclass(frozen=True)
class Gain:
    """Gain in agreement of the fitted weights over equal ones on held-out rows.

    Attributes
    ----------
    value : difference of the two agreements on atanh. error : its jackknife standard error over reps.
    wins : share of reps without whom the fitted weights still do better. n_reps : reps with such rows.
    """

    value: float
    error: float
    wins: float
    n_reps: int

    @property
    def beyond_noise(self) -> bool:
        """Whether the gain is more than one standard error above 0."""
        return bool(self.value > self.error)


@dataclass(frozen=True, eq=False)
class WeightSuggestion:
    """Suggested weights and the evidence for or against them.

    Attributes
    ----------
    weights : adding up to 100, by KPI. low, high : the range of nine in ten refits without one rep.
    penalty : the shrinkage chosen; infinite means equal weights.
    horizon : 0 fits the goal of the same period, 1 of the next (where a KPI contains the goal itself).
    in_sample : flattered. new_reps : each rep scored with weights fitted without that rep. out_of_time : the same on
        later periods, fitted on earlier ones. ``equal_*`` : equal weights on the same rows.
    gain, late_gain : over equal weights on new reps, and on their later periods.
    useless : KPIs that got no weight. near_copies : pairs of KPIs that move together almost exactly.
    """

    weights: dict[str, float]
    low: dict[str, float]
    high: dict[str, float]
    penalty: float
    horizon: int
    in_sample: Correlation
    new_reps: Correlation
    equal_new_reps: Correlation
    out_of_time: Correlation
    equal_out_of_time: Correlation
    gain: Gain
    late_gain: Gain
    n_reps: int
    useless: tuple[str, ...]
    near_copies: tuple[tuple[str, str], ...]

    @property
    def recommendation(self) -> Recommendation:
        """Recommend suggested weights only if they predict the goal and beat equal ones on new reps and out of time.

        Each by more than one standard error, and on new reps in most refits. Of simulated teams of 16 to 50 reps in
        which equal weights are true, or no KPI goes with the goal, at most 3 in 100 were given fitted weights; the
        gain on new reps alone gave them to up to 24 in 100.
        """
        if self.n_reps < MIN_REPS:
            return "not_enough_reps"
        return "suggested_weights" if self.links and self.better_on_new_reps and self.better_later else "equal_weights"

    @property
    def links(self) -> bool:
        """Whether the fitted weights agree with the goal on new reps, beyond chance."""
        return bool(self.new_reps.low > 0)

    @property
    def better_on_new_reps(self) -> bool:
        return bool(np.isfinite(self.penalty) and self.gain.beyond_noise and self.gain.wins >= MIN_WINS)

    @property
    def better_later(self) -> bool:
        return self.late_gain.beyond_noise

    def as_json(self) -> dict[str, Any]:
        """Return the keys promised for the ``suggest`` command, and more."""
        return {
            "weights": self.weights, "agreement_in_sample": self.in_sample.as_json(),
            "agreement_out_of_time": self.out_of_time.as_json(),
            "equal_weights_out_of_time": self.equal_out_of_time.as_json(), "recommendation": self.recommendation,
            "agreement_new_reps": self.new_reps.as_json(), "equal_weights_new_reps": self.equal_new_reps.as_json(),
            "gain": self.gain.value, "gain_error": self.gain.error, "wins": self.gain.wins, "n_reps": self.n_reps,
            "late_gain": self.late_gain.value, "late_gain_error": self.late_gain.error,
            "late_gain_beyond_noise": self.better_later,
            "low": self.low, "high": self.high, "penalty": self.penalty, "horizon": self.horizon,
            "useless": list(self.useless), "near_copies": [list(pair) for pair in self.near_copies],
        }  # fmt: skip


def suggest_weights(panel: Panel, design: Design, horizon: int | None = None) -> WeightSuggestion:
    """Fit weights of the KPIs that are on to the goal, and check them on reps and periods they were not fitted on.

    Parameters
    ----------
    horizon : 0 same period, 1 next period; default 1 when a KPI contains the goal, else 0.

    Raises
    ------
    InputError
        Fewer than two KPIs, or hardly a rep-period in which all of them and the goal are known.
    """
    design = _active_kpis_only(design)
    scored = score_history(panel, design)
    horizon = int(contains_goal(panel, design)) if horizon is None else horizon
    rest = _fit_rows(scored, horizon)
    names, sums = [kpi.name for kpi in design.kpis], rest.sums()
    (shares, penalty), refits = fit_with_best_penalty(sums), fit_leaving_out_each_rep(sums)
    low, high = np.quantile(refits, [0.05, 0.95], axis=0)
    equal = np.full(len(names), 1 / len(names))
    held_out = np.sum(rest.z * refits[rest.rows.reps], axis=1)
    late, late_scores = _score_later_periods(rest)
    alike = rest.z @ equal
    return WeightSuggestion(
        _weights_by_name(names, shares), _weights_by_name(names, low), _weights_by_name(names, high), penalty, horizon,
        _pooled_agreement(rest.z @ shares, rest), _pooled_agreement(held_out, rest), _pooled_agreement(alike, rest),
        _pooled_agreement(late_scores, rest, late), _pooled_agreement(alike[late], rest, late),
        _measure_gain(rest, held_out, alike), _measure_gain(rest, late_scores, alike[late], late), rest.n_reps,
        tuple(name for name, share in zip(names, shares, strict=True) if share < 0.005), _near_copies(names, rest.z),
    )  # fmt: skip


def _active_kpis_only(design: Design) -> Design:
    """Drop the KPIs of weight 0, unless all are."""
    on = tuple(kpi for kpi in design.kpis if kpi.weight > 0)
    return design.model_copy(update={"kpis": on or design.kpis})


def contains_goal(panel: Panel, design: Design) -> bool:
    """Whether any KPI is the goal counted differently (see ``GoalOverlap.is_goal``)."""
    return any(find_goal_overlap(kpi, design.required_goal, panel).is_goal for kpi in design.kpis)


def _fit_rows(scored: History, horizon: int) -> FitRows:
    goal, points, weight = scored.rep_periods.goal_rate, scored.rep_periods.points, scored.rep_periods.goal_worked
    if horizon:
        later = scored.rows.next()
        goal, weight = (np.where(later >= 0, part[later], np.nan) for part in (goal, weight))
    known = np.isfinite(goal) & np.isfinite(points).all(axis=1)
    if points.shape[1] < 2 or known.sum() < 3 * points.shape[1]:
        raise refused("too_little", Where(design=scored.design.name), n_known=int(known.sum()))
    rows, weight = scored.rows.where(known), weight[known]
    reps = np.unique(rows.reps, return_inverse=True)[1]
    z = np.column_stack([remove_group_means(column[known], rows.periods, weights=weight) for column in points.T])
    y = remove_group_means(goal[known], rows.periods, weights=weight)
    sign = goal_sign(scored.design)
    return FitRows(z / (z.std() or 1), sign * y / (y.std() or 1), Rows(reps, rows.periods), int(reps.max()) + 1,
                   weight)  # fmt: skip


def _score_later_periods(rest: FitRows) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows of the last third of periods, and their scores under weights from other reps' earlier periods.

    A lone period has none before it: its scores are those of equal weights.
    """
    periods = np.unique(rest.rows.periods)
    late = rest.rows.periods >= periods[-max(1, len(periods) // LATE_PART)]
    refits = fit_leaving_out_each_rep(rest.sums(~late))
    return late, np.sum(rest.z * refits[rest.rows.reps], axis=1)[late]


def _measure_gain(rest: FitRows, fitted: np.ndarray, equal: np.ndarray, mask: np.ndarray | None = None) -> Gain:
    """Return the agreement of the fitted weights' scores less that of equal ones, over the same rows."""
    chosen = slice(None) if mask is None else mask
    y, reps = rest.y[chosen], np.unique(rest.rows.reps[chosen], return_inverse=True)[1]
    n = int(reps.max(initial=-1)) + 1
    with_all = np.subtract(*(fisher_z(correlate(score, y, reps).rho, len(y)) for score in (fitted, equal)))
    without = np.subtract(*(fisher_z(leave_one_rep_out(score, y, reps, n), len(y)) for score in (fitted, equal)))
    error = np.sqrt((n - 1) / n * np.sum((without - without.mean()) ** 2))
    return Gain(float(with_all), float(error), float(np.mean(without > 0)), n)


def _pooled_agreement(score: np.ndarray, rest: FitRows, mask: np.ndarray | None = None) -> Correlation:
    chosen = slice(None) if mask is None else mask
    return correlate(score, rest.y[chosen], rest.rows.reps[chosen], note="each period's level removed")


def _near_copies(names: list[str], z: np.ndarray) -> tuple[tuple[str, str], ...]:
    varies = np.flatnonzero(z.std(axis=0) > 0)
    alike = np.atleast_2d(np.corrcoef(z[:, varies], rowvar=False)) >= NEAR_COPY
    return tuple((names[varies[i]], names[varies[j]]) for i, j in zip(*np.nonzero(np.triu(alike, 1)), strict=True))


def _weights_by_name(names: list[str], shares: np.ndarray) -> dict[str, float]:
    return {name: float(100 * share) for name, share in zip(names, shares, strict=True)}
