"""The plan of a trial is kept in the design, and told where the design is."""

from __future__ import annotations

import json

from tests.ui.conftest import Open
from tests.ui.test_goal_and_kpis import design, pressed
from tests.ui.test_pages import words
from workbench.design.model import Kpi, Trial, design_json, parse_design
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


def test_a_plan_in_a_design_file_stands_on_kpis_until_it_is_removed(opened: Open) -> None:
    """Designs of earlier versions hold such plans; new trials have a card of their own."""
    app = opened("kpis", data="many-ways-to-sell")
    first = design(app)
    kpis = (first.kpis[0].model_copy(update={"trial": PLAN}), *first.kpis[1:])
    brought = json.dumps(design_json(first.model_copy(update={"kpis": kpis})))
    assert parse_design(json.loads(brought)).kpis[0].trial == PLAN
    in_months = PLAN.model_copy(update={"start": "2026", "look_again": "2027-06"})
    assert trial_words(in_months).endswith("Decide on 1 June 2027.")
    drafts, data = app.session_state["context.drafts"], app.session_state["context.data"]
    app.session_state["context.drafts"] = drafts | {
        data: drafts[data].change(parse_design(json.loads(brought)), "file")
    }
    app.session_state["kpis.chosen"] = (0,)
    app = app.run()
    assert trial_words(PLAN) in words(app)
    app = pressed(app, "kpis.plan.off.(0,)")
    assert trial_words(PLAN) not in words(app)
    assert [kpi for kpi in design(app).kpis if kpi.trial] == []
    assert [kpi for kpi in design(pressed(app, "context.undo")).kpis if kpi.trial] != []
