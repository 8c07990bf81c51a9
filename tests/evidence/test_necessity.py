"""Partial links, prediction of left-out reps, copies, and the reps who made the goal without a KPI."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from tests.evidence.planted import gappy, planted, record_of
from workbench.evidence import necessity
from workbench.evidence.necessity import held_out_gains
from workbench.evidence.partial import partial_across, partial_to_last, partial_within
from workbench.evidence.record import EvidenceOptions
from workbench.evidence.redundancy import find_redundancies
from workbench.scoring.fixed_effects import remove_levels


def residual_correlation(x: np.ndarray, y: np.ndarray, others: np.ndarray) -> float:
    design = sm.add_constant(others)
    return float(np.corrcoef(sm.OLS(x, design).fit().resid, sm.OLS(y, design).fit().resid)[0, 1])


def test_partial_spearman_is_the_correlation_of_residual_ranks():
    rng = np.random.default_rng(1)
    values = rng.normal(size=(4, 30))
    values[3] += values[0] - values[1] ** 3
    ranks = stats.rankdata(values, axis=1)
    for k, found in enumerate(partial_across(values, 0.95)):
        others = np.delete(ranks[:3], k, axis=0).T
        assert found.rho == pytest.approx(residual_correlation(ranks[k], ranks[3], others), abs=1e-10)
        assert found.low < found.rho < found.high


def test_partial_within_is_the_correlation_of_residual_movements():
    values, goal = gappy(np.random.default_rng(2), 12, 10, kpis=3)
    cells = np.concatenate([values, goal[None]])
    present = np.isfinite(goal)
    left = remove_levels(cells, present).values[:, present]
    for k, found in enumerate(partial_within(cells, True, 0.95)):
        assert found.rho == pytest.approx(
            residual_correlation(left[k], left[3], np.delete(left[:3], k, axis=0).T), abs=1e-8
        )


def test_variables_that_cannot_be_told_apart_have_no_partial_link():
    matrix = np.array([[1, 1, 0.5], [1, 1, 0.5], [0.5, 0.5, 1]])
    assert np.isnan(partial_to_last(matrix)).all()
    assert partial_to_last(np.eye(3)) == pytest.approx(np.zeros(2))


def test_too_few_reps_for_so_many_kpis_is_said():
    found = partial_across(np.random.default_rng(0).normal(size=(5, 8)), 0.95)
    assert len(found) == 4
    assert np.isnan(found[0].rho)
    assert "at least 9 reps" in found[0].reason


def test_held_out_gain_is_that_of_refitting_without_each_rep():
    values, goal = gappy(np.random.default_rng(3), 9, 7, kpis=3)
    residuals = remove_levels(np.concatenate([values, goal[None]]), np.isfinite(goal))
    x, y, present = residuals.values[:-1], residuals.values[-1], residuals.present
    errors = {}
    for kept in ((0, 1, 2), (1, 2)):
        errors[kept] = np.zeros(9)
        for rep in range(9):
            train = present & (np.arange(9) != rep)[:, None]
            fit = sm.OLS(y[train], x[list(kept)][:, train].T).fit()
            errors[kept][rep] = np.sum((y[rep, present[rep]] - x[list(kept)][:, rep, present[rep]].T @ fit.params) ** 2)
    found = held_out_gains(residuals.values, present)[0]
    lost = errors[1, 2] - errors[0, 1, 2]
    assert found.r2 == pytest.approx(lost.sum() / np.sum(y**2), abs=1e-8)
    assert (found.better, found.n_reps) == (int(np.sum(lost > 0)), 9)


def test_of_two_copies_the_later_goes_and_the_earlier_stays_necessary():
    record = planted(reps=40, periods=24)
    found = dict(zip(record.kpis, necessity.check(record, EvidenceOptions()), strict=True))
    assert found["copy"].overlap.redundant
    assert found["copy"].overlap.nearest == "lever"
    assert found["copy"].overlap.nearest_link.rho > 0.9
    assert not found["lever"].overlap.redundant
    assert found["lever"].partial_within.low > 0
    assert found["lever"].gain_within.r2 > 0 > found["noise"].gain_within.r2


def test_a_sum_of_other_kpis_is_already_measured():
    rng = np.random.default_rng(4)
    values = rng.normal(size=(3, 25, 12)) + rng.normal(size=(3, 25, 1))
    values[2] = values[0] + values[1]
    found = find_redundancies(record_of(values, rng.normal(size=(25, 12))), EvidenceOptions())
    assert [one.redundant for one in found] == [False, False, True]
    assert found[2].independence < 0.1  # normal scores of a sum are not quite linear
    assert found[0].independence > 0.9


def test_independent_kpis_are_independent_and_unchanged_by_monotone_scales():
    rng = np.random.default_rng(5)
    values = rng.normal(size=(3, 30, 12)) + rng.normal(size=(3, 30, 1))
    record = record_of(values, rng.normal(size=(30, 12)))
    assert min(one.independence for one in find_redundancies(record, EvidenceOptions())) > 0.9


def test_kpis_that_come_after_are_no_controls():
    rng = np.random.default_rng(6)
    first = rng.normal(size=(40, 20))
    then = first + 0.5 * rng.normal(size=(40, 20))
    goal = then + rng.normal(size=(40, 20))
    record = record_of(np.stack([first, then]), goal)
    beside_all = necessity.check(record, EvidenceOptions())[0]
    driven = necessity.check(replace(record, beside=((), (0,))), EvidenceOptions())[0]
    assert beside_all.partial_within.low < 0.05
    assert driven.partial_within.low > 0.4


def test_reps_who_made_the_goal_without_the_kpi_are_named():
    record = planted(reps=6, periods=8)
    met = np.tile([1.0, 0, 0, 1, np.nan, 0], (len(record.kpis), 1))
    record = replace(record, met=met, goal_met=np.array([1.0, 1, 0, 0, 1, 1]))
    found = necessity.check(record, EvidenceOptions())[0]
    assert found.made_goal_without == ("rep 2", "rep 6")
    assert found.n_made_goal == 3
    assert necessity.check(planted(reps=6, periods=8), EvidenceOptions())[0].made_goal_without is None


@pytest.mark.parametrize(("n_reps", "known"), [(5, False), (6, True)])
def test_whether_a_kpi_is_a_copy_needs_three_reps_more_than_kpis(n_reps: int, known: bool) -> None:
    """With one season it is asked across reps, and three KPIs of five reps fit each other by chance."""
    values = np.random.default_rng(0).normal(size=(3, n_reps, 3))
    found = find_redundancies(record_of(values, values[0]), EvidenceOptions())
    assert [np.isfinite(one.independence) for one in found] == [known] * 3
    assert {one.n for one in found} == {n_reps}


def test_without_the_one_rep_in_whom_a_kpi_varies_nothing_is_left_of_it() -> None:
    """What rounding leaves is no variation, and never a negative square."""
    rng = np.random.default_rng(3)
    for _ in range(100):
        values = rng.normal(size=(3, 3, 12))
        values[0, 1:] = 0.1
        values[0, 0] = rng.integers(0, 9, size=12) / 7
        _, left = remove_levels(values, np.ones((3, 12), bool), periods=False).products()
        assert (left[0, 0] == 0).all()
        assert np.isnan(partial_to_last(left)[0, 0])
