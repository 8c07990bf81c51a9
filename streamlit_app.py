"""The app. The frame is kept away from ``pages/``, or a first visit to a deep link would open a page without it."""

import streamlit as st

from workbench.ui.shell.calm_page import tell_error

app = st.App("workbench/ui/shell/frame.py", on_script_error=tell_error)
