"""What goes with an hour: the slope of least squares with indicators, in the user's units."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.evidence.planted import only, planted
from tests.evidence.test_links import fitted
from workbench.evidence import returns
from workbench.evidence.record import EvidenceOptions


def test_goal_per_hour_is_the_slope_times_units_per_hour():
    record = only(planted(reps=20, periods=12), "lever")
    found = returns.check(record, EvidenceOptions())[0]
    slope = fitted(record.units[0], record.goal, np.isfinite(record.goal), True)[1]
    assert found.per_unit.value == pytest.approx(slope, abs=1e-6)
    assert found.per_hour.value == pytest.approx(4 * slope, abs=1e-6)
    assert found.per_hour.low == pytest.approx(4 * found.per_unit.low)
    assert found.for_nothing == (found.per_unit.low <= 0)


def test_hours_of_the_team_in_a_mean_period():
    record = only(planted(reps=5, periods=4, leavers=0.0), "noise")
    record = replace(record, units=np.full((1, 5, 4), 8.0), minutes=np.array([30.0]))
    assert returns.check(record, EvidenceOptions())[0].hours_per_period == pytest.approx(5 * 8 * 0.5)


def test_nothing_without_minutes_or_units():
    record = only(planted(reps=5, periods=4), "noise")
    assert returns.check(replace(record, minutes=np.array([np.nan])), EvidenceOptions()) == (None,)
    assert returns.check(replace(record, units=np.full_like(record.units, np.nan)), EvidenceOptions()) == (None,)
