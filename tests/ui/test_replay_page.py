"""Replay, from the frame."""

from __future__ import annotations

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
