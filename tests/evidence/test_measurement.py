"""Reliability against published figures, planted variances, and resampling."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.evidence.measurement import (
    estimate_discrimination,
    estimate_single_period_reliability,
    estimate_stability,
    periods_for_reliability,
)
from workbench.evidence.record import EvidenceOptions
from workbench.evidence.seasons import season_means

# Six targets rated by four judges (Shrout & Fleiss 1979, Psychological Bulletin 86:420, table 2).
SHROUT_FLEISS = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], float)
MONTHS = (np.datetime64("2020-01") + np.arange(48)).astype("datetime64[ns]")


def months(reps: int, periods: int, rep_sd: float, season_sd: float, month_sd: float, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    seasons = np.repeat(rng.normal(0, season_sd, (reps, -(-periods // 3))), 3, axis=1)[:, :periods]
    shared = rng.normal(0, 3, periods)
    return rng.normal(0, rep_sd, (reps, 1)) + seasons + rng.normal(0, month_sd, (reps, periods)) + shared


def test_icc_of_shrout_and_fleiss_1979():
    found = estimate_single_period_reliability(SHROUT_FLEISS, EvidenceOptions(take_out_periods=False))
    assert found.value == pytest.approx(0.17, abs=0.005)
    assert found.low < 0.17 < found.high


def test_icc_recovers_planted_variances_with_tenures_of_any_length():
    values = months(3000, 12, 1.0, 0.0, 2.0)
    values[np.random.default_rng(1).random(values.shape) < 0.4] = np.nan
    assert estimate_single_period_reliability(values, EvidenceOptions()).value == pytest.approx(1 / 5, abs=0.02)


def test_a_shared_season_is_no_reliability():
    values = months(200, 24, 0.0, 0.0, 1.0)
    assert abs(estimate_single_period_reliability(values, EvidenceOptions()).value) < 0.02


@pytest.mark.parametrize(("icc", "use", "periods"), [(0.5, "watch", 1), (0.2, "coach", 28 / 3), (0.25, "pay", 12)])
def test_readable_after_is_spearman_brown_turned_around(icc, use, periods):
    found = periods_for_reliability(icc, use, attempts=10)
    assert found.periods == pytest.approx(periods)
    assert found.attempts == pytest.approx(10 * periods)
    reliability = found.periods * icc / (1 + (found.periods - 1) * icc)
    assert reliability == pytest.approx(found.reliability)


def test_reps_who_do_not_differ_can_never_be_told_apart():
    assert periods_for_reliability(-0.01, "watch").periods == np.inf
    assert np.isnan(periods_for_reliability(np.nan, "watch").periods)


def test_discrimination_recovers_planted_variances():
    values = months(2000, 12, 1.0, 0.5, 1.5)[None]
    seasons = season_means(values, MONTHS[:12])
    real, luck = 1 + 0.25, 1.5**2 / 3
    found = estimate_discrimination(seasons.values[0], seasons.luck[0], 0.95)
    assert found.value == pytest.approx(real / (real + luck), abs=0.02)
    assert found.low < real / (real + luck) < found.high


def test_the_unit_of_a_kpi_does_not_matter():
    values = months(30, 12, 1.0, 0.5, 1.5)[None]
    one, other = (season_means(unit * values, MONTHS[:12]) for unit in (1, 0.001))
    in_units, in_thousands = (estimate_discrimination(each.values[0], each.luck[0], 0.95) for each in (one, other))
    assert (in_units.value, in_units.low, in_units.high) == pytest.approx(
        (in_thousands.value, in_thousands.low, in_thousands.high)
    )


def test_stability_recovers_planted_variances():
    values = months(2000, 24, 1.0, 0.5, 1.5)[None]
    seasons = season_means(values, MONTHS[:24])
    found = estimate_stability(seasons.values[0], seasons.luck[0], 0.95)
    assert found.value == pytest.approx(1 / 1.25, abs=0.02)
    assert found.low < 0.8 < found.high


def test_one_rep_alone_or_months_apart_cannot_be_told_apart_and_say_what_is_missing():
    values = months(2, 6, 1, 1, 1)
    values[1, 3:] = np.nan
    values[0, :3] = np.nan  # never in the same quarter
    seasons = season_means(values[None], MONTHS[:6])
    found = estimate_discrimination(seasons.values[0], seasons.luck[0], 0.95)
    assert np.isnan([found.value, found.low, found.high]).all()
    assert (found.n, found.n_reps, found.reason) == (0, 0, "needs two reps in a season")
    values[1, 1:] = np.nan
    alone = estimate_single_period_reliability(values, EvidenceOptions())
    assert np.isnan([alone.value, alone.low, alone.high]).all()
    assert (alone.n, alone.n_reps, alone.reason) == (3, 1, "needs two reps with two periods")


def test_stability_needs_reps_with_four_seasons():
    seasons = season_means(months(30, 9, 1, 1, 1)[None], MONTHS[:9])
    found = estimate_stability(seasons.values[0], seasons.luck[0], 0.95)
    assert np.isnan(found.value)
    assert "4 seasons" in found.reason


def test_luck_is_what_resampling_the_months_of_a_season_gives():
    rng = np.random.default_rng(3)
    values = rng.normal(size=(1, 400, 3))
    values -= values.mean(axis=1)
    found = season_means(values, MONTHS[:3]).luck[0, :, 0]
    picks = rng.integers(0, 3, (4000, 3))
    resampled = values[0][:, picks].mean(axis=2).var(axis=1) * 3 / 2
    assert found * (399 / 400) == pytest.approx(resampled, rel=0.15)


def test_seasons_are_quarters_and_a_lone_month_is_no_season():
    values = np.arange(7.0).reshape(1, 1, 7)
    seasons = season_means(values, MONTHS[2:9])
    assert seasons.names.astype("datetime64[M]").astype(str).tolist() == ["2020-01", "2020-04", "2020-07"]
    assert np.isnan(seasons.values[0, 0, 0])
    assert seasons.values[0, 0, 1:].tolist() == [2.0, 5.0]


def test_ten_reps_with_barely_four_seasons_are_too_few_for_stability():
    seasons = season_means(months(12, 12, 1, 1, 1)[None], MONTHS[:12])
    assert "50 values" in estimate_stability(seasons.values[0], seasons.luck[0], 0.95).reason
    longer = season_means(months(12, 15, 1, 1, 1)[None], MONTHS[:15])
    assert np.isfinite(estimate_stability(longer.values[0], longer.luck[0], 0.95).low)
