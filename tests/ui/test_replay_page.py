"""Replay, from the frame."""

from __future__ import annotations

import pandas as pd

from tests.ui.conftest import Open
from tests.ui.test_pages import words
from workbench.design.edits import set_weights
from workbench.ui.widgets.parts import FIRST_SAMPLE


def test_a_scorecard_without_weight_says_so_and_draws_nothing(opened: Open) -> None:
    app = opened("replay", data=FIRST_SAMPLE)
    drafts = app.session_state["context.drafts"]
    draft = drafts[FIRST_SAMPLE]
    nothing = set_weights(draft.design, dict.fromkeys((kpi.name for kpi in draft.design.kpis), 0.0))
    app.session_state["context.drafts"] = drafts | {FIRST_SAMPLE: draft.change(nothing, "no weights")}
    app.run()
    assert not app.exception
    assert "No KPI has a weight, so there is no score to replay." in words(app)
    assert "never hit a KPI" not in words(app)
    assert not app.get("vega_lite_chart")
    assert not app.get("arrow_vega_lite_chart")


FIGURES = ["3 of 18", "20 of 54", "141 of 320", "4", "12"]


def test_the_page_leads_with_five_figures_and_each_opens_its_part(opened: Open) -> None:
    app = opened("replay", data=FIRST_SAMPLE)
    assert [figure.value for figure in app.metric] == FIGURES
    assert "Did the team hit the KPI and miss the goal?" in words(app)
    assert "Who would have been reprimanded?" not in words(app)
    app.button(key="replay.open.Reprimanded").click().run()
    assert "141 of 320 reprimands would have gone to reps who made the goal that month." in words(app)
    assert "Did the team hit the KPI and miss the goal?" not in words(app)


def test_rewinding_stays_at_the_part_that_is_read(opened: Open) -> None:
    app = opened("replay", data=FIRST_SAMPLE)
    app.button(key="replay.open.Who left").click().run()
    assert "Those who stayed sold" in words(app)
    app.select_slider[0].set_value(pd.Timestamp("2024-04-01")).run()
    assert not app.exception
    assert "Nobody left by then" in words(app)
    assert len(app.metric) == 4


def test_without_a_target_of_the_goal_the_figures_are_unknown(opened: Open) -> None:
    app = opened("replay", data=FIRST_SAMPLE)
    drafts = app.session_state["context.drafts"]
    design = drafts[FIRST_SAMPLE].design
    aimless = design.model_copy(update={"goal": design.goal.model_copy(update={"target": None})})
    app.session_state["context.drafts"] = drafts | {FIRST_SAMPLE: drafts[FIRST_SAMPLE].change(aimless, "no target")}
    app.run()
    assert [figure.value for figure in app.metric][:3] == ["unknown", "20 of 54", "unknown"]
    assert "Sales has no target, so reprimands and hits cannot be judged." in words(app)
    app.button(key="replay.open.Reprimanded").click().run()
    assert "reps who made the goal" not in words(app)
