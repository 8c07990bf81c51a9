"""The wall: every page as a slide, moves between them, and links to one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import Open
from workbench.ui.session.navigation import PAGES
from workbench.words import slides as words


def stage(app: AppTest) -> dict[str, Any]:
    """What the frame of the slide shows."""
    return json.loads(app.get("bidi_component")[0].proto.json)


def pictures(app: AppTest) -> int:
    return len(app.get("vega_lite_chart"))


def test_every_page_is_one_sentence_and_one_picture_without_chrome(opened: Open) -> None:
    app = opened("start", data="dials-floor", present="start")
    said = []
    for place, page in enumerate(PAGES, start=1):
        app.query_params["present"] = page
        app.run()
        assert not app.exception
        assert pictures(app) == 1
        assert [*app.selectbox, *app.button, *app.title] == []
        assert stage(app)["place"] == f"{place} of {len(PAGES)}"
        said.append(stage(app)["sentence"])
    assert said[4] == "These weights put 1 of your 8 best sellers in the top 8."
    assert said[8] == "Keep Quotes and Meetings. Drop Dials and Communications."
    assert len(set(said)) == len(PAGES)


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ({"present": "preview"}, words.NO_DATA),
        ({"present": "nonsense", "data": "dials-floor"}, words.UNKNOWN),
    ],
)
def test_what_cannot_be_shown_says_what_to_do(opened: Open, link: dict[str, str], sentence: str) -> None:
    app = opened("start", **link)
    assert not app.exception
    assert stage(app)["sentence"] == sentence
    assert pictures(app) == 0


def test_without_a_design_a_slide_leads_to_the_first_step(opened: Open, uploaded: str) -> None:
    app = opened("start", data=uploaded, present="start")
    assert stage(app)["sentence"] == words.NO_GOAL
    app.query_params["present"] = "preview"
    assert stage(app.run())["sentence"] == words.NO_KPIS


def test_names_stay_hidden_on_the_wall(opened: Open) -> None:
    app = opened("start", data="quotes-desk")
    app.toggle(key="context.hide_names").set_value(True).run()
    app.query_params["present"] = "preview"
    app.run()
    assert "further down: Rep " in app.get("vega_lite_chart")[0].proto.alt


def test_another_design_is_not_what_the_open_one_was_before(home) -> None:
    def show_options() -> None:
        import streamlit as st

        from workbench.ui.present.deck import page_slide
        from workbench.ui.session import state

        state.open_dataset("quotes-desk")
        design, panel = state.current_design(), state.current_panel()
        kpis = tuple(kpi.model_copy(update={"weight": float(place)}) for place, kpi in enumerate(design.kpis))
        state.open_design(design.model_copy(update={"name": "Another", "kpis": kpis}), "opened")
        slide = page_slide("options", panel, state.current_design(), state.display_names(panel))
        st.session_state["options"] = {*slide.chart.data["option"]}

    app = AppTest.from_function(show_options, default_timeout=60).run()
    assert not app.exception
    assert app.session_state["options"] == {words.EQUAL, words.TODAY}


def test_the_button_presents_the_page_it_stands_on(opened: Open) -> None:
    app = opened("start", data="quotes-desk")
    app.button(key="context.present").click().run()
    assert app.query_params["present"] == "start"
    assert stage(app)["place"].startswith("1 of")


def test_a_sample_is_presented_as_its_story_with_notes_for_the_speaker(opened: Open) -> None:
    app = opened("start", data="many-ways-to-sell", present="story.1")
    first = stage(app)
    assert first["place"] == "1 of 9"
    assert first["sentence"] == "Some call, some write, some post. Whom does one scorecard favour?"
    assert "Vote before you go on." in first["notes"]
    assert first["other"] == words.TO_PAGES
    app.query_params["present"] = "story.99"
    assert stage(app.run())["place"] == "9 of 9"
    app.query_params["present"] = "preview"
    assert stage(app.run())["notes"] == ""


def test_data_of_ones_own_have_no_story(opened: Open, uploaded: str) -> None:
    app = opened("start", data=uploaded, present="story.1")
    assert stage(app)["sentence"] == words.UNKNOWN
    assert stage(app)["other"] == ""
