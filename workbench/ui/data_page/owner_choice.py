"""Choose the file that says whose the rows are, where a file names a contact, an account or a key only."""

from __future__ import annotations

import streamlit as st

from workbench.data.files.table_locations import location_of
from workbench.data.mapping.owners import Owner
from workbench.data.mapping.table_roles import with_owner
from workbench.data.model.dataset import Source
from workbench.ui.data_page import mapping
from workbench.ui.data_page.mapping import Mapping
from workbench.ui.session import cached_previews
from workbench.words.mapping import owner_words
from workbench.words.markdown import plain

NONE_FITS = "No other file here has one row for each value of a column of this file, and a column of people."


def owner_from_another_file(mapped: Mapping, source: Source, number: int) -> None:
    """A button that shows the files; they are compared when it is pressed, and at once while nobody is chosen."""
    if not source.rep:
        _offers(mapped, source, number)
        return
    box = st.popover("Take the rep from another file", icon=":material/person_search:", type="tertiary",
                     on_change="rerun", key=f"data.owner.{number}")  # fmt: skip
    if box.open:
        with box:
            _offers(mapped, source, number)


def _offers(mapped: Mapping, source: Source, number: int) -> None:
    bare = source.model_copy(update={"measures": (), "lookups": (), "rep": "", "date": "", "events": None})
    owners = cached_previews.cached_owners(bare, mapped.tables, mapped.folder)
    if not owners:
        st.caption(NONE_FITS)
    for at, owner in enumerate(owners):
        taken = any(location_of(each) == owner.place for each in source.lookups) and source.rep == owner.rep
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(owner_words(owner.rep, owner.place.label, owner.ours, owner.share)), width="stretch")
            st.button("Chosen" if taken else "Take it", key=f"data.owner.{number}.{at}", disabled=taken,
                      on_click=_take, args=(number, owner))  # fmt: skip


def _take(number: int, owner: Owner) -> None:
    mapping.change_dataset(with_owner(mapping.mapped_dataset(), mapping.mapped_folder(), number, owner))
