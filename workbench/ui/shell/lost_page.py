"""Addresses where no page is: a calm page of our own, in place of Streamlit's box over another page."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import streamlit as st

from workbench.problems import nearest
from workbench.ui.session.navigation import NOT_IN_NAVIGATION, PAGES, page, wall
from workbench.ui.widgets.parts import page_title
from workbench.words.lost import LOST, START, meant_sentence


def lost_pages(url: str | None, *, on_wall: bool = False) -> list[st.Page]:
    """The page for the address that was asked for, where no other page answers there.

    Start is at the address without a name, and is found under its name too. The wall is the wall at any address.
    """
    name = lost_name(url)
    if name and on_wall:
        return [wall("start", at=name)]
    if name == "start":
        return [page("start", with_icon=False, at="start")]
    return [st.Page(_show_lost_page, title=LOST, url_path=name, visibility="hidden")] if name else []


def lost_name(url: str | None) -> str:
    """The name in an address that is no page's; empty where a page answers, as one does without a name."""
    name = unquote(urlsplit(url or "").path).rpartition("/")[2].strip()
    return "" if name in PAGES and name != "start" else name


def _show_lost_page() -> None:
    near = nearest(lost_name(st.context.url), [file for file in PAGES if file not in NOT_IN_NAVIGATION])
    page_title(f"{LOST}.")
    st.markdown(meant_sentence(PAGES[near][0] if near else None))
    with st.container(horizontal=True):
        if near and near != "start":
            st.page_link(page(near))
        st.page_link(page("start"), label=START)
