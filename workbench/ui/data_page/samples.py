"""Cards of the sample data sets, and buttons of the user's own."""

from __future__ import annotations

import streamlit as st

from workbench.data.library.data_sets import DataSetEntry, list_data_sets, workspace_folder
from workbench.ui.session import state
from workbench.ui.session.switch import switch_to
from workbench.ui.widgets.parts import FIRST_SAMPLE, primary_label
from workbench.words.data_sets import data_set_details, data_set_names
from workbench.words.markdown import plain
from workbench.words.samples import teaser

_MOST_OWN = 8


def sample_cards(here: str, opens: str) -> None:
    """One card per sample; its button opens the sample on the page ``opens``. ``here`` prefixes the keys."""
    samples = [entry for entry in list_data_sets(workspace_folder()) if entry.kind == "sample"]
    samples.sort(key=lambda entry: entry.id != FIRST_SAMPLE)
    for column, entry in zip(st.columns(max(len(samples), 1)), samples, strict=False):
        with column.container(border=True, height="stretch", vertical_alignment="distribute"):
            _card(entry, here, opens)


def own_data_sets(here: str, opens: str) -> None:
    """A button for each data set somebody brought, the newest first; nothing while there is none."""
    own = [entry for entry in list_data_sets(workspace_folder()) if entry.kind == "upload"][:_MOST_OWN]
    if not own:
        return
    st.header("Your data sets", anchor=False)
    names = data_set_names(own, st.context.timezone)
    with st.container(horizontal=True, gap="small"):
        for entry in own:
            if st.button(plain(names[entry.id]), key=f"{here}-own-{entry.id}", icon=":material/table:",
                         help=plain(data_set_details(entry, st.context.timezone))):  # fmt: skip
                state.open_dataset(entry.id)
                switch_to(opens)


def _card(entry: DataSetEntry, here: str, opens: str) -> None:
    words = teaser(entry.id, entry.note)
    is_open = state.current_entry() == entry
    with st.container(gap="xsmall"):
        st.markdown(f"**{words.icon} {plain(entry.name)}**")
        st.caption(plain(words.text))
    first = state.current_entry() is None and entry.id == FIRST_SAMPLE
    label = f"Continue with {plain(entry.name)}" if is_open else f"Open {plain(entry.name)}"
    if st.button(primary_label(label, first), key=f"{here}-sample-{entry.id}", type="primary" if first else "secondary",
                 width="stretch", icon=":material/play_arrow:"):  # fmt: skip
        state.open_dataset(entry.id)
        switch_to(words.page if opens == "preview" else opens)
