"""Open another page in one step of the browser's history."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from workbench.ui.session import state
from workbench.ui.session.navigation import page
from workbench.ui.session.part_link import CARRIED

OF_PAGE = {"preview": "weights", "trials": "trial"}
"""What would lead on a page that a switch is to open afresh."""


def switch_to(file: str) -> NoReturn:
    """Open a page with what is open now; called while a page is drawn, not from a callback.

    Streamlit's own switch clears the link. That would be one more entry of the history, and what the frame puts back
    another one, so that Back would have to be pressed up to four times.
    """
    now = state.link_ahead()
    same_data = st.query_params.get("data") == now.get("data")
    stays = {*(CARRIED if same_data else ()), *now} - {OF_PAGE.get(file)}  # a rep or a trial is of its data
    kept = {name: value for name, value in st.query_params.items() if name in stays}  # in the link's order
    st.switch_page(page(file), query_params=kept | now)
