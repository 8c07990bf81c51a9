"""The design menu on every page: new, open, duplicate, rename, delete, copy link, download, import."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from workbench.data.library.data_sets import workspace_folder
from workbench.design import store
from workbench.design.model import Design, design_json
from workbench.design.shelf import Document
from workbench.errors import InputError
from workbench.rights.acting import current_person
from workbench.rights.may import EVERYBODY
from workbench.store.kinds import DESIGN
from workbench.store.opening import reading, writing
from workbench.store.rights import NotAllowedError
from workbench.ui.session import decision_log, documents, state
from workbench.ui.session.noted_download import noted
from workbench.ui.session.saving import saving
from workbench.ui.session.switch import switch_to
from workbench.ui.widgets.kept_until_line import show_kept_until
from workbench.ui.widgets.parts import primary_label, show_issues
from workbench.words import designs as words
from workbench.words.markdown import plain

_TURN, _CHOSEN = "context.menu.turn", "context.menu.chosen"
MOST_LISTED = 30
MENU_WIDTH = 260


def show_design_menu() -> None:
    """The popover, labelled with the name of the open design; it closes when something was chosen in it."""
    design = state.current_design()
    _say_what_happened()
    turn = st.session_state.get(_TURN, 0)
    place = st.popover(plain(state.typed_text(design.name)[:60]), icon=":material/balance:", key=f"context.menu.{turn}")
    with place, st.container(gap="xxsmall", width=MENU_WIDTH):
        _command("New", ":material/add:", _begin_new, words.NEW_HELP)
        if _command("Open …", ":material/folder_open:"):
            _open_dialog()
        _command("Duplicate", ":material/content_copy:", documents.duplicate)
        if _command("Rename …", ":material/edit:"):
            _rename_dialog()
        if _command(words.REASONS, ":material/history:"):
            _reasons_dialog()
        if _command("Copy link …", ":material/link:", help_text=words.LINK_HELP):
            _link_dialog()
        content = json.dumps(design_json(design), indent=2, ensure_ascii=False)
        name = f"{words.file_name(state.typed_text(design.name))}.design.json"
        st.download_button("Download", noted(content, name), name, "application/json",
                           icon=":material/download:", on_click="ignore", type="tertiary")  # fmt: skip
        if _command("Import …", ":material/upload_file:"):
            _import_dialog()
        _command("Delete", ":material/delete:", _delete, "Undo brings it back.")
        if design == documents.current_scorecard():
            st.caption(words.IS_SCORECARD)
        elif decision_log.decided_scorecard():
            st.caption(words.SCORECARD_DECIDED)
        else:
            _command(words.SCORECARD, ":material/verified:", documents.make_current_scorecard, words.SCORECARD_HELP)


def _command(label: str, icon: str, do: Callable[[], None] | None = None, help_text: str | None = None) -> bool:
    """One line of the menu. ``do`` is called before the page is drawn anew, without the menu."""
    return st.button(label, icon=icon, key=f"context.menu.{label}", type="tertiary", help=help_text,
                     on_click=_done, args=(do,))  # fmt: skip


def _done(do: Callable[[], None] | None) -> None:
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    if do is not None:
        do()


def _begin_new() -> None:
    documents.new_design()
    st.session_state["context.menu.new"] = True


def _delete() -> None:
    name = state.current_design().name
    if documents.delete():
        st.session_state["context.menu.deleted"] = name


def _say_what_happened() -> None:
    if gone := st.session_state.pop("context.menu.deleted", ""):
        st.toast(
            plain(state.typed_text(words.deleted_sentence(gone, state.current_design().name))), icon=":material/delete:"
        )
    if st.session_state.pop("context.menu.new", False):
        switch_to("goal" if state.current_entry() else "data")


@st.dialog("Open a design", width="medium")
def _open_dialog() -> None:
    if st.session_state.pop(_CHOSEN, False):  # in this dialog, just now
        st.rerun()
    saved, own, now = state.current_shelf(), state.own_design(), state.current_draft()
    shown = saved.latest_first()[:MOST_LISTED]
    for each in shown:
        is_open = now.document == each.id
        line = words.design_line(_load(each), each.changed, st.context.timezone)
        _row(each.name, line, each.id, is_open, partial(documents.open_document, each))
    if own is not None:
        line = f"{words.design_line(own, '')} — came with the data"
        _row(own.name, line, "own", now.design == own, documents.open_own)
    elif not shown:
        st.caption(words.NO_DESIGNS)
    if gone := saved.latest_first(deleted=True):
        with st.expander(f"Deleted ({len(gone)})", icon=":material/delete_sweep:"):
            for each in gone[:MOST_LISTED]:
                st.button(f"Restore “{plain(state.typed_text(each.name))}”", icon=":material/undo:", type="tertiary",
                          key=f"context.restore.{each.id}", on_click=_choose,
                          args=(partial(documents.restore, each),))  # fmt: skip
                show_kept_until(each.deleted_at)


def _row(name: str, line: str, key: str, is_open: bool, do: Callable[[], object]) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap=None):
            st.markdown(f"**{plain(state.typed_text(name))}**" + (" :blue-badge[open]" if is_open else ""))
            st.caption(plain(line))
        st.button("Open", key=f"context.open.{key}", disabled=is_open, on_click=_choose, args=(do,))


def _choose(do: Callable[[], object]) -> None:
    do()
    st.session_state[_CHOSEN] = True


def _load(saved: Document) -> Design | None:
    try:
        return state.load_document(saved)
    except InputError:
        return None


@st.dialog("Reasons for the weights", width="medium")
def _reasons_dialog() -> None:
    lines = words.weights_lines(state.current_design())
    for line in lines:
        st.markdown(f"- {plain(line)}")
    if not lines:
        st.caption(words.NO_REASONS)


@st.dialog("Rename the design")
def _rename_dialog() -> None:
    with st.form("context.rename", border=False):
        name = st.text_input("Name", state.current_design().name, max_chars=80)
        if st.form_submit_button(primary_label("Rename"), type="primary"):
            if problem := words.name_problem(name, documents.is_name_taken(name)):
                st.warning(problem)
            else:
                documents.rename(name)
                st.rerun()


@st.dialog("Copy the link", width="medium")
def _link_dialog() -> None:
    opens = True
    with saving():
        name = store.save_design(workspace_folder(), state.current_design())
        if current_person() is not None:  # who copies a link means to hand it on
            opens = state.current_design() == state.own_design() or _shared_with_everybody(name)
    if not opens:
        st.warning(words.LINK_NOT_SHARED)
    st.code(f"{st.context.url or ''}?{urlencode(st.query_params.to_dict())}", language=None, wrap_lines=True)
    st.caption(words.LINK_HELP)


def _shared_with_everybody(name: str) -> bool:
    """Share a state of a design where one may; whether everybody may see it then."""
    with suppress(NotAllowedError), writing(workspace_folder()) as kept:
        kept.share(DESIGN, "", name, EVERYBODY)
    with reading(workspace_folder()) as kept:
        found = kept.find(DESIGN, "", name)
    return found is not None and found.shared == EVERYBODY


@st.dialog("Import a design")
def _import_dialog() -> None:
    brought = st.file_uploader("Design file", type="json", label_visibility="collapsed")
    if brought is None:
        return
    if issues := documents.import_design(brought.getvalue(), brought.name):
        show_issues(issues)
    else:
        st.rerun()
