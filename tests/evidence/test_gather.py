"""From panel and design to the record, against values computed by hand with plain pandas."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.scoring.panels import CALLS, MEETINGS, WIN_RATE, design_of, panel_of, random_panel
from workbench.design.model import Kpi
from workbench.evidence.build_record import build_record, build_scorecard_record, comparison_kpis
from workbench.evidence.report import run_checks

LATENESS = {"name": "Lateness", "formula": "calls", "weight": 10, "direction": "lower"}


def test_values_lie_where_rep_and_period_say():
    panel = random_panel(1, gaps=True)
    record = build_record(panel, design_of(CALLS, MEETINGS))
    by_hand = panel.frame.pivot_table(index="rep", columns="period", values="meetings")
    assert record.reps == tuple(by_hand.index)
    assert record.values[1] == pytest.approx(by_hand.to_numpy(), nan_ok=True)
    assert record.periods.astype("datetime64[M]").tolist() == by_hand.columns.to_numpy("datetime64[M]").tolist()
    assert record.goal == pytest.approx(
        panel.frame.pivot_table(index="rep", columns="period", values="sales").to_numpy(), nan_ok=True
    )


def test_a_month_without_anybody_is_a_gap_not_a_neighbour():
    frame = random_panel(1).frame
    panel = panel_of(frame[frame["period"] != pd.Timestamp("2024-03-01")])
    record = build_record(panel, design_of(CALLS))
    assert record.n_periods == 6
    assert np.isnan(record.goal[:, 2]).all()


def test_lower_is_better_is_turned_round_and_shown_as_it_is():
    panel = random_panel(2)
    record = build_record(panel, design_of(CALLS, LATENESS))
    assert record.values[1] == pytest.approx(-record.values[0])
    assert record.raw[1] == pytest.approx(record.raw[0])
    assert record.rep_values[1] == pytest.approx(-record.rep_values[0])
    one, other = run_checks(record).kpis
    assert other.findings.validity.across_reps.rho == pytest.approx(-one.findings.validity.across_reps.rho)


def test_seasons_of_a_rate_are_ratios_of_totals_and_its_luck_leaves_out_one_month():
    panel = random_panel(3, n_reps=10, n_periods=6)
    record = build_record(panel, design_of(WIN_RATE))
    frame = panel.frame.assign(quarter=panel.frame["period"].dt.quarter)
    totals = frame.groupby(["rep", "quarter"])[["won", "closed"]].sum()
    rates = totals["won"] / totals["closed"]
    assert record.seasons.values[0].ravel() == pytest.approx(rates.to_numpy())
    months = frame.set_index(["rep", "quarter", "period"])[["won", "closed"]]
    pull = {}
    for key, own in months.iterrows():
        rest = totals.loc[key[:2]] - own
        pull[key] = 2 * (rates.loc[key[:2]] - rest["won"] / rest["closed"])
    pulls = pd.Series(pull)
    alone = pulls - pulls.groupby(level=2).transform("mean")
    luck = (alone**2 * 10 / 9).groupby(level=[0, 1]).sum() / 6
    assert record.seasons.luck[0].ravel() == pytest.approx(luck.to_numpy())


def test_unfinished_periods_are_left_out_of_everything_per_period_and_kept_beside():
    panel = random_panel(4)
    cut = replace(panel, partial=(pd.Timestamp("2024-06-01"),))
    record = build_record(cut, design_of(CALLS, WIN_RATE))
    assert record.n_periods == 5
    assert record.values.shape == (2, 8, 5)
    assert record.with_partial.n_periods == 6
    assert record.partial == (np.datetime64("2024-06-01"),)
    assert record.rep_values == pytest.approx(build_record(panel, design_of(CALLS, WIN_RATE)).rep_values)
    assert build_record(cut, design_of(CALLS), include_partial=True).n_periods == 6


def test_targets_say_who_made_the_goal_and_who_met_the_kpi():
    panel = random_panel(5)
    record = build_record(panel, design_of(MEETINGS, {"name": "Free", "formula": "calls", "weight": 1}))
    sales, meetings = (panel.frame.groupby("rep")[name].mean() for name in ("sales", "meetings"))
    assert record.goal_met.tolist() == (sales >= 1000).astype(float).tolist()
    assert record.met[0].tolist() == (meetings >= 10).astype(float).tolist()
    assert np.isnan(record.met[1]).all()


def test_units_and_attempts_come_from_the_formula():
    frame = random_panel(6).frame.assign(workdays=20.0)
    panel = panel_of(frame, closed="count")
    per_day = {"name": "A day", "formula": "calls / workdays", "weight": 1, "minutes_each": 2}
    record = build_record(panel, design_of(CALLS, per_day, WIN_RATE))
    assert record.units[1] == pytest.approx(record.raw[0])
    assert record.units[0] == pytest.approx(record.raw[0])
    assert np.isnan(record.units[2]).all()
    assert record.attempts[2] == pytest.approx(frame["closed"].mean())
    assert np.isnan(record.attempts[:2]).all()
    assert record.minutes[1] == 2


def test_segments_are_roster_attributes_that_divide_the_team():
    panel = random_panel(7)
    reps = panel.reps.assign(office=["North", "South"] * 4, country="X", note=[None, "a", "b", "c"] * 2)
    record = build_record(replace(panel, reps=reps), design_of(CALLS))
    assert sorted(record.segments) == ["note", "office"]
    assert record.segments["note"].tolist()[:2] == ["", "a"]


def test_a_kpi_is_not_judged_beside_what_it_drives_nor_outcomes_nor_the_goal():
    kpis = (
        Kpi(name="Dials", drives="Talks"), Kpi(name="Talks", drives="Deals"), Kpi(name="Deals", role="lag"),
        Kpi(name="Sales"), Kpi(name="Notes"),
    )  # fmt: skip
    found = comparison_kpis(kpis, (False, False, False, True, False))
    assert found == ((4,), (0, 4), (0, 1, 4), (0, 1, 4), (0, 1))


def test_kpis_that_drive_each_other_in_a_circle_do_not_hang():
    kpis = (Kpi(name="A", drives="B"), Kpi(name="B", drives="A"), Kpi(name="C"))
    assert comparison_kpis(kpis, (False, False, False)) == ((2,), (2,), (0, 1))


def test_a_kpi_that_holds_the_goal_says_so():
    found = run_checks(
        build_record(random_panel(8), design_of(CALLS, {"name": "Sales", "formula": "sales", "weight": 1}))
    )
    assert [one.verdict.reasons[0].fact == "goal" for one in found.kpis] == [False, True]
    assert found.kpis[1].verdict.name == "watch"


def test_the_scorecard_is_one_kpi():
    panel, design = random_panel(9), design_of(CALLS, MEETINGS)
    record = build_scorecard_record(panel, design)
    assert record.values.shape == (1, 8, 6)
    assert run_checks(record).kpis[0].kpi == "Scorecard"
