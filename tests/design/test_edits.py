"""Small changes of a design: new designs, the old one untouched, shares and links kept where they should be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.design.test_model import designs_of
from workbench.design import edits
from workbench.design.model import Design, Goal, Kpi, parse_design

DESIGN = parse_design({
    "name": "d",
    "goal": {"measure": "sales"},
    "kpis": [
        {"name": "Calls", "formula": "calls", "weight": 30, "drives": "Meetings"},
        {"name": "E-mails", "formula": "emails", "weight": 10},
        {"name": "Meetings", "formula": "meetings", "weight": 60, "drives": "goal"},
    ],
})  # fmt: skip


def names(design):
    return [kpi.name for kpi in design.kpis]


def test_weights_are_set_by_path_and_by_name():
    assert edits.set_weight(DESIGN, (1,), 5).kpis[1].weight == 5
    assert [k.weight for k in edits.set_weights(DESIGN, {"Calls": 1, "Meetings": 2}).kpis] == [1, 10, 2]
    with pytest.raises(ValidationError):
        edits.set_weight(DESIGN, (1,), -1)


def test_an_added_kpi_gets_a_name_of_its_own():
    design = edits.add_kpi(edits.add_kpi(DESIGN, Kpi(name="calls")), Kpi(name="Calls"))
    assert names(design) == ["Calls", "E-mails", "Meetings", "calls 2", "Calls 3"]


def test_renaming_takes_along_what_drives_it():
    design = edits.update_kpi(DESIGN, (2,), name="Visits")
    assert design.kpis[0].drives == "Visits"


def test_removing_hands_on_what_it_drove():
    design = edits.remove_kpi(DESIGN, (2,))
    assert names(design) == ["Calls", "E-mails"]
    assert design.kpis[0].drives == "goal"


def test_moving_stops_at_the_ends():
    assert names(edits.move_kpi(DESIGN, (0,), 1)) == ["E-mails", "Calls", "Meetings"]
    assert names(edits.move_kpi(DESIGN, (0,), -1)) == names(DESIGN)
    assert names(edits.move_kpi(DESIGN, (0,), 9)) == ["E-mails", "Meetings", "Calls"]


def test_composing_keeps_every_share_and_dissolving_brings_it_back():
    whole = edits.group_kpis(DESIGN, ("Calls", "E-mails"), "Communications")
    assert names(whole) == ["Communications", "Meetings"]
    assert whole.shares() == {"Communications": 0.4, "Meetings": 0.6}
    assert [(part.name, part.weight, part.edge) for part in whole.kpis[0].kpis] == [
        ("Calls", 30, "part_of"), ("E-mails", 10, "part_of")]  # fmt: skip
    apart = edits.ungroup_kpi(whole, (0,))
    assert apart.shares() == DESIGN.shares()


def test_composing_kpis_without_weight_weighs_the_parts_alike():
    zero = edits.set_weights(DESIGN, {"Calls": 0, "E-mails": 0})
    whole = edits.group_kpis(zero, ("Calls", "E-mails"), "Communications").kpis[0]
    assert whole.weight == 0
    assert [part.weight for part in whole.kpis] == [1, 1]


def test_inside_a_composite_parts_are_added_moved_and_removed():
    design = edits.group_kpis(DESIGN, ("Calls", "E-mails"), "Communications")
    design = edits.add_kpi(design, Kpi(name="Social", formula="posts", weight=1), inside=(0,))
    assert [part.name for part in design.kpis[0].kpis] == ["Calls", "E-mails", "Social"]
    design = edits.move_kpi(design, (0, 2), -2)
    design = edits.remove_kpi(design, (0, 1))
    assert [part.name for part in design.kpis[0].kpis] == ["Social", "E-mails"]
    assert edits.kpi_at(design, (0, 1)).name == "E-mails"


def test_a_duplicate_stands_behind_with_weight_zero_and_fresh_names_all_the_way_down():
    design = edits.duplicate_kpi(edits.group_kpis(DESIGN, ("Calls", "E-mails"), "Communications"), (0,))
    assert names(design) == ["Communications", "Communications 2", "Meetings"]
    assert [part.name for part in design.kpis[1].kpis] == ["Calls 2", "E-mails 2"]
    assert design.shares() == {"Communications": 0.4, "Communications 2": 0, "Meetings": 0.6}


def test_goal_and_scoring_are_replaced_whole():
    assert edits.set_goal(DESIGN, Goal(measure="won")).goal.measure == "won"
    assert edits.set_scoring(DESIGN, cap=150).scoring.cap == 150
    with pytest.raises(ValidationError):
        edits.set_scoring(DESIGN, cap=-1)


@given(designs_of(1), st.data())
def test_no_edit_touches_the_design_it_began_with(design, data):
    before = design.model_copy(deep=True)
    path, kpi = data.draw(st.sampled_from(list(edits.kpi_paths(design))))
    for edit in (edits.remove_kpi, edits.duplicate_kpi, lambda d, p: edits.move_kpi(d, p, 1), edits.ungroup_kpi):
        assert isinstance(edit(design, path), Design)
    assert edits.replace_kpi(design, path, kpi) == design
    assert edits.kpi_at(edits.set_weight(design, path, 7), path).weight == 7
    assert design == before
