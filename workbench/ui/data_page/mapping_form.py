"""Form in which uploaded files are mapped: one sentence a file, beside a live preview of the panel."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import available_timezones

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from workbench.data.files.table_locations import TableLocation
from workbench.data.mapping.edit import table_role
from workbench.data.model.dataset import DataSet
from workbench.ui.data_page import mapping
from workbench.ui.data_page.asked_activity import show_asked_activity
from workbench.ui.data_page.credit_question import ask_who_gets_the_credit
from workbench.ui.data_page.exposure_question import ask_about_days_at_work
from workbench.ui.data_page.file_card import file_line, is_sure
from workbench.ui.data_page.gap_question import ask_about_gaps
from workbench.ui.data_page.last_change import show_last_change
from workbench.ui.data_page.mapping import Mapping
from workbench.ui.data_page.mapping_result import build_mapped_panel, show_mapping_result, use_button
from workbench.ui.data_page.next_part import show_difference
from workbench.ui.data_page.open_lines import sure_at_first
from workbench.ui.data_page.scored_question import ask_who_is_scored
from workbench.ui.data_page.upload import upload_box
from workbench.ui.widgets import bound
from workbench.ui.widgets.parts import show_issues
from workbench.words.mapping import GRAINS
from workbench.words.markdown import plain

INTRODUCTION = "This is how we read your files. Open a line to correct it; the result updates at once."
NOTHING_READ = "None of these files could be read. Choose how to read one, or export it again as CSV or Excel."


@dataclass(frozen=True)
class Line:
    """Where the line of a file stands, and whether nobody has to look at it."""

    box: DeltaGenerator
    place: TableLocation
    number: int
    sure: bool


def mapping_view(mapped: Mapping) -> None:
    """The mapping in hand: what each file is for on the left, what comes out on the right.

    The left is drawn first, so that it can be corrected while a large file is still being added up.
    """
    head = st.container(horizontal=True, vertical_alignment="center")
    with head:
        st.markdown(INTRODUCTION if mapped.dataset else NOTHING_READ, width="stretch")
        st.button("Discard changes", key="data.abandon", type="tertiary", on_click=mapping.abandon_mapping)
    left, right = st.columns([4, 3], gap="large")
    with left:
        show_issues(mapped.problems)
        show_asked_activity(mapped)
        _own_data_set(mapped)
        questions = st.container()
        looked_up = _files(mapped)
    if mapped.dataset is not None:
        with right:
            difference = st.container()
            changed = st.container()
            panel = show_mapping_result(mapped.dataset, mapped.folder)
            before = mapping.panel_before(mapped)
            if before is not None and panel is not None and before.grain == panel.grain and mapped.incoming:
                with difference:
                    show_difference(before, panel)
        with changed:
            show_last_change(mapped, panel)
        _lookups(mapped, mapped.dataset, looked_up)
        if panel is not None:
            with questions:
                ask_about_gaps(mapped.dataset, panel)
                ask_who_is_scored(mapped.dataset, panel)
                ask_who_gets_the_credit(mapped, mapped.dataset)
                ask_about_days_at_work(mapped.dataset, panel)
        with head:
            use_button(mapped.dataset, mapped.folder)


def _own_data_set(mapped: Mapping) -> None:
    """Files that were added to the open data set can also make one of their own."""
    if mapped.incoming is None or mapped.dataset is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"Added to **{plain(mapped.dataset.name)}**. Your design stays.", width="stretch")
        st.button("Create a separate data set", key="data.own", icon=":material/call_split:",
                  on_click=mapping.begin_mapping, args=(mapped.incoming,))  # fmt: skip


def _files(mapped: Mapping) -> list[Line]:
    """A line a file, what is doubtful first; returns the empty lines of files looked up, whose matches are to come."""
    if mapped.dataset is not None:
        _whole(mapped.dataset)
    sure = sure_at_first(mapped, is_sure)
    lines, later = st.container(gap="xsmall"), []
    for number, place in sorted(enumerate(mapped.tables), key=lambda line: line[1] in sure):
        line = Line(lines.container(), place, number, place in sure)
        if mapped.dataset is not None and table_role(mapped.dataset, place) == "names":
            later.append(line)
        else:
            with line.box:
                file_line(mapped, place, number, line.sure)
    with st.expander("Add more files", icon=":material/attach_file_add:", expanded=mapped.dataset is None):
        incoming = upload_box("data-more")
    if incoming is not None:
        mapping.add_files(incoming)
        st.rerun()
    return later


def _lookups(mapped: Mapping, dataset: DataSet, lines: list[Line]) -> None:
    built = build_mapped_panel(dataset, mapped.folder)
    issues = built.issues if built.panel is not None else None
    for line in lines:
        with line.box:
            file_line(mapped, line.place, line.number, line.sure, issues)


def _whole(dataset: DataSet) -> None:
    """Name, grain and time zone of the data set."""
    name, grain, zone = st.columns([3, 2, 3])
    with name:
        bound.bound_text_input(
            "Name of this data set", dataset.name, lambda text: _update(name=text or dataset.name), "data.name"
        )
    with grain:
        bound.bound_selectbox("Period", list(GRAINS), dataset.grain, lambda each: _update(grain=each), "data.grain",
                     GRAINS.__getitem__, clearable=False)  # fmt: skip
    with zone:
        bound.bound_selectbox("Times are read in", sorted(available_timezones()), dataset.timezone,
                     lambda each: _update(timezone=each), "data.zone",
                     placeholder="the zone they are written in")  # fmt: skip


def _update(**changes: object) -> None:
    mapping.change_dataset(mapping.mapped_dataset().model_copy(update=changes))
