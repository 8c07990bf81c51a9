"""The Preview page on odd data and odd designs: it says so plainly and never breaks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.scoring.panels import CALLS, MEETINGS, WIN_RATE, design_of, random_panel
from tests.ui.conftest import FRAME as FRAME_FILE
from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.design.draft import Draft
from workbench.design.model import Design
from workbench.ui.session import state

DESIGN = design_of(CALLS, MEETINGS, WIN_RATE)
GOAL = {"measure": "sales", "target": 1000, "label": "Sales"}
COMPOSITE = {"name": "Contact", "weight": 40, "kpis": [CALLS, MEETINGS]}


def panel_with(attributes: bool = False, **changes: object) -> Panel:
    panel = replace(random_panel(3), **changes)
    panel = replace(panel, key=str(pd.util.hash_pandas_object(panel.frame).sum()))
    office = [["North", "South"][i % 2] for i in range(len(panel.reps))]
    manager = [["Ida", "Jo", "Kim"][i % 3] for i in range(len(panel.reps))]
    return replace(panel, reps=panel.reps.assign(office=office, manager=manager)) if attributes else panel


def rows(frame: pd.DataFrame, reps: int | None = None, periods: int | None = None) -> pd.DataFrame:
    kept = frame[frame[REP].isin(sorted(frame[REP].unique())[:reps])]
    return kept[kept[PERIOD].isin(sorted(kept[PERIOD].unique())[:periods])].reset_index(drop=True)


@pytest.fixture
def visit(home: Path, monkeypatch: pytest.MonkeyPatch):
    """Opens the page on a panel and a design."""

    def run(panel: Panel, design: Design, **session: object) -> AppTest:
        monkeypatch.setattr(state, "current_panel", lambda: panel)
        app = AppTest.from_file(str(FRAME_FILE), default_timeout=60)
        app.session_state["context.drafts"] = {"": Draft.start(design)}
        for key, value in session.items():
            app.session_state[key.replace("__", ".")] = value
        app.run()
        return app.switch_page("../../../pages/preview.py").run()

    return run


def said(app: AppTest) -> str:
    return " ".join(
        str(each.value)
        for kind in (app.title, app.header, app.markdown, app.caption, app.info, app.warning, app.error)
        for each in kind
    )


def test_the_page_answers_with_a_sentence_scatters_kinds_and_numbers(visit) -> None:
    app = visit(panel_with(), DESIGN)
    text = said(app)
    assert "best sellers in the top 3" in text
    assert "next month's sales" in text
    assert "48 rep-months." in text
    for name in ("Calls", "Meetings", "Win rate", "Score"):
        assert f"**{name}**: " in text


FRAME = random_panel(3).frame


@pytest.mark.parametrize(
    ("panel", "design", "expected"),
    [
        (panel_with(), design_of(CALLS | {"weight": 0}), "Give a KPI some weight"),
        (panel_with(frame=rows(FRAME, reps=1)), DESIGN, "One rep alone cannot be ranked"),
        (panel_with(frame=rows(FRAME, reps=2)), DESIGN, "too early to say"),
        (panel_with(frame=rows(FRAME, periods=1)), DESIGN, "best sellers in the top 3"),
        (panel_with(frame=FRAME.assign(sales=-FRAME["sales"])), DESIGN, "so there are no best sellers"),
        (panel_with(frame=FRAME.assign(sales=np.nan)), DESIGN, "too early to say"),
        (panel_with(frame=FRAME.assign(calls=5.0, meetings=5.0)), design_of(CALLS, MEETINGS), "too early to say"),
        (panel_with(), design_of(CALLS, goal={"measure": "sales"}), "Give the goal a target"),
        (panel_with(), design_of(CALLS, {"name": "To be found", "weight": 5}), "To be found"),
        (panel_with(), design_of(CALLS, {"name": "Revenue", "formula": "sales", "target": 9, "weight": 5}),
         "automatic"),
        (panel_with(), design_of(COMPOSITE, WIN_RATE, basis="totals"), "Contact"),
        (panel_with(), design_of(CALLS, MEETINGS, points="zscore", combine="minimum"), "best sellers in the top 3"),
        (panel_with(), design_of(CALLS, {"name": "Odd", "formula": "dails", "target": 1, "weight": 1}), "dails"),
    ],
    ids=["no weight", "one rep", "two reps", "one period", "negative sales", "no sales", "all tied", "no target",
         "empty card", "goal inside", "composite and totals", "minimum of z", "unknown measure"],
)  # fmt: skip
def test_odd_data_and_designs_are_said_plainly(visit, panel: Panel, design: Design, expected: str) -> None:
    app = visit(panel, design, preview__chosen="rep 00")
    assert not app.exception
    assert expected in said(app)
    assert "nan" not in said(app).lower().split()


def test_a_filter_says_who_is_shown_and_may_leave_nobody(visit) -> None:
    panel = panel_with(attributes=True)
    app = visit(panel, DESIGN)
    offices, managers = app.multiselect
    app = offices.set_value(["North"]).run()
    assert "4 of 8 reps shown. Points stay those of the whole team." in said(app).replace("\\", "")
    app = managers.set_value(["Ida"]).run()
    app.select_slider[0].set_range(pd.Timestamp("2024-02-01"), pd.Timestamp("2024-04-01")).run()
    assert not app.exception


def test_a_filter_that_leaves_nobody_says_so(visit) -> None:
    late = FRAME[FRAME[REP].isin(["rep 00", "rep 02", "rep 04", "rep 06"]) | (FRAME[PERIOD] > "2024-03-01")]
    app = visit(panel_with(attributes=True, frame=late.reset_index(drop=True)), DESIGN)
    app = app.multiselect[0].set_value(["South"]).run()
    app = app.select_slider[0].set_range(pd.Timestamp("2024-01-01"), pd.Timestamp("2024-02-01")).run()
    assert app.info[0].value.startswith("None of these reps worked")
    assert not app.exception


def test_hidden_names_are_hidden_everywhere(visit) -> None:
    app = visit(panel_with(), DESIGN, preview__chosen="rep 03", context__hide_names=True)
    shown = said(app) + " ".join(table.value.to_string() for table in app.dataframe)
    shown += " ".join(str(box.options) for box in app.selectbox)
    assert "Rep 04" in shown
    assert "rep 0" not in shown
