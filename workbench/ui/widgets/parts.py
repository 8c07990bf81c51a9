"""Parts of pages: title, "How computed", issues, empty states, and how a page ends."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn

import streamlit as st

from workbench.charts.palette import INK
from workbench.data.library.data_sets import find_data_set, workspace_folder
from workbench.data.model.panel import Panel
from workbench.design.model import Design
from workbench.errors import Issue
from workbench.ui.session import state
from workbench.ui.session.navigation import page
from workbench.ui.session.switch import switch_to
from workbench.ui.widgets.first_words import first_help
from workbench.words.issues import describe_issue
from workbench.words.markdown import plain

_LOOK = {"error": (st.error, ":material/error:"), "warning": (st.warning, ":material/warning:"),
         "info": (st.info, ":material/info:")}  # fmt: skip
FIRST_SAMPLE = "dials-floor"
LONG = 600
"""Letters of a method that may have to be scrolled: what is scrolled needs something that the keyboard reaches."""


class PageEnd(Exception):
    """Nothing follows on this page; the frame takes it."""


def end_page() -> NoReturn:
    """End the page here.

    Streamlit's own stop would also throw away what a hand did to a dialog or another fragment while the page was
    being drawn.
    """
    raise PageEnd


def text_colour() -> str:
    """The text colour of the theme shown, for words drawn inside pictures."""
    return INK[st.context.theme.type or "light"]


def primary_label(label: str, is_primary: bool = True) -> str:
    """The label of a primary button, in the colour that reads on each theme's own blue.

    Streamlit writes white on any colour. The theme calls the words of these buttons violet, so that they change with
    the theme at once and not when the page is next drawn. A disabled button has no colour behind its text: it is not
    ``is_primary``.
    """
    return f":violet[{label}]" if is_primary else label


def quiet_label(label: str) -> str:
    """The label of a popover without a frame, in the colour of text.

    While it is open Streamlit writes its label in a darker shade of the theme's blue, which cannot be read on a dark
    page. The theme calls the colour of text yellow too, for these labels alone.
    """
    return f":yellow[{label}]"


def page_title(question: str, *explained: str) -> None:
    """The page's heading: the one question it answers. Beside it, words of the glossary that the page is about."""
    st.title(question, anchor=False, help=first_help(question, *explained))


def how_computed(text: str, label: str = "How computed") -> None:
    """A small button that opens the method and its source. ``text`` is our own markdown, never a user's."""
    with st.popover(quiet_label(label), icon=":material/function:", type="tertiary"):
        st.markdown(text)
        if len(text) > LONG:
            st.page_link(
                page("learn"), label="Glossary", icon=":material/menu_book:", query_params={"part": "glossary"}
            )


def show_issues(issues: Iterable[Issue]) -> None:
    """Every issue as one box, the worst first, with what to do."""
    order = {"error": 0, "warning": 1, "info": 2}
    for issue in sorted(issues, key=lambda found: order[found.level]):
        box, icon = _LOOK[issue.level]
        rows = f" ({issue.n_rows:,} rows)" if issue.n_rows else ""
        said = describe_issue(issue)
        box(f"**{plain(said.where)}** — {plain(said.message)}{rows} {plain(said.fix)}", icon=icon)


def open_sample(entry_id: str = FIRST_SAMPLE) -> None:
    """Callback: open a sample data set."""
    state.open_dataset(entry_id)


def require_panel() -> tuple[Panel, Design]:
    """The panel and the design, or an empty state that says what to do and ends the page here."""
    panel = state.current_panel()
    if panel is None:
        _no_data() if state.current_entry() is None else _broken_data()
        end_page()
    return panel, state.current_design()


def require_design(question: str = "") -> tuple[Panel, Design]:
    """Panel and a design with a goal and at least one KPI, or the step that is missing, and the page ends here.

    ``question``: heading of a page whose first line is a finding, for when there is none.
    """
    design = state.current_design()
    if question and (state.current_panel() is None or design.goal is None or not design.kpis):
        page_title(question)
    panel, design = require_panel()
    if design.goal is None:
        next_step("First choose the team's #1 goal.", "Every number here is compared with the goal.",
                   "Choose the goal", "goal", ":material/flag:")  # fmt: skip
        end_page()
    if not design.kpis:
        next_step("Now work backwards to the first KPI.", "What must a rep do for the goal to happen?",
                   "Choose KPIs", "kpis", ":material/add_chart:")  # fmt: skip
        end_page()
    return panel, design


def _no_data() -> None:
    with st.container(border=True):
        st.header("No data is open yet", anchor=False)
        st.write("Open a finished example, or bring your own export: any CSV or Excel file.")
        with st.container(horizontal=True, vertical_alignment="center"):
            if find_data_set(workspace_folder(), FIRST_SAMPLE):
                st.button(primary_label("Open the sample “The dials floor”"), type="primary",
                          icon=":material/play_arrow:", on_click=open_sample)  # fmt: skip
            st.page_link(page("data"), label="Bring my own data", icon=":material/upload_file:")


def _broken_data() -> None:
    st.header("This data set cannot be read as it is", anchor=False)
    show_issues(state.current_panel_issues())
    st.page_link(page("data"), label="Fix it on the Data page", icon=":material/build:")


def next_step(heading: str, text: str, label: str, file: str, icon: str) -> None:
    """An empty state: what is missing, and the one button that leads there."""
    with st.container(border=True, horizontal_alignment="center"):
        st.header(heading, anchor=False, width="content")
        st.markdown(text, width="content")
        if st.button(primary_label(label), type="primary", icon=icon):
            switch_to(file)
