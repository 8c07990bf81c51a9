"""What counts as hit: the scorecard and composites by their points, a KPI by its target, nothing without a value."""

import numpy as np
import pandas as pd
import pytest

from tests.scoring.panels import design_of, panel_of
from workbench.scoring.history import score_history
from workbench.scoring.hits import compare_with_target, is_scorecard_hit

FRAME = pd.DataFrame({
    "rep": ["over", "at", "under", "unknown"],
    "period": ["2024-01"] * 4,
    "calls": [300.0, 200, 100, np.nan],
    "won": [5.0, 4, 3, 2],
    "sales": [1.0, 1, 1, 1],
})  # fmt: skip
PANEL = panel_of(FRAME)
CALLS = {"name": "Calls", "formula": "calls", "target": 200, "weight": 1}
WON = {"name": "Won", "formula": "won", "target": 4, "weight": 1}


def hits(k, *kpis, **scoring):
    scored = score_history(PANEL, design_of(*kpis, **scoring))
    found = compare_with_target(scored, scored.reps, k)
    rows = list(scored.reps.keys["rep"])
    return {rep: tuple(float(part[rows.index(rep)]) for part in (found.value, found.target, found.hit))
            for rep in ("over", "at", "under", "unknown")}  # fmt: skip


def test_a_kpi_is_hit_when_its_value_meets_its_target():
    found = hits(0, CALLS, WON)
    assert [found[rep] for rep in ("over", "at", "under")] == [(300, 200, 1), (200, 200, 1), (100, 200, 0)]
    assert np.isnan(found["unknown"][2])


def test_the_second_kpi_is_compared_with_its_own_target():
    assert hits(1, CALLS, WON)["at"] == (4, 4, 1)


def test_lower_is_better_turns_the_comparison_round():
    found = hits(0, {**CALLS, "direction": "lower"}, WON)
    assert [found[rep][2] for rep in ("over", "at", "under")] == [0, 1, 1]


def test_a_composite_is_hit_at_a_hundred_points():
    both = {"name": "Both", "weight": 1, "kpis": [CALLS, WON]}
    found = hits(0, both, WON)
    assert [found[rep] for rep in ("over", "at", "under")] == [
        (pytest.approx(120), 100, 1), (pytest.approx(100), 100, 1), (pytest.approx(62.5), 100, 0),
    ]  # fmt: skip
    assert hits(1, both, WON)["at"] == (4, 4, 1)  # the leaf after a composite still has its own target


def test_a_kpi_without_a_target_is_hit_in_the_middle_of_its_scale():
    anchored = {"name": "Calls", "formula": "calls", "weight": 1, "anchors": [100, 300]}
    found = hits(0, anchored, points="minmax")
    assert [found[rep] for rep in ("over", "at", "under")] == [(100, 50, 1), (50, 50, 1), (0, 50, 0)]


def test_the_scorecard_is_held_against_the_line_of_its_scale():
    found = hits(None, CALLS, WON)
    assert [found[rep][1:] for rep in ("over", "at", "under")] == [(100, 1), (100, 1), (100, 0)]
    scored = score_history(PANEL, design_of(CALLS, points="percentile"))
    assert is_scorecard_hit(scored, np.array([50.0, 49.9, np.nan])) == pytest.approx([1, 0, np.nan], nan_ok=True)
