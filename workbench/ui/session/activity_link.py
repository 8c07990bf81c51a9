"""The link to what a table's columns hold, on Data: ``?activity=orders`` beside what every link carries."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from workbench.ui.session.navigation import page
from workbench.ui.session.share_link import PARAMETERS
from workbench.words.integrity_limits import describe_label
from workbench.words.markdown import plain

PARAMETER = "activity"


def show_activity_links(sources: Iterable[str]) -> None:
    """One link a table to the very place on Data where its columns are described; without any, to Data."""
    carried = {name: st.query_params[name] for name in PARAMETERS if name in st.query_params}
    with st.container(horizontal=True):
        for source in [*sources] or [""]:
            asked = carried | ({PARAMETER: source} if source else {})
            st.page_link(page("data"), label=plain(describe_label(source)), icon=":material/table:", query_params=asked)


def take_asked_activity() -> str:
    """The table whose columns a link asks for; asked once, empty without one."""
    return st.query_params.pop(PARAMETER, "")
