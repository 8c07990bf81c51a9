"""Rates like for like: published paradox, planted lists, groups that share nothing."""

from __future__ import annotations

import numpy as np
import pytest

from tests.phases.planted import expit, logit
from workbench.phases.like_for_like import adjust_rates, fit_chances, lay_out, mantel_haenszel

MEN = np.array([[512, 313], [353, 207], [120, 205], [138, 279], [53, 138], [22, 351]], float)
WOMEN = np.array([[89, 19], [17, 8], [202, 391], [131, 244], [94, 299], [24, 317]], float)
"""Admitted and rejected at Berkeley in 1973, by department (Bickel, Hammel & O'Connell 1975; R's UCBAdmissions)."""


def test_berkeley_men_are_ahead_in_the_sum_and_behind_within_departments() -> None:
    hits, tries = np.r_[MEN[:, 0], WOMEN[:, 0]], np.r_[MEN.sum(axis=1), WOMEN.sum(axis=1)]
    assert hits[:6].sum() / tries[:6].sum() == pytest.approx(0.4452, abs=5e-5)
    assert hits[6:].sum() / tries[6:].sum() == pytest.approx(0.3035, abs=5e-5)
    assert mantel_haenszel(hits[:6], tries[:6], hits[6:], tries[6:]) == pytest.approx(0.9047, abs=5e-5)
    assert mantel_haenszel(hits[6:], tries[6:], hits[:6], tries[:6]) == pytest.approx(1 / 0.9047, abs=1e-4)
    layout = lay_out(np.repeat([0, 1], 6), np.tile(np.arange(6), 2), np.zeros(12, int), 2, tries)
    men, women = adjust_rates(layout, hits, tries, tries)
    assert men < women
    assert np.exp(logit(men) - logit(women)) == pytest.approx(0.9047, abs=0.025)


def test_without_strata_rates_are_as_counted() -> None:
    hits, tries = np.array([5.0, 20.0, 12.0]), np.array([50.0, 60.0, 40.0])
    none = np.zeros(3, int)
    rates = adjust_rates(lay_out(np.arange(3), none, none, 3, tries), hits, tries, tries)
    assert rates == pytest.approx(hits / tries, abs=1e-3)


def test_no_stratum_in_common_gives_no_odds_ratio() -> None:
    one, other = np.array([3.0, 0.0]), np.array([0.0, 2.0])
    assert np.isnan(mantel_haenszel(one, 2 * one, other, 2 * other))


def cells(share_good: np.ndarray, skill: np.ndarray, months: int = 3) -> tuple[np.ndarray, ...]:
    """Expected successes of reps who work a good list (log-odds + 1) with some share, and a bad one."""
    rep, stratum, month = (each.ravel() for each in np.indices((len(skill), 2, months)))
    tries = 400 * np.where(stratum == 0, share_good[rep], 1 - share_good[rep])
    hits = tries * expit(-1.0 + skill[rep] + np.where(stratum == 0, 1.0, 0.0))
    return rep, stratum, month, tries, hits


def test_a_rep_with_the_good_list_is_no_better_than_the_others() -> None:
    rep, stratum, month, tries, hits = cells(np.array([0.9, 0.5, 0.3, 0.2]), np.array([0.0, 0.0, 0.0, 0.3]))
    raw = np.bincount(rep, hits) / np.bincount(rep, tries)
    rates = adjust_rates(lay_out(rep, stratum, month, 4, tries), hits, tries, tries)
    assert raw.argmax() == 0
    assert rates.argmax() == 3
    assert np.ptp(rates[:3]) < 0.002 < np.ptp(raw[:3])
    assert logit(rates[3]) - logit(rates[0]) == pytest.approx(0.3, abs=0.02)


def test_reps_of_offices_that_share_no_list_are_compared_within_their_office() -> None:
    rep, office = np.arange(6), np.repeat([0, 1], 3)
    tries = np.full(6, 500.0)
    hits = tries * np.array([0.2, 0.25, 0.3, 0.5, 0.55, 0.6])
    layout = lay_out(rep, office, np.zeros(6, int), 6, tries)
    assert layout.group.tolist() == [0, 0, 0, 1, 1, 1]
    assert not layout.own_strata
    rates = adjust_rates(layout, hits, tries, tries)
    assert rates[:3] == pytest.approx(rates[3:], abs=0.02)


def test_lists_that_belong_to_reps_explain_nothing() -> None:
    rep = np.repeat(np.arange(4), 2)
    layout = lay_out(rep, np.arange(8), np.zeros(8, int), 4, np.full(8, 100.0))
    assert layout.own_strata
    assert layout.nuisance.shape[1] == 1


def test_the_fit_is_at_the_maximum_of_its_likelihood() -> None:
    rng = np.random.default_rng(0)
    columns = np.c_[np.ones(40), rng.normal(size=(40, 3))]
    tries = rng.integers(5, 60, 40).astype(float)
    hits = rng.binomial(tries.astype(int), expit(columns @ [-1, 0.4, -0.3, 0.0])).astype(float)
    _, chance = fit_chances(columns, hits, tries)
    assert columns.T @ (hits - tries * chance) == pytest.approx(0, abs=2e-3)
