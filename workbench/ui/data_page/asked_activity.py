"""The choices of a table's columns on top of the mapping, where a link asks for them."""

from __future__ import annotations

import streamlit as st

from workbench.data.library.data_sets import DataSetEntry
from workbench.errors import InputError
from workbench.ui.data_page import mapping
from workbench.ui.data_page.activity_fields import activity_fields, asked_table, forget_asked_table, open_asked_table
from workbench.ui.data_page.mapping import Mapping
from workbench.ui.data_page.work_fields import columns_with_lookups
from workbench.ui.session.activity_link import take_asked_activity
from workbench.words import event_roles as words
from workbench.words.issues import describe_issue
from workbench.words.markdown import plain


def follow_activity_link(entry: DataSetEntry | None) -> None:
    """Begin to edit the open data set, the choices of the asked table first and open.

    Files that are being mapped already stay as they are.
    """
    asked = take_asked_activity()
    if mapping.current_mapping() is None:
        forget_asked_table()
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
    if mapped is not None and number is not None:
        open_asked_table(mapped, number)


def show_asked_activity(mapped: Mapping) -> None:
    """The choices of the asked table; nothing without one."""
    number = asked_table(mapped)
    if number is None or mapped.dataset is None or number >= len(mapped.dataset.sources):
        return
    source = mapped.dataset.sources[number]
    st.markdown(plain(words.asked_sentence(source.name)))
    activity_fields(mapped, source, columns_with_lookups(mapped, source), number)
