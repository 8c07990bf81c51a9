"""A name typed into the driver tree finds measures and cards; a card moves and is not doubled."""

from __future__ import annotations

from tests.scoring.panels import random_panel
from workbench.design.driver_tree import GOAL, TreeCard, layout_driver_tree
from workbench.design.model import Design, parse_design
from workbench.ui.goal_and_kpis.tree_cards import measure_titles, with_card

PANEL = random_panel(3, n_reps=8, n_periods=6)
DESIGN = parse_design({
    "name": "d",
    "goal": {"measure": "sales", "target": 1000},
    "kpis": [
        {"name": "Meetings", "formula": "meetings", "target": 10, "weight": 50, "drives": "goal"},
        {"name": "Win rate", "formula": "won / closed", "target": 0.5, "weight": 50, "drives": "goal"},
        {"name": "Outreach", "weight": 20, "drives": "goal",
         "kpis": [{"name": "Calls", "formula": "calls", "target": 9, "weight": 1}]},
    ],
})  # fmt: skip


def before(key: str, name: str, design: Design = DESIGN) -> tuple[Design, str]:
    nodes = layout_driver_tree(design)
    card: TreeCard = next(node for node in nodes if node.key == key)
    return with_card(PANEL, design, card, nodes, name)


def test_a_name_nobody_measures_is_a_card_for_later() -> None:
    after, what = before(GOAL, "Trust of the *buyer*")
    card = after.kpis[-1]
    assert (card.name, card.formula, card.drives, card.weight) == ("Trust of the *buyer*", None, "goal", 0)
    assert what == "Trust of the *buyer* added"


def test_a_measure_is_measured_at_once_whatever_its_case() -> None:
    title = next(title for title, name in measure_titles(PANEL).items() if name == "calls")
    card = before(GOAL, title.upper())[0].kpis[-1]
    assert (card.formula, card.percentile, card.weight) == ("calls", 67, 40)
    assert card.target > 0


def test_a_card_moves_and_is_not_doubled() -> None:
    after, what = before("0", "Win rate")
    assert [kpi.name for kpi in after.kpis] == [kpi.name for kpi in DESIGN.kpis]
    assert (after.kpis[1].drives, what) == ("Meetings", "Win rate moved")
    assert before(GOAL, "Win rate", after)[0].kpis[1].drives == GOAL


def test_a_composite_takes_a_card_in() -> None:
    after, _ = before("2", "Meetings")
    assert [kpi.name for kpi in after.kpis] == ["Win rate", "Outreach"]
    assert [part.name for part in after.kpis[1].kpis] == ["Calls", "Meetings"]
    assert after.kpis[1].kpis[1].formula == "meetings"
