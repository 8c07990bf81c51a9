"""Files that are taken away stand in the log, with who took them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from workbench.data.library.data_sets import workspace_folder
from workbench.rights.acting import current_person
from workbench.store.opening import writing
from workbench.ui.session import state

Content = bytes | str


def noted(made: Callable[[], Content] | Content, name: str, action: str = "export") -> Callable[[], Content]:
    """What ``st.download_button`` calls for a file of the open data set: note it, and make it.

    Who looks is asked while the page is drawn, since nobody can be asked on a click.
    """
    person, opened = current_person(), state.current_entry()
    return partial(_noted, made, name, action, opened.id if opened else "", person.told_apart if person else "")


def _noted(made: Callable[[], Content] | Content, name: str, action: str, data: str, by: str) -> Content:
    """Where the log cannot be written, the file is made all the same."""
    with suppress(OSError), writing(workspace_folder()) as store:
        store.record(action, data=data, by=by, file=name)
    return made() if callable(made) else made
