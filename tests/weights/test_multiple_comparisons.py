"""Critical distances against the integral solved by scipy, with one variance a rep and with steps down."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import integrate, optimize, stats

from workbench.weights.multiple_comparisons import critical_distances, is_proven_above, rank_intervals


def by_integral(own: float, above: list[float], below: list[float], confidence: float = 0.95) -> float:
    """c such that no open difference exceeds c standard errors with that probability, given standard deviations.

    ``above``, ``below``: of the others from whom it is still open whether the rep is above, or below.
    """

    z = np.linspace(-9, 9, 20_001)

    def inside(c: float) -> float:
        within = stats.norm.pdf(z)
        for sd in {*above, *below}:
            reach = c * np.hypot(own, sd)
            top = stats.norm.cdf((own * z + reach) / sd) if sd in below else 1.0
            bottom = stats.norm.cdf((own * z - reach) / sd) if sd in above else 0.0
            within = within * np.maximum(top - bottom, 0.0) ** max(above.count(sd), below.count(sd))
        return float(integrate.trapezoid(within, z))

    return optimize.brentq(lambda c: inside(c) - confidence, 0.5, 8, xtol=1e-6)


@pytest.mark.parametrize("n", [2, 3, 5, 12, 40])
def test_one_against_equals(n: int) -> None:
    expected = by_integral(1.0, [1.0] * (n - 1), [1.0] * (n - 1))
    assert critical_distances(np.zeros(n), np.full(n, 4.0), np.inf) == pytest.approx(np.full(n, expected), abs=0.002)


@pytest.mark.parametrize("confidence", [0.9, 0.95, 0.99])
@pytest.mark.parametrize(("sd", "off"), [((0.7, 1.0, 1.4, 1.0, 1.3), 0.002), ((0.5, 1.0, 2.0, 1.0, 3.0), 0.04)])
def test_one_variance_a_rep(sd: tuple[float, ...], off: float, confidence: float) -> None:
    sd = np.array(sd)
    found = critical_distances(np.zeros(5), sd**2, np.inf, confidence)
    for rep in range(5):
        others = np.delete(sd, rep).tolist()
        assert found[rep] == pytest.approx(by_integral(sd[rep], others, others, confidence), abs=off)


def test_what_is_proven_no_longer_counts() -> None:
    """Two of five are far below the others: being above or below them is not in question any more."""
    level = np.array([0.0, 0.0, 0.0, -50.0, -50.0])
    found = critical_distances(level, np.ones(5), np.inf)
    # The first is still asked whether it is above two and below four, the fourth whether above four and below one.
    first = by_integral(1.0, [1.0] * 2, [1.0] * 2 + [1.0000001] * 2)
    fourth = by_integral(1.0, [1.0] + [1.0000001] * 3, [1.0])
    assert found[:3] == pytest.approx(np.full(3, first), abs=0.005)
    assert found[3:] == pytest.approx(np.full(2, fourth), abs=0.005)


def test_few_degrees_of_freedom_reach_farther() -> None:
    """With one other the distance is Student's two-sided 5 %: 2.228 with 10 degrees of freedom, in every table."""
    assert critical_distances(np.zeros(2), np.ones(2), 10) == pytest.approx([2.228, 2.228], abs=0.001)


def test_unknown_reps_have_no_distance() -> None:
    found = critical_distances(np.array([0.0, np.nan, 0.0]), np.array([1.0, np.nan, 1.0]), np.inf)
    assert found == pytest.approx([1.960, np.nan, 1.960], abs=0.001, nan_ok=True)
    assert np.isnan(critical_distances(np.array([0.0, np.nan]), np.ones(2), np.inf)).all()


def test_a_pair_is_proven_just_beyond_tukeys_range() -> None:
    """Three means of variance ½ each and 12 degrees of freedom: 3.77 in the tables (Harter 1960), of a mean's error."""
    score = np.array([[3.0, 2.0, 1.0]])
    for gap, proven in ((3.78, True), (3.76, False)):
        level = np.array([[gap * np.sqrt(0.5), 0.5, 0.0]])
        above = is_proven_above(level, np.full((1, 3), 0.5), score, 12)
        assert above[0].tolist() == [[False, False, proven], [False] * 3, [False] * 3]
    assert not is_proven_above(level * 10, np.full((1, 3), 0.5), score[:, ::-1], 12)[0, 0, 2]  # scores say otherwise


def test_ranks_go_from_those_surely_above_to_those_surely_below() -> None:
    level = np.array([[9.0, 5.0, 4.9, 0.0, np.nan]])
    low, high = rank_intervals(level, np.full((1, 5), 0.1), level, np.array([2.5, 2.5, 2.5, 2.5, np.nan]))
    assert low[0].tolist()[:4] == [1, 2, 2, 4]
    assert high[0].tolist()[:4] == [1, 3, 3, 4]
    assert np.isnan([low[0, 4], high[0, 4]]).all()
