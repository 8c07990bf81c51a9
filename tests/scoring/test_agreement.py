"""The readings of an agreement against scipy, pandas and published figures."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from tests.scoring.panels import CALLS, MEETINGS, WIN_RATE, design_of, random_panel
from workbench.scoring.agreement import measure_agreement
from workbench.scoring.baselines import DRAWS, last_period_goal_baseline, shuffled_baseline
from workbench.scoring.correlation import correlate
from workbench.scoring.history import score_history
from workbench.scoring.rows import Rows, remove_group_means

# Bland & Altman 1995 (BMJ 310:446), intramural pH and PaCO2 of eight subjects.
BLAND_ALTMAN = (
    "6.68 3.97 6.53 4.12 6.43 4.09 6.33 3.97",
    "6.85 5.27 7.06 5.37 7.13 5.41 7.17 5.44",
    "7.40 5.67 7.42 3.64 7.41 4.32 7.37 4.73 7.34 4.96 7.35 5.04 7.28 5.22 7.30 4.82 7.34 5.07",
    "7.36 5.67 7.33 5.10 7.29 5.53 7.30 4.75 7.35 5.51",
    "7.35 4.28 7.30 4.44 7.30 4.32 7.37 3.23 7.27 4.46 7.28 4.72 7.32 4.75 7.32 4.99",
    "7.38 4.78 7.30 4.73 7.29 5.12 7.33 4.93 7.31 5.03 7.33 4.93",
    "6.86 6.85 6.94 6.44 6.92 6.52",
    "7.19 5.28 7.29 4.56 7.21 4.34 7.25 4.32 7.20 4.41 7.19 3.69 6.77 6.09 6.82 5.58",
)


def test_within_subject_correlation_of_bland_and_altman_1995():
    numbers = [np.array(line.split(), dtype=float) for line in BLAND_ALTMAN]
    subjects = np.repeat(np.arange(8), [len(n) // 2 for n in numbers])
    ph, carbon = (np.concatenate([n[i::2] for n in numbers]) for i in (0, 1))
    found = correlate(remove_group_means(ph, subjects), remove_group_means(carbon, subjects), subjects, "pearson")
    assert found.rho == pytest.approx(-0.5068, abs=5e-5)
    assert (found.n, found.n_reps) == (47, 8)


def test_removing_rep_and_period_levels_is_least_squares_on_indicators():
    frame = random_panel(3, gaps=True).frame
    dummies = pd.get_dummies(frame[["rep", "period"]].astype(str), drop_first=True, dtype=float)
    residuals = sm.OLS(frame["sales"], sm.add_constant(dummies)).fit().resid
    reps, periods = (np.unique(frame[c], return_inverse=True)[1] for c in ("rep", "period"))
    found = remove_group_means(frame["sales"].to_numpy(), reps, periods)
    assert found == pytest.approx(residuals.to_numpy(), abs=1e-5)


def test_equal_rests_stay_tied_whatever_the_unit():
    values, reps = np.array([1.0, 2.0, 4.0, 11.0, 12.0, 14.0]), np.array([0, 0, 0, 1, 1, 1])
    for unit in (1, 1000, 0.001):
        rest = remove_group_means(values * unit, reps)
        assert len(np.unique(rest)) == 3


def test_next_row_is_the_same_rep_one_period_on():
    rows = Rows(np.array([1, 0, 0, 1, 0]), np.array([5, 7, 6, 7, 9]))
    assert rows.next().tolist() == [-1, -1, 1, -1, -1]
    assert rows.previous_values(np.arange(5.0)) == pytest.approx([np.nan, 2, np.nan, np.nan, np.nan], nan_ok=True)
    assert Rows(np.array([], dtype=int), np.array([], dtype=int)).next().tolist() == []


def test_every_reading_is_spearman_of_what_it_says_and_within_reps_pearson():
    panel = random_panel(4, gaps=True)
    scored = score_history(panel, design_of(CALLS, MEETINGS))
    frame = panel.frame.assign(month=panel.frame["period"].dt.to_period("M"))
    found = measure_agreement(
        scored.reps.values[:, 1],
        scored.reps.goal,
        scored.rep_periods.values[:, 1],
        scored.rep_periods.goal,
        scored.rows,
    )
    means = frame.groupby("rep")[["meetings", "sales"]].mean()
    assert found.across_reps.rho == pytest.approx(stats.spearmanr(means).statistic)
    own = frame[["meetings", "sales"]] - frame.groupby("rep")[["meetings", "sales"]].transform("mean")
    assert found.within_reps.rho == pytest.approx(stats.pearsonr(*own.to_numpy().T).statistic)
    dummies = sm.add_constant(pd.get_dummies(frame[["rep", "period"]].astype(str), drop_first=True, dtype=float))
    rest = [sm.OLS(frame[name], dummies).fit().resid for name in ("meetings", "sales")]
    assert found.within_reps_and_periods.rho == pytest.approx(stats.pearsonr(*rest).statistic, abs=1e-6)
    assert found.within_reps_and_periods.method.startswith(
        "pearson of values less each rep's own level and each period"
    )
    assert found.within_reps.method.startswith("pearson of values less each rep's own level; delete-one-rep")
    assert found.rep_periods.rho == pytest.approx(stats.spearmanr(frame[["meetings", "sales"]]).statistic)
    later = frame.assign(month=frame["month"] - 1)
    pairs = frame.merge(later, on=["rep", "month"], suffixes=("", "_next"))
    assert found.next_period.rho == pytest.approx(stats.spearmanr(pairs["meetings"], pairs["sales_next"]).statistic)
    assert (found.next_period.n, found.rep_periods.n, found.across_reps.n) == (len(pairs), len(frame), 8)


def test_last_period_goal_pairs_each_goal_with_the_one_before():
    panel = random_panel(5, gaps=True)
    found = last_period_goal_baseline(score_history(panel, design_of(CALLS))).agreement
    frame = panel.frame.assign(month=panel.frame["period"].dt.to_period("M"))
    pairs = frame.merge(frame.assign(month=frame["month"] + 1), on=["rep", "month"], suffixes=("", "_before"))
    expected = stats.spearmanr(pairs["sales_before"], pairs["sales"]).statistic
    assert found.rep_periods.rho == pytest.approx(expected)
    assert found.next_period == found.rep_periods


def test_shuffled_is_the_plain_permutation_distribution():
    scored = score_history(random_panel(6, n_reps=7), design_of(MEETINGS))
    found = shuffled_baseline(scored)
    rng = np.random.default_rng(1)
    x, y = scored.reps.score, scored.reps.goal
    drawn = [stats.spearmanr(rng.permutation(x), y).statistic for _ in range(2000)]
    assert found.more["draws"] == DRAWS
    assert abs(found.agreement.across_reps.rho) < 0.05
    assert found.agreement.across_reps.high == pytest.approx(np.quantile(drawn, 0.975), abs=0.06)
    actual = stats.spearmanr(x, y).statistic
    assert found.more["as_high"]["across_reps"] == pytest.approx(np.mean(np.array(drawn) >= actual - 1e-9), abs=0.03)
    assert shuffled_baseline(scored).as_json() == found.as_json()


def test_shuffling_whole_histories_matches_a_slow_loop():
    scored = score_history(random_panel(8, n_reps=6, gaps=True), design_of(CALLS, WIN_RATE))
    found = shuffled_baseline(scored, draws=300).agreement.rep_periods
    wide = scored.rep_periods.keys.assign(score=scored.rep_periods.score, goal=scored.rep_periods.goal)
    wide[["score", "goal"]] = wide[["score", "goal"]].rank()
    score, goal = (wide.pivot_table(v, "rep", "period").to_numpy() for v in ("score", "goal"))
    rng, drawn = np.random.default_rng(2), []
    for _ in range(600):
        given = score[rng.permutation(6)]
        both = np.isfinite(given) & np.isfinite(goal)
        drawn.append(np.corrcoef(given[both], goal[both])[0, 1])
    assert found.rho == pytest.approx(np.mean(drawn), abs=0.03)
    assert found.high - found.low == pytest.approx(np.subtract(*np.quantile(drawn, [0.975, 0.025])), abs=0.08)
