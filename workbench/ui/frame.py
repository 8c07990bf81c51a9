"""The frame around every page: navigation in the order of the work, and what is being looked at."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from workbench.ui import context_bar, state
from workbench.ui.parts import show_issues

PAGES_FOLDER = Path(__file__).resolve().parents[2] / "pages"
PAGES: tuple[tuple[str, str, str], ...] = (
    ("start", "Start", ":material/home:"),
    ("data", "Data", ":material/table:"),
    ("goal", "Goal", ":material/flag:"),
    ("kpis", "KPIs", ":material/add_chart:"),
    ("preview", "Preview", ":material/balance:"),
)
"""Every page in the order of the work: file, name, icon."""


def main() -> None:
    st.set_page_config(page_title="KPI Design Workbench", page_icon=":material/balance:", layout="wide",
                       initial_sidebar_state="collapsed")  # fmt: skip
    pages = [
        st.Page(PAGES_FOLDER / f"{file}.py", title=name, icon=icon, url_path=file, default=file == "start")
        for file, name, icon in PAGES
    ]
    page = st.navigation(pages, position="top")
    state.follow_link()
    context_bar.show()
    show_issues(state.trouble())
    page.run()


main()
