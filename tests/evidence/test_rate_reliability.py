"""Attempts until differences in a rate are real: published values, other likelihoods, and planted rates."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import optimize, stats

from tests.scoring.panels import design_of, panel_of
from workbench.evidence.build_record import build_record
from workbench.evidence.rate_reliability import fit_beta_binomial, half_real_attempts
from workbench.evidence.report import run_checks
from workbench.words.evidence_rates import half_real_sentence

SEASONS = Path(__file__).with_name("batting_2011_2016.csv")
EFRON_MORRIS = np.array([18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7], float)
"""Hits of 18 batters in their first 45 at-bats of 1970 (Efron & Morris 1977)."""


@pytest.mark.parametrize(("hits", "published"), [("on_base", 303.77), ("so", 49.02), ("hr", 129.02)])
def test_attempts_of_batters_are_those_published(hits: str, published: float) -> None:
    """Stabilization points of 2017 by maximum likelihood (probabilaball.com/2017)."""
    seasons = pd.read_csv(SEASONS, comment="#").astype(float)
    plain = fit_beta_binomial(seasons[hits].to_numpy(), seasons["pa"].to_numpy(), adjusted=False)
    assert plain.size == pytest.approx(published, rel=3e-4)
    ours = fit_beta_binomial(seasons[hits].to_numpy(), seasons["pa"].to_numpy())
    assert ours.size == pytest.approx(published, rel=2e-3)
    assert ours.low < published < ours.high


def test_a_spread_that_is_hardly_there_is_far_off_and_crashes_nothing() -> None:
    """STATISTICS: the 18 batters have M of about 793, near the end where reps do not differ."""
    plain = fit_beta_binomial(EFRON_MORRIS, np.full(18, 45.0), adjusted=False)
    assert plain.size == pytest.approx(793, abs=1)
    assert plain.mean == pytest.approx(0.265, abs=0.001)
    assert fit_beta_binomial(EFRON_MORRIS, np.full(18, 45.0)).high == np.inf


def test_the_fit_is_the_maximum_of_scipys_likelihood_and_the_interval_ends_where_that_has_dropped() -> None:
    rng = np.random.default_rng(3)
    tries = rng.integers(30, 200, 40)
    hits = rng.binomial(tries, rng.beta(6, 14, 40))

    def cost(at: np.ndarray) -> float:
        mean, size = 1 / (1 + np.exp(-at[0])), np.exp(at[1])
        return -float(stats.betabinom.logpmf(hits, tries, size * mean, size * (1 - mean)).sum())

    best = optimize.minimize(cost, [-1.0, 3.0], method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-9})
    found = fit_beta_binomial(hits.astype(float), tries.astype(float), adjusted=False)
    assert found.size == pytest.approx(np.exp(best.x[1]), rel=1e-4)
    assert found.mean == pytest.approx(1 / (1 + np.exp(-best.x[0])), rel=1e-4)
    drop = stats.t.ppf(0.975, 39) ** 2 / 2
    for end in (found.low, found.high):
        at_end = optimize.minimize_scalar(lambda mean, at=end: cost(np.array([mean, np.log(at)])), bounds=(-4, 4),
                                          method="bounded", options={"xatol": 1e-9})  # fmt: skip
        assert at_end.fun - best.fun == pytest.approx(drop, abs=1e-4)


def months(
    rng: np.random.Generator, reps: int, size: float, shock: float = 0.0, season: float = 0.0, a_month: float = 40
) -> tuple[np.ndarray, np.ndarray]:
    """(reps, 12) successes and attempts: rates of mean .2, alike from month to month but for shocks and a season."""
    rate = rng.beta(0.2 * size, 0.8 * size, (reps, 1)) if np.isfinite(size) else np.full((reps, 1), 0.2)
    moved = np.log(rate / (1 - rate)) + season * np.sin(np.arange(12) / 2) + shock * rng.normal(size=(reps, 12))
    tries = rng.poisson(a_month * np.exp(0.4 * rng.normal(size=(reps, 1))), (reps, 12)).astype(float)
    hits = rng.binomial(tries.astype(int), 1 / (1 + np.exp(-moved))).astype(float)
    away = np.arange(12) < np.where(rng.random(reps) < 0.4, rng.integers(0, 7, reps), 0)[:, None]
    return np.where(away, np.nan, hits), np.where(away, np.nan, tries)


@pytest.mark.parametrize(("reps", "season"), [(10, 0.0), (20, 0.0), (20, 0.4), (50, 0.0)])
def test_planted_rates_are_found_without_bias_and_within_the_interval(reps: int, season: float) -> None:
    found = [half_real_attempts(*months(np.random.default_rng(seed), reps, 100, 0, season)) for seed in range(120)]
    spread = np.mean([100 / one.value for one in found])  # 1 ÷ M grows with the variance, which has no bias
    assert spread == pytest.approx(1, abs=3 * np.sqrt(2 / (reps - 1) / 120) * 1.3)
    assert np.mean([one.low <= 100 <= one.high for one in found]) >= 0.95 - 2.5 * np.sqrt(0.95 * 0.05 / 120)


def test_months_that_differ_by_more_than_chance_make_it_take_longer() -> None:
    """Where a rep's rate moves from month to month, a small sample says less: planted with 3,000 reps by the ICC."""
    rng = np.random.default_rng(7)
    calm, moving = (half_real_attempts(*months(rng, 3000, 100, shock)) for shock in (0.0, 0.3))
    assert calm.value == pytest.approx(100, rel=0.1)
    assert moving.value > 1.4 * calm.value
    hits, tries = months(np.random.default_rng(8), 3000, 100, 0.3, a_month=40)
    alike = np.nanmean(tries, axis=1)
    some = (alike > 35) & (alike < 45)  # reps with about 40 attempts a month, whose months compare as they are
    rates = (hits / tries)[some]
    within = np.nanmean(np.nanvar(rates, axis=1, ddof=1))
    between = np.nanvar(np.nanmean(rates, axis=1), ddof=1) - within / 12
    assert half_real_attempts(hits[some], tries[some]).value == pytest.approx(40 * within / between, rel=0.15)


def test_reps_who_are_alike_are_rarely_told_apart() -> None:
    found = [half_real_attempts(*months(np.random.default_rng(seed), 20, np.inf)) for seed in range(100)]
    assert np.mean([np.isfinite(one.high) for one in found]) <= 0.05
    assert np.median([one.value for one in found]) > 1000


@pytest.mark.parametrize(
    ("hits", "tries", "reason"),
    [
        (np.ones((4, 3)), np.full((4, 3), 5.0), "needs 5 reps with attempts; there are 4"),
        (np.full((6, 3), 5.0), np.full((6, 3), 5.0), "every attempt ends in the same way"),
        (np.zeros((6, 3)), np.full((6, 3), 5.0), "every attempt ends in the same way"),
        (np.full((6, 3), np.nan), np.zeros((6, 3)), "needs 5 reps with attempts; there are 0"),
    ],
)
def test_what_cannot_be_told_says_what_is_missing(hits: np.ndarray, tries: np.ndarray, reason: str) -> None:
    found = half_real_attempts(hits, tries)
    assert np.isnan([found.value, found.low, found.high]).all()
    assert found.reason == reason
    assert found.method == half_real_attempts(*months(np.random.default_rng(0), 12, 100)).method


def closings(**more: object) -> pd.DataFrame:
    hits, tries = months(np.random.default_rng(11), 12, 60)
    rows = [
        {"rep": f"r{i:02}", "period": pd.Timestamp("2024-01-01") + pd.DateOffset(months=t), "won": hits[i, t],
         "closed": tries[i, t], "sales": 100.0 * hits[i, t] + t, "lost": tries[i, t] - hits[i, t]}
        for i in range(12) for t in range(12) if np.isfinite(tries[i, t])
    ]  # fmt: skip
    return pd.DataFrame(rows).assign(**more)


@pytest.mark.parametrize(
    "formula",
    ["won / closed", "100 * won / closed", "won / closed * 100", "1 - won / closed", "won / (won + lost)"],
)
def test_a_rate_is_read_from_its_formula_whatever_it_is_multiplied_by(formula: str) -> None:
    frame = closings()
    panel = panel_of(frame, won="count", closed="count", lost="count")
    record = build_record(panel, design_of({"name": "Rate", "formula": formula, "weight": 1}))
    grid = frame.pivot_table(index="rep", columns="period", values="closed").to_numpy()
    assert record.tries is not None
    assert record.tries[0] == pytest.approx(grid, nan_ok=True)
    found = run_checks(record).kpis[0].findings.measurement
    hits = frame.pivot_table(index="rep", columns="period", values="won").to_numpy()
    assert found.half_real is not None
    assert found.half_real.value == pytest.approx(half_real_attempts(hits, grid).value, rel=1e-6)
    watch = found.readable[0]
    assert watch.attempts == pytest.approx(found.half_real.value)
    assert watch.periods == pytest.approx(watch.attempts / np.nanmean(grid))
    assert found.readable[2].attempts == pytest.approx(4 * watch.attempts)


@pytest.mark.parametrize("formula", ["won", "sales / closed", "closed / won", "won / sales"])
def test_other_ratios_are_no_rates(formula: str) -> None:
    panel = panel_of(closings(), won="count", closed="count", lost="count")
    record = build_record(panel, design_of({"name": "Rate", "formula": formula, "weight": 1}))
    assert run_checks(record).kpis[0].findings.measurement.half_real is None


def test_the_sentence_names_the_rate_and_its_likely_range() -> None:
    hits, tries = months(np.random.default_rng(2), 30, 60)
    said = half_real_sentence(found := half_real_attempts(hits, tries), "Win rate")
    assert said == (
        f"Half of the differences in Win rate are real after about {found.value:.0f} attempts "
        f"(likely {found.low:.0f} to {found.high:.0f})."
    )
    few = half_real_attempts(EFRON_MORRIS[:, None], np.full((18, 1), 45.0))
    assert half_real_sentence(few, "Hits").endswith(f"attempts (at least {few.low:.0f}).")
    assert half_real_sentence(None, "Hits") == ""
