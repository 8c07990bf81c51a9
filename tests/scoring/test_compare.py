"""What options are compared by, against the backtest and rep-periods counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.scoring.panels import CALLS, MEETINGS, design_of, panel_of, random_panel
from workbench.design.weighted_kpis import unweighted
from workbench.scoring.backtest import run_backtest
from workbench.scoring.compare import evaluate_option, outcome_of_history, ranks_side_by_side
from workbench.scoring.history import score_history


def test_an_outcome_has_the_figures_of_the_backtest() -> None:
    panel, design = random_panel(2), design_of(CALLS, MEETINGS)
    found, whole = evaluate_option(panel, design), run_backtest(panel, design, draws=9)
    assert found.shares == {"Calls": 0.375, "Meetings": 0.625}
    assert (found.agreement, found.awards) == (whole.scorecard, whole.awards)
    pd.testing.assert_frame_equal(found.standing, whole.reps)


@pytest.mark.parametrize("weights", [(30, 50), (0, 10), (0, 0)])
def test_points_once_scored_give_the_outcome_of_every_weight(weights: tuple[float, float]) -> None:
    panel = random_panel(2)
    design = design_of(*(kpi | {"weight": weight} for kpi, weight in zip((CALLS, MEETINGS), weights, strict=True)))
    afresh, shared = (
        evaluate_option(panel, design),
        outcome_of_history(score_history(panel, unweighted(design)).weighted(weights)),
    )
    figures = [{**vars(each), "standing": None} for each in (afresh, shared)]
    assert repr(figures[0]) == repr(figures[1]), "NaN included"
    pd.testing.assert_frame_equal(afresh.standing, shared.standing)


def test_the_called_in_and_the_unjustly_called_in_are_counted() -> None:
    rows = [("ann", "2024-01-01", 100, 2000), ("ann", "2024-02-01", 100, 10), ("ben", "2024-01-01", 300, 10)]
    panel = panel_of(pd.DataFrame(rows, columns=["rep", "period", "calls", "sales"]))
    found = evaluate_option(panel, design_of(CALLS))
    assert (found.called_in, found.unjust) == (2, 1)


def test_ranks_stand_side_by_side_in_the_order_of_the_options() -> None:
    rows = [("ann", "2024-01-01", 100, 20, 5), ("ben", "2024-01-01", 300, 2, 9)]
    panel = panel_of(pd.DataFrame(rows, columns=["rep", "period", "calls", "meetings", "sales"]))
    both = {
        "by calls": evaluate_option(panel, design_of(CALLS)),
        "by meetings": evaluate_option(panel, design_of(MEETINGS)),
    }
    found = ranks_side_by_side(both).set_index(["option", "rep"])["rank"]
    assert found.to_dict() == {("by calls", "ben"): 1, ("by calls", "ann"): 2, ("by meetings", "ann"): 1,
                               ("by meetings", "ben"): 2}  # fmt: skip
