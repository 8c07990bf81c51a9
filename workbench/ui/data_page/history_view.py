"""The history of the open data set, and what was just saved with its undo."""

from __future__ import annotations

import streamlit as st

from workbench.data.aggregate.panel_figures import panel_figures
from workbench.data.library.data_sets import DataSetEntry, record_figures, workspace_folder
from workbench.data.library.versions import Version, go_back, list_versions, newer_versions
from workbench.data.model.dataset_changes import dataset_changes
from workbench.data.model.figures import total_changes
from workbench.data.model.panel import Panel
from workbench.design.shelf import copy_shelf
from workbench.errors import InputError
from workbench.rights.acting import current_person
from workbench.rights.may import ROWS, Action, Thing
from workbench.store.kinds import SAVED_DESIGN
from workbench.ui.session import state
from workbench.ui.session.carry_over import carry_saved_work
from workbench.ui.session.saving import saving
from workbench.ui.session.signed_in import may_edit_data, may_now
from workbench.ui.widgets.parts import primary_label
from workbench.words import data_sets as words
from workbench.words import history
from workbench.words.markdown import plain
from workbench.words.numbers import pluralize
from workbench.words.times import moment
from workbench.words.totals import totals_words

SAVED, KNOWN = "data.saved", "data.known"
MOST = 20


def note_saved(entry: DataSetEntry, was_here: bool) -> None:
    """Remember for the page that comes next what was just saved, or that it was here already."""
    st.session_state[SAVED] = "" if was_here else entry.id
    st.session_state[KNOWN] = entry.id if was_here else ""


def keep_figures(entry: DataSetEntry, panel: Panel | None) -> None:
    """Keep what a data set comes to beside it; its history and lists say so without reading it again."""
    if panel is None or entry.kind != "upload" or entry.only:
        return
    found = panel_figures(panel)
    if found != entry.figures:
        with saving():
            record_figures(workspace_folder(), entry.id, found)


def show_state_of_version(entry: DataSetEntry) -> None:
    """What was just saved, with its undo; that a newer version exists; that the same data set was here already."""
    if entry.kind != "upload":
        return
    zone = st.context.timezone
    if st.session_state.get(KNOWN) == entry.id:
        st.info(plain(words.here_already(entry, zone)), icon=":material/group:")
    versions = list_versions(workspace_folder(), entry.id)
    if st.session_state.get(SAVED) == entry.id and len(versions) > 1 and may_edit_data():
        _just_saved(entry, versions)
    newer = newer_versions(workspace_folder(), entry.id)
    if newer:
        _older(entry, newer, zone)


def _just_saved(entry: DataSetEntry, versions: tuple[Version, ...]) -> None:
    sentence, totals = _change(versions[0], versions[1], st.context.timezone)
    with st.container(border=True, horizontal=True, vertical_alignment="center", wrap=False):
        said = f":material/check: {plain(sentence)}" + (f"  \n:gray[{plain(totals)}]" if totals else "")
        st.markdown(said, width="stretch")
        st.button("Undo", key="data.saved.undo", icon=":material/undo:", on_click=_go_back,
                  args=(entry.id, versions[1].entry.id))  # fmt: skip


def _older(entry: DataSetEntry, newer: tuple[DataSetEntry, ...], zone: str | None) -> None:
    latest = newer[0]
    details = plain(words.data_set_details(latest, zone))
    with st.container(border=True, horizontal=True, vertical_alignment="center", wrap=False):
        st.markdown(f":material/history: This is an older version, saved {moment(entry.added, zone)}.", width="stretch")
        if may_edit_data():
            st.button("Go back to this version", key="data.older.back", icon=":material/undo:", on_click=_go_back,
                      args=(latest.id, entry.id))  # fmt: skip
        st.button(primary_label("Open the latest version"), key="data.older.latest", icon=":material/arrow_forward:",
                  type="primary", help=details, on_click=_look, args=(entry.id, latest.id))  # fmt: skip


def show_history(entry: DataSetEntry) -> None:
    """Every version with its time and what it changed; each can be looked at and gone back to."""
    if not may_now(Action.SEE, ROWS):  # what a version changed may name anybody
        return
    newer = newer_versions(workspace_folder(), entry.id) if entry.kind == "upload" else ()
    head = newer[0].id if newer else entry.id
    versions = list_versions(workspace_folder(), head)
    if not versions:
        return
    zone = st.context.timezone
    with st.expander(f"History: {pluralize(len(versions), 'version')}", icon=":material/history:", key="data-history"):
        for place in range(min(len(versions), MOST)):
            _version(entry, head, versions, place, zone)
        if len(versions) > MOST:
            st.caption(f"The latest {MOST} of {len(versions)} versions.")


def _version(entry: DataSetEntry, head: str, versions: tuple[Version, ...], place: int, zone: str | None) -> None:
    version = versions[place]
    before = versions[place + 1] if place + 1 < len(versions) else None
    sentence, totals = _change(version, before, zone) if before else (history.FIRST, "")
    small = totals or ("" if before else history.figures_words(version.entry.figures))
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        when = f"**{plain(moment(version.at, zone))}**  \n"
        st.markdown(when + plain(sentence) + (f"  \n:gray[{plain(small)}]" if small else ""), width="stretch")
        if version.entry.id == entry.id:
            st.markdown(":gray[open now]", width="content")
        else:
            st.button("Look at it", key=f"data.history.look.{place}", type="tertiary", icon=":material/visibility:",
                      on_click=_look, args=(entry.id, version.entry.id))  # fmt: skip
        if version.entry.id != head and may_edit_data():
            st.button("Go back to it", key=f"data.history.back.{place}", type="tertiary", icon=":material/undo:",
                      on_click=_go_back, args=(head, version.entry.id))  # fmt: skip


def _change(version: Version, before: Version, zone: str | None) -> tuple[str, str]:
    """What a version changed: one sentence, and the totals before and after."""
    old, new = before.entry.figures, version.entry.figures
    totals = totals_words(total_changes(old, new)) if old and new else ""
    if version.back_to:
        return f"Went back to the version of {moment(version.back_to, zone)}.", totals
    try:
        was, now = before.entry.load(), version.entry.load()
    except InputError:
        return "The data set file of this version cannot be read.", totals
    return history.version_sentence(dataset_changes(was, now), old, new, now.grain), totals


def _look(entry_id: str, version_id: str) -> None:
    """Open another version; the design that is worked on stays, and is saved there as it is."""
    person = current_person()
    if may_now(Action.MAKE, Thing(SAVED_DESIGN)):  # who only looks saves nothing
        with saving():
            copy_shelf(workspace_folder(), entry_id, version_id, person.id if person else None)
    state.carry_design(entry_id, version_id)
    state.open_dataset(version_id)


def _go_back(entry_id: str, version_id: str) -> None:
    if not may_edit_data():  # whatever a browser sends
        return
    try:
        made = go_back(workspace_folder(), entry_id, version_id)
    except OSError as error:
        st.toast(f"This cannot be saved: {plain(error.strerror)}.", icon=":material/error:")
        return
    if made is not None:
        opened = state.current_entry()
        carry_saved_work(entry_id, version_id, over=True)
        _look(opened.id if opened else entry_id, version_id)
        note_saved(made, was_here=False)
