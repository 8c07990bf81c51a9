"""The frame, state, cache and shared parts of the pages: the only floor that imports streamlit."""
