"""The robust funnel against numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.integrity.funnel import funnel, masked_median, standardise

RATES = np.array([0.10, 0.12, 0.14, 0.15, 0.15, 0.16, 0.18, 0.20, 0.60])


def one_list(n: int, rates: np.ndarray = RATES) -> tuple[np.ndarray, np.ndarray]:
    """Counts (1 signal, reps, 1 list)."""
    events = np.full((1, len(rates), 1), float(n))
    return events, np.rint(events * rates[None, :, None])


def test_z_of_small_counts_is_mostly_binomial_noise() -> None:
    """Below the median by .4464, .2497, .0784 on log-odds: mean square .0893, less noise 1/15.5 + 1/85.5 = .0762."""
    found = funnel(standardise(*one_list(100)))
    assert found.spread == pytest.approx([np.sqrt(0.0893 - 0.0762)], abs=0.001)
    drawn = (3 * 0.0131 + 4 * 0.16) / 7
    assert found.z[0, 8] == pytest.approx(2.1090 / np.sqrt(drawn + 0.0762), abs=0.003)
    assert found.above[0, 8] == pytest.approx(0.6 - 15.5 / 101)


def test_z_of_large_counts_is_measured_in_the_spread_of_the_lower_half() -> None:
    """Deviations .4626, .2578, .0807 below the median: mean square .0957, less noise .0008; drawn to .16: .1321."""
    found = funnel(standardise(*one_list(10_000)))
    assert found.spread == pytest.approx([0.308], abs=0.001)
    assert found.z[0, 8] == pytest.approx(2.1401 / np.sqrt(0.1321 + 0.0008), abs=0.005)
    assert found.z[0, 0] == pytest.approx(-0.4626 / np.sqrt(0.1321 + 0.0008), abs=0.005)


def test_fakers_do_not_widen_the_spread() -> None:
    many = np.concatenate([RATES[:8], np.full(6, 0.6)])
    honest = np.concatenate([RATES[:8], np.full(6, 0.17)])
    with_fakers, without = (funnel(standardise(*one_list(10_000, rates))) for rates in (many, honest))
    assert (with_fakers.z[0, -6:] > 4).all()
    assert with_fakers.spread - without.spread == pytest.approx([0.0], abs=0.1)
    assert np.log(many / (1 - many)).std() > 2 * with_fakers.spread[0]


def test_a_rep_is_expected_to_have_the_rates_of_the_lists_worked() -> None:
    n = np.full((1, 9, 2), 100.0)
    n[0, 8] = (20, 180)
    k = np.rint(n * np.array([0.1, 0.5]))
    counts = standardise(n, k)
    assert counts.expected[0, [0, 8]] == pytest.approx([60, 92])
    assert funnel(counts).z == pytest.approx(np.zeros((1, 9)))


def test_lists_of_few_reps_and_counts_below_thirty_are_not_judged() -> None:
    n = np.full((1, 9, 2), 100.0)
    n[0, 2:, 1] = 0
    n[0, 8, 0] = 29
    counts = standardise(n, n * 0.1)
    assert counts.n[0].tolist() == [100.0] * 8 + [29.0]
    assert counts.judged[0].tolist() == [True] * 8 + [False]


def test_who_did_most_elsewhere_is_not_judged() -> None:
    n = np.full((1, 10, 1), 100.0)
    elsewhere = np.where(np.arange(10) == 4, 101.0, 0.0)[None]
    assert np.flatnonzero(~standardise(n, n * 0.1, elsewhere).judged[0]).tolist() == [4]


def test_median_of_what_is_there_is_that_of_numpy() -> None:
    values = np.random.default_rng(1).normal(size=(5, 7))
    there = np.random.default_rng(2).random((5, 7)) < 0.5
    there[0] = True
    expected = [np.median(row[mask]) for row, mask in zip(values, there, strict=True)]
    assert masked_median(values, there, axis=1) == pytest.approx(np.array(expected))
    assert np.isnan(masked_median(values, np.zeros((5, 7), dtype=bool), axis=1)).all()
