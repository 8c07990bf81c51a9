"""An address where no page is opens a calm page of our own, and every page's own address opens that page."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from workbench.ui.session.navigation import PAGES
from workbench.ui.shell.lost_page import lost_name
from workbench.words.lost import LOST, meant_sentence

SITE = "http://127.0.0.1:8501"


@pytest.mark.parametrize(
    ("path", "name"),
    [("", ""), ("/", ""), *((f"/{file}", "") for file in PAGES if file != "start"), ("/evidence?data=a/b", ""),
     ("/start?data=dials-floor", "start"), ("/evidense", "evidense"), ("/%3Cb%3E%C3%BCbung", "<b>übung")],
)  # fmt: skip
def test_only_an_address_without_a_page_is_lost(path: str, name: str) -> None:
    """Start is the page without a name, so that its own name would be lost too."""
    assert lost_name(f"{SITE}{path}") == name
    assert lost_name(None) == ""


def test_start_is_shown_under_its_name() -> None:
    def draw() -> None:
        import streamlit as st

        from workbench.ui.session.navigation import PAGES, page
        from workbench.ui.shell.lost_page import lost_pages

        also = lost_pages("http://127.0.0.1:8501/start")
        st.navigation([*(page(file) for file in PAGES), *also])
        st.text([one.url_path for one in also] + [page("start").url_path])

    app = AppTest.from_function(draw).run()
    assert not app.exception
    assert app.text[0].value == "['start', '']"


def test_the_page_leads_to_the_one_that_was_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.url", f"{SITE}/evidense")

    def draw() -> None:
        import streamlit as st

        from workbench.ui.session.navigation import PAGES, page
        from workbench.ui.shell.lost_page import lost_pages

        st.navigation([page(file) for file in PAGES])
        lost_pages(st.context.url)[0]._page()

    app = AppTest.from_function(draw).run()
    assert not app.exception
    assert app.title[0].value == f"{LOST}."
    assert meant_sentence("Evidence") in [one.value for one in app.markdown]


@pytest.mark.parametrize("address", ["start", "evidense"])
def test_the_wall_is_the_wall_at_any_address(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """Links of an ordinary page would lead to pages that are not there while something is presented."""
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.url", f"{SITE}/{address}")

    def draw() -> None:
        import streamlit as st

        from workbench.ui.session.navigation import PAGES, wall
        from workbench.ui.shell.lost_page import lost_pages

        also = lost_pages(st.context.url, on_wall=True)
        st.navigation([*(wall(file) for file in PAGES), *also])
        st.text([(one.url_path, one._page.name) for one in also])

    app = AppTest.from_function(draw).run()
    assert not app.exception
    assert app.text[0].value == f"[('{address}', 'present.py')]"
