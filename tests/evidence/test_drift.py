"""Changes of the link over time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.evidence.planted import only, planted, record_of
from workbench.evidence import drift
from workbench.evidence.record import EvidenceOptions
from workbench.scoring.correlation import correlate


def findings(**more):
    record = planted(**more)
    return dict(zip(record.kpis, drift.check(record, EvidenceOptions()), strict=True))


def test_a_gamed_kpi_breaks_when_the_gaming_began_and_a_lever_does_not():
    found = findings(reps=200, periods=24)
    months = np.datetime64("2021-01") - found["gamed"].break_at.astype("datetime64[M]")
    assert abs(months.astype(int)) <= 1
    assert found["gamed"].p_break < 0.01
    assert found["gamed"].change.high < 0
    assert found["gamed"].now.high < 0.2
    assert found["lever"].p_break > 0.05
    assert found["lever"].change.low < 0 < found["lever"].change.high


def test_the_break_alarm_keeps_its_level():
    alarms = [drift.check(only(planted(12, 12, seed), "lever"), EvidenceOptions(draws=199))[0].p_break <= 0.05
              for seed in range(150)]  # fmt: skip
    assert np.mean(alarms) < 0.11


def test_the_link_of_one_period_is_pearson_across_reps():
    record = only(planted(reps=15, periods=6), "lever")
    found = drift.check(record, EvidenceOptions())[0].by_period
    x, y = (v - np.nanmean(v, axis=1, keepdims=True) for v in (record.values[0], record.goal))
    complete = record_of(np.nan_to_num(x)[None], np.nan_to_num(y))
    one = drift.check(complete, EvidenceOptions())[0].by_period[3].link
    direct = correlate(complete.values[0][:, 3], complete.goal[:, 3], np.arange(15), "pearson")
    assert (one.rho, one.low, one.high) == pytest.approx((direct.rho, direct.low, direct.high), abs=1e-6)
    assert [p.period for p in found] == list(record.periods)


def test_too_short_to_break():
    found = drift.check(only(planted(reps=10, periods=5), "lever"), EvidenceOptions())[0]
    assert found.break_at is None
    assert np.isnan(found.p_break)
    assert found.now == found.late


def test_the_effect_of_an_unfinished_period_is_shown():
    record = only(planted(reps=20, periods=10), "lever")
    last = np.arange(10) == 9
    goal = np.where(last, record.goal * 0.1 + 5 * np.random.default_rng(0).normal(size=(20, 1)), record.goal)
    whole = replace(record, goal=goal)
    cut = replace(whole.only_periods(~last), partial=(whole.periods[-1],), with_partial=whole)
    found = drift.check(cut, EvidenceOptions())[0]
    assert found.partial == (whole.periods[-1],)
    assert found.with_partial.n > cut.goal.size - 60
    assert (
        found.with_partial.rho < drift.check(only(planted(reps=20, periods=10), "lever"), EvidenceOptions())[0].late.rho
    )


def test_periods_without_enough_reps_have_no_interval():
    values, goal = np.random.default_rng(0).normal(size=(2, 6, 8))
    goal[:4, 0] = np.nan
    found = drift.check(record_of(values[None], goal), EvidenceOptions())[0].by_period
    assert np.isnan(found[0].link.low)
    assert found[0].link.reason == "too few reps"
    assert found[1].link.low < found[1].link.high
