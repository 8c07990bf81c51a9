"""Sample sizes against published tables and simulation."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.evidence.sample_size import reps_for_link, sample_size_needed
from workbench.scoring.correlation import Correlation


@pytest.mark.parametrize(("link", "reps"), [(0.1, 783), (0.3, 85), (0.5, 29)])
def test_reps_for_a_correlation_are_those_of_cohen_1992(link, reps):
    assert abs(reps_for_link(link) - reps) <= 1  # Psychological Bulletin 112:155, table 2: 783, 85, 28–29


def test_four_times_the_reps_halve_the_error():
    reach = 2 * np.arctanh(0.2)
    link = Correlation(0.0, -np.tanh(reach), np.tanh(reach), 500, 400, "")
    needed = sample_size_needed(link, 20, 12, 0.2, 0.95)
    assert needed.reps == pytest.approx(20 * (2 * 2.8016 / 1.9659) ** 2, abs=1)
    assert needed.periods == pytest.approx(12 * needed.reps / 20, abs=1)


def test_enough_is_never_less_than_there_is_and_missing_without_an_interval():
    assert sample_size_needed(Correlation(0.0, -0.01, 0.01, 500, 20, ""), 20, 12, 0.2, 0.95).reps == 20
    assert np.isnan(sample_size_needed(Correlation(0.1, np.nan, np.nan, 5, 3, ""), 3, 2, 0.2, 0.95).reps)
