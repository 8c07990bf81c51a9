"""Nothing that is brought or linked takes a page from others: one sentence says what is wrong, in the frame."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import Open
from workbench.data.library import data_sets as library
from workbench.data.model.dataset import parse_json
from workbench.design import store
from workbench.design.model import parse_design
from workbench.errors import InputError
from workbench.ui.session.navigation import PAGES
from workbench.ui.shell.calm_page import tell_error
from workbench.words.issues import describe_issue
from workbench.words.trouble import trouble_sentence

STRANGE: dict[str, Any] = {
    "name": "From another team",
    "goal": {"measure": "won_value", "target": 100},
    "kpis": [
        {"name": "Demos", "formula": "demos", "target": 10, "weight": 60},
        {"name": "Odd", "formula": "demos / nothing", "target": 1, "weight": 40},
    ],
}


def texts(app: AppTest) -> str:
    """Everything that a page says in boxes, headings and text."""
    every = (app.error, app.warning, app.info, app.title, app.header, app.markdown, app.caption)
    return "\n".join(str(each.value) for kind in every for each in kind)


def data_set_menu(app: AppTest) -> Any:
    return next(box for box in app.selectbox if box.label == "Data set")


@pytest.mark.parametrize("page", [page for page in PAGES if page != "weights"])
def test_a_link_whose_design_does_not_fit_its_data_says_so(page: str, opened: Open, home: Path) -> None:
    link = store.save_design(home, parse_design(STRANGE, "strange"))
    app = opened(page, data="dials-floor", design=link)
    assert not app.exception
    assert trouble_sentence("")[:40] not in texts(app)
    assert data_set_menu(app).value == "dials-floor"
    assert "does not fit the data set" in texts(app)


def test_a_page_that_breaks_down_is_one_sentence_inside_its_frame(
    opened: Open, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise ZeroDivisionError("the inside of the server, of somebody")

    monkeypatch.setattr("workbench.ui.session.cached_evidence.cached_evidence", break_down)
    app = opened("evidence", data="dials-floor")
    assert not app.exception
    (said,) = [each.value for each in app.error]
    assert "ZeroDivision" not in said
    assert "somebody" not in said
    number = re.search(r"Error ([0-9A-F]{6}) in the file errors.log", said)
    assert number is not None
    log = (home / "errors.log").read_text()
    assert number[1] in log
    assert "ZeroDivisionError: the inside of the server" in log
    assert data_set_menu(app).value == "dials-floor"
    data_set_menu(app).set_value("quotes-desk").run()
    assert not app.exception


def test_a_data_set_that_cannot_be_shown_is_set_aside(
    opened: Open, uploaded: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("workbench.ui.session.cache.build_panel", break_down)
    for page in ("start", "data", "preview"):
        app = opened(page, data=uploaded)
        assert not app.exception
        assert data_set_menu(app).value == uploaded
    assert "for a reason that nobody foresaw" in texts(app)


@pytest.mark.parametrize("part", ["_data_set", "show_design_menu", "_undo_redo"])
def test_a_part_of_the_bar_that_breaks_down_takes_no_other_with_it(
    part: str, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down() -> None:
        raise KeyError(part)

    monkeypatch.setattr(f"workbench.ui.shell.context_bar.{part}", break_down)
    app = opened("start")
    assert not app.exception
    assert len(app.error) == 1
    assert app.title[0].value


def test_one_strange_data_set_file_does_not_take_the_list_from_others(opened: Open, uploaded: str, home: Path) -> None:
    entry = library.find_data_set(home, uploaded)
    assert entry is not None
    spec = json.loads(entry.spec_path.read_text())
    entry.spec_path.write_text(json.dumps({**spec, "name": "Half \ud83d a character"}))
    app = opened("preview", data=uploaded)
    assert not app.exception
    assert any("Half ? a character" in str(option) for option in data_set_menu(app).options)
    entry.spec_path.write_text("[" * 100_000)
    app = opened("start")
    assert not app.exception
    assert data_set_menu(app).options


@pytest.mark.parametrize("content", [b"[" * 100_000, b"\xff\xfe", b'{"kpis": 1e999}', b"null"])
def test_a_strange_design_file_is_refused_in_words(content: bytes, home: Path) -> None:
    with pytest.raises(InputError) as caught:
        parse_design(parse_json(content, "strange.json"), "strange.json")
    assert next(issue.level for issue in caught.value.issues) == "error"
    assert all(describe_issue(issue).message.encode("utf-8") for issue in caught.value.issues)


def test_what_ends_a_click_is_told_in_one_sentence(home: Path) -> None:
    def script() -> None:
        import streamlit as st

        from workbench.ui.shell.calm_page import tell_error

        st.session_state["handled"] = tell_error(KeyError("what the click did"))

    app = AppTest.from_function(script).run()
    assert app.session_state["handled"] is True
    assert len(app.error) == 1
    assert [button.label for button in app.button] == ["Go on"]
    assert "what the click did" in (home / "errors.log").read_text()


def test_the_app_uses_that_sentence() -> None:
    from streamlit_app import app

    assert app._on_script_error is tell_error
