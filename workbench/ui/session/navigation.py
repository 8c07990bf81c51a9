"""Every page in the order of the work, and links between them."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

PAGES_FOLDER = Path(__file__).resolve().parents[3] / "pages"
ICON = Path(__file__).with_name("icon.svg")
"""Of the browser's tab. A file of our own: Streamlit has a named icon fetched from another host."""
WALL = "present"
PAGES: dict[str, tuple[str, str]] = {
    "start": ("Start", ":material/home:"),
    "data": ("Data", ":material/table:"),
    "goal": ("Goal", ":material/flag:"),
    "kpis": ("KPIs", ":material/add_chart:"),
    "preview": ("Preview", ":material/balance:"),
    "weights": ("Weights", ":material/tune:"),
    "options": ("Options", ":material/bookmarks:"),
    "replay": ("Replay", ":material/history:"),
    "evidence": ("Evidence", ":material/fact_check:"),
    "integrity": ("Integrity", ":material/verified_user:"),
    "coaching": ("Coaching", ":material/record_voice_over:"),
    "trials": ("Trials", ":material/science:"),
    "decide": ("Decide", ":material/gavel:"),
    "learn": ("Learn", ":material/school:"),
}
"""Name and icon by file. The file's name is also the page's address."""
NOT_IN_NAVIGATION = ("weights",)
"""Addresses of before, which open a place of another page."""


def wall(file: str, at: str = "") -> st.Page:
    """The wall at a page's address, or ``at`` another one: what is presented from there ends where it began."""
    name, icon = PAGES[file]
    return st.Page(PAGES_FOLDER / f"{WALL}.py", title=name, icon=icon, url_path=at or _address(file),
                   default=file == "start" and not at)  # fmt: skip


def _address(file: str) -> str:
    """Start is the page at the app's own address; under a name it would be in the way of ``/start``."""
    return "" if file == "start" else file


def page(file: str, *, with_icon: bool = True, at: str = "") -> st.Page:
    """A page for ``st.navigation``, ``st.page_link`` and ``st.switch_page``.

    Those take paths relative to the frame's folder, where no page is: a page object says which one is meant. The
    navigation shows names alone, or the last pages would not fit beside the others on a laptop. ``at``: another address
    of the page, which the navigation does not show.
    """
    name, icon = PAGES[file]
    return st.Page(PAGES_FOLDER / f"{file}.py", title=name, icon=icon if with_icon else None,
                   url_path=at or _address(file), default=file == "start" and not at,
                   visibility="hidden" if at or file in NOT_IN_NAVIGATION else "visible")  # fmt: skip
