"""The app. The frame is kept away from ``pages/``, or a first visit to a deep link would open a page without it."""

import streamlit as st
from starlette.middleware import Middleware

from workbench.data.library.data_sets import workspace_folder
from workbench.data.library.privacy import keep_private
from workbench.ui.shell.asked_address import AskedAddress
from workbench.ui.shell.calm_page import tell_error
from workbench.ui.shell.warm_start import warm_start

keep_private(workspace_folder())

app = st.App("workbench/ui/shell/frame.py", on_script_error=tell_error, middleware=[Middleware(AskedAddress)],
             lifespan=warm_start)  # fmt: skip
