"""Add a further file of the same shape to its source, and show the difference it makes."""

from __future__ import annotations

import streamlit as st

from workbench.data.files.table_locations import TableLocation
from workbench.data.mapping import edit
from workbench.data.mapping.next_file import how_added, panel_difference, with_file_added
from workbench.data.model.dataset import DataSet, locations_of
from workbench.data.model.panel import Panel
from workbench.ui.data_page import mapping
from workbench.ui.data_page.mapping import Mapping
from workbench.ui.session import cache
from workbench.ui.widgets import bound
from workbench.ui.widgets.parts import primary_label
from workbench.words import next_file as words
from workbench.words.markdown import plain


def offer_next_part(place: TableLocation, dataset: DataSet, at: int, number: int) -> None:
    """Of a file that is not used: the button that adds it to the source whose columns it has."""
    first = locations_of(dataset.sources[at])[0]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"This file has the columns of **{plain(first)}**.", width="stretch")
        if st.button(primary_label("Add its rows there"), key=f"data.next.add.{number}", icon=":material/library_add:",
                     type="primary"):  # fmt: skip
            mapping.add_as_next_part(place)  # both files are read, with progress: no callback may draw that
            st.rerun()


def show_next_part(mapped: Mapping, dataset: DataSet, place: TableLocation, at: int, number: int) -> None:
    """Of a file that was added to a source: how both count, what that changes, and the way back."""
    source = dataset.sources[at]
    st.markdown(f"Added to **{plain(locations_of(source)[0])}**, whose columns it has.")
    choices = ["both", *(["id"] if source.id else []), "period"]
    bound.bound_segmented_control(
        "How both files count", choices, how_added(source),
        lambda how: mapping.change_dataset(with_file_added(mapping.mapped_dataset(), at, place.location, how)),
        f"data.next.how.{number}", lambda how: words.how_label(how, dataset.grain),
    )  # fmt: skip
    with st.container(horizontal=True):
        st.button("Use it instead of the old file", key=f"data.next.instead.{number}", type="tertiary",
                  icon=":material/swap_horiz:", on_click=_instead, args=(at, place))  # fmt: skip
        st.button("Take it out", key=f"data.next.out.{number}", type="tertiary", icon=":material/close:",
                  on_click=_take_out, args=(place,))  # fmt: skip
    if not mapped.began_from:  # otherwise the difference with the data set as it was is shown beside
        before = cache.cached_draft_panel(edit.without_table(dataset, place), mapped.folder).panel
        after = cache.cached_draft_panel(dataset, mapped.folder).panel
        if before is not None and after is not None:
            show_difference(before, after)


def _instead(at: int, place: TableLocation) -> None:
    mapping.change_dataset(with_file_added(mapping.mapped_dataset(), at, place.location, "instead"))


def _take_out(place: TableLocation) -> None:
    mapping.change_dataset(edit.without_table(mapping.mapped_dataset(), place))


def show_difference(before: Panel, after: Panel) -> None:
    """What a change of the files adds, and which earlier totals change."""
    found = panel_difference(before, after)
    lines = [plain(words.difference_sentence(found, after.grain))]
    lines += [f"- {plain(words.changed_words(change, after.grain))}" for change in found.changed]
    (st.warning if found.n_changed else st.success)("\n".join(lines), icon=":material/difference:")
