"""Differences of the link between reps and segments, and random slopes against lme4's figures."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from tests.evidence.planted import only, planted, record_of, sleep_study
from workbench.evidence import heterogeneity
from workbench.evidence.heterogeneity import autocorrelation, fit_kpi_slopes, q_test
from workbench.evidence.record import EvidenceOptions
from workbench.evidence.slopes import random_slopes


def test_sleepstudy_of_lme4():
    reaction = sleep_study()
    days = np.broadcast_to(np.arange(10.0), reaction.shape)
    found = random_slopes(days, reaction, np.ones(reaction.shape, bool))
    assert (found.intercept, found.slope) == pytest.approx((251.405, 10.467), abs=1e-3)
    assert (found.intercept_sd, found.slope_sd, found.residual_sd) == pytest.approx((24.741, 5.922, 25.592), abs=2e-3)
    assert found.correlation == pytest.approx(0.066, abs=1e-3)
    assert found.by_rep[:3] == pytest.approx([19.666, 1.848, 5.018], abs=5e-3)
    assert found.p_differ < 1e-6


def test_slopes_do_not_depend_on_units_or_missing_cells_of_zero():
    reaction = sleep_study()
    days = np.broadcast_to(np.arange(10.0), reaction.shape)
    base = random_slopes(days, reaction, np.ones(reaction.shape, bool))
    weeks = random_slopes(days / 7, reaction, np.ones(reaction.shape, bool))
    assert weeks.slope_sd == pytest.approx(7 * base.slope_sd, rel=1e-3)
    padded = np.concatenate([reaction, np.full((18, 2), np.nan)], axis=1)
    more = random_slopes(np.broadcast_to(np.arange(12.0), padded.shape), padded, np.isfinite(padded))
    assert more.slope_sd == pytest.approx(base.slope_sd, rel=1e-3)


def test_equal_slopes_are_not_called_different():
    rng = np.random.default_rng(3)
    p = []
    for _ in range(40):
        x = rng.normal(size=(20, 14))
        p.append(random_slopes(x, x + rng.normal(size=(20, 14)), np.ones((20, 14), bool)).p_differ)
    assert np.mean(np.array(p) <= 0.05) < 0.15


def test_q_is_the_textbook_sum_when_nothing_is_remembered():
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(2, 15, 30))
    q, z, variance, who = q_test(x, y, take_out_periods=False)
    r = [stats.pearsonr(a, b).statistic for a, b in zip(x, y, strict=True)]
    assert z == pytest.approx(np.arctanh(r))
    assert who.tolist() == list(range(15))
    widening = variance * 27
    assert np.ptp(widening) == pytest.approx(0)
    assert widening[0] == pytest.approx(1, abs=0.05)
    assert q == pytest.approx(np.sum((np.arctanh(r) - np.mean(np.arctanh(r))) ** 2) * 27 / widening[0])


def test_reps_who_truly_differ_are_found_and_alike_reps_are_not():
    rng = np.random.default_rng(2)
    x = rng.normal(size=(24, 90))
    works = (np.arange(24) < 12)[:, None]
    split = heterogeneity.check(
        record_of(x[None], np.where(works, 1.0, 0.0) * x + rng.normal(size=(24, 90))), EvidenceOptions()
    )[0]
    alike = heterogeneity.check(record_of(x[None], 0.5 * x + rng.normal(size=(24, 90))), EvidenceOptions())[0]
    assert split.p_reps < 0.001 < 0.05 < alike.p_reps
    assert split.spread > 0.3 > alike.spread
    lost = {int(name.split()[1]) for name in split.not_for_reps}
    assert len(lost) >= 3
    assert min(lost) > 12
    assert alike.not_for_reps == ()


def test_autocorrelation_is_recovered_from_short_histories():
    rng = np.random.default_rng(4)
    series = np.zeros((400, 12))
    for t in range(1, 12):
        series[:, t] = 0.5 * series[:, t - 1] + rng.normal(size=400)
    series -= series.mean(axis=1, keepdims=True)
    assert autocorrelation(series, np.ones(series.shape, bool)) == pytest.approx(0.5, abs=0.12)


def test_the_segment_in_which_a_kpi_works_is_named():
    found = heterogeneity.check(only(planted(reps=80, periods=24), "segment"), EvidenceOptions())[0].segments
    assert [(s.attribute, s.segment) for s in found.works_in] == [("segment", "A")]
    assert [s.segment for s in found.not_for] == ["B"]
    assert found.p_differ["segment"] < 0.01


def test_short_histories_have_no_reps_of_their_own():
    found = heterogeneity.check(only(planted(reps=20, periods=8), "lever"), EvidenceOptions())[0]
    assert found.reps == ()
    assert heterogeneity.fit_kpi_slopes(planted(reps=20, periods=8), 0) is None


def test_slopes_of_a_kpi_are_per_unit_and_recover_what_was_planted():
    rng = np.random.default_rng(9)
    x = rng.normal(size=(200, 24)) + rng.normal(size=(200, 1))
    own = 3 + rng.normal(size=(200, 1))
    found = heterogeneity.fit_kpi_slopes(
        record_of(x[None], own * x + rng.normal(size=(200, 24)) + rng.normal(size=24)), 0
    )
    assert (found.slope, found.slope_sd) == pytest.approx((3, 1), abs=0.2)


@pytest.mark.parametrize("values", [np.random.default_rng(1).normal(size=(1, 30)), np.full((8, 30), 2.0)],
                         ids=["one rep", "a constant KPI"])  # fmt: skip
def test_without_reps_or_differences_there_is_no_slope_rather_than_a_crash(values):
    """The Evidence page of a single series crashed."""
    record = record_of(values[None], np.random.default_rng(2).normal(size=values.shape))
    assert fit_kpi_slopes(record, 0) is None
