"""The pieces of the Preview page: who is shown, what the browser is given, tables, pictures in words."""

from __future__ import annotations

import json
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import examples
from tests.scoring.panels import CALLS, MEETINGS, WIN_RATE, design_of, panel_of, random_panel
from workbench.charts import kinds_grid, kpi_scatter, rep_history
from workbench.data.model.panel import PERIOD, REP
from workbench.scoring.backtest import run_backtest
from workbench.scoring.history import score_history
from workbench.scoring.preview import build_preview, is_share, kpi_pairs, rep_kpi_values, select_periods
from workbench.scoring.scorecard import scores_from_points
from workbench.ui.preview.live_weights.board import cover_goal, live_board
from workbench.words.preview_tables import drill_table, scores_table

DESIGN = design_of(CALLS, MEETINGS, WIN_RATE)
COMPOSITE = {"name": "Contact", "weight": 40, "kpis": [
    {"name": "By phone", "formula": "calls", "target": 200, "weight": 1},
    {"name": "In person", "formula": "meetings", "target": 10, "weight": 3},
]}  # fmt: skip


def names_of(panel) -> dict[str, str]:
    return {rep: rep for rep in sorted(panel.reps[REP])}


def test_the_preview_is_the_backtest_without_what_does_not_move() -> None:
    panel = random_panel(1, gaps=True)
    whole, seen = run_backtest(panel, DESIGN, draws=9), build_preview(score_history(panel, DESIGN))
    pd.testing.assert_frame_equal(seen.standing, whole.reps)
    assert seen.counts == whole.counts
    assert seen.awards == whole.awards
    assert seen.agreement == whole.scorecard


@settings(max_examples=examples(15))
@given(st.lists(st.integers(0, 7), min_size=1, unique=True), st.lists(st.integers(0, 100), min_size=3, max_size=3))
def test_a_filter_moves_nobodys_points(kept: list[int], weights: list[int]) -> None:
    panel = random_panel(5)
    points = score_history(panel, DESIGN).weighted(weights)
    reps = [f"rep {i:02}" for i in kept]
    shown, everybody = build_preview(points, reps).history.reps, points.reps
    rows = everybody.keys[REP].isin(reps).to_numpy()
    np.testing.assert_array_equal(shown.points, everybody.points[rows])
    np.testing.assert_array_equal(shown.score, everybody.score[rows])


def test_a_range_of_periods_leaves_the_points_of_its_months_as_they_are() -> None:
    design = DESIGN.model_copy(update={"scoring": DESIGN.scoring.model_copy(update={"points": "percentile"})})
    panel = random_panel(6)
    part = select_periods(panel, pd.Timestamp("2024-02-01"), pd.Timestamp("2024-03-01"))
    assert part.key != panel.key
    assert sorted(part.frame[PERIOD].dt.month.unique()) == [2, 3]
    whole, shown = score_history(panel, design).rep_periods, score_history(part, design, reference=panel).rep_periods
    rows = whole.keys[PERIOD].isin(part.frame[PERIOD]).to_numpy()
    np.testing.assert_array_equal(shown.points, whole.points[rows])
    assert select_periods(panel, panel.frame[PERIOD].min(), panel.frame[PERIOD].max()) is panel


def test_harmed_are_those_who_made_the_goal_and_rank_in_the_bottom_third() -> None:
    rows = [(f"r{i}", "2024-01-01", calls, sales) for i, (calls, sales) in enumerate(
        [(300, 900), (250, 1100), (200, 800), (150, 700), (100, 1200), (50, 100)])]  # fmt: skip
    panel = panel_of(pd.DataFrame(rows, columns=["rep", "period", "calls", "sales"]))
    seen = build_preview(
        score_history(panel, design_of(CALLS | {"weight": 1}, goal={"measure": "sales", "target": 1000}))
    )
    assert seen.harmed() == (("r4",), 2)


def test_the_browser_is_given_points_texts_and_places_but_never_nan() -> None:
    panel = random_panel(2, n_reps=5)
    panel.frame.loc[panel.frame[REP] == "rep 03", "closed"] = 0
    hidden = {rep: f"Rep {i:02}" for i, rep in enumerate(sorted(panel.reps[REP]), start=1)}
    scored = score_history(panel, design_of(CALLS, MEETINGS, WIN_RATE, COMPOSITE))
    given_ = live_board(scored, hidden, 2, "month", ["a", "b", "c", "d"])
    text = json.dumps(given_, allow_nan=False)
    assert "rep 0" not in text  # hidden names do not reach the browser
    third = given_["reps"][3]
    assert (third["id"], third["name"], third["points"][2]) == (3, "Rep 04", None)
    assert third["values"][2] == "–"
    assert third["values"][3] == "–"  # a KPI made of others has points only
    points = np.array([[math.nan if p is None else p for p in rep["points"]] for rep in given_["reps"]])
    again = scores_from_points(points, [kpi.weight for kpi in scored.design.kpis], scored.design.scoring)
    np.testing.assert_array_equal(again, scored.reps.score)


def test_the_browser_is_told_which_kpis_cannot_be_measured_yet() -> None:
    scored = score_history(random_panel(3), design_of(CALLS, {"name": "No formula yet"}, COMPOSITE))
    told = live_board(scored, names_of(random_panel(3)), 2, "month")
    assert [kpi["measurable"] for kpi in told["kpis"]] == [True, False, True]


def test_raw_values_skip_the_parts_of_composites() -> None:
    scored = score_history(random_panel(3), design_of(COMPOSITE, MEETINGS))
    assert rep_kpi_values(scored, 0) is None
    average = random_panel(3).frame.groupby(REP)["meetings"].mean()
    np.testing.assert_allclose(rep_kpi_values(scored, 1), average)


def test_a_kpi_without_a_unit_is_a_share_only_between_0_and_1() -> None:
    """The axis of Opportunities, 26 a month and without a unit, was called "share"."""
    history = score_history(random_panel(4), design_of(CALLS, COMPOSITE, WIN_RATE))
    assert [is_share(history, k) for k in range(3)] == [False, False, True]


def test_the_drill_down_adds_up_to_the_score_as_shown() -> None:
    scored = build_preview(score_history(random_panel(4), design_of(CALLS, COMPOSITE, WIN_RATE)))
    table = drill_table(scored, "rep 02")
    assert table["KPI"].tolist() == ["Calls", "Contact → By phone", "Contact → In person", "Win rate", "Score"]
    assert table["Value"].iloc[3].endswith("%")
    assert table["Target"].iloc[3] == "50%"
    assert table["Brings"][:-1].sum() == pytest.approx(table["Brings"].iloc[-1], abs=0.02)
    row = scored.history.reps.keys[REP].tolist().index("rep 02")
    assert table["Brings"].iloc[-1] == pytest.approx(scored.history.reps.score[row], abs=0.005)


def test_the_scores_to_take_away_are_those_of_the_ranking() -> None:
    panel = random_panel(7)
    seen = build_preview(score_history(panel, DESIGN))
    table = scores_table(seen, names_of(panel))
    assert table["Rep"].tolist() == seen.standing[REP].tolist()
    assert table["Rank by score"].tolist() == seen.standing["score_rank"].tolist()
    by_rep = table.set_index("Rep")["Calls (points)"]
    expected = (panel.frame.groupby(REP)["calls"].mean() / 200 * 100).clip(0, 120)
    np.testing.assert_allclose(by_rep.sort_index(), expected)


def test_every_judged_rep_period_is_one_cell_in_the_order_of_the_ranking() -> None:
    panel = random_panel(8, gaps=True)
    seen = build_preview(score_history(panel, DESIGN))
    drawn = kinds_grid.kinds_rows(seen, names_of(panel), "month")
    assert drawn["kind"].value_counts().to_dict() == {kind: n for kind, n in seen.counts.items() if n}
    assert drawn.drop_duplicates("place")["name"].tolist() == seen.standing[REP].tolist()
    said = kinds_grid.kinds_alt(drawn)
    assert f"box tickers {seen.counts['box_ticker']}" in said
    assert f"unsung sellers {seen.counts['unsung_seller']}" in said
    chart = kinds_grid.kinds_chart(drawn, ["box_ticker"], "month", "Sales").to_dict()
    cells, marks = chart["layer"]
    assert marks["encoding"]["text"]["field"] == "mark"
    assert cells["encoding"]["y"]["sort"] == seen.standing[REP].tolist()


def test_each_reading_is_drawn_from_the_pairs_it_counts() -> None:
    panel = random_panel(9, gaps=True)
    scored = score_history(panel, DESIGN)
    found = run_backtest(panel, DESIGN, draws=9).kpis[1].agreement
    for reading, pairs in kpi_pairs(scored, 1).items():
        drawn = kpi_scatter.scatter_rows(pairs, scored, names_of(panel), "month")
        assert len(drawn) == getattr(found, reading).n
        assert f"{len(drawn)} dots" in kpi_scatter.scatter_alt(drawn, "meetings", "sales")
    across = kpi_scatter.scatter_rows(kpi_pairs(scored, 1)["across_reps"], scored, names_of(panel), "month")
    assert across["when"].unique().tolist() == [""]
    averages = panel.frame.groupby(REP)["meetings"].mean()
    np.testing.assert_allclose(across.set_index("rep")["x"].sort_index(), averages)


def test_the_chosen_rep_stands_out_only_when_it_is_shown() -> None:
    scored = score_history(random_panel(9), DESIGN)
    drawn = kpi_scatter.scatter_rows(kpi_pairs(scored, 0)["across_reps"], scored, names_of(random_panel(9)), "month")
    assert len(kpi_scatter.scatter_chart(drawn, "#000000", "calls", "Sales", "rep 01").to_dict()["layer"]) == 2
    assert len(kpi_scatter.scatter_chart(drawn, "#000000", "calls", "Sales", "nobody").to_dict()["layer"]) == 1


def test_a_reps_story_adds_up_period_by_period() -> None:
    seen = build_preview(score_history(random_panel(10), DESIGN))
    told = rep_history.rep_history_rows(seen, "rep 05", "month")
    added = told.groupby("start")["brings"].sum()
    score = told.drop_duplicates("start").set_index("start")["score"]
    np.testing.assert_allclose(added, score.sort_index())
    assert rep_history.rep_history_alt(told, "rep 05").startswith("rep 05 over 6 periods: score from ")


def test_without_weight_a_rep_has_a_story_but_no_score() -> None:
    none = build_preview(score_history(random_panel(10), DESIGN).weighted([0, 0, 0]))
    assert none.n_ranked == 0
    told = rep_history.rep_history_rows(none, "rep 05", "month")
    assert rep_history.rep_history_alt(told, "rep 05") == "No score of rep 05 in any period."
    assert kinds_grid.kinds_rows(none, names_of(random_panel(10)), "month").empty


def test_a_covered_board_holds_neither_the_goal_nor_a_kpi_that_counts_it() -> None:
    scored = score_history(random_panel(3), design_of(CALLS, MEETINGS, WIN_RATE, COMPOSITE))
    whole = live_board(scored, names_of(random_panel(3)), 2, "month", ["very strong"] * 4, ["0.9"] * 4)
    told = cover_goal(whole, {scored.design.kpis[1].name}, "Sales: covered")
    assert {rep["goal"] for rep in told["reps"]} == {None}
    assert {rep["goalText"] for rep in told["reps"]} == {""}
    assert {rep["points"][1] for rep in told["reps"]} == {None}
    assert [rep["points"][0] for rep in told["reps"]] == [rep["points"][0] for rep in whole["reps"]]
    assert {kpi["note"] for kpi in told["kpis"]} == {""}
    assert whole["reps"][0]["goal"] is not None
