"""Which choice moves the ranking: planted causes, and the published indices of the Ishigami function."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from tests.scoring.panels import CALLS, MEETINGS, WIN_RATE, design_of, panel_of, random_panel
from workbench.scoring.baselines import measure_score_agreement
from workbench.scoring.history import score_history
from workbench.scoring.ranks import rank_values
from workbench.weights.sensitivity import compare_scoring_rules, weight_sensitivity


def test_the_library_gives_the_published_indices_of_the_ishigami_function():
    """a = 7, b = 0.1: first order .3139, .4424, 0; total .5576, .4424, .2437."""
    found = stats.sobol_indices(
        func=lambda x: np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0]), n=4096,
        dists=[stats.uniform(-np.pi, 2 * np.pi)] * 3, rng=np.random.default_rng(0),
    )  # fmt: skip
    assert found.first_order.ravel() == pytest.approx([0.3139, 0.4424, 0], abs=0.02)
    assert found.total_order.ravel() == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)


def test_a_kpi_that_is_the_same_for_everybody_moves_no_rank():
    rng = np.random.default_rng(2)
    frame = pd.DataFrame({"rep": [f"r{i:02}" for i in range(20)], "period": "2024-01", "sales": 1.0, "closed": 6.0})
    panel = panel_of(frame.assign(calls=rng.uniform(50, 200, 20), meetings=rng.uniform(1, 10, 20)))
    flat = {"name": "Closed", "formula": "closed", "target": 6, "weight": 40}
    found = weight_sensitivity(
        score_history(panel, design_of(CALLS, MEETINGS, flat, {**WIN_RATE, "formula": "closed / 12", "weight": 0}))
    )
    assert found["kpi"].tolist() == ["Calls", "Meetings", "Closed"]
    assert found["total"].iloc[2] == pytest.approx(0, abs=1e-9)
    assert found["total"].iloc[:2].min() > 0.1
    assert found.equals(weight_sensitivity(score_history(panel, design_of(CALLS, MEETINGS, flat))))


def test_one_kpi_alone_never_moves_a_rank():
    assert (
        weight_sensitivity(score_history(random_panel(1), design_of(CALLS)))[["alone", "total"]].isna().all(axis=None)
    )


def test_every_rule_is_what_choosing_it_would_show():
    panel = random_panel(3)
    design = design_of(CALLS, MEETINGS, WIN_RATE)
    found = compare_scoring_rules(panel, design)
    assert len(found) == 9
    assert found["mean_shift"][found["today"]].tolist() == [0]
    one = found[(found["points"] == "zscore") & (found["combine"] == "geometric")].iloc[0]
    other = score_history(panel, design_of(CALLS, MEETINGS, WIN_RATE, points="zscore", combine="geometric"))
    shift = np.abs(rank_values(other.reps.score) - rank_values(score_history(panel, design).reps.score))
    assert (one["mean_shift"], one["largest_shift"]) == (pytest.approx(shift.mean()), shift.max())
    assert one["across_reps"] == pytest.approx(measure_score_agreement(other).across_reps.rho)


def test_min_max_is_tried_only_with_anchors():
    anchored = [{**kpi, "anchors": [0, 300]} for kpi in (CALLS, MEETINGS)]
    assert len(compare_scoring_rules(random_panel(3), design_of(*anchored))) == 12
