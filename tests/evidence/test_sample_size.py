"""Sample sizes against published tables and simulation."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.evidence.sample_size import reps_for_link, sample_size_needed
from workbench.scoring.correlation import Correlation


@pytest.mark.parametrize(("link", "reps"), [(0.1, 783), (0.3, 85), (0.5, 29)])
def test_reps_for_a_correlation_are_those_of_cohen_1992(link, reps):
    assert 0 <= reps_for_link(link) - reps <= 1  # rounded up; Psychological Bulletin 112:155, table 2: 783, 85, 28–29


def test_four_times_the_reps_halve_the_error():
    reach = 2 * np.arctanh(0.2)
    link = Correlation(0.0, -np.tanh(reach), np.tanh(reach), 500, 400, "")
    needed = sample_size_needed(link, 20, 12, 0.2, 0.95)
    assert needed.reps == np.ceil(20 * (2 * 2.8016 / 1.9659) ** 2) == 163  # z .975 + z .8 = 2.8016; t 399 = 1.9659
    assert needed.periods == np.ceil(12 * (2 * 2.8016 / 1.9659) ** 2) == 98
    assert needed.power == 0.8


def test_enough_is_never_less_than_there_is_and_missing_without_an_interval():
    assert sample_size_needed(Correlation(0.0, -0.01, 0.01, 500, 20, ""), 20, 12, 0.2, 0.95).reps == 20
    for impossible in (
        sample_size_needed(Correlation(0.1, np.nan, np.nan, 5, 3, ""), 3, 2, 0.2, 0.95),
        sample_size_needed(
            Correlation(0.1, -0.1, 0.3, 5, 1, ""), 1, 2, 0.2, 0.95
        ),  # one rep has no error to start from
        sample_size_needed(Correlation(0.1, -0.1, 0.3, 50, 9, ""), 9, 2, 0.0, 0.95),
        sample_size_needed(Correlation(0.1, -0.1, 0.3, 50, 9, ""), 9, 2, 1.0, 0.95),
    ):
        assert np.isnan([impossible.reps, impossible.periods]).all()
    assert np.isfinite(sample_size_needed(Correlation(0.1, -0.1, 0.3, 50, 2, ""), 2, 2, 0.2, 0.95).reps)


def test_reps_for_a_link_follow_the_confidence_asked_for():
    """((1.6449 + 0.8416) ÷ atanh 0.3)² + 3 = 67.5 at 90%, against 84.9 at 95%."""
    assert (reps_for_link(0.3, 0.9), reps_for_link(0.3)) == (68, 85)
