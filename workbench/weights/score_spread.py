"""Estimate the sampling variance of reps' scores from what each month contributes to them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.design.model import Scoring
from workbench.scoring.days_worked import drop_short_periods, has_cut_periods, shares_worked, with_share_worked
from workbench.scoring.history import History
from workbench.weights.batch_scores import scores_under
from workbench.weights.resample import resample_points

LEAST_MONTHS = 8
SHRINK = 10
SHORT_HISTORY, LEAST_MEMORY, MOST_MEMORY = 12, 0.5, 0.9
ROUNDS = 30


@dataclass(frozen=True, eq=False)
class ScoreSpread:
    """Scores on a scale on which differences can be tested, for several sets of weights at once.

    Attributes
    ----------
    level : (sets, reps) each rep's score less what its months had in common with everybody's, on the scale of
        ``spread_from_month_parts``; NaN where a rep has no score or was there for fewer than three months.
    variance : (sets, reps) of ``level``.
    score : (sets, reps) as the ranks see it.
    free : degrees of freedom of a difference between two reps.
    months : (reps,) that each rep's score rests on, 0 for fewer than three. there : (reps,) the same, however few.
    """

    level: np.ndarray
    variance: np.ndarray
    score: np.ndarray
    free: float
    months: np.ndarray
    there: np.ndarray


@dataclass(frozen=True, eq=False)
class MonthPoints:
    """What the spread needs and no weight changes.

    Attributes
    ----------
    without : (months, reps, KPIs) points of each rep without the month. weight : (reps, months) the share worked.
    """

    without: np.ndarray
    weight: np.ndarray


def points_without_months(panel: Panel, history: History) -> MonthPoints:
    """Compute every rep's points without each of the months."""
    months, weight = _month_weights(panel)
    return MonthPoints(resample_points(panel, history, 1.0 - months), weight)


def estimate_score_spread(
    panel: Panel, history: History, weights: np.ndarray, month_points: MonthPoints | None = None
) -> ScoreSpread:
    """Estimate the spread of every rep's score under each row of (sets, KPIs) weights, reps as in ``history.reps``.

    ``month_points``: ``points_without_months`` where they are known.

    Notes
    -----
    Each month's part in a rep's score is its jackknife pseudo-value, T·s − (T − 1)·s without the month, so that caps
    and ratios of totals count as they do in the score itself (Efron & Tibshirani 1993, 11). Scores are compared on
    their logarithm; on the arcsine of their root where they lie between 0 and 100; as they are where a score is 0
    or below. Days and weeks are taken together to months. Where days at work are known a month weighs by them, T being
    the whole weight over the month's (Busing, Meijer & van der Leeden 1999), and months of too few are left out.
    """
    rules = history.design.scoring
    known = month_points or points_without_months(panel, history)
    without, weight = known.without, known.weight
    score = scores_under(history.reps.points, weights, rules).T
    left = scores_under(without.reshape(-1, without.shape[2]), weights, rules).T
    left = np.swapaxes(left.reshape(len(weights), *without.shape[:2]), 1, 2)
    full, part = _transform_scores(score, left, rules)
    present = weight > 0
    times = np.divide(weight.sum(axis=1, keepdims=True), weight, out=np.ones_like(weight), where=present)
    parts = times * full[..., None] - (times - 1) * part
    return spread_from_month_parts(np.where(present, parts, np.nan), score, weight)


def spread_from_month_parts(parts: np.ndarray, score: np.ndarray, weight: np.ndarray | None = None) -> ScoreSpread:
    """Estimate the spread from (sets, reps, months) parts, NaN where a rep was absent.

    Parameters
    ----------
    weight : (reps, months) the share of each month worked, all of them by default; half a month is twice as uncertain.

    Notes
    -----
    Rep and month effects are taken out; each rep's variance is drawn to the team's as if by ``SHRINK`` more months;
    months that follow one another are alike by one AR(1) coefficient of the team, corrected for its bias (Kendall
    1954) and raised by its standard error; it is at least .5 in the first year, in which it cannot be estimated.
    """
    known = np.isfinite(parts) & np.isfinite(score)[..., None]
    few = known.sum(axis=-1)[0]
    known &= known.sum(axis=-1, keepdims=True) >= 3
    count = known.sum(axis=-1)
    weight = known.astype(float) if weight is None else weight * known
    level, rest = _two_way_effects(np.where(known, parts, 0.0), weight)
    reps = np.maximum((count > 0).sum(axis=-1, keepdims=True), 1)
    free = np.maximum((count - 1) * (reps - 1) / reps, 1e-9)
    own = (weight * rest**2).sum(axis=-1) / free
    team = (own * free).sum(axis=-1, keepdims=True) / np.maximum((free * (count > 0)).sum(axis=-1, keepdims=True), 1e-9)
    variance = (free * own + SHRINK * team) / (free + SHRINK)
    memory = _month_autocorrelation(
        rest * np.sqrt(weight) / np.sqrt(np.where(variance > 0, variance, 1))[..., None], known
    )
    alike = _variance_inflation(memory, count)
    lost = (count - 1) / np.maximum(count - alike, 1)
    there = np.where(count > 0, weight.sum(axis=-1), np.nan)
    typical = float(np.median(count[0][count[0] > 0])) if (count[0] > 0).any() else 0.0
    return ScoreSpread(
        np.where(count > 0, level, np.nan), variance * alike * lost / there, score,
        2 * (max(typical - 1, 0) + SHRINK), count[0], few,
    )  # fmt: skip


def _month_weights(panel: Panel) -> tuple[np.ndarray, np.ndarray]:
    """Return (months, periods) which periods each month holds, and (reps, months) the share worked, 0 for absence.

    Periods in order. Where days at work are not known, whoever was there worked the whole month.
    """
    periods = np.unique(panel.frame[PERIOD])
    longer = "M" if panel.grain in ("day", "week") else None
    starts = pd.Series(periods)
    names = starts.dt.to_period(longer).astype(str).to_numpy() if longer else periods
    _, month_of = np.unique(names, return_inverse=True)
    holds = (month_of == np.arange(month_of.max() + 1)[:, None]).astype(float)
    reps, judged = np.unique(panel.frame[REP]), drop_short_periods(with_share_worked(panel))
    row = np.searchsorted(reps, judged.frame[REP].to_numpy(reps.dtype))
    month = month_of[np.searchsorted(periods, judged.frame[PERIOD].to_numpy())]
    weight, n_rows = np.zeros((len(reps), len(holds))), np.zeros((len(reps), len(holds)))
    np.add.at(weight, (row, month), shares_worked(judged).to_numpy())
    np.add.at(n_rows, (row, month), 1.0)
    return holds, weight / np.maximum(n_rows.max(axis=0), 1) if has_cut_periods(judged) else (n_rows > 0).astype(float)


def _transform_scores(score: np.ndarray, left: np.ndarray, rules: Scoring) -> tuple[np.ndarray, np.ndarray]:
    every = np.concatenate([score[np.isfinite(score)], left[np.isfinite(left)]])
    if rules.points in ("percentile", "minmax") and every.size and every.min() >= 0 and every.max() <= 100:
        return np.arcsin(np.sqrt(score / 100)), np.arcsin(np.sqrt(left / 100))
    if rules.points == "attainment" and every.size and every.min() > 0:
        return np.log(score), np.log(left)
    return score, left


def _two_way_effects(parts: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return (sets, reps) rep effects and (sets, reps, months) two-way residuals, by alternating means."""
    per_rep, per_month = (np.where(total > 0, total, 1.0) for total in (weight.sum(axis=-1), weight.sum(axis=-2)))
    level = (parts * weight).sum(axis=-1) / per_rep
    for _ in range(1 if (weight == 1).all() else ROUNDS):
        month = ((parts - level[..., None]) * weight).sum(axis=-2) / per_month
        month = month - month.mean(axis=-1, keepdims=True)
        level = ((parts - month[..., None, :]) * weight).sum(axis=-1) / per_rep
    month = ((parts - level[..., None]) * weight).sum(axis=-2) / per_month
    return level, (parts - level[..., None] - month[..., None, :]) * (weight > 0)


def _month_autocorrelation(rest: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Return (sets,) the autocorrelation of consecutive months, over all reps."""
    pairs = known[..., 1:] & known[..., :-1]
    n_pairs, cells = pairs.sum(axis=(-1, -2)), known.sum(axis=(-1, -2))
    squares = (rest**2).sum(axis=(-1, -2)) / np.maximum(cells, 1)
    products = (rest[..., 1:] * rest[..., :-1] * pairs).sum(axis=(-1, -2)) / np.maximum(n_pairs, 1)
    raw = np.divide(products, squares, out=np.zeros_like(squares), where=squares > 0)
    length = np.maximum(cells / np.maximum((known.any(axis=-1)).sum(axis=-1), 1), 4.0)
    found = (raw + 1 / length) / (1 - 3 / length)
    found = found + np.sqrt(np.maximum(1 - found**2, 0) / np.maximum(n_pairs, 1))
    least = np.where(length < SHORT_HISTORY, LEAST_MEMORY, 0.0)
    return np.clip(found, least, MOST_MEMORY)


def _variance_inflation(memory: np.ndarray, count: np.ndarray) -> np.ndarray:
    """Return (sets, reps) the variance of a mean of ``count`` months under AR(1), relative to independent months."""
    n, r = np.maximum(count, 1).astype(float), memory[:, None]
    return 1 + 2 * (r / (1 - r) - r * (1 - r**n) / (n * (1 - r) ** 2))
