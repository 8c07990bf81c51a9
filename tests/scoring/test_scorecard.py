"""Combining points, sharing the score out again, and ranks."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

from workbench.design.model import Scoring
from workbench.scoring.ranks import rank_values
from workbench.scoring.scorecard import compute_contributions, scores_from_points

NAN = math.nan
POINTS = np.array([[80.0, 100, 60], [NAN, 100, 50], [NAN, NAN, NAN], [0, 120, 90]])
WEIGHTS = [50, 30, 20]
some_points = hnp.arrays(float, (4, 3), elements=st.one_of(st.floats(0, 120), st.just(NAN)))
some_weights = st.lists(st.sampled_from([0.0, 1.0, 2.5, 40.0]), min_size=3, max_size=3)
some_rules = st.builds(
    Scoring,
    combine=st.sampled_from(["mean", "geometric", "minimum"]),
    missing=st.sampled_from(["reweight", "zero", "exclude"]),
)


@pytest.mark.parametrize(
    ("missing", "expected"),
    [("reweight", [82, 80, NAN, 54]), ("zero", [82, 40, 0, 54]), ("exclude", [82, NAN, NAN, 54])],
)
def test_mean_by_each_rule_for_missing_points(missing, expected):
    assert scores_from_points(POINTS, WEIGHTS, Scoring(missing=missing)) == pytest.approx(expected, nan_ok=True)


def test_geometric_is_scipys_weighted_gmean_and_a_zero_counts_as_one():
    found = scores_from_points(POINTS, WEIGHTS, Scoring(combine="geometric"))
    expected = [stats.gmean([80, 100, 60], weights=WEIGHTS), stats.gmean([100, 50], weights=[30, 20]), NAN,
                stats.gmean([1, 120, 90], weights=WEIGHTS)]  # fmt: skip
    assert found == pytest.approx(expected, nan_ok=True)


def test_minimum_looks_at_the_kpis_that_are_on():
    rules = Scoring(combine="minimum")
    assert scores_from_points(POINTS, WEIGHTS, rules) == pytest.approx([60, 50, NAN, 0], nan_ok=True)
    assert scores_from_points(POINTS, [50, 30, 0], rules) == pytest.approx([80, 100, NAN, 0], nan_ok=True)


def test_a_kpi_of_weight_zero_is_off_not_missing():
    assert scores_from_points(POINTS[:2], [0, 1, 1], Scoring(missing="exclude")) == pytest.approx([80, 75])
    assert np.isnan(scores_from_points(POINTS, [0, 0, 0], Scoring())).all()


@given(some_points, some_weights, some_rules)
def test_ten_times_the_weights_is_the_same_score(points, weights, rules):
    once, again = (scores_from_points(points, [w * f for w in weights], rules) for f in (1, 10))
    assert again == pytest.approx(once, rel=1e-12, nan_ok=True)


@given(some_points, some_weights, some_rules)
def test_contributions_add_up_to_the_score_and_shares_to_one(points, weights, rules):
    score = scores_from_points(points, weights, rules)
    shares, parts = compute_contributions(points, weights, rules)
    assert parts.sum(axis=1) == pytest.approx(score, rel=1e-12, abs=1e-12, nan_ok=True)
    scored = np.isfinite(score)
    assert shares[scored].sum(axis=1) == pytest.approx(1)
    assert (shares[:, np.array(weights) == 0] == 0).all()


def test_how_a_geometric_mean_and_a_minimum_are_split():
    geometric = Scoring(combine="geometric")
    _, parts = compute_contributions(np.array([[100.0, 10.0], [0.0, 0.0]]), [1, 1], geometric)
    assert parts[0] == pytest.approx(np.sqrt(1000) * np.array([2, 1]) / 3)
    assert list(parts[1]) == [0.5, 0.5]
    _, parts = compute_contributions(np.array([[70.0, 50.0, 50.0]]), [2, 1, 3], Scoring(combine="minimum"))
    assert parts[0] == pytest.approx([0, 12.5, 37.5])


def test_ties_share_the_better_rank_and_missing_has_none():
    assert rank_values([5, 9, 9, NAN, 1]) == pytest.approx([3, 1, 1, NAN, 4], nan_ok=True)
    assert rank_values([5, 9, 9, 1], largest_first=False) == pytest.approx([2, 3, 3, 1])
    assert rank_values([]).tolist() == []
    assert np.isnan(rank_values([NAN, NAN])).all()


def test_nothing_is_rounded_before_ranking_but_rounding_error_makes_no_winner():
    assert list(rank_values([80.01, 80.02, 80.0])) == [2, 1, 3]
    assert 0.1 + 0.2 + 0.3 != 0.3 + 0.2 + 0.1
    assert list(rank_values([0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1, 0.5])) == [1, 1, 3]


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=30))
def test_ranks_are_scipys(values):
    assert list(rank_values(values)) == list(stats.rankdata([-v for v in values], method="min"))
