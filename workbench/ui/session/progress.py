"""A progress bar that is there while something is computed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import streamlit as st

Begun = TypeVar("Begun")


@contextmanager
def progress_bar(text: str, label: Callable[[Begun], str]) -> Iterator[Callable[[float, Begun | None], None]]:
    """Show a bar that says ``text`` at first, and give what moves it: the share done and the step that begins.

    ``label`` says a step in our own or escaped words; before the first step ``text`` stays. The bar goes when the work
    ends, also with an error.
    """
    place = st.empty()
    bar = place.progress(0.0, text)

    def advance(share: float, step: Begun | None) -> None:
        bar.progress(min(share, 1.0), text if step is None else label(step))

    try:
        yield advance
    finally:
        place.empty()
