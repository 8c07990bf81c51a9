"""Options: keep designs under a name, and hold two to four of them side by side."""

import streamlit as st

from workbench.errors import InputError
from workbench.ui.options import sections as view
from workbench.ui.session import state
from workbench.ui.widgets.parts import end_page, need_design, show_issues, title
from workbench.words.options import EMPTY, QUESTION

title(QUESTION)
panel, design = need_design()

try:
    options = view.here()
except InputError as error:
    show_issues(error.issues)
    end_page()

view.keep_now(design)
if not options:
    st.info(EMPTY, icon=":material/bookmark:")
    end_page()
view.options_list(options, design)
view.compared(panel, design, options, state.names(panel))
