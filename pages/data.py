"""Data: what we have, and whether we can trust it; samples, uploads, and what every column means."""

import streamlit as st

from workbench.ui import mapping, state
from workbench.ui.data_view import data_view
from workbench.ui.mapping_form import mapping_view
from workbench.ui.parts import end_page, show_issues, title
from workbench.ui.samples import own_data_sets, sample_cards
from workbench.ui.upload import upload_box

title("What do we have, and can we trust it?")
entry = state.entry()
if mapping.current() is not None:
    mapping_view()
    end_page()
if entry is not None:
    data_view(entry)
    st.subheader("Bring other files", anchor=False)
else:
    st.subheader("Bring your own files", anchor=False)

incoming = upload_box("data")
if incoming is not None:
    with st.spinner("Looking at your files …"):
        problems = mapping.take(incoming)
    if not problems:
        st.rerun()
    show_issues(problems)

own_data_sets("data", opens="data")
st.subheader("Or open a finished example", anchor=False)
sample_cards("data", opens="data")
