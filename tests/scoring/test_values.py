"""Values and targets at each level, by hand: ratios are ratios of sums, blanks are not zeros."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.scoring.panels import panel_of
from workbench.design.model import Kpi
from workbench.errors import Where
from workbench.formula.formula import parse_formula
from workbench.scoring.aggregate import with_complete_rows
from workbench.scoring.values import rep_period_values, rep_values, target_series, team_values

FRAME = pd.DataFrame(
    {
        "rep": ["Ann", "Ann", "Ann", "Bob", "Bob"],
        "period": ["2024-01-01", "2024-02-01", "2024-03-01", "2024-02-01", "2024-03-01"],
        "dials": [100, 200, 300, 50, 150],
        "won": [1, 0, 9, 2, 2],
        "closed": [2, 0, 10, 4, 4],
        "quota": [10, 20, 30, 40, 50],
        "price": [10.0, np.nan, 40.0, 5.0, 7.0],
        "price·sum": [10.0, 0, 120.0, 5.0, 14.0],
        "price·n": [1, 0, 3, 1, 2],
        "longest": [5, np.nan, 9, 2, np.nan],
        "tenure": [0, 1, 2, 7, 8],
    }
)
PANEL = panel_of(FRAME, price="mean", longest="max", tenure="built_in")
DIALS = Kpi(name="Dials", formula="dials", target=150)
RATE = Kpi(name="Rate", formula="won / closed", target=0.5)
PRICE = Kpi(name="Price", formula="price", target=20)
LONGEST = Kpi(name="Longest", formula="longest")
TENURE = Kpi(name="Tenure", formula="tenure")
ALL = (DIALS, RATE, PRICE, LONGEST, TENURE)


def test_a_rep_period_is_the_formula_on_its_row():
    found = rep_period_values(PANEL, ALL)
    assert found.values[:, 0].tolist() == [100, 200, 300, 50, 150]
    assert found.values[:, 1] == pytest.approx([0.5, np.nan, 0.9, 0.5, 0.5], nan_ok=True)
    assert found.keys["rep"].tolist() == ["Ann", "Ann", "Ann", "Bob", "Bob"]


def test_per_period_is_the_mean_of_active_periods_and_ratios_of_totals():
    found = rep_values(PANEL, ALL, "per_period")
    assert found.values == pytest.approx(np.array([[200, 10 / 12, 130 / 4, 7, 1], [100, 0.5, 19 / 3, 2, 7.5]]))
    assert found.targets[:, :3] == pytest.approx(np.array([[150, 0.5, 20], [150, 0.5, 20]]))
    assert np.isnan(found.targets[:, 3:]).all()
    assert found.spans.tolist() == [1, 1, 1, 1, 1]


def test_totals_add_up_only_what_adds_up():
    found = rep_values(PANEL, ALL, "totals")
    assert found.values == pytest.approx(np.array([[600, 10 / 12, 130 / 4, 9, 1], [200, 0.5, 19 / 3, 2, 7.5]]))
    assert found.targets[:, :3] == pytest.approx(np.array([[450, 0.5, 20], [450, 0.5, 20]]))
    assert found.spans.tolist() == [3, 1, 1, 1, 1]


def test_events_without_a_date_count_in_totals_alone():
    panel = replace(PANEL, undated=pd.DataFrame({"rep": ["Bob"], "dials": [7.0], "closed": [2.0]}))
    kpis = (DIALS, RATE, Kpi(name="Offset", formula="dials - 5"))
    assert rep_values(panel, kpis, "totals").values == pytest.approx(np.array([[600, 10 / 12, 585], [207, 0.4, 197]]))
    assert np.array_equal(rep_values(panel, kpis, "per_period").values, rep_values(PANEL, kpis, "per_period").values)
    assert np.array_equal(team_values(panel, kpis).values, team_values(PANEL, kpis).values)


def test_a_team_period_is_the_average_rep_and_ratios_of_the_teams_sums():
    found = team_values(PANEL, (DIALS, RATE))
    assert found.values == pytest.approx(np.array([[100, 0.5], [125, 0.5], [225, 11 / 14]]))


def test_targets_as_quota_and_as_steps():
    assert target_series(PANEL, "quota * 2").tolist() == [20, 40, 60, 80, 100]
    steps = Kpi.model_validate(
        {"name": "k", "formula": "dials", "target": [{"from": "2024-03", "value": 9}, {"from": "2024-02", "value": 5}]}
    )
    assert target_series(PANEL, steps.target).to_numpy() == pytest.approx([np.nan, 5, 9, 5, 9], nan_ok=True)
    assert rep_values(PANEL, [steps], "per_period").targets[:, 0] == pytest.approx([7, 7])
    quota = Kpi(name="k", formula="dials", target="quota")
    assert rep_values(PANEL, [quota], "per_period").targets[:, 0] == pytest.approx([20, 45])
    assert rep_values(PANEL, [quota], "totals").targets[:, 0] == pytest.approx([60, 90])


def test_steps_over_totals_ask_for_every_period_of_the_data():
    steps = Kpi.model_validate(
        {"name": "k", "formula": "dials", "target": [{"from": "2024", "value": 5}, {"from": "2024-03", "value": 9}]}
    )
    assert rep_values(PANEL, [steps], "totals").targets[:, 0] == pytest.approx([19, 19])


def test_an_empty_card_has_no_values():
    assert np.isnan(rep_values(PANEL, [Kpi(name="Idea")], "per_period").values).all()


def test_a_panel_without_a_gap_is_not_copied_for_a_ratio() -> None:
    rate = parse_formula("won / closed", PANEL.measure_names, Where())
    assert with_complete_rows(rate, PANEL) is PANEL
    gap = replace(PANEL, frame=PANEL.frame.assign(won=[1, np.nan, 9, 2, 2]))
    assert with_complete_rows(rate, gap).frame.index.tolist() == [0, 2, 3, 4]
