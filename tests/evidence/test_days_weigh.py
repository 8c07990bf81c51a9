"""Months weigh by days worked: against weighted least squares, and planted with cut months."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm

from tests.evidence.planted import gappy, record_of
from tests.evidence.test_links import indicators
from workbench.evidence.lead import shift_pairs, shift_weights
from workbench.evidence.partial import partial_within
from workbench.evidence.record import EvidenceOptions, Record
from workbench.evidence.report import run_checks
from workbench.scoring.rows import remove_group_means
from workbench.scoring.within_reps import within_rep_links
from workbench.weights.ridge import fit_ridge, sum_products_by_rep


def fitted(x: np.ndarray, y: np.ndarray, weights: np.ndarray) -> tuple[float, float]:
    """Partial correlation and slope of y on the first of x (variables, reps, periods), given all else."""
    present = np.isfinite(y) & np.isfinite(x).all(axis=0)
    columns = np.column_stack([*(v[present] for v in x), indicators(present, True)])
    fit = sm.WLS(y[present], columns, weights=weights[present]).fit()
    return fit.tvalues[0] / np.sqrt(fit.tvalues[0] ** 2 + fit.df_resid), fit.params[0]


def test_links_are_those_of_weighted_least_squares_with_indicators() -> None:
    values, goal = gappy(np.random.default_rng(3), 9, 8, kpis=2)
    weights = np.random.default_rng(4).uniform(0.48, 1, goal.shape)
    for k, link in enumerate(within_rep_links(values, goal, weights=weights)):
        r, slope = fitted(values[k : k + 1], goal, weights)
        assert link.r == pytest.approx(r, abs=1e-8)
        assert link.slope == pytest.approx(slope, abs=1e-8)
    given = partial_within(np.concatenate([values, goal[None]]), True, 0.95, weights=weights)
    assert given[0].rho == pytest.approx(fitted(values, goal, weights)[0], abs=1e-8)
    assert given[1].rho == pytest.approx(fitted(values[::-1], goal, weights)[0], abs=1e-8)


def test_leaving_a_rep_out_is_the_weighted_refit_without_the_rep() -> None:
    """Exact for weights that differ between reps; else to the second decimal."""
    rng = np.random.default_rng(5)
    values, goal = rng.normal(size=(1, 12, 9)), rng.normal(size=(12, 9))
    by_rep = np.broadcast_to(rng.uniform(0.48, 1, (12, 1)), goal.shape)
    for weights, error in ((by_rep, 1e-8), (rng.uniform(0.48, 1, goal.shape), 0.01)):
        without = within_rep_links(values, goal, weights=weights)[0].r_without
        refit = [fitted(*(np.delete(part, rep, axis=-2) for part in (values, goal, weights)))[0] for rep in range(12)]
        assert without == pytest.approx(refit, abs=error)


def test_equal_weights_change_nothing_and_a_month_without_weight_is_as_good_as_missing() -> None:
    values, goal = gappy(np.random.default_rng(6), 8, 7)
    plain = within_rep_links(values, goal)[0]
    halved = within_rep_links(values, goal, weights=np.full(goal.shape, 0.5))[0]
    assert halved.r == pytest.approx(plain.r, abs=1e-9)
    assert halved.r_without == pytest.approx(plain.r_without, abs=1e-9, nan_ok=True)
    cell = tuple(np.argwhere(np.isfinite(goal))[5])
    tiny, gone = np.ones(goal.shape), goal.copy()
    tiny[cell], gone[cell] = 1e-9, np.nan
    assert within_rep_links(values, goal, weights=tiny)[0].r == pytest.approx(
        within_rep_links(values, gone)[0].r, abs=1e-6
    )


def cut_months(seed: int, slope: float = 0.4) -> Record:
    """20 reps × 24 months; half of the reps work a third of their months in half, with noise of half as many days."""
    rng = np.random.default_rng(seed)
    share = np.where((rng.random((20, 24)) < 0.35) & (np.arange(20) % 2 == 0)[:, None], 0.48, 1.0)
    kpi = rng.normal(size=(20, 24)) + rng.normal(size=(20, 1))
    noise = rng.normal(size=(20, 24)) / share
    record = record_of(kpi[None], slope * kpi + noise + rng.normal(size=(20, 1)) + rng.normal(size=24))
    return replace(record, worked=share, segments={})


def test_cut_months_blur_less_and_intervals_still_hold_the_truth() -> None:
    """The slope of .4 is planted; months of ten days have twice the noise."""
    errors, plain, held = [], [], []
    for seed in range(150):
        record = cut_months(seed)
        link = within_rep_links(record.values, record.goal, weights=record.weights)[0]
        without = link.slope_without
        errors.append(link.slope - 0.4)
        plain.append(within_rep_links(record.values, record.goal)[0].slope - 0.4)
        reach = 2.093 * np.sqrt(19 / 20 * np.sum((without - without.mean()) ** 2))
        held.append(abs(link.slope - 0.4) <= reach)
    assert np.std(errors) < 0.97 * np.std(plain)
    assert abs(np.mean(errors)) < 3 * np.std(errors) / np.sqrt(150)
    assert np.mean(held) >= 0.95 - 2.5 * np.sqrt(0.95 * 0.05 / 150)


def test_checks_read_the_days() -> None:
    record = cut_months(1)
    options = EvidenceOptions(draws=49)
    weighed = run_checks(record, options).kpis[0].findings
    expected = within_rep_links(record.values, record.goal, weights=record.weights)[0].r
    assert weighed.validity.within_reps_and_periods.rho == pytest.approx(expected)
    assert weighed.necessity.partial_within.rho == pytest.approx(expected)
    plain = run_checks(replace(record, worked=None), options).kpis[0].findings
    assert plain.validity.within_reps_and_periods.rho != pytest.approx(expected, abs=1e-4)
    later = within_rep_links(*shift_pairs(record, 1), weights=record.worked[:, 1:])[0].r
    assert weighed.lead.at(1).rho == pytest.approx(later)
    before = within_rep_links(*shift_pairs(record, -2), weights=shift_weights(record, -2))[0].r
    assert weighed.lead.at(-2).rho == pytest.approx(before)


def test_whole_months_have_no_weights() -> None:
    record = cut_months(2)
    assert replace(record, worked=None).weights is None
    assert replace(record, worked=np.where(np.arange(24) < 3, np.nan, np.ones((20, 24)))).weights is None


def test_weights_from_the_data_are_weighted_least_squares() -> None:
    rng = np.random.default_rng(7)
    z, reps, weight = np.abs(rng.normal(size=(90, 3))), np.repeat(np.arange(9), 10), rng.uniform(0.48, 1, 90)
    y = z @ [3.0, 2.0, 1.0] + rng.normal(size=90)
    expected = sm.WLS(y, z, weights=weight).fit().params
    found = fit_ridge(sum_products_by_rep(z, y, reps, 9, weight).together(), 1e-12)
    assert found == pytest.approx(expected / expected.sum(), abs=1e-6)
    group = np.arange(90) % 4
    left = sm.WLS(y, group[:, None] == np.arange(4), weights=weight).fit().resid
    assert remove_group_means(y, group, weights=weight) == pytest.approx(left, abs=1e-8)
