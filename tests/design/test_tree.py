"""The driver tree: who stands before whom, and where in the picture."""

from hypothesis import given

from tests.design.test_model import designs
from workbench.design.driver_tree import layout_driver_tree
from workbench.design.model import parse_design


def tree(*kpis, goal="sales"):
    return {
        node.name: node
        for node in layout_driver_tree(parse_design({"name": "d", "goal": {"measure": goal}, "kpis": kpis}))
    }


def test_what_drives_a_kpi_stands_one_step_further_back():
    nodes = tree(
        {"name": "Meetings", "formula": "m", "drives": "goal"},
        {"name": "Dials", "formula": "d", "drives": "Meetings", "edge": "believed"},
        {"name": "E-mails", "drives": "Meetings"},
    )
    assert [(n.name, n.depth, n.row) for n in nodes.values()] == [
        ("sales", 0, 0.5), ("Meetings", 1, 0.5), ("Dials", 2, 0.0), ("E-mails", 2, 1.0)]  # fmt: skip
    assert nodes["Dials"].parent == nodes["Meetings"].key
    assert [name for name, node in nodes.items() if node.empty] == ["E-mails"]


def test_parts_of_a_composite_are_part_of_it():
    nodes = tree({"name": "All", "kpis": [{"name": "A", "formula": "a", "drives": "goal"}, {"name": "B"}]})
    assert (nodes["A"].parent, nodes["A"].edge, nodes["A"].path) == (nodes["All"].key, "part_of", (0, 0))
    assert not nodes["All"].empty


def test_circles_and_unknown_names_lead_to_the_goal():
    nodes = tree({"name": "A", "drives": "B"}, {"name": "B", "drives": "A"}, {"name": "C", "drives": "Z"},
                 {"name": "D", "drives": "D"})  # fmt: skip
    assert {node.depth for node in nodes.values()} == {0, 1}


def test_without_a_goal_there_is_an_empty_card_to_begin_with():
    (only,) = layout_driver_tree(parse_design({"name": "d"}))
    assert (only.key, only.empty) == ("goal", True)


@given(designs)
def test_every_kpi_has_its_place_and_no_two_share_one(design):
    nodes = layout_driver_tree(design)
    keys = [node.key for node in nodes]
    assert len(keys) == len(set(keys)) == 1 + sum(1 for kpi in design.kpis for _ in kpi.everything())
    assert len({(node.depth, node.row) for node in nodes}) == len(nodes)
    by_key = {node.key: node for node in nodes}
    assert all(node.depth == by_key[node.parent].depth + 1 for node in nodes[1:])
