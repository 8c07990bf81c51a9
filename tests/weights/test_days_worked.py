"""Months weigh by the days worked: draws, spreads and ranks against panels written out, least squares, planted luck."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm

from tests.scoring.panels import CALLS, MEETINGS, WIN_RATE, design_of, random_panel, with_days_at_work
from workbench.data.model.panel import PERIOD, Panel
from workbench.scoring.history import score_history
from workbench.weights.multiple_comparisons import is_proven_above
from workbench.weights.rank_ranges import rank_ranges_by_periods
from workbench.weights.resample import resample_points
from workbench.weights.score_spread import estimate_score_spread, spread_from_month_parts

AWAY = {
    "rep 01": [("2024-02-15", "2024-02-29"), ("2024-05-06", "2024-05-17")],
    "rep 03": [("2024-03-01", "2024-03-25")],
    "rep 04": [("2024-01-01", "2024-01-15")],
}


def cut_panel(seed: int, n_periods: int = 6) -> Panel:
    """Counts of a whole month, less the part in which the rep was away."""
    panel = with_days_at_work(random_panel(seed, n_periods=n_periods), AWAY)
    share = panel.frame["days_at_work"] / panel.frame["workdays"]
    counts = ["calls", "meetings", "closed", "won", "sales"]
    return replace(panel, frame=panel.frame.assign(**{name: panel.frame[name] * share for name in counts}))


def test_a_draw_of_every_month_once_gives_the_points_of_the_data():
    panel = cut_panel(5)
    per_day = {"name": "Calls a day", "formula": "calls / workdays", "target": 9, "weight": 1}
    target = {**CALLS, "name": "Calls by days", "target": "9 * workdays"}
    scored = score_history(panel, design_of(CALLS, MEETINGS, WIN_RATE, per_day, target))
    assert resample_points(panel, scored, np.ones((1, 6)))[0] == pytest.approx(scored.reps.points)


def test_leaving_a_month_out_gives_the_points_of_the_data_without_it():
    panel = cut_panel(6)
    design = design_of(CALLS, MEETINGS, WIN_RATE)
    scored = score_history(panel, design)
    for at, month in enumerate(sorted(panel.frame[PERIOD].unique())):
        rest = replace(panel, frame=panel.frame[panel.frame[PERIOD] != month].reset_index(drop=True))
        counts = np.where(np.arange(6) == at, 0.0, 1.0)[None]
        assert resample_points(panel, scored, counts)[0] == pytest.approx(score_history(rest, design).reps.points)


def test_a_months_part_in_the_score_is_its_own_pace():
    """With one uncapped KPI the score is a mean by days, so the jackknife gives back each month's points exactly."""
    panel = cut_panel(7, n_periods=10)
    anchored = score_history(panel, design_of(CALLS | {"anchors": [0, 1e6]}, points="minmax"))
    months = anchored.rep_periods
    found = estimate_score_spread(panel, anchored, np.ones((1, 1)))
    assert found.months.tolist() == [10, 10, 10, 9, 10, 10, 10, 10]
    assert np.isnan(months.points).sum() == 1
    by_days = months.goal_worked
    mean = [np.average(months.points[rows, 0], weights=by_days[rows])
            for rep in range(8) for rows in [(anchored.rows.reps == rep) & np.isfinite(by_days)]]  # fmt: skip
    assert anchored.reps.points[:, 0] == pytest.approx(mean)


def planted(rng: np.random.Generator, weight: np.ndarray, effects: np.ndarray | float = 0.0) -> np.ndarray:
    """(reps, months) parts of equal people: a month of half the days is twice as uncertain."""
    return effects + rng.normal(0, 1, weight.shape) / np.sqrt(np.where(weight > 0, weight, np.nan))


def half_months() -> np.ndarray:
    weight = np.ones((12, 14))
    weight[:4, ::2] = 0.5
    weight[4, :7] = 0
    return weight


def test_levels_are_those_of_weighted_least_squares():
    weight = half_months()
    parts = planted(np.random.default_rng(2), weight, np.arange(12)[:, None])
    found = spread_from_month_parts(parts[None], np.zeros((1, 12)), weight)
    rep, month = (axis[weight > 0] for axis in np.indices(weight.shape))
    dummies = np.column_stack([*(rep == one for one in range(12)), *(month == one for one in range(1, 14))])
    fit = sm.WLS(parts[weight > 0], dummies.astype(float), weights=weight[weight > 0]).fit()
    apart = fit.params[:12] - fit.params[0]
    assert found.level[0] - found.level[0, 0] == pytest.approx(apart, abs=1e-6)


def test_the_spread_of_reps_with_half_months_is_as_large_as_it_is():
    weight, rng = half_months(), np.random.default_rng(3)
    drawn = [spread_from_month_parts(planted(rng, weight)[None], np.zeros((1, 12)), weight) for _ in range(300)]
    level, variance = (np.array([getattr(one, name)[0] for one in drawn]) for name in ("level", "variance"))
    off = (level - level.mean(axis=1, keepdims=True)).var(axis=0) * 12 / 11
    ratio = variance.mean(axis=0) / off
    halves, whole = ratio[:4].mean(), ratio[5:].mean()
    assert halves == pytest.approx(whole, rel=0.15)
    assert 0.95 < min(halves, whole) < max(halves, whole) < 1.6  # AR(1) raised by its standard error
    pairs = [is_proven_above(one.level, one.variance, -np.arange(12.0)[None], one.free).any() for one in drawn]
    assert np.mean(pairs) <= 0.07


def test_weights_of_one_are_no_weights():
    parts = planted(np.random.default_rng(4), np.ones((8, 12)))
    bare, weighed = (
        spread_from_month_parts(parts[None], np.zeros((1, 8)), weight) for weight in (None, np.ones((8, 12)))
    )
    np.testing.assert_array_equal(bare.level, weighed.level)
    np.testing.assert_array_equal(bare.variance, weighed.variance)


def test_a_months_count_is_that_of_months_long_enough():
    panel = cut_panel(8, n_periods=12)
    scored = score_history(panel, design_of(CALLS, MEETINGS))
    ranges = rank_ranges_by_periods(panel, scored)
    assert (ranges.low <= ranges.rank).all()
    assert (ranges.rank <= ranges.high).all()
    assert ranges.months == 12
