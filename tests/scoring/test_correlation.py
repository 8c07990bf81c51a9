"""Correlations against scipy, a slow plain-Python jackknife, published numbers and planted truth."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from workbench.scoring import correlation
from workbench.scoring.correlation import correlate


def slow_jackknife(x, y, reps, coefficient, confidence=0.95):
    """The formula as printed, one deletion at a time."""
    names = sorted(set(reps))
    z = []
    for name in names:
        keep = [i for i, rep in enumerate(reps) if rep != name]
        z.append(math.atanh(coefficient([x[i] for i in keep], [y[i] for i in keep]).statistic))
    n = len(names)
    mean = sum(z) / n
    error = math.sqrt((n - 1) / n * sum((value - mean) ** 2 for value in z))
    centre = math.atanh(coefficient(x, y).statistic)
    reach = stats.t.ppf((1 + confidence) / 2, n - 1) * error
    return math.tanh(centre - reach), math.tanh(centre + reach)


def noisy_pairs(seed, n_reps=12, n_periods=8, ties=True):
    rng = np.random.default_rng(seed)
    reps = np.repeat(np.arange(n_reps), n_periods)
    x = rng.normal(size=len(reps)) + rng.normal(size=n_reps)[reps]
    y = 0.4 * x + rng.normal(size=len(reps)) + rng.normal(size=n_reps)[reps]
    return (x.round(1), y.round(1), reps) if ties else (x, y, reps)


@pytest.mark.parametrize(("kind", "coefficient"), [("spearman", stats.spearmanr), ("pearson", stats.pearsonr)])
@pytest.mark.parametrize("seed", range(3))
def test_rho_is_scipys_and_the_interval_is_the_slow_jackknifes(kind, coefficient, seed):
    x, y, reps = noisy_pairs(seed)
    found = correlate(x, y, reps, kind)
    assert found.rho == pytest.approx(coefficient(x, y).statistic, abs=1e-12)
    assert (found.low, found.high) == pytest.approx(
        slow_jackknife(list(x), list(y), list(reps), coefficient), abs=1e-10
    )
    assert (found.n, found.n_reps) == (96, 12)


def test_one_pair_per_rep_is_the_across_reps_case():
    x, y, _ = noisy_pairs(5, n_reps=30, n_periods=1)
    found = correlate(x, y, np.arange(30))
    assert (found.low, found.high) == pytest.approx(
        slow_jackknife(list(x), list(y), range(30), stats.spearmanr), abs=1e-10
    )


@pytest.mark.parametrize("confidence", [0.5, 0.8, 0.99])
def test_the_interval_has_the_confidence_asked_for(confidence):
    x, y, reps = noisy_pairs(4)
    found = correlate(x, y, reps, confidence=confidence)
    slow = slow_jackknife(list(x), list(y), list(reps), stats.spearmanr, confidence)
    assert (found.low, found.high) == pytest.approx(slow, abs=1e-10)


def test_too_many_pairs_to_rank_anew_says_so_and_stays_close(monkeypatch):
    x, y, reps = noisy_pairs(2)
    exact = correlate(x, y, reps)
    monkeypatch.setattr(correlation, "EXACT_CELLS", 0)
    quick = correlate(x, y, reps)
    assert "on the ranks of the full data" in quick.method
    assert quick.rho == pytest.approx(exact.rho, abs=1e-12)
    assert (quick.low, quick.high) == pytest.approx((exact.low, exact.high), abs=0.03)


def test_missing_sides_are_left_out_and_counted():
    x, y, reps = noisy_pairs(3)
    x[:8], y[10] = np.nan, np.nan
    keep = np.isfinite(x) & np.isfinite(y)
    found = correlate(x, y, reps)
    assert found == correlate(x[keep], y[keep], reps[keep])
    assert (found.n, found.n_reps) == (87, 11)


def test_thin_data_is_a_reason_not_a_number():
    few = correlate([1, 2], [2, 1], [0, 1])
    assert math.isnan(few.rho)
    assert (few.n, few.reason) == (2, "a correlation needs at least 3 pairs; there are 2")
    flat = correlate([1, 1, 1, 1], [1, 2, 3, 4], [0, 1, 2, 3])
    assert math.isnan(flat.rho)
    assert "same everywhere" in flat.reason
    no_interval = correlate([1, 2, 3, 4], [1, 2, 4, 3], [0, 1, 2, 3])
    assert no_interval.rho == pytest.approx(0.8)
    assert math.isnan(no_interval.low)
    assert "at least 5 reps" in no_interval.reason
    one_carries_all = correlate([1, 1, 1, 1, 1, 9], [1, 2, 3, 4, 5, 6], range(6))
    assert math.isnan(one_carries_all.low)
    assert one_carries_all.reason == "without one of the reps nothing varies any more"
    assert correlate([], [], []).n == 0


def test_a_perfect_order_has_a_finite_interval():
    same = correlate(np.arange(10), np.arange(10) ** 3, np.arange(10))
    assert (same.rho, same.low > 0.95, same.high <= 1) == (1, True, True)
    opposite = correlate(np.arange(10), -np.arange(10), np.arange(10))
    assert (opposite.rho, opposite.high) == (-1, -same.low)


def test_one_swap_among_five_reps_is_wide():
    found = correlate([1, 2, 3, 4, 5], [2, 1, 3, 4, 5], range(5))
    assert found.rho == pytest.approx(0.9)
    assert found.low < 0 < found.high <= 1


@given(st.permutations(range(12)), st.floats(0.001, 1000))
def test_order_of_rows_and_units_do_not_matter(order, unit):
    x, y, reps = noisy_pairs(7, n_reps=6, n_periods=2)
    order = list(order)
    once, again = correlate(x, y, reps), correlate(x[order] * unit, y[order], reps[order])
    assert (again.rho, again.low, again.high) == pytest.approx((once.rho, once.low, once.high), abs=1e-10)


@pytest.mark.parametrize(("n_reps", "n_periods"), [(10, 12), (20, 24)])
def test_the_interval_covers_a_planted_truth(n_reps, n_periods):
    """Persistent reps: the pooled Pearson is .3 in truth; 95% intervals should cover it 91–99% of the time."""
    rng = np.random.default_rng(20240501)
    reps, covered, draws = np.repeat(np.arange(n_reps), n_periods), 0, 400
    for _ in range(draws):
        between = rng.multivariate_normal([0, 0], [[1, 0.3], [0.3, 1]], size=n_reps)[reps]
        within = rng.multivariate_normal([0, 0], [[1, 0.3], [0.3, 1]], size=len(reps))
        x, y = (between + within).T
        found = correlate(x, y, reps, "pearson")
        covered += found.low <= 0.3 <= found.high
    assert 0.91 <= covered / draws <= 0.99
