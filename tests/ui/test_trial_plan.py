"""The plan of a trial is kept in the design, and told where the design is."""

from __future__ import annotations

from tests.ui.conftest import Open, label_of
from tests.ui.test_goal_and_kpis import design, pressed
from tests.ui.test_pages import words
from workbench.design.model import Kpi, Trial, parse_design
from workbench.words.evidence_actions import trial_words, trials_words
from workbench.words.options import option_line

PLAN = Trial(what="Work on Dials.", who="Half of the team", start="2026-12-01", expect="More sales.",
             look_again="2027-06-02")  # fmt: skip


def test_a_plan_in_words() -> None:
    said = "Trial: Work on Dials. Half of the team, from 1 December 2026. Expected: More sales. Decide on 2 June 2027."
    assert trial_words(PLAN) == said
    short = PLAN.model_copy(update={"who": "", "expect": ""})
    assert trial_words(short) == "Trial: Work on Dials. From 1 December 2026. Decide on 2 June 2027."


def test_a_design_says_its_trials() -> None:
    tried = parse_design({"name": "d", "kpis": [{"name": "Dials", "formula": "dials", "trial": PLAN.model_dump()}]})
    assert trials_words(tried) == "Trial of Dials until 2 June 2027"
    assert "Trial of Dials until 2 June 2027" in option_line(tried, "")
    assert trials_words(tried.model_copy(update={"kpis": (Kpi(name="k"),)})) == ""


def test_a_plan_is_kept_from_evidence_and_stands_on_kpis(opened: Open) -> None:
    app = opened("evidence", data="many-ways-to-sell")
    form = next(button for button in app.button if label_of(button) == "Save the plan")
    app = form.click().run()
    planned = [kpi for kpi in design(app).kpis if kpi.trial]
    assert len(planned) == 1
    assert planned[0].trial.what == f"Work on {planned[0].name}."
    app.session_state["kpis.chosen"] = (design(app).kpis.index(planned[0]),)
    in_months = planned[0].trial.model_copy(update={"start": "2026", "look_again": "2027-06"})
    assert trial_words(in_months).endswith("Decide on 1 June 2027.")
    app = app.switch_page("../../../pages/kpis.py").run()
    assert trial_words(planned[0].trial) in words(app)
    assert not [kpi for kpi in design(pressed(app, "context.undo")).kpis if kpi.trial]
