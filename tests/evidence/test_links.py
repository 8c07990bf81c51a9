"""Links within reps against least squares with indicators, refitted without each rep."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from tests.evidence.planted import gappy, record_of
from workbench.evidence.record import EvidenceOptions
from workbench.scoring.fixed_effects import remove_levels, remove_period_means
from workbench.scoring.within_reps import link_difference, within_rep_links


def indicators(present: np.ndarray, periods: bool) -> np.ndarray:
    rep, period = np.nonzero(present)
    columns = [rep[:, None] == np.unique(rep)] + ([period[:, None] == np.unique(period)[1:]] if periods else [])
    return np.hstack(columns).astype(float)


def fitted(x: np.ndarray, y: np.ndarray, present: np.ndarray, periods: bool) -> tuple[float, float]:
    """Partial correlation and slope of y on x with rep (and period) indicators."""
    fit = sm.OLS(y[present], np.column_stack([x[present], indicators(present, periods)])).fit()
    t = fit.tvalues[0]
    return t / np.sqrt(t**2 + fit.df_resid), fit.params[0]


@pytest.mark.parametrize("periods", [True, False])
def test_correlation_and_slope_are_those_of_least_squares_with_indicators(periods):
    values, goal = gappy(np.random.default_rng(3), 9, 8, kpis=2)
    for k, link in enumerate(within_rep_links(values, goal, periods)):
        r, slope = fitted(values[k], goal, np.isfinite(goal), periods)
        assert link.r == pytest.approx(r, abs=1e-8)
        assert link.slope == pytest.approx(slope, abs=1e-8)


def test_leaving_a_rep_out_of_a_complete_panel_is_the_refit_without_the_rep():
    rng = np.random.default_rng(4)
    values, goal = rng.normal(size=(1, 7, 6)), rng.normal(size=(7, 6))
    without = within_rep_links(values, goal)[0].r_without
    for rep in range(7):
        rest = np.arange(7) != rep
        assert without[rep] == pytest.approx(
            fitted(values[0, rest], goal[rest], np.ones((6, 6), bool), True)[0], abs=1e-8
        )


def test_leaving_a_rep_out_of_a_panel_with_gaps_is_the_refit_to_the_third_decimal():
    values, goal = gappy(np.random.default_rng(5), 14, 12)
    without, present = within_rep_links(values, goal)[0].r_without, np.isfinite(goal)
    refit = []
    for rep in range(14):
        rest = present & (np.arange(14) != rep)[:, None]
        refit.append(fitted(values[0], goal, rest, True)[0])
    assert without == pytest.approx(refit, abs=2e-3)


def test_reps_seen_once_and_missing_kpis_carry_nothing():
    values, goal = gappy(np.random.default_rng(6), 8, 6, kpis=2)
    goal[0, 1:], goal[0, 0] = np.nan, 5.0
    values[1, 3] = np.nan
    one, other = within_rep_links(values, goal)
    assert np.flatnonzero(~one.carriers).tolist() == [0]
    assert np.flatnonzero(~other.carriers).tolist() == [0, 3]
    assert other.n_pairs < one.n_pairs


def test_a_pure_season_leaves_nothing_to_link():
    season = np.random.default_rng(1).normal(size=10)
    values = np.broadcast_to(season, (1, 6, 10)) + np.arange(6.0)[:, None]
    found = within_rep_links(values, season + np.random.default_rng(2).normal(size=(6, 10)))[0]
    assert np.isnan(found.r)
    assert found.correlation(EvidenceOptions()).reason == "nothing varies, so nothing can go with it"


def test_unconnected_halves_are_each_compared_with_themselves():
    rng = np.random.default_rng(8)
    x, y = rng.normal(size=(1, 10, 8)), rng.normal(size=(10, 8))
    y[:5, 4:], y[5:, :4] = np.nan, np.nan
    moved = np.where(np.arange(10)[:, None] < 5, y, y + 1000)
    assert within_rep_links(x, y)[0].r == pytest.approx(within_rep_links(x, moved)[0].r, abs=1e-6)


def test_units_and_order_of_reps_do_not_matter_and_direction_flips_the_sign():
    values, goal = gappy(np.random.default_rng(7), 9, 8)
    base, order = within_rep_links(values, goal)[0], np.random.default_rng(0).permutation(9)
    assert within_rep_links(values * 1e6 - 3, goal * 1e-4)[0].r == pytest.approx(base.r, abs=1e-9)
    assert within_rep_links(values[:, order], goal[order])[0].r_without == pytest.approx(
        base.r_without[order], abs=1e-9
    )
    assert within_rep_links(-values, goal)[0].r == pytest.approx(-base.r, abs=1e-12)


def test_difference_of_two_links_over_the_reps_of_either():
    values, goal = gappy(np.random.default_rng(9), 10, 12)
    early, late = within_rep_links(values[:, :, :6], goal[:, :6])[0], within_rep_links(values[:, :, 6:], goal[:, 6:])[0]
    value, low, high, n = link_difference(late, early, 0.95)
    assert value == pytest.approx(np.arctanh(late.r) - np.arctanh(early.r))
    assert low < value < high
    assert n == 10
    assert link_difference(late, late, 0.95)[:3] == pytest.approx((0, 0, 0))


def test_period_means_are_removed_over_the_reps_present():
    record = record_of(*gappy(np.random.default_rng(2), 5, 4))
    present = np.isfinite(record.goal)
    left = remove_period_means(record.goal[None], present)[0]
    assert left.sum(axis=0) == pytest.approx(np.zeros(4), abs=1e-12)
    assert not left[~present].any()


def test_residuals_have_neither_rep_nor_period_means_left():
    _, goal = gappy(np.random.default_rng(10), 12, 9)
    left = remove_levels(goal[None], np.isfinite(goal)).values[0]
    assert left.sum(axis=0) == pytest.approx(np.zeros(9), abs=1e-6)
    assert left.sum(axis=1) == pytest.approx(np.zeros(12), abs=1e-6)
