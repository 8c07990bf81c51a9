"""After each change the path leads to the KPI that was changed."""

import pytest

from workbench.design import edits
from workbench.design.driver_tree import descendants, layout_driver_tree, possible_parents
from workbench.design.kpi_edits import (
    add_driver,
    add_kpi_with_path,
    duplicate_kpi_with_path,
    group_kpis_with_path,
    inner_shares,
    make_part,
    move_kpi_with_path,
    possible_parts,
)
from workbench.design.model import Design, Kpi, parse_design
from workbench.design.weighted_kpis import baseline_weights, unweighted, weighted_kpis

DESIGN = parse_design({
    "name": "d",
    "goal": {"measure": "sales"},
    "kpis": [
        {"name": "Outreach", "weight": 30, "drives": "Meetings", "kpis": [
            {"name": "Calls", "formula": "calls", "weight": 3}, {"name": "E-mails", "formula": "emails", "weight": 1}]},
        {"name": "Meetings", "formula": "meetings", "weight": 60, "drives": "goal"},
        {"name": "Quotes", "formula": "quotes", "weight": 0, "drives": "Meetings"},
    ],
})  # fmt: skip


def name_at(change):
    return edits.kpi_at(*change).name


def test_the_path_leads_to_the_kpi_added():
    assert name_at(add_kpi_with_path(DESIGN, Kpi(name="Posts"))) == "Posts"
    assert add_kpi_with_path(DESIGN, Kpi(name="Calls"), (0,))[1] == (0, 2)
    assert name_at(add_kpi_with_path(DESIGN, Kpi(name="Calls"), (0,))) == "Calls 2"


@pytest.mark.parametrize(
    ("path", "by", "to"), [((0,), 1, (1,)), ((2,), 1, (2,)), ((0,), -1, (0,)), ((0, 0), 1, (0, 1))]
)
def test_the_path_follows_the_kpi_moved(path, by, to):
    after, found = move_kpi_with_path(DESIGN, path, by)
    assert found == to
    assert edits.kpi_at(after, found) == edits.kpi_at(DESIGN, path)


def test_the_copy_is_worked_on():
    assert name_at(duplicate_kpi_with_path(DESIGN, (0, 0))) == "Calls 2"


def test_the_composite_is_worked_on():
    after, path = group_kpis_with_path(DESIGN, ("Meetings", "Quotes"), "Selling")
    assert [part.name for part in edits.kpi_at(after, path).kpis] == ["Meetings", "Quotes"]
    assert path == (1,)


def test_a_kpi_becomes_a_part_with_its_weight():
    assert possible_parts(DESIGN, DESIGN.kpis[0]) == ["Meetings", "Quotes"]
    after, home = make_part(DESIGN, "Meetings", (0,))
    part = edits.kpi_at(after, home).kpis[-1]
    assert (part.name, part.weight, part.drives, part.edge) == ("Meetings", 60, "Outreach", "part_of")
    assert [kpi.name for kpi in after.kpis] == ["Outreach", "Quotes"]


def test_what_cannot_become_a_part_changes_nothing():
    assert make_part(DESIGN, "Nobody", (0,)) is None
    assert make_part(DESIGN, "Outreach", (0, 0)) is None


def test_a_driver_is_part_of_a_composite_and_believed_to_drive_the_rest():
    cards = {card.name: card for card in layout_driver_tree(DESIGN)}
    added = {
        name: edits.kpi_at(*add_driver(DESIGN, cards[name], "Posts")) for name in ("sales", "Meetings", "Outreach")
    }
    assert {name: (kpi.drives, kpi.edge) for name, kpi in added.items()} == {
        "sales": ("goal", "believed"),
        "Meetings": ("Meetings", "believed"),
        "Outreach": ("Outreach", "part_of"),
    }
    assert edits.kpi_at(*add_driver(DESIGN, cards["sales"], "quotes")).name == "quotes 2"


def test_a_card_cannot_work_towards_what_works_towards_it():
    cards = layout_driver_tree(DESIGN)
    meetings = next(card.key for card in cards if card.name == "Meetings")
    assert {card.name for card in cards if card.key in descendants(meetings, cards)} == {
        "Meetings", "Outreach", "Calls", "E-mails", "Quotes"}  # fmt: skip
    assert [card.name for card in possible_parents(meetings, cards)] == ["sales"]


def test_shares_inside_a_composite():
    assert inner_shares(DESIGN.kpis[0]) == [0.75, 0.25]
    assert inner_shares(Kpi(name="k", kpis=(Kpi(name="p", formula="p", weight=0),))) == [None]


def test_kpis_with_a_weight_or_all_while_none_has_one():
    assert weighted_kpis(DESIGN) == ["Outreach", "Meetings"]
    off = DESIGN.model_copy(update={"kpis": tuple(kpi.model_copy(update={"weight": 0.0}) for kpi in DESIGN.kpis)})
    assert weighted_kpis(off) == ["Outreach", "Meetings", "Quotes"]
    assert unweighted(off) == unweighted(DESIGN)
    assert unweighted(DESIGN.model_copy(update={"name": "other", "note": "n"})) == unweighted(DESIGN)
    assert unweighted(edits.update_kpi(DESIGN, (1,), owner="Ann", necessary="It is")) == unweighted(DESIGN)
    assert unweighted(edits.update_kpi(DESIGN, (1,), target=5)) != unweighted(DESIGN)


def test_a_card_without_a_formula_is_not_asked_about_whatever_its_weight() -> None:
    card = Kpi(name="Trust", weight=50)
    assert weighted_kpis(edits.add_kpi(DESIGN, card)) == weighted_kpis(DESIGN)
    assert weighted_kpis(Design(name="Cards", kpis=(card,))) == []


def test_a_baseline_is_one_design_as_a_whole() -> None:
    now = edits.set_weights(DESIGN, {"Outreach": 1, "Meetings": 2})
    was = tuple(kpi.weight for kpi in DESIGN.kpis)
    assert baseline_weights(now, [None, DESIGN]) == was
    more = edits.add_kpi(now, Kpi(name="Trust", formula="trust", weight=9))
    assert baseline_weights(more, [DESIGN]) == (*was, 0)
    fewer = edits.remove_kpi(now, (0,))  # the baseline's ranking needs a KPI that is not here
    assert baseline_weights(fewer, [DESIGN]) == tuple(kpi.weight for kpi in fewer.kpis)
    assert baseline_weights(fewer, [DESIGN, edits.set_weights(fewer, {"Meetings": 7})])[0] == 7
    another = edits.update_kpi(now, (1,), target=77)
    assert baseline_weights(another, [DESIGN]) == tuple(kpi.weight for kpi in another.kpis)
