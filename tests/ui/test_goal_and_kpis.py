"""Goal and KPIs, from the frame: what a visitor does, and what becomes of the design."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import Open
from tests.ui.test_pages import words
from workbench.design.model import Design, TargetStep, Within
from workbench.ui.widgets.parts import FIRST_SAMPLE


def design(app: AppTest) -> Design:
    drafts = app.session_state["context.drafts"]
    return drafts[app.session_state["context.data"]].design


def kpi(app: AppTest, place: int = 0):
    return design(app).kpis[place]


def typed(app: AppTest, key: str, text: str) -> AppTest:
    return app.text_input(key=key).set_value(text).run()


def pressed(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def picked(app: AppTest, key: str, value: object) -> AppTest:
    """Choose in a row of buttons, as the browser reports it."""
    return app.button_group(key=key).set_value(value).run()


@pytest.fixture
def goal(opened: Open) -> AppTest:
    return opened("goal", data=FIRST_SAMPLE)


@pytest.fixture
def kpis(opened: Open) -> AppTest:
    return opened("kpis", data=FIRST_SAMPLE)


def test_the_first_goal_is_one_click_and_comes_with_a_target_a_third_of_the_past_met(
    opened: Open, uploaded: str
) -> None:
    app = pressed(opened("goal", data=uploaded), "goal.first.sales")
    chosen = design(app).goal
    assert (chosen.measure, chosen.unit, chosen.percentile) == ("sales", "USD", 67)
    assert "33% of 48 rep-months hit this target" in words(app)
    assert not app.exception


def test_a_goal_can_be_called_and_measured_otherwise(goal: AppTest) -> None:
    app = typed(goal, "goal.label", "Revenue")
    assert design(app).goal.label == "Revenue"
    app = app.selectbox(key="goal.measure").select("meetings").run()
    assert design(app).goal.measure == "meetings"
    assert not app.exception


def test_the_goals_target_follows_the_field_and_a_percentile(goal: AppTest) -> None:
    app = goal.number_input(key="goal.target.number").set_value(0.0).run()
    assert "100% of 358 rep-months hit this target. 24 of 24 reps" in words(app)
    app = picked(app, "goal.target.percentile", 90)
    assert design(app).goal.percentile == 90
    assert "10% of 358 rep-months" in words(app)


def test_a_change_of_the_target_is_one_step_back(goal: AppTest) -> None:
    app = goal.number_input(key="goal.target.number").set_value(15000.0).run()
    app = app.number_input(key="goal.target.number").set_value(16000.0).run()
    app = pressed(app, "context.undo")
    assert design(app).goal.target == 20000


def test_every_form_of_target_can_be_taken_and_left(goal: AppTest) -> None:
    app = picked(goal, "goal.target.form", "steps")
    assert design(app).goal.target == (TargetStep(start="2024-01", value=20000),)
    app = pressed(app, "goal.target.more")
    app = app.number_input(key="goal.target.value.1").set_value(25000.0).run()
    app = app.selectbox(key="goal.target.from.1").select("2024-07").run()
    assert design(app).goal.target[1] == TargetStep(start="2024-07", value=25000)
    app = picked(pressed(app, "goal.target.drop.0"), "goal.target.form", "formula")
    app = typed(app, "goal.target.formula", "1000 * tenure")
    assert design(app).goal.target == "1000 * tenure"
    app = picked(app, "goal.target.form", "none")
    assert design(app).goal.target is None
    assert not app.exception


def test_a_range_begins_as_the_middle_half_and_its_edges_can_be_set(goal: AppTest) -> None:
    app = picked(goal, "goal.direction", "range")
    low, high = design(app).goal.direction.within
    assert low < 17600 < high
    app = app.number_input(key="goal.target.low").set_value(5000.0).run()
    assert design(app).goal.direction == Within(within=(5000, high))
    app = app.number_input(key="goal.target.high").set_value(4000.0).run()
    assert design(app).goal.direction == Within(within=(5000, high))


def test_a_card_can_be_moved_in_the_tree_and_removed(goal: AppTest) -> None:
    goal.session_state["goal.tree.chosen"] = "0"
    app = goal.run()
    app = app.selectbox(key="goal.tree.drives").select("Meetings").run()
    app = app.selectbox(key="goal.tree.edge").select("part of").run()
    assert (kpi(app).drives, kpi(app).edge) == ("Meetings", "part_of")
    assert "Dials" not in app.selectbox(key="goal.tree.drives").options
    app = pressed(app, "goal.tree.remove")
    assert [each.name for each in design(app).kpis] == ["Quotes", "Meetings", "Communications"]


def test_opening_a_card_leads_to_it_on_the_next_page(goal: AppTest) -> None:
    goal.session_state["goal.tree.chosen"] = "2"
    app = pressed(goal.run(), "goal.tree.open")
    assert app.text_input(key="kpis.2.name").value == "Meetings"


def test_without_a_goal_the_kpis_page_leads_to_it(opened: Open, uploaded: str) -> None:
    assert "First choose the team's #1 goal." in words(opened("kpis", data=uploaded))


def test_the_first_kpi_is_one_click_away(opened: Open, uploaded: str) -> None:
    app = pressed(opened("goal", data=uploaded), "goal.first.sales")
    app = app.switch_page("../../../pages/kpis.py").run()
    assert "Work backwards from Sales" in words(app)
    app = pressed(app.checkbox(key="kpis.first.deals").check().run(), "kpis.first")
    assert (kpi(app).name, kpi(app).percentile, kpi(app).weight) == ("Deals", 67, 100)
    assert kpi(app).target > 0
    assert "made the goal" in words(app)
    assert not app.exception


def test_a_kpi_of_ones_own_waits_for_its_formula(kpis: AppTest) -> None:
    kpis.text_input(key="kpis.own").set_value("Referrals")
    app = pressed(kpis, "kpis.own.add")
    assert "Write a formula to see the values here" in words(app)
    app = typed(app, "kpis.4.formula", "meetings")
    target = kpi(app, 4).target
    app = typed(app, "kpis.4.formula", "meetings / quotes")
    assert kpi(app, 4).formula == "meetings / quotes"
    assert (kpi(app, 4).percentile, kpi(app, 4).weight) == (67, 33)
    assert 0 < kpi(app, 4).target < target
    assert not app.exception


def test_a_formula_is_kept_only_while_it_can_be_read(kpis: AppTest) -> None:
    app = typed(kpis, "kpis.0.formula", "dails / workdys")
    assert kpi(app).formula == "dials / workdays"
    assert "Did you mean dials?" in words(app)
    assert "Did you mean workdays?" in words(app)
    assert app.code[0].value.splitlines() == ["dails / workdys", "^       ^"]
    app = typed(app, "kpis.0.formula", "dials / days")
    assert kpi(app).formula == "dials / days"
    assert not app.code


def test_a_target_somebody_set_outlives_another_formula(kpis: AppTest) -> None:
    assert kpi(typed(kpis, "kpis.0.formula", "dials / days")).target == 50


def test_undo_brings_the_old_formula_back_into_the_field(kpis: AppTest) -> None:
    app = pressed(typed(kpis, "kpis.0.formula", "dials"), "context.undo")
    assert app.text_input(key="kpis.0.formula").value == "Dials / workdays"


def test_a_click_completes_the_name_begun(kpis: AppTest) -> None:
    app = typed(kpis, "kpis.0.formula", "dials / conv")
    app = picked(app, "kpis.0.formula.offer", "Conversations")
    assert kpi(app).formula == "dials / conversations"
    assert app.text_input(key="kpis.0.formula").value == "dials / Conversations"


def test_a_name_already_taken_gets_a_number(kpis: AppTest) -> None:
    assert kpi(typed(kpis, "kpis.0.name", "quotes")).name == "quotes 2"
    assert kpi(typed(kpis, "kpis.0.name", "  ")).name == "quotes 2"


def test_a_weight_moves_the_shares(kpis: AppTest) -> None:
    app = kpis.number_input(key="kpis.0.weight").set_value(0.0).run()
    assert design(app).shares() == {"Dials": 0, "Quotes": 0.5, "Meetings": 0.5, "Communications": 0}
    assert "50%" in words(app)


def test_the_answer_to_necessity_is_kept_and_shown_beside_who_did_without(kpis: AppTest) -> None:
    app = kpis.text_area(key="kpis.necessary.(0,)").set_value(" They ask for it ").run()
    assert kpi(app).necessary == "They ask for it"
    assert "All 11 reps who made the goal missed the target for" in words(app)
    assert "Aisha Bello" in words(app)


def test_hidden_names_stay_hidden(kpis: AppTest) -> None:
    app = kpis.toggle(key="context.hide_names").set_value(True).run()
    assert "Aisha Bello" not in words(app)
    assert "Rep 01" in words(app)


def test_several_become_one_and_one_becomes_several(kpis: AppTest) -> None:
    before = design(kpis).shares()
    kpis.button_group(key="kpis.combine.which").set_value(["Quotes", "Meetings"])
    app = pressed(typed(kpis, "kpis.combine.name", "Customer work"), "kpis.combine.do")
    assert [part.name for part in kpi(app, 1).kpis] == ["Quotes", "Meetings"]
    assert design(app).shares()["Customer work"] == pytest.approx(before["Quotes"] + before["Meetings"])
    app = app.number_input(key="kpis.1.inner.0").set_value(45.0).run()
    assert "75%" in words(app)
    app = app.selectbox(key="kpis.1.take").select("Communications").run()
    assert [part.name for part in kpi(app, 1).kpis] == ["Quotes", "Meetings", "Communications"]
    assert not app.exception


@pytest.mark.parametrize(
    ("what", "names"),
    [
        ("Duplicate", ["Dials", "Dials 2", "Quotes", "Meetings", "Communications"]),
        ("Move down", ["Quotes", "Dials", "Meetings", "Communications"]),
        ("Remove", ["Quotes", "Meetings", "Communications"]),
    ],
)
def test_the_menu_of_a_kpi(kpis: AppTest, what: str, names: list[str]) -> None:
    app = kpis.menu_button(key="kpis.more").click(what).run()
    assert [each.name for each in design(app).kpis] == names


def test_a_part_taken_out_of_its_composite_stands_alone_again(kpis: AppTest) -> None:
    kpis.button_group(key="kpis.combine.which").set_value(["Quotes", "Meetings"])
    app = pressed(typed(kpis, "kpis.combine.name", "Customer work"), "kpis.combine.do")
    app = app.menu_button(key="kpis.more").click("Take apart").run()
    assert [each.name for each in design(app).kpis] == ["Dials", "Quotes", "Meetings", "Communications"]
    assert not app.exception


def test_what_the_design_checks_find_stands_at_the_kpi(kpis: AppTest) -> None:
    app = typed(kpis, "kpis.0.formula", "sales / 100")
    assert "This KPI contains the goal itself" in words(app)
    app = app.number_input(key="kpis.0.target.number").set_value(0.0).run()
    assert "no value can be a share of it" in words(app)


def test_several_first_kpis_are_chosen_together_and_are_one_step(opened: Open) -> None:
    app = pressed(opened("goal", data="quotes-desk"), "context.menu.New")
    app = pressed(app, next(button.key for button in app.button if (button.key or "").startswith("goal.first.")))
    app = app.switch_page("../../../pages/kpis.py").run()
    offered = [box.key for box in app.checkbox if box.key.startswith("kpis.first.")]
    for key in offered[:3]:
        app.checkbox(key=key).check()
    app = pressed(app.run(), "kpis.first")
    assert len(design(app).kpis) == 3
    assert all(each.target and each.weight for each in design(app).kpis)
    assert design(pressed(app, "context.undo")).kpis == ()


def test_a_kpi_of_ones_own_comes_in_with_the_first_kpis_that_are_ticked(opened: Open) -> None:
    app = pressed(opened("goal", data="quotes-desk"), "context.menu.New")
    app = pressed(app, next(button.key for button in app.button if (button.key or "").startswith("goal.first.")))
    app = app.switch_page("../../../pages/kpis.py").run()
    offered = [box.key for box in app.checkbox if box.key.startswith("kpis.first.")][:2]
    for key in offered:
        app.checkbox(key=key).check()
    app.run().text_input(key="kpis.own").set_value("Referrals")
    app = pressed(app, "kpis.own.add")
    first, second, own = design(app).kpis
    assert (first.weight, second.weight, own.weight, own.name) == (50, 50, 0, "Referrals")
    assert kpi(app).name == first.name
    assert app.text_input(key="kpis.2.name").value == "Referrals"
    app = pressed(app, "context.undo")
    assert design(app).kpis == ()
    assert [app.checkbox(key=key).value for key in offered] == [True, True]


def test_the_target_of_a_rate_is_typed_in_per_cent_and_a_fraction_is_asked_about(kpis: AppTest) -> None:
    app = typed(kpis, "kpis.0.formula", "meetings / conversations")
    app = typed(app, "kpis.0.unit", "")
    app = app.number_input(key="kpis.0.target.number").set_value(25.0).run()
    assert kpi(app).target == 0.25
    assert app.number_input(key="kpis.0.target.number").value == 25
    app = app.number_input(key="kpis.0.target.number").set_value(0.25).run()
    assert app.button(key="kpis.0.target.fraction").label == "The target is 0.25%. Make it 25%"
    app = pressed(app, "kpis.0.target.fraction")
    assert kpi(app).target == 0.25
    assert "kpis.0.target.fraction" not in [button.key for button in app.button]


def test_a_target_per_rep_takes_the_names_that_are_shown(goal: AppTest) -> None:
    app = picked(goal, "goal.target.form", "formula")
    app = typed(app, "goal.target.formula", "100 * meetings HELD")
    assert design(app).goal.target == "100 * meetings"


def test_a_target_is_called_proposed_until_somebody_sets_one(opened: Open) -> None:
    app = pressed(opened("goal", data="quotes-desk"), "context.menu.New")
    app = pressed(app, next(button.key for button in app.button if (button.key or "").startswith("goal.first.")))
    assert "**This is a proposed target:" in words(app).replace("\\", "")
    assert "The team hit its proposed target in" in words(app)
    app = app.number_input(key="goal.target.number").set_value(30_000.0).run()
    assert "proposed" not in words(app)
    assert "The team hit its target in" in words(app)


def test_start_says_where_the_team_is(opened: Open) -> None:
    app = opened("start", data=FIRST_SAMPLE)
    assert "Where are we?" in words(app)
    assert "The team hit its target in" in words(app)
