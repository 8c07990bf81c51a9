"""Spare the garbage collector what never becomes garbage."""

from __future__ import annotations

import atexit
import functools
import gc


@functools.cache
def keep_imports_from_collector(page: str) -> None:
    """Take what ``page`` imported out of later collections; once per page and process, since each imports more.

    Streamlit collects garbage after every answer. Looking through the imported modules each time takes 0.1 s, in which
    the next click of whoever else is there waits.
    """
    gc.collect()
    gc.freeze()


atexit.register(gc.unfreeze)  # at the end everything goes, or libraries complain of what was left
