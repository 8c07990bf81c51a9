"""What a page does that nobody foresaw is one calm sentence; everything around it is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.errors import FragmentHandledException

from workbench.errors import InputError
from workbench.ui.session.error_log import log_error, unforeseen
from workbench.ui.widgets.parts import PageEnd, show_issues
from workbench.words.trouble import NEXT, trouble_sentence


@contextmanager
def calm() -> Iterator[None]:
    """Draw a part of a page; an error in it is told in its place, and the other parts go on."""
    try:
        with unforeseen(PageEnd, FragmentHandledException) as trouble:
            yield
    except InputError as error:
        show_issues(error.issues)
    except FragmentHandledException:  # told where the fragment stands
        return
    if trouble.number:
        show_trouble(trouble.number)


def show_trouble(number: str) -> None:
    """One sentence with the number by which an error is found in the log."""
    st.error(f"{trouble_sentence(number)} {NEXT}", icon=":material/error:")


def tell_error(error: Exception) -> bool:
    """Streamlit's hook for what ends a click or a fragment: one sentence in place of its own box."""
    if isinstance(error, InputError):
        show_issues(error.issues)
    else:
        show_trouble(log_error(error))
    st.button("Go on", key=f"context.go_on.{id(error)}", icon=":material/refresh:")
    return True
