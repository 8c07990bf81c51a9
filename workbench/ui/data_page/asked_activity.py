"""Open the place where a table's columns are described, where a link asks for it."""

from __future__ import annotations

import streamlit as st

from workbench.data.files.table_locations import location_of
from workbench.data.library.data_sets import DataSetEntry
from workbench.errors import InputError
from workbench.ui.data_page import mapping
from workbench.ui.data_page.activity_fields import open_activity_choices
from workbench.ui.data_page.open_lines import open_line
from workbench.ui.session.activity_link import take_asked_activity
from workbench.words.issues import describe_issue
from workbench.words.markdown import plain


def follow_activity_link(entry: DataSetEntry | None) -> None:
    """Begin to edit the open data set with the choices of the asked table open, and all other lines folded away.

    Files that are being mapped already stay as they are, but for which line is open.
    """
    asked = take_asked_activity()
    if not asked or entry is None:
        return
    try:
        if mapping.current_mapping() is None:
            mapping.begin_mapping_from(entry)
    except InputError as error:
        mapping.abandon_mapping()
        st.toast(plain(describe_issue(error.issues[0]).message), icon=":material/error:")
        return
    mapped = mapping.current_mapping()
    sources = mapped.dataset.sources if mapped and mapped.dataset else ()
    number = next((number for number, source in enumerate(sources) if source.name == asked), None)
    if mapped is None or number is None:
        return
    for place in mapped.tables:
        open_line(mapped, place, place == location_of(sources[number]))
    open_activity_choices(number)
