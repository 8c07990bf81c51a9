"""The samples as cards, one click each."""

from __future__ import annotations

import streamlit as st

from workbench.data.library import Entry, entries, workspace
from workbench.ui import state
from workbench.ui.parts import FIRST_SAMPLE, plain
from workbench.ui.places import page
from workbench.words.samples import teaser


def sample_cards(here: str, opens: str) -> None:
    """One card per sample; its button opens the sample on the page ``opens``. ``here`` prefixes the keys."""
    samples = [entry for entry in entries(workspace()) if entry.kind == "sample"]
    samples.sort(key=lambda entry: entry.id != FIRST_SAMPLE)
    for column, entry in zip(st.columns(max(len(samples), 1)), samples, strict=False):
        with column.container(border=True, height="stretch", vertical_alignment="distribute"):
            _card(entry, here, opens)


def _card(entry: Entry, here: str, opens: str) -> None:
    words = teaser(entry.id, entry.note)
    is_open = state.entry() == entry
    with st.container(gap="xsmall"):
        st.markdown(f"**{words.icon} {plain(entry.name)}**")
        st.caption(plain(words.text))
    first = state.entry() is None and entry.id == FIRST_SAMPLE
    label = f"Go on with {plain(entry.name)}" if is_open else f"Open {plain(entry.name)}"
    if st.button(label, key=f"{here}-sample-{entry.id}", type="primary" if first else "secondary",
                 width="stretch", icon=":material/play_arrow:"):  # fmt: skip
        state.open_dataset(entry.id)
        st.switch_page(page(opens))
