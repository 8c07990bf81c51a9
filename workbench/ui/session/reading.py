"""The bar that shows how far the reading of files has come, with a button to stop it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from workbench.data.engine.read_progress import ReadProgress
from workbench.data.files.read_apart import watch_reading
from workbench.words.limits import reading_line, reading_share
from workbench.words.markdown import plain

A_LOOK = 0.25
"""Seconds between two updates of the bar."""


@contextmanager
def reading_shown(on_cancel: Callable[[], None] | None = None) -> Iterator[None]:
    """Show the progress of files that are read within, and a button that stops it.

    Any click stops it, since Streamlit ends the run at the next update of the bar; the button says so. ``on_cancel`` is
    called before the page is drawn anew.
    """
    place, latest = st.empty(), [0.0]
    with place.container(horizontal=True, vertical_alignment="center"):
        bar = st.progress(0.0, "Reading your files …", width="stretch")
        st.button("Cancel", key="context.cancel_reading", icon=":material/close:", on_click=on_cancel)

    def tell(file: str, seen: ReadProgress) -> None:
        if time.monotonic() - latest[0] >= A_LOOK:
            latest[0] = time.monotonic()
            bar.progress(reading_share(seen), plain(reading_line(file, seen)))

    try:
        with watch_reading(tell):
            yield
    finally:
        place.empty()
