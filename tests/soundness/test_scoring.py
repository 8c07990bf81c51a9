"""Numbers about scores that once were wrong without a word. Each stays here."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scoring.panels import CALLS, MEETINGS, WIN_RATE, design_of, panel_of, random_panel
from workbench.design.model import Scoring
from workbench.evidence.build_record import build_record
from workbench.scoring.backtest import run_backtest
from workbench.scoring.correlation import correlate
from workbench.scoring.history import goal_made, kpi_target_met, score_history
from workbench.scoring.points import hit_line, reaches
from workbench.scoring.ranks import rank_values
from workbench.scoring.replay.styles import compare_styles
from workbench.scoring.rows import remove_group_means
from workbench.scoring.scorecard import scores_from_points
from workbench.weights.rank_ranges import rank_ranges_by_periods

MONTHS = ["2024-01", "2024-02", "2024-03", "2024-04"]


def test_steady_reps_have_no_link_made_of_rounding_error():
    """Values a rep repeats every month leave rests of 1e-10 after removing the rep's level: they are not ranks."""
    rng = np.random.default_rng(0)
    reps = np.repeat(np.arange(12), 9)
    steady = (1e6 * rng.random(12) / 3)[reps]
    rest = remove_group_means(steady, reps)
    assert np.ptp(rest) == 0
    found = correlate(rest, remove_group_means(rng.normal(size=len(reps)), reps), reps)
    assert np.isnan(found.rho)
    assert "same everywhere" in found.reason


@given(st.lists(st.floats(0.01, 1000), min_size=1, max_size=8))
def test_meeting_every_target_hits_the_scorecard_whatever_the_weights(weights):
    """.1 + .2 + .7 of 100 is 99.99999999999999 for some orders of adding."""
    score = scores_from_points(np.full((1, len(weights)), 100.0), weights, Scoring())
    assert reaches(score, hit_line(Scoring())).all()


def test_the_same_points_added_in_another_order_tie():
    points = np.array([[0.1, 0.2, 0.3], [0.3, 0.2, 0.1], [0.2, 0.2, 0.2]])
    scores = scores_from_points(points, [1.0, 1.0, 1.0], Scoring())
    assert len(set(scores)) > 1
    assert rank_values(scores).tolist() == [1, 1, 1]


def test_a_month_without_closed_deals_is_no_win_rate_of_zero():
    frame = pd.DataFrame(
        {"rep": ["a"] * 2, "period": ["2024-01", "2024-02"], "won": [3, 0], "closed": [4, 0], "sales": 1}
    )
    rate = {"name": "Win rate", "formula": "won / closed", "target": 0.75, "weight": 1}
    found = run_backtest(panel_of(frame), design_of(rate), draws=9)
    assert found.history.rep_periods.score == pytest.approx([100, np.nan], nan_ok=True)
    assert found.reps["score"].tolist() == [100]
    assert found.rep_periods["kind"].isna().tolist() == [False, True]


def test_the_average_of_monthly_win_rates_is_not_the_win_rate():
    frame = pd.DataFrame(
        {"rep": ["a"] * 2, "period": ["2024-01", "2024-02"], "won": [1, 10], "closed": [1, 40], "sales": 1}
    )
    rate = {"name": "Win rate", "formula": "won / closed", "target": 1, "weight": 1}
    found = run_backtest(panel_of(frame), design_of(rate), draws=9)
    assert found.history.reps.values[0, 0] == 11 / 41


def test_a_gap_in_a_reps_months_is_not_the_next_month():
    frame = pd.DataFrame(
        {"rep": ["a"] * 3, "period": ["2024-01", "2024-02", "2024-04"], "calls": [1, 2, 3], "sales": [10, 20, 40]}
    )
    found = run_backtest(panel_of(frame), design_of(CALLS), draws=9)
    assert found.scorecard.next_period.n == 1


def test_year_end_is_followed_by_january():
    frame = pd.DataFrame({"rep": ["a"] * 2, "period": ["2023-12", "2024-01"], "calls": [1, 2], "sales": [10, 20]})
    assert run_backtest(panel_of(frame), design_of(CALLS), draws=9).scorecard.next_period.n == 1


def test_a_rep_who_left_early_is_not_scored_on_months_after():
    """Per period is the default: tenure is not merit."""
    frame = pd.DataFrame(
        {"rep": ["stayed"] * 4 + ["left"] * 2, "period": [*MONTHS, *MONTHS[:2]],
         "calls": [100] * 4 + [200] * 2, "sales": [500] * 4 + [1000] * 2}
    )  # fmt: skip
    found = run_backtest(panel_of(frame), design_of(CALLS), draws=9).reps.set_index("rep")
    assert found.loc["left", ["score", "goal"]].tolist() == [100, 1000]
    assert found.loc["stayed", ["score", "goal"]].tolist() == [50, 500]


def half_covered():
    """Sales of six months beside calls of two: two reps alike in both, per month."""
    months = [f"2024-{month:02}" for month in range(1, 7)]
    rows = [
        {"rep": rep, "period": month, "sales": sales, "calls": calls if month in months[2:4] else np.nan}
        for rep, sales, calls in (("Ann", 600, 20), ("Ben", 300, 30))
        for month in months
    ]
    return panel_of(pd.DataFrame(rows))


def test_a_ratio_over_several_months_uses_the_months_that_all_its_parts_cover():
    """Sales of six months by the calls of two would be three times too many."""
    sales_per_call = {"name": "Sales per call", "formula": "sales / calls", "target": 30, "weight": 1}
    found = score_history(half_covered(), design_of(sales_per_call, basis="totals"))
    assert found.reps.values[:, 0].tolist() == [30, 10]
    assert found.reps.points[:, 0].tolist() == pytest.approx([100, 100 / 3])


@pytest.mark.parametrize("target", [20, [{"from": "2024-01", "value": 90}, {"from": "2024-03", "value": 20}]])
def test_months_without_data_ask_for_nothing(target):
    """Totals of two months of calls are held against the target of two months, whatever it was in the others."""
    calls = CALLS | {"target": target}
    found = score_history(half_covered(), design_of(calls, basis="totals"))
    assert found.reps.values[:, 0].tolist() == [40, 60]
    assert found.reps.targets[:, 0].tolist() == [40, 40]
    per_period = score_history(half_covered(), design_of(calls))
    assert per_period.reps.targets[:, 0].tolist() == [20, 20]


def test_where_all_styles_score_alike_no_kpi_is_named_as_the_cause():
    """Everybody at the cap: the first KPI was named for differences of nothing."""
    phones = np.arange(12) < 6
    frame = pd.DataFrame({"rep": [f"r{i:02}" for i in range(12)], "period": "2024-01"})
    frame = frame.assign(calls=np.where(phones, 900, 300), meetings=np.where(phones, 15, 45))
    panel = panel_of(frame.assign(sales=np.random.default_rng(0).uniform(500, 1500, 12)))
    found = compare_styles(score_history(panel, design_of(CALLS, MEETINGS)))
    assert found.styles["taken"].to_numpy() == pytest.approx(0, abs=1e-9)
    assert (found.cause, found.raised) == (None, False)
    assert np.isnan(found.share)


@pytest.mark.parametrize("points", ["attainment", "percentile"])
def test_a_band_under_totals_is_that_of_one_month(points):
    """The total of four months was held against the band of one: whoever was inside all along was far above it."""
    rows = [
        {"rep": rep, "period": month, "sales": 100, "calls": calls}
        for rep, calls in (("Ann", 25), ("Ben", 60), ("Cleo", 10))
        for month in MONTHS
    ]
    band = CALLS | {"direction": {"within": [20, 30]}, "target": None}
    goal = {"measure": "sales", "direction": {"within": [90, 110]}}
    totals = score_history(panel_of(pd.DataFrame(rows)), design_of(band, goal=goal, basis="totals", points=points))
    each = score_history(panel_of(pd.DataFrame(rows)), design_of(band, goal=goal, points=points))
    assert totals.reps.values[:, 0].tolist() == [100, 240, 40]
    assert totals.reps.points[:, 0].tolist() == each.reps.points[:, 0].tolist()
    assert kpi_target_met(totals.reps, 0, totals.design.kpis[0].direction).tolist() == [1, 0, 0]
    assert goal_made(totals.reps, totals.design).tolist() == [1, 1, 1]


def a_rate_whose_wins_began_later():
    """Reps whose closed deals are known for two years, but whose wins only from the second month of each quarter."""
    panel = random_panel(3, n_reps=12, n_periods=24)
    frame = panel.frame.assign(won=panel.frame["won"].where(panel.frame["period"].dt.month % 3 != 1))
    return replace(panel, frame=frame), replace(panel, frame=frame[frame["won"].notna()].reset_index(drop=True))


def test_a_rate_counts_the_same_months_wherever_it_is_computed():
    """Ranges of ranks, and a season's values, divided the wins of two months by the deals of three."""
    panel, known = a_rate_whose_wins_began_later()
    design = design_of({**WIN_RATE, "target": 1.0})
    ranges = [rank_ranges_by_periods(each, score_history(each, design)) for each in (panel, known)]
    for name in ("reps", "rank", "low", "high"):
        np.testing.assert_array_equal(*(getattr(each, name) for each in ranges))
    seasons = [build_record(each, design).seasons for each in (panel, known)]
    np.testing.assert_allclose(seasons[0].values, seasons[1].values)
    np.testing.assert_allclose(seasons[0].luck, seasons[1].luck)
