"""Integrity: was it faked, and how easily could it be?"""

import streamlit as st

from workbench.errors import InputError
from workbench.ui.integrity import gaming, leave_out, limits, overview, since_target, who, without
from workbench.ui.session import cached_integrity, state
from workbench.ui.session.navigation import page
from workbench.ui.session.part_link import follow_part
from workbench.ui.widgets.parts import end_page, page_title, require_panel, show_issues
from workbench.words.integrity import QUESTION, TABS

page_title(QUESTION)
panel, design = require_panel()
entry, names = state.current_entry(), state.display_names(panel)
if entry is None:
    end_page()
try:
    found = cached_integrity.cached_flags(entry, panel)
except InputError as error:
    show_issues(error.issues)
    st.page_link(page("data"), label="Fix it on the Data page", icon=":material/build:")
    end_page()

leave_out.show_left_out(entry)
overview.show_conversations(found)
prizes = overview.show_integrity_figures(found)
follow_part("integrity.part", TABS)
tabs = dict(zip(TABS, st.tabs(TABS, key="integrity.part", on_change="rerun"), strict=True))
parts = (
    lambda: who.show_who(entry, panel, found, names),
    lambda: without.show_without(entry, panel, design, found, names),
    lambda: gaming.show_gaming(entry, panel, design),
    lambda: since_target.show_since_target(panel, design, found.counts),
    lambda: limits.show_limits(found),
)
for tab, show in zip(tabs.values(), parts, strict=True):
    if tab.open:
        with tab:
            show()
overview.show_changed_prizes(prizes, entry, panel, design, found)
