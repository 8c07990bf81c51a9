"""What a scorecard has to beat, each against the same thing done by hand."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from tests.scoring.panels import CALLS, MEETINGS, WIN_RATE, design_of, panel_of, random_panel
from workbench.scoring.baselines import (
    best_single_kpi_baseline,
    compute_baselines,
    equal_weights_baseline,
    last_period_goal_baseline,
    measure_score_agreement,
    shuffled_baseline,
)
from workbench.scoring.history import score_history


def off(kpi: dict) -> dict:
    return {**kpi, "weight": 0}


def test_equal_weights_leave_out_the_kpis_that_are_off():
    panel = random_panel(2)
    found = equal_weights_baseline(score_history(panel, design_of(CALLS, MEETINGS, off(WIN_RATE))))
    alike = [{**kpi, "weight": 7} for kpi in (CALLS, MEETINGS)]
    assert found.agreement == measure_score_agreement(score_history(panel, design_of(*alike)))
    assert found.agreement != measure_score_agreement(score_history(panel, design_of(CALLS, MEETINGS)))
    assert found.as_json() == {"agreement": found.agreement.as_json()}


def alone(panel, kpi) -> float:
    """The rank correlation of one KPI's points with the goal over the reps."""
    level = score_history(panel, design_of(kpi)).reps
    return stats.spearmanr(level.score, level.goal).statistic


def test_the_best_single_kpi_is_the_one_whose_reps_agree_most_with_the_goal():
    panel = random_panel(2)
    agreeing = {kpi["name"]: alone(panel, kpi) for kpi in (CALLS, MEETINGS, WIN_RATE)}
    best = max(agreeing, key=agreeing.get)
    found = best_single_kpi_baseline(score_history(panel, design_of(CALLS, MEETINGS, WIN_RATE)))
    assert found.as_json()["name"] == best == "Meetings"
    assert found.agreement.across_reps.rho == pytest.approx(agreeing[best])


def test_a_kpi_that_is_off_is_picked_only_when_all_are_off():
    panel = random_panel(2)
    assert best_single_kpi_baseline(score_history(panel, design_of(CALLS, off(MEETINGS)))).more == {"name": "Calls"}
    assert best_single_kpi_baseline(score_history(panel, design_of(off(CALLS), off(MEETINGS)))).more == {
        "name": "Meetings"
    }


def test_a_kpi_that_never_varies_loses_against_one_that_pulls_the_wrong_way():
    reps = [f"r{i}" for i in range(6)]
    panel = panel_of(pd.DataFrame({"rep": reps, "period": "2024-01", "flat": 5.0, "back": [6.0, 5, 4, 3, 2, 1],
                                   "sales": [1.0, 2, 3, 4, 5, 6]}))  # fmt: skip
    flat, back = ({"name": name, "formula": name, "target": 10, "weight": 1} for name in ("flat", "back"))
    found = best_single_kpi_baseline(score_history(panel, design_of(flat, back)))
    assert (found.more["name"], found.agreement.across_reps.rho) == ("back", pytest.approx(-1))


def test_last_periods_goal_gives_each_rep_the_average_of_the_goals_before():
    panel = random_panel(5, gaps=True)
    found = last_period_goal_baseline(score_history(panel, design_of(CALLS))).agreement
    frame = panel.frame.assign(month=panel.frame["period"].dt.to_period("M"))
    pairs = frame.merge(frame.assign(month=frame["month"] + 1), on=["rep", "month"], suffixes=("", "_before"))
    level = pairs.groupby("rep")["sales_before"].mean()
    goal = frame.groupby("rep")["sales"].mean()[level.index]
    assert found.across_reps.rho == pytest.approx(stats.spearmanr(level, goal).statistic)
    assert (found.across_reps.n, found.rep_periods.n) == (len(level), len(pairs))


def test_chance_of_a_score_that_never_varies_is_missing_with_its_reason():
    flat = panel_of(pd.DataFrame({"rep": [f"r{i}" for i in range(6)], "period": "2024-01", "calls": 100.0,
                                  "sales": [1.0, 2, 3, 4, 5, 6]}))  # fmt: skip
    found = shuffled_baseline(score_history(flat, design_of(CALLS)), draws=20)
    assert np.isnan(found.agreement.across_reps.rho)
    assert found.agreement.across_reps.reason == "nothing varies, so nothing can be shuffled"
    assert np.isnan(found.more["as_high"]["across_reps"])


def test_an_agreement_that_no_shuffle_reaches_is_counted_once_itself():
    """Forty reps in exactly the order of their goal: of 99 shuffles none agrees as much, so 1 in 100."""
    n = 40
    order = np.arange(n, dtype=float)
    panel = panel_of(pd.DataFrame({"rep": [f"r{i:02}" for i in range(n)], "period": "2024-01", "calls": order,
                                   "sales": order}))  # fmt: skip
    found = shuffled_baseline(score_history(panel, design_of(CALLS, points="percentile")), draws=99)
    assert found.more["as_high"]["across_reps"] == pytest.approx(0.01)
    assert (found.agreement.across_reps.n, found.agreement.across_reps.n_reps) == (n, n)
    assert found.agreement.across_reps.method.startswith("99 shuffles of whole rep histories, seed ")


def test_all_four_are_given_by_their_promised_names():
    scored = score_history(random_panel(1), design_of(CALLS, MEETINGS))
    found = compute_baselines(scored, draws=9)
    assert found["equal_weights"] == equal_weights_baseline(scored)
    assert found["best_single_kpi"] == best_single_kpi_baseline(scored)
    assert found["last_period_goal"] == last_period_goal_baseline(scored)
    assert found["shuffled"].more["draws"] == 9
