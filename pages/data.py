"""Data: what we have, and whether we can trust it; samples, uploads, and what every column means."""

import streamlit as st

from workbench.rights.may import ALL_WORK, Action, Thing
from workbench.store.kinds import DATA_SET
from workbench.ui.data_page import mapping
from workbench.ui.data_page.asked_activity import follow_activity_link
from workbench.ui.data_page.data_view import data_view
from workbench.ui.data_page.deleted_view import show_just_deleted, show_recently_deleted
from workbench.ui.data_page.mapping_form import mapping_view
from workbench.ui.data_page.samples import own_data_sets, sample_cards
from workbench.ui.data_page.upload import upload_box
from workbench.ui.data_page.workspace_view import show_workspace
from workbench.ui.session import state
from workbench.ui.session.signed_in import may_now
from workbench.ui.widgets.parts import end_page, page_title, show_issues

page_title("What do we have, and can we trust it?")
entry = state.current_entry()
follow_activity_link(entry)
mapped = mapping.current_mapping()
if mapped is not None and may_now(Action.MAKE, Thing(DATA_SET)):
    mapping_view(mapped)
    end_page()
show_just_deleted()
if entry is not None:
    data_view(entry)
st.header("Bring other files" if entry is not None else "Bring your own files", anchor=False)
incoming = upload_box("data")
if incoming is not None:
    problems = mapping.accept_uploads(incoming)
    if not problems:
        st.rerun()
    show_issues(problems)

own_data_sets("data", opens="data")
show_recently_deleted()
st.header("Or open a finished example", anchor=False)
sample_cards("data", opens="data")
if may_now(Action.SEE, ALL_WORK):
    show_workspace()
