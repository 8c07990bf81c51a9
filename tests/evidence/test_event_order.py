"""The order of activity and goal: against loops over the definitions, and planted by the day and by the month."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from tests.evidence.planted import record_of
from workbench.evidence import event_order
from workbench.evidence.event_order import (
    GoalDays,
    check,
    follow_test,
    lag_days,
    lead_test,
    order_asymmetries,
    order_of_residuals,
    scaled_residuals,
)
from workbench.evidence.record import DailyHistory, EvidenceOptions, Record
from workbench.scoring.fixed_effects import remove_levels

OPTIONS = EvidenceOptions(draws=199)


def test_asymmetry_is_what_comes_before_less_what_comes_after_over_a_weeks_lags() -> None:
    x, y = np.random.default_rng(1).normal(size=(2, 3, 12))
    expected = [
        [
            sum(x[rep, t] * y[rep, t + lag] - y[rep, t] * x[rep, t + lag] for lag in range(1, span + 1)
                for t in range(12 - lag))
            for rep in range(3)
        ]
        for span in (2, 5)
    ]  # fmt: skip
    assert order_asymmetries(x, y, (2, 5)) == pytest.approx(np.array(expected))


def test_residuals_are_in_units_of_the_reps_own_spread_without_rep_and_day_levels() -> None:
    values = np.random.default_rng(2).gamma(2, size=(6, 50)) * np.array([1, 1, 1, 1, 9, 90])[:, None]
    standard = stats.zscore(values, axis=1)
    assert scaled_residuals(values) == pytest.approx(standard - standard.mean(axis=0))


def test_residuals_of_people_who_are_absent_or_do_the_same_every_day() -> None:
    values = np.random.default_rng(3).gamma(2, size=(8, 300))
    values[0] = 4
    values[1:, :60][np.random.default_rng(4).random((7, 60)) < 0.3] = np.nan
    values[:, 7] = np.nan
    left = pd.DataFrame(values.T)
    left = (left - left.mean()) / left.std(ddof=0).replace(0, 1)
    for _ in range(2):
        left = left.sub(left.mean(axis=1), axis=0)
        left -= left.mean()
    assert scaled_residuals(values) == pytest.approx(left.fillna(0).to_numpy().T)


def test_work_that_comes_after_every_sale_follows_and_the_other_way_round_does_not() -> None:
    sales = np.random.default_rng(5).normal(size=(12, 100))
    work = lag_days(sales, 3)
    assert follow_test(work, sales, (5, 20), OPTIONS) == 1 / 200
    assert follow_test(sales, work, (5, 20), OPTIONS) > 0.99
    assert follow_test(work, sales, (2,), OPTIONS) > 0.05


def test_the_chance_of_following_is_that_of_random_signs() -> None:
    x, y = np.random.default_rng(0).normal(size=(2, 9, 40))
    gaps = order_asymmetries(x, y, (1,))[0]
    signs = np.array(np.meshgrid(*[[-1, 1]] * 9)).reshape(9, -1)
    expected = np.mean((np.sign(gaps) @ signs) <= np.sign(gaps).sum())
    assert 0.05 < expected < 0.95
    assert follow_test(x, y, (1,), EvidenceOptions(draws=4000)) == pytest.approx(expected, abs=0.03)


def days(link: float, n_reps: int, n_days: int = 260, seed: int = 1) -> DailyHistory:
    """Deals by the day, a tenth of the days away, and activity that moves deals of the five days after by ``link``."""
    rng = np.random.default_rng(seed)
    activity = rng.poisson(8, (n_reps, n_days)).astype(float)
    running = np.cumsum(activity - 8, axis=1)
    deals = rng.poisson(np.exp(-0.5 + link * (lag_days(running, 1) - lag_days(running, 6)))).astype(float)
    deals[rng.random(deals.shape) < 0.1] = np.nan
    return DailyHistory(deals * rng.uniform(1, 3, deals.shape), (deals,), (activity,))


def regressed_slowly(x: np.ndarray, daily: DailyHistory) -> float:
    """The p of past activity over 5 and 20 days, goal given 40 days of its own past and two older sums, by row."""
    goal, count = scaled_residuals(daily.goal), scaled_residuals(daily.goal_counts[0])
    rows, outcomes, reps = [], [], []
    for rep in range(len(x)):
        for t in range(120, x.shape[1]):
            if np.isfinite(daily.goal[rep, t]):
                own = [
                    part
                    for series in (goal[rep], count[rep])
                    for part in (*series[t - 40 : t], series[t - 80 : t - 40].sum(), series[t - 120 : t - 80].sum())
                ]
                rows.append([*own, x[rep, t - 5 : t].sum(), x[rep, t - 20 : t].sum()])
                outcomes.append(goal[rep, t])
                reps.append(rep)
    z, y, whose = np.array(rows), np.array(outcomes), np.array(reps)
    p = []
    for column in (-2, -1):
        used = np.column_stack([z[:, :-2], z[:, column]])
        slope = np.linalg.lstsq(used, y, rcond=None)[0][-1]
        without = [np.linalg.lstsq(used[whose != r], y[whose != r], rcond=None)[0][-1] for r in range(len(x))]
        error = np.sqrt((len(x) - 1) * np.var(without))
        p.append(stats.t.sf(slope / error, len(x) - 1))
    return 2 * min(p)


@pytest.mark.parametrize("block", [50, 3])
def test_leading_is_a_regression_on_the_goals_own_past_with_reps_left_out(
    block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_order, "BLOCK", block)
    daily = days(0.03, 8, 200)
    x = scaled_residuals(daily.values[0])
    expected = regressed_slowly(x, daily)
    assert 0.001 < expected < 0.2
    assert lead_test(x, GoalDays(daily)) == pytest.approx(expected, rel=1e-4)


def with_days(daily: DailyHistory) -> Record:
    months = np.random.default_rng(6).normal(size=(2, len(daily.goal), 12))
    return replace(record_of(months[:1], months[1]), daily=daily)


@pytest.mark.parametrize(("n_reps", "n_days", "by_days"), [(5, 180, True), (4, 180, False), (5, 179, False)])
def test_the_order_of_days_is_read_from_five_reps_with_180_workdays(n_reps: int, n_days: int, by_days: bool) -> None:
    (found,) = check(with_days(days(0.0, n_reps, n_days)), OPTIONS)
    assert found.by_days is by_days
    assert np.isnan(found.p_follows) == (n_reps < 5)


def test_follow_up_by_the_day_comes_after_and_a_lever_that_causes_some_does_not() -> None:
    lever, noise = days(0.06, 10), np.random.default_rng(7).poisson(2, (10, 260))
    deals = np.nan_to_num(lever.goal_counts[0])
    follow_up = noise + 3 * lag_days(deals, 2)
    (after,) = check(with_days(replace(lever, values=(follow_up,))), OPTIONS)
    assert after.comes_after
    assert after.p_follows <= 0.01 < after.p_leads
    (both,) = check(with_days(replace(lever, values=(lever.values[0] + 6 * lag_days(deals, 2),))), OPTIONS)
    assert max(both.p_follows, both.p_leads) <= 0.01
    assert not both.comes_after
    (before,) = check(with_days(lever), OPTIONS)
    assert before.p_follows > 0.01
    assert np.isnan(before.p_leads)


@pytest.mark.parametrize(("n_reps", "n_periods", "read"), [(5, 3, True), (4, 3, False), (5, 2, False)])
def test_without_days_the_order_is_that_of_periods(n_reps: int, n_periods: int, read: bool) -> None:
    values = np.random.default_rng(8).normal(size=(1, n_reps, n_periods))
    (found,) = check(record_of(values, np.random.default_rng(9).normal(size=(n_reps, n_periods))), OPTIONS)
    assert np.isfinite(found.p_follows) == read
    assert not found.by_days


def test_activity_a_month_after_each_good_month_comes_after() -> None:
    goal = np.random.default_rng(10).normal(size=(12, 18)).cumsum(axis=1) % 3
    after = np.concatenate([goal[:, :1], goal[:, :-1]], axis=1)
    found = check(record_of(np.stack([after, goal[:, ::-1]]), goal), OPTIONS)
    assert [one.comes_after for one in found] == [True, False]
    (before,) = check(record_of(goal[None], after), OPTIONS)
    assert before.p_follows > 0.9


def test_the_order_of_periods_is_read_without_what_both_remember() -> None:
    x, y = np.random.default_rng(11).normal(size=(2, 8, 12))
    left = remove_levels(np.stack([x, y]), np.ones((8, 12), bool))
    x, y = (grid[:, 1:] - 0.4 * grid[:, :-1] for grid in left.values)
    assert order_of_residuals(left, OPTIONS).p_follows == follow_test(x, y, (1,), OPTIONS)


@pytest.mark.parametrize(
    ("cells", "p", "after"),
    [(400, 0.05, True), (400, 0.051, False), (800, 0.0125, True), (800, 0.013, False), (200, 0.05, True)],
)
def test_the_longer_the_history_the_more_clearly_following_must_be_shown(
    cells: int, p: float, after: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At one chance in twenty, one lever in twenty was lost however large the team."""
    monkeypatch.setattr(event_order, "follow_test", lambda *_: p)
    grid = np.random.default_rng(12).normal(size=(2, 20, cells // 20))
    found = order_of_residuals(remove_levels(grid, np.ones(grid.shape[1:], bool)), OPTIONS)
    assert (found.p_follows, found.comes_after) == (p, after)
