"""Show what the latest change of a mapping did to the totals, and take it back."""

from __future__ import annotations

import streamlit as st

from workbench.data.aggregate.panel_figures import panel_figures
from workbench.data.model.dataset_changes import dataset_changes
from workbench.data.model.figures import total_changes
from workbench.data.model.panel import Panel
from workbench.ui.data_page import mapping
from workbench.ui.data_page.mapping import Mapping
from workbench.ui.session import cache
from workbench.words.history import version_sentence
from workbench.words.markdown import plain
from workbench.words.totals import SAME_TOTALS, totals_words


def show_last_change(mapped: Mapping, panel: Panel | None) -> None:
    """One line: the latest change, the totals before and after it, and its undo; nothing before the first change."""
    if not mapped.before or mapped.dataset is None:
        return
    before, now = mapped.before[-1], mapped.dataset
    was = cache.known_draft_panel(before, mapped.folder)
    old, new = (panel_figures(each) if each else None for each in (was, panel))
    sentence = version_sentence(dataset_changes(before, now), old, new, now.grain)
    totals = totals_words(total_changes(old, new)) or SAME_TOTALS if old and new else ""
    with st.container(border=True, horizontal=True, vertical_alignment="center", wrap=False, key="data-last-change"):
        st.markdown(plain(sentence) + (f"  \n:gray[{plain(totals)}]" if totals else ""), width="stretch")
        st.button("Undo", key="data.undo", icon=":material/undo:", on_click=mapping.undo_change,
                  help="Take this change back")  # fmt: skip
