"""The frame around every page: navigation in the order of the work, and what is being looked at."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from workbench.ui import context_bar, state
from workbench.ui.parts import PageEnd, show_issues
from workbench.ui.places import PAGES, page


def main() -> None:
    st.set_page_config(page_title="KPI Design Workbench", page_icon=":material/balance:", layout="wide",
                       initial_sidebar_state="collapsed")  # fmt: skip
    shown = st.navigation([page(file) for file in PAGES], position="top")
    state.follow_link()
    with st.container(gap=None):
        context_bar.show()
        state.panel()  # read here, where the progress has a place of its own: nothing below moves when it goes
    show_issues(state.trouble())
    with suppress(PageEnd):
        shown.run()


main()
