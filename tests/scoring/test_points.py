"""Points against figures worked out by hand and scipy's percentiles and z-scores."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from workbench.design.model import Kpi, Scoring
from workbench.scoring.points import hit_line, points_from_value, reaches, references

REFERENCE = np.array([1.0, 2.0, 2.0, 3.0, 5.0, 8.0, np.nan])
positive = st.floats(0.01, 1e6)


def points_of(values, target=10.0, direction="higher", anchors=None, reference=REFERENCE, span=1.0, **rules):
    kpi = Kpi(name="k", formula="x", direction=direction, anchors=anchors)
    values = np.array(values, dtype=float)
    frozen = references(reference[:, None], [kpi])[0]
    return list(points_from_value(values, np.full(len(values), target), kpi, Scoring(**rules), frozen, span))


def test_attainment_is_value_over_target_between_floor_and_cap():
    assert points_of([0, 5, 10, 11, 30, -4]) == [0, 50, 100, pytest.approx(110), 120, 0]
    assert points_of([5, 30], floor=60, cap=200) == [60, 200]


def test_attainment_where_lower_is_better():
    assert points_of([20, 10, 5, 0], direction="lower", cap=150) == [50, 100, 150, 150]


def test_attainment_within_a_band():
    band = {"within": (4, 8)}
    assert points_of([2, 4, 6, 8, 16, 0], direction=band) == [50, 100, 100, 100, 50, 0]
    around_zero = points_of([-3, 0, 2], direction={"within": (-1, 1)})
    assert around_zero == pytest.approx([0, 100, 50])


def test_missing_value_target_or_anchors_give_missing_points():
    for direction in ("higher", "lower", {"within": (1, 2)}):
        for rule in ("attainment", "percentile", "zscore", "minmax"):
            assert np.isnan(points_of([np.nan], direction=direction, points=rule, anchors=(0, 9))).all()
    assert np.isnan(points_of([5], target=np.nan)).all()
    assert np.isnan(points_of([5, 0], target=np.nan, direction="lower")).all()
    assert np.isnan(points_of([5, 0], target=0)).all()
    assert np.isnan(points_of([5], points="minmax")).all()


def test_percentile_is_scipys_mean_percentile_of_the_frozen_reference():
    known = REFERENCE[np.isfinite(REFERENCE)]
    expected = [stats.percentileofscore(known, v, kind="mean") for v in (0, 2, 4, 9)]
    assert points_of([0, 2, 4, 9], points="percentile") == pytest.approx(expected)
    assert points_of([0, 2, 4, 9], points="percentile", direction="lower") == pytest.approx([100 - e for e in expected])


def test_z_points_are_fifty_plus_ten_standard_deviations():
    known = REFERENCE[np.isfinite(REFERENCE)]
    expected = [50 + 10 * (v - known.mean()) / known.std(ddof=1) for v in (1, 4, 8)]
    assert points_of([1, 4, 8], points="zscore") == pytest.approx(expected)


def test_z_points_of_a_reference_that_never_varies():
    flat = np.array([3.0, 3.0, 3.0])
    assert points_of([2, 3, 4, np.nan], points="zscore", reference=flat)[:3] == [0, 50, 120]


def test_min_max_runs_from_the_worse_anchor_to_the_better():
    assert points_of([0, 10, 30, 50, 90], points="minmax", anchors=(10, 50)) == [0, 0, 50, 100, 120]
    assert points_of([10, 30, 50], points="minmax", anchors=(50, 10), direction="lower") == [100, 50, 0]
    band = points_of([0, 5, 10, 20, 25, 40], points="minmax", anchors=(0, 30), direction={"within": (10, 20)})
    assert band == [0, 50, 100, 100, 50, 0]


@given(positive, positive, st.sampled_from([10.0, 1000.0, 0.001]))
def test_another_unit_for_value_and_target_gives_the_same_points(value, target, unit):
    for direction in ("higher", "lower"):
        once, again = points_of([value], target, direction), points_of([value * unit], target * unit, direction)
        assert again == pytest.approx(once, rel=1e-12)


@given(positive, positive)
def test_flipping_value_and_direction_gives_the_same_points(value, target):
    assert points_of([1 / value], 1 / target, "lower") == pytest.approx(points_of([value], target), rel=1e-12)


@given(positive)
def test_exactly_on_target_is_exactly_a_hundred(target):
    assert points_of([target], target) == points_of([target], target, "lower") == [100]


def test_totals_are_compared_per_period():
    assert points_of([24], points="percentile", span=12) == points_of([2], points="percentile")
    known = REFERENCE[np.isfinite(REFERENCE)]
    a_month = 50 + 10 * (4 - known.mean()) / known.std(ddof=1)
    assert points_of([48], points="zscore", span=12) == pytest.approx([a_month])
    assert points_of([48], points="zscore", span=12, direction="lower") == pytest.approx([100 - a_month])
    assert points_of([240], points="minmax", anchors=(10, 50), span=12) == [25]


def test_reaching_a_line_forgives_rounding_error_alone():
    line = hit_line(Scoring())
    assert (line, hit_line(Scoring(points="zscore"))) == (100, 50)
    assert list(reaches(np.array([100 - 1e-12, 99.999, np.nan]), line)) == [True, False, False]


def test_the_rounding_forgiven_grows_with_large_lines_and_not_with_small_ones():
    """A goal in millions carries rounding errors of its own size; one of 0.001 must not be met at 0."""
    million = 5e6
    assert list(reaches(np.array([million - 0.004, million - 0.006]), million)) == [True, False]
    assert list(reaches(np.array([-million - 0.004, -million - 0.006]), -million)) == [True, False]
    assert list(reaches(np.array([0.001 - 9e-10, 0.001 - 1.1e-9]), 0.001)) == [True, False]
