"""Pictures of the Goal and KPIs pages: what they draw, not how they look."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.design.test_model import designs
from tests.effort import examples
from tests.scoring.panels import random_panel
from workbench.charts.beside_dots import LETTER, _boxes, name_sides
from workbench.charts.driver_tree import card_rows, edge_rows, tree_alt, tree_chart
from workbench.charts.quadrants import quadrants_alt, quadrants_chart
from workbench.charts.target import AIM, TargetStyle, histogram_bins, target_alt, target_chart
from workbench.charts.team_trend import trend_alt, trend_chart
from workbench.design.driver_tree import layout_driver_tree
from workbench.design.model import Goal, Kpi, Scoring, Within, parse_design
from workbench.scoring.goal_without_kpi import classify_reps_by_goal_and_kpi
from workbench.scoring.targets import kpi_target_history, team_averages

LOOK = TargetStyle("#0072B2", "#000000", "Dials (per day)")
floats = st.lists(st.floats(-1e6, 1e6) | st.just(float("nan")), max_size=60).map(lambda found: np.array(found, float))


@given(floats)
def test_every_value_is_in_exactly_one_bar(values):
    drawn = histogram_bins(values)
    assert drawn["n"].sum() == np.isfinite(values).sum()
    assert (drawn["low"] < drawn["high"]).all() or np.ptp(values[np.isfinite(values)]) < 1e-6


def test_few_whole_numbers_get_a_bar_each():
    drawn = histogram_bins(np.array([3.0, 3, 5, np.nan]))
    assert drawn[["whole", "n", "low", "high"]].values.tolist() == [[3, 2, 2.5, 3.5], [5, 1, 4.5, 5.5]]


def test_one_huge_value_does_not_flatten_the_rest():
    values = np.append(np.linspace(0, 10, 500), 1e6)
    assert histogram_bins(values)["high"].max() < 20


@settings(max_examples=examples(25))
@given(floats, st.none() | st.floats(-1e6, 1e6), st.sampled_from(["higher", "lower", Within(within=(0.0, 5.0))]))
def test_any_values_can_be_drawn(values, target, direction):
    spec = target_chart(values, target, direction, LOOK).to_dict()
    held = [param for param in spec.get("params", []) if param["name"] == AIM]
    draws_line = target is not None and not isinstance(direction, Within)
    assert [param["value"] for param in held] == ([[{"value": target}]] if draws_line else [])


def test_only_a_draggable_line_listens_to_the_pointer():
    values = np.arange(100.0)
    for draggable in (True, False):
        (param,) = target_chart(values, 50, "higher", LOOK, draggable).to_dict()["params"]
        assert ("pointermove" in str(param["select"].get("on"))) is draggable


@pytest.mark.parametrize(
    ("target", "direction", "says"),
    [
        (3, "higher", "2 hit the target of 3"),
        (2, "lower", "2 hit the target of 2"),
        (None, "higher", "half of them at or below 2.5"),
        (None, Within(within=(2.0, 3.0)), "2 lie from 2 to 3"),
    ],
)
def test_alt_text_counts_what_is_drawn(target, direction, says):
    assert says in target_alt(np.array([1.0, 2, 3, 4, np.nan]), target, direction, LOOK)
    assert "in 4 rep-months" in target_alt(np.array([1.0, 2, 3, 4, np.nan]), target, direction, LOOK)


def test_nothing_to_draw_is_said():
    assert target_alt(np.array([np.nan]), 3, "higher", LOOK) == "Dials (per day): no values to draw."


def test_the_course_of_the_team():
    average = team_averages(kpi_target_history(random_panel(1), Kpi(name="k", formula="calls")))
    assert len(trend_chart(average, "month", "#000", "Dials", spark=True).to_dict()["layer"]) == 2
    assert trend_alt(average, "month", "Calls").startswith("Calls, team average over 6 months: ")
    nothing = average.assign(value=np.nan)
    assert trend_alt(nothing, "month", "Calls") == "Calls: no values in any month."
    assert trend_chart(nothing, "month", "#000", "Dials (per day)").to_dict()["layer"]


def test_quadrants_name_few_reps_apart_and_say_how_many_are_where():
    panel = random_panel(2)
    found = classify_reps_by_goal_and_kpi(
        panel, Goal(measure="sales", target=900), Kpi(name="k", formula="calls", target=205), Scoring()
    )
    names = {rep: rep.title() for rep in panel.reps["rep"]}
    drawn = quadrants_chart(found, names, "Calls", "Sales", "#000").to_dict()
    n = {kind: len(found.of(kind)) for kind in ("hit_both", "unsung_seller", "box_ticker", "missed_both")}
    assert sum(n.values()) == 8
    assert ("text" in str(drawn["layer"][-1]["mark"])) is (n["unsung_seller"] > 0)
    assert f"{n['unsung_seller']} only the goal" in quadrants_alt(found, "Calls", "Sales")


def test_a_name_stands_at_the_side_with_room():
    size, long = (200, 200), "Ann Lee"
    assert name_sides([0.1], [0.5], [long], [0], size) == {0: "right"}
    assert name_sides([0.95], [0.5], [long], [0], size) == {0: "left"}
    assert name_sides([0.5, 0.6, 0.4], [0.5] * 3, [long] * 3, [0], size) == {0: "above"}
    crowd = [0.5, 0.6, 0.4, 0.5, 0.5], [0.5, 0.5, 0.5, 0.6, 0.4]
    assert name_sides(*crowd, [long] * 5, [0], size) == {}  # it stays without a name


@given(st.lists(st.tuples(st.floats(0.04, 0.96), st.floats(0.05, 0.95)), min_size=1, max_size=20))
def test_no_name_covers_another_or_a_dot(dots):
    across, up = zip(*dots, strict=True)
    names, size = [f"Rep {place:02} Somebody" for place in range(len(dots))], (400, 320)
    sides = name_sides(across, up, names, range(len(dots)), size)
    boxes = {}
    for dot, side in sides.items():
        x, y = across[dot] * size[0], (1 - up[dot]) * size[1]
        boxes[dot] = dict(_boxes(x, y, LETTER * len(names[dot])))[side]
        assert boxes[dot].left >= 0
        assert boxes[dot].right <= size[0]
    for dot, box in boxes.items():
        middles = [(a * size[0], (1 - b) * size[1]) for k, (a, b) in enumerate(dots) if k != dot]
        assert not [x for x, y in middles if box.left < x < box.right and box.top < y < box.bottom]
        assert not [other for k, other in boxes.items() if k != dot and box.meets(other)]


@pytest.mark.parametrize(("unit", "axis", "tip"), [(None, "~%", ".1~%"), ("per day", ".2~f", ",.4~r")])
def test_a_rate_is_drawn_in_per_cent_on_the_axis_and_in_the_tip(unit: str | None, axis: str, tip: str):
    kpi = Kpi(name="k", formula="won / closed", target=0.5)
    panel = random_panel(2)
    found = classify_reps_by_goal_and_kpi(panel, Goal(measure="sales", target=900), kpi, Scoring())
    names = {rep: rep.title() for rep in panel.reps["rep"]}
    drawn = str(quadrants_chart(found, names, "Win rate", "Sales", "#000", unit).to_dict())
    assert f"'format': '{axis}'" in drawn
    assert f"'format': '{tip}', 'title': 'Win rate'" in drawn


TREE = parse_design({"name": "d", "goal": {"measure": "sales"}, "kpis": [
    {"name": "All", "kpis": [{"name": "Dials", "formula": "d"}]}, {"name": "Trust", "drives": "All"}]})  # fmt: skip


def test_each_card_is_joined_to_what_it_works_towards():
    nodes = layout_driver_tree(TREE)
    drawn = edge_rows(nodes)
    ends = drawn.groupby("edge").agg(first=("y", "first"), last=("y", "last"), kind=("kind", "first"))
    rows = {node.key: node.row for node in nodes}
    for node in nodes[1:]:
        assert ends.loc[node.key, "first"] == pytest.approx(rows[node.parent])
        assert ends.loc[node.key, "last"] == pytest.approx(node.row)
    assert ends["kind"].tolist() == ["believed", "part_of", "believed"]
    assert card_rows(nodes, {"0": "made of 1"}, {}).set_index("key").loc["0", "detail"] == "made of 1"


def test_the_tree_in_words():
    assert tree_alt(layout_driver_tree(TREE)) == (
        "Driver tree of 4 cards. All is believed to drive sales. Dials is part of All. Trust is believed to drive All."
    )


@settings(max_examples=examples(15))
@given(designs)
def test_any_design_can_be_drawn_as_a_tree(design):
    nodes = layout_driver_tree(design)
    assert tree_chart(nodes, {}, {}, "goal", "#000").to_dict()["layer"]
    assert pd.Series(card_rows(nodes, {}, {})["key"]).is_unique
