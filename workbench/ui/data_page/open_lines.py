"""Which lines of files stand open, and which were sure at first: none moves or closes while somebody corrects it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from workbench.data.files.table_locations import TableLocation
from workbench.ui.data_page.mapping import Mapping

_OPEN, _SURE = "data.lines.open", "data.lines.sure"


def sure_at_first(mapped: Mapping, is_sure: Callable[[Mapping, TableLocation], bool]) -> frozenset[TableLocation]:
    """The files that nobody had to look at when they came."""
    of = (str(mapped.folder), mapped.dataset is None)
    known, sure = st.session_state.get(_SURE, (None, frozenset()))
    if known != of:
        sure = frozenset(place for place in mapped.tables if is_sure(mapped, place))
        st.session_state[_SURE] = (of, sure)
    return sure


def is_line_open(mapped: Mapping, place: TableLocation, at_first: bool) -> bool:
    """Whether the line of a file stands open."""
    return st.session_state.get(_OPEN, {}).get((str(mapped.folder), place), at_first)


def open_line(mapped: Mapping, place: TableLocation, opened: bool) -> None:
    """Callback: open the line of a file, or fold it away."""
    st.session_state[_OPEN] = {**st.session_state.get(_OPEN, {}), (str(mapped.folder), place): opened}
