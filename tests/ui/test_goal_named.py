"""A goal that nobody has named is called what its measure is called, on every page; never by the measure's code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.sample_panels import sample_panel
from tests.ui.conftest import Open
from workbench.data.library.data_sets import find_data_set
from workbench.design.model import Design, load_design
from workbench.design.named_goal import with_goal_named
from workbench.design.store import save_design
from workbench.scoring.history import score_history
from workbench.ui.session.cached_scores import drawn_once, drawn_once_by_weights
from workbench.ui.widgets import picture

SAMPLE, CODE, LABEL = "quotes-desk", "asked_quotes", "Quotes somebody asked for"
PAGES = ["start", "goal", "preview", "options", "replay", "evidence", "decide"]
LEAST = {False: 4, True: 0}
"""Texts of a page that is not broken, and of a slide beside its sentence, which is drawn by a component."""
ADDRESS = re.compile(r"[\w./-]*[?&/][\w=.&/-]+")


def unnamed_goal(home: Path) -> Design:
    entry = find_data_set(home, SAMPLE)
    assert entry is not None
    assert entry.design_path is not None
    design = load_design(entry.design_path)
    goal = design.required_goal.model_copy(update={"measure": CODE, "label": None, "unit": None, "target": 10.0})
    return design.model_copy(update={"goal": goal, "name": "Asked for"})


@pytest.mark.parametrize("wall", [False, True], ids=["page", "wall"])
@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_the_code_of_a_measure(
    opened: Open, home: Path, monkeypatch: pytest.MonkeyPatch, page: str, wall: bool
) -> None:
    drawn: list[str] = []

    def look(shown: picture._Unchecked) -> dict[str, Any]:
        spec = real(shown)
        drawn.append(str({part: spec[part] for part in spec if part not in ("data", "datasets")}))
        return spec

    real = picture._Unchecked.to_dict
    monkeypatch.setattr(picture._Unchecked, "to_dict", look)
    drawn_once_by_weights.clear()
    drawn_once.clear()
    link = {"present": page} if wall else {}
    app = opened(page, data=SAMPLE, design=save_design(home, unnamed_goal(home)), **link)
    assert not app.exception
    said = [*texts(app), *drawn]
    assert len(said) > LEAST[wall]
    assert [text for text in said if CODE in ADDRESS.sub("", text)] == []


def test_a_name_and_a_unit_of_its_own_stay(home: Path) -> None:
    panel, bare = sample_panel(SAMPLE), unnamed_goal(home)
    assert with_goal_named(bare, panel).required_goal.label == LABEL
    own = bare.model_copy(update={"goal": bare.required_goal.model_copy(update={"label": "Mine", "unit": "of 100"})})
    assert with_goal_named(own, panel) == own
    history = score_history(panel, bare)
    assert (history.design.required_goal.label, history.design.required_goal.measure) == (LABEL, CODE)


def texts(app: AppTest) -> list[str]:
    """What somebody reads on a page."""
    kinds = (app.title, app.header, app.subheader, app.markdown, app.caption, app.info, app.warning, app.error)
    tables = [str([*table.value.columns]) for table in app.dataframe]
    return [element.value for kind in kinds for element in kind] + [each.label for each in app.metric] + tables
