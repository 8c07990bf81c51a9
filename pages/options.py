"""Options: keep designs under a name, and hold two to four of them side by side."""

import streamlit as st

from workbench.errors import InputError
from workbench.ui.options import sections as view
from workbench.ui.session import state
from workbench.ui.session.saved_options import saved_options
from workbench.ui.widgets.export_menu import show_export_menu
from workbench.ui.widgets.parts import end_page, page_title, require_design, show_issues
from workbench.ui.widgets.save_option import show_save_form
from workbench.words.options import EMPTY, QUESTION

page_title(QUESTION)
panel, design = require_design()

try:
    options = saved_options()
except InputError as error:
    show_issues(error.issues)
    end_page()

show_save_form(design)
show_export_menu(panel, design, "options")
if not options:
    st.info(EMPTY, icon=":material/bookmark:")
    end_page()
view.show_options(options, design)
view.show_comparison(panel, design, options, state.display_names(panel))
