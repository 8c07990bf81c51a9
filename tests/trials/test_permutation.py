"""Permutations against published numbers and independent programs."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from workbench.trials.estimate_effect import adjusted_estimate, difference_estimate, estimate_effects, joint_claim
from workbench.trials.permutation import assignment_orders, permute_coefficient, sampled_orders
from workbench.trials.trial_finding import TrialEstimate
from workbench.trials.unit_means import UnitMeans

# fmt: off
# Student (1908), extra hours of sleep with two drugs; R's data set "sleep".
SLEEP = np.array(
    [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0, 1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
)
# Efron & Tibshirani (1993), table 2.1: survival of 7 treated and 9 control mice, in days.
MICE = np.array([94, 197, 16, 38, 99, 141, 23, 52, 104, 146, 10, 51, 30, 40, 27, 46], dtype=float)
# R's MASS::anorexia (Hand et al. 1994): weight before and after, by therapy.
CBT = (
    "80.5 82.2 84.9 85.6 81.5 81.4 82.6 81.9 79.9 76.4 88.7 103.6 94.9 98.4 76.3 93.4 81.0 73.4 80.5 82.1 "
    "85.0 96.7 89.2 95.3 81.3 82.4 76.5 72.5 70.0 90.9 80.4 71.3 83.3 85.4 83.0 81.6 87.7 89.1 84.2 83.9 "
    "86.4 82.7 76.5 75.7 80.2 82.6 87.8 100.4 83.3 85.2 79.7 83.6 84.5 84.6 80.8 96.2 87.4 86.7 "
)
CONTROL = (
    "80.7 80.2 89.4 80.1 91.8 86.4 74.0 86.3 78.1 76.1 88.3 78.1 87.3 75.1 75.1 86.7 80.6 73.5 78.4 84.6 "
    "77.6 77.4 88.7 79.5 81.3 89.6 78.1 81.4 70.5 81.8 77.3 77.3 85.2 84.2 86.0 75.4 84.1 79.5 79.7 73.0 "
    "85.5 88.3 84.4 84.7 79.6 81.4 77.5 81.2 72.3 88.2 89.0 78.8 "
)
FAMILY = (
    "83.8 95.2 83.3 94.3 86.0 91.5 82.5 91.9 86.7 100.3 79.6 76.7 76.9 76.8 94.2 101.6 73.4 94.9 80.5 75.2 "
    "81.6 77.8 82.1 95.5 77.6 90.7 83.5 92.5 89.9 93.8 86.0 91.7 87.3 98.0 "
)

# fmt: on


def two_groups(values: np.ndarray, n_first: int) -> UnitMeans:
    """Values of which the first are treated, all with the same past."""
    treated = np.arange(len(values)) < n_first
    names = np.array([f"u{i:02d}" for i in range(len(values))], dtype=object)
    return UnitMeans(names, treated, np.zeros(len(values)), values, np.ones(len(values)), treated | True)


def by_t(x: np.ndarray, y: np.ndarray, axis: int = -1) -> np.ndarray:
    return np.abs(stats.ttest_ind(x, y, axis=axis).statistic)


def test_sleep_has_its_published_t_and_scipys_permutation_p() -> None:
    units = two_groups(-SLEEP, 10)
    found = permute_coefficient(-SLEEP, units.treated * 1.0, np.ones((20, 1)), assignment_keys(units))
    assert found.value / found.error == pytest.approx(1.8608, abs=5e-5), "R: t.test(var.equal = TRUE), t = -1.8608"
    exact = stats.permutation_test((SLEEP[:10], SLEEP[10:]), by_t, vectorized=True, n_resamples=200_000,
                                   alternative="greater")  # fmt: skip
    mine = difference_estimate(units, sampled=20_000)
    assert not mine.exact
    assert mine.p == pytest.approx(exact.pvalue, abs=4 * np.sqrt(0.08 * 0.92 / 20_000))


def assignment_keys(units: UnitMeans) -> np.ndarray:
    return np.argsort(assignment_orders(units.treated).keys, axis=1, kind="stable")


def test_mice_have_their_published_level_of_significance() -> None:
    units = two_groups(MICE, 7)
    orders = sampled_orders(16, sampled=9_999).of(np.ones(16, dtype=bool))
    found = permute_coefficient(MICE, units.treated * 1.0, np.ones((16, 1)), orders)
    statistics = found.statistics()
    assert found.value == pytest.approx(30.63, abs=0.005)
    assert np.mean(statistics >= statistics[0]) == pytest.approx(0.132, abs=0.03), "B 1,000"


def test_a_small_trial_tries_every_assignment_like_scipy() -> None:
    values = np.array([4.1, 6.3, 5.9, 7.7, 3.2, 2.9, 4.4, 3.8, 5.1])
    found = difference_estimate(two_groups(values, 4))
    theirs = stats.permutation_test((values[:4], values[4:]), by_t, vectorized=True, n_resamples=np.inf,
                                    alternative="greater")  # fmt: skip
    assert (found.exact, found.n_permutations) == (True, 126)
    assert found.p == pytest.approx(theirs.pvalue, abs=1e-12)


def test_adjusting_for_a_past_that_is_equal_changes_nothing() -> None:
    values = np.array([4.1, 6.3, 5.9, 7.7, 3.2, 2.9, 4.4, 3.8, 5.1])
    units = two_groups(values, 4)
    exact, sampled = difference_estimate(units), adjusted_estimate(units, sampled=20_000)
    assert sampled.value == pytest.approx(exact.value)
    assert sampled.p == pytest.approx(exact.p, abs=4 * np.sqrt(exact.p * (1 - exact.p) / 20_000))


def anorexia() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Before, after, and the number of the therapy: 0 CBT, 1 control, 2 family."""
    pairs = [np.array(text.split(), dtype=float).reshape(-1, 2) for text in (CBT, CONTROL, FAMILY)]
    every = np.concatenate(pairs)
    return every[:, 0], every[:, 1], np.repeat([0, 1, 2], [len(each) for each in pairs])


def test_ancova_has_the_published_coefficients_of_anorexia() -> None:
    """R, ?MASS::anorexia: lm(Postwt ~ Prewt + Treat + offset(Prewt)): Cont -4.0971 (1.8935), FT 4.5631 (2.1333)."""
    before, after, therapy = anorexia()
    assert np.bincount(therapy).tolist() == [29, 26, 17]
    orders = sampled_orders(72, sampled=1_999).of(np.ones(72, dtype=bool))
    for effect, other, value, error in ((1, 2, -4.0971, 1.8935), (2, 1, 4.5631, 2.1333)):
        nuisance = np.column_stack([np.ones(72), before, therapy == other])
        found = permute_coefficient(after - before, (therapy == effect) * 1.0, nuisance, orders)
        assert (found.value, found.error) == (pytest.approx(value, abs=6e-5), pytest.approx(error, abs=6e-5))
        assert found.slopes[1] == pytest.approx(-0.5655, abs=6e-5)
        assert found.p() == pytest.approx(2 * stats.t.sf(abs(value / error), 68), abs=0.015)


def test_ancova_agrees_with_statsmodels() -> None:
    before, after, therapy = anorexia()
    some = therapy != 0
    treated = therapy[some] == 2
    fit = sm.OLS(after[some], sm.add_constant(np.column_stack([treated, before[some]]).astype(float))).fit()
    names = np.array([f"u{i:02d}" for i in range(some.sum())], dtype=object)
    mine = adjusted_estimate(UnitMeans(names, treated, before[some], after[some], np.ones(some.sum()), treated))
    low, high = fit.conf_int()[1]
    assert mine.value == pytest.approx(fit.params[1])
    assert mine.p == pytest.approx(fit.pvalues[1], abs=0.004)
    assert (mine.low, mine.high) == (pytest.approx(low, abs=0.35), pytest.approx(high, abs=0.35))


def test_the_interval_holds_what_the_test_does_not_reject() -> None:
    rng = np.random.default_rng(4)
    units = two_groups(rng.normal(10, 3, 14), 6)
    found = permute_coefficient(units.after, units.treated * 1.0, np.ones((14, 1)), assignment_keys(units))
    low, high = found.bounds()
    inside, outside = np.linspace(low, high, 9)[1:-1], (low - 0.01, high + 0.01)
    assert all(found.p(each) > 0.05 for each in inside)
    assert all(found.p(each) <= 0.05 for each in outside)


def test_too_few_units_have_a_value_and_no_p() -> None:
    found = difference_estimate(two_groups(np.array([5.0, 6, 7, 1, 2, 3, 2]), 3))
    assert found.value == pytest.approx(4.0)
    assert np.isnan([found.p, found.low, found.high]).all()


def test_values_that_do_not_vary_have_no_infinite_t() -> None:
    found = difference_estimate(two_groups(np.full(10, 3.0), 5))
    assert found.value == pytest.approx(0)
    assert np.isnan([found.p, found.low, found.high]).all()
    perfect = difference_estimate(two_groups(np.repeat([5.0, 3.0], 5), 5))
    assert perfect.p == pytest.approx(2 / 252)


def test_a_claim_is_what_all_estimates_allow() -> None:
    one, other = (TrialEstimate("ancova", 2, 1, 3, 0.01), TrialEstimate("differences", 1, 0.2, 5, 0.04))
    claim = joint_claim((one, other))
    assert (claim.value, claim.low, claim.high, claim.p) == (2, 0.2, 5, 0.04)
    assert claim.excludes_none
    against = joint_claim((one, TrialEstimate("differences", -1, -3, -0.2, 0.03)))
    assert (against.p, against.excludes_none) == (1.0, False)


def test_ratios_are_put_back_to_the_unit() -> None:
    rng = np.random.default_rng(2)
    before = np.exp(rng.normal(3, 0.5, 40))
    treated = np.arange(40) < 20
    after = before * np.where(treated, 1.3, 1.1) * np.exp(rng.normal(0, 0.01, 40))
    names = np.array([f"u{i:02d}" for i in range(40)], dtype=object)
    ratios = estimate_effects(UnitMeans(names, treated, before, after, np.ones(40), treated), drawn=False)[2]
    assert ratios.method == "ratios"
    assert ratios.value == pytest.approx(after[treated].mean() * (1 - 1.1 / 1.3), rel=0.03)
    assert ratios.low < ratios.value < ratios.high
