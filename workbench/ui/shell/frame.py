"""The frame around every page: navigation, context bar, and what a link asked for."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from workbench.ui.session import state
from workbench.ui.session.navigation import PAGES, page
from workbench.ui.shell import context_bar
from workbench.ui.shell.collector import keep_imports_from_collector
from workbench.ui.widgets.parts import PageEnd, show_issues


def main() -> None:
    state.restore_link()
    shown = st.navigation([page(file) for file in PAGES], position="top")
    st.set_page_config(page_title=f"{shown.title} – KPI Design Workbench", page_icon=":material/balance:",
                       layout="wide", initial_sidebar_state="collapsed")  # fmt: skip
    state.follow_link()
    with st.container(gap=None):
        context_bar.show_context_bar()
        state.current_panel()  # read here, where the progress has a place of its own: nothing below moves when it goes
    show_issues(state.link_issues())
    with suppress(PageEnd):
        shown.run()
    keep_imports_from_collector(shown.url_path)


main()
