"""Estimators against other people's implementations: statsmodels, pandas, and the textbook's matrix."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.stats.oneway import anova_generic

from tests.evidence.planted import gappy, record_of
from workbench.evidence.drift import find_break
from workbench.evidence.heterogeneity import _shrink_links, q_test
from workbench.evidence.record import EvidenceOptions
from workbench.evidence.redundancy import _absolute_correlations, _normal_scores, find_redundancies
from workbench.evidence.segments import _welch_p
from workbench.scoring.fixed_effects import remove_levels
from workbench.scoring.jackknife import fisher_z
from workbench.scoring.within_reps import within_rep_links


def test_independence_is_one_over_the_diagonal_of_the_inverse_correlation_of_normal_scores():
    rng = np.random.default_rng(1)
    level = rng.normal(size=(4, 40, 1))
    level[3] = 0.8 * level[0] + 0.5 * level[1] + 0.5 * level[3]
    record = record_of(level + 0.2 * rng.normal(size=(4, 40, 2)), rng.normal(size=(40, 2)))  # one season: rows are reps
    scores = _normal_scores(record.rep_values)
    inverse = np.linalg.inv(np.corrcoef(scores))
    found = find_redundancies(record, EvidenceOptions())
    assert [one.redundant for one in found] == [False] * 4
    assert [one.independence for one in found] == pytest.approx(1 / np.diag(inverse), abs=1e-6)


def test_likeness_is_the_size_of_pandas_spearman():
    rows = np.random.default_rng(2).normal(size=(3, 50)).round(1)
    expected = pd.DataFrame(rows.T).corr(method="spearman").abs().to_numpy()
    assert _absolute_correlations(rows) == pytest.approx(expected, abs=1e-9)


def test_the_largest_change_is_where_least_squares_with_a_break_fits_best():
    """The clearest by score tests with reps as clusters, the largest by the residual squares of a broken line."""
    rng = np.random.default_rng(3)
    x = rng.normal(size=(14, 20))
    y = np.where(np.arange(20) < 12, 0.8, 0.0) * x + rng.normal(size=(14, 20))
    x, y = remove_levels(np.stack([x, y]), np.ones((14, 20), bool)).values
    left = y - x * sm.OLS(y.ravel(), x.ravel()).fit().params[0]
    clear, squares = {}, {}
    for place in range(3, 18):
        late = x * (np.arange(20) >= place)
        beyond = late - x * sm.OLS(late.ravel(), x.ravel()).fit().params[0]
        by_rep = (beyond * left).sum(axis=1)
        clear[place] = abs(by_rep.sum()) / np.sqrt(np.sum(by_rep**2))
        squares[place] = sm.OLS(y.ravel(), np.column_stack([x.ravel(), late.ravel()])).fit().ssr
    found = find_break(x, y, EvidenceOptions(draws=199))
    assert found.clearest == max(clear, key=clear.get)
    assert found.largest == min(squares, key=squares.get)
    assert abs(found.largest - 12) <= 2
    assert found.p <= 0.02


def test_the_spread_between_reps_is_der_simonian_and_lairds():
    rng = np.random.default_rng(4)
    x = rng.normal(size=(18, 24))
    record = record_of(x[None], rng.normal(0.5, 0.5, (18, 1)) * x + rng.normal(size=(18, 24)))
    _, z, variance, who = q_test(x, record.goal, take_out_periods=True)
    spread, reps = _shrink_links(record, z, variance, who, EvidenceOptions())
    theirs = combine_effects(z, variance, method_re="dl")
    assert spread**2 == pytest.approx(theirs.tau2, rel=1e-9)
    keep = theirs.tau2 / (theirs.tau2 + variance)
    drawn = theirs.mean_effect_re + keep * (z - theirs.mean_effect_re)
    assert np.arctanh([own.link for own in reps]) == pytest.approx(drawn)


def test_segments_differ_by_welchs_test_on_their_links():
    values, goal = gappy(np.random.default_rng(5), 30, 18)
    parts = [within_rep_links(values[:, rows], goal[rows])[0] for rows in (slice(0, 8), slice(8, 18), slice(18, 30))]
    means, variances, sizes = [], [], []
    for link in parts:
        without = fisher_z(link.r_without[link.carriers], link.n_pairs)
        n = len(without)
        means.append(fisher_z(link.r, link.n_pairs))
        variances.append(n * (n - 1) / n * np.sum((without - without.mean()) ** 2))
        sizes.append(n)
    theirs = anova_generic(np.array(means), np.array(variances), np.array(sizes), use_var="unequal")
    assert _welch_p(parts) == pytest.approx(theirs.pvalue, rel=1e-6)


def test_the_interval_within_reps_is_the_jackknife_of_refits():
    """Every rep left out in turn, levels and all refitted by least squares with indicators."""
    rng = np.random.default_rng(6)
    x, y = rng.normal(size=(2, 9, 10))
    y = y + 0.5 * x
    z = []
    for rep in range(9):
        rest = np.arange(9) != rep
        left = remove_levels(np.stack([x[rest], y[rest]]), np.ones((8, 10), bool)).values
        z.append(np.arctanh(np.corrcoef(left[0].ravel(), left[1].ravel())[0, 1]))
    link = within_rep_links(x[None], y)[0]
    error = np.sqrt(8 / 9 * np.sum((z - np.mean(z)) ** 2))
    reach = stats.t.ppf(0.975, 8) * error
    found = link.correlation(EvidenceOptions())
    assert np.arctanh([found.low, found.high]) == pytest.approx(
        [np.arctanh(link.r) - reach, np.arctanh(link.r) + reach]
    )
