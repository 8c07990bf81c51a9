"""The app. The frame is kept away from ``pages/``, or a first visit to a deep link would open a page without it."""

import streamlit as st

app = st.App("workbench/ui/shell/frame.py")
