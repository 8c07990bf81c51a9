"""Session state: the open data set, the design draft and hidden names, and the link that carries them.

A link that differs from the one last seen was opened, or came from the Back button: it leads. Otherwise the session
leads and the link follows, so every step of a design is a page of the browser's history and Back takes it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

import streamlit as st

from workbench.data.library.data_sets import DataSetEntry, find_data_set, workspace_folder
from workbench.data.library.deletion import deleted_name
from workbench.data.model.panel import Panel
from workbench.design import shelf, store
from workbench.design.colours import keep_colours
from workbench.design.draft import Draft, new_document
from workbench.design.model import Design, load_design
from workbench.design.shelf import Document, Shelf
from workbench.errors import InputError, Issue, Where
from workbench.rights.acting import current_person
from workbench.ui.session import cache
from workbench.ui.session.saving import saving
from workbench.ui.session.share_link import PARAMETERS, ShareLink
from workbench.words.rep_names import shown_rep_names, without_rep_names

_DATA, _DRAFTS, _SEEN, _TROUBLE = "context.data", "context.drafts", "context.seen", "context.trouble"
HIDE_NAMES = "context.hide_names"
HIDDEN = "hidden"
NO_DATA = ""
SAVED_STATES, DELETED_HERE, KEPT_APART = "context.documents", "context.deleted", "context.apart"
_REOPENED = "opened as it was saved"
FIRST_NAME = "My scorecard"


def current_entry() -> DataSetEntry | None:
    """The data set that is open, or None."""
    data = st.session_state.get(_DATA, NO_DATA)
    return find_data_set(workspace_folder(), data) if data else None


def current_shelf() -> Shelf:
    """The saved designs of the open data set; none without data, or while the file cannot be read."""
    with saving():
        return shelf.read_shelf(workspace_folder(), st.session_state.get(_DATA, NO_DATA))
    return Shelf()


def load_document(saved: Document) -> Design | None:
    """The latest state of a saved design of the open data set; None if it is gone. Raises InputError if damaged."""
    return shelf.load_saved_design(workspace_folder(), st.session_state.get(_DATA, NO_DATA), saved.id)


def current_draft() -> Draft:
    """The design being worked on with this data set; an empty one before anything was designed."""
    drafts = st.session_state.setdefault(_DRAFTS, {})
    data = st.session_state.get(_DATA, NO_DATA)
    if data not in drafts:
        drafts[data] = Draft.start(*_first_design())
    return drafts[data]


def reopened_at() -> str:
    """When the design at hand was saved, if the data set opened with one that was saved before; otherwise empty."""
    draft = current_draft()
    if draft.at or draft.steps[0].what != _REOPENED:
        return ""
    saved = current_shelf().find(draft.document)
    return saved.changed if saved else ""


def current_design() -> Design:
    """The design as it stands now."""
    return current_draft().design


def current_panel() -> Panel | None:
    """The panel of the open data set, built or from the cache; None when no data set is open or it cannot be built.

    What is wrong with a data set that cannot be built is for :func:`current_panel_issues`.
    """
    opened = current_entry()
    return cache.cached_panel(opened).panel if opened else None


def current_panel_issues() -> tuple[Issue, ...]:
    """Everything found while building the panel of the open data set, the reasons it failed included."""
    opened = current_entry()
    return cache.cached_panel(opened).issues if opened else ()


def open_dataset(entry_id: str) -> None:
    """Make this data set the one looked at. Each data set keeps its own draft for the session.

    A design that was brought before there was any data is opened with it.
    """
    drafts = st.session_state.setdefault(_DRAFTS, {})
    brought = drafts.pop(NO_DATA, None) if entry_id != NO_DATA else None
    st.session_state[_DATA] = entry_id
    st.session_state.pop(_TROUBLE, None)
    if brought is not None and brought.design.kpis:
        _set_draft(current_draft().change(brought.design, "opened from a file", brought.document))


def carry_design(old_id: str, new_id: str) -> None:
    """Keep working on the design of a data set under another version of it, whatever was worked on there before."""
    drafts = st.session_state.setdefault(_DRAFTS, {})
    if old_id in drafts:
        drafts[new_id] = drafts[old_id]
        saved = st.session_state.setdefault(SAVED_STATES, {})
        saved |= {(new_id, document): content for (data, document), content in saved.items() if data == old_id}


def forget_drafts_of_session() -> None:
    """Open every design as it is in the store now, such as after a backup was restored."""
    for name in (_DRAFTS, _SEEN, _TROUBLE, _DATA, SAVED_STATES, DELETED_HERE, KEPT_APART):
        st.session_state.pop(name, None)
    st.query_params.clear()


def change_design(new: Design, what: str) -> None:
    """One more step of the draft: ``what`` says it in a few words ("Dials weight 30 → 0"). KPIs keep their colours."""
    draft = current_draft()
    _set_draft(draft.change(keep_colours(draft.design, new), what))


def open_design(other: Design, what: str, document: str = "") -> None:
    """Open another design as it was written, as one more step of the draft; without ``document`` it is a new one."""
    _set_draft(current_draft().change(other, what, document or new_document()))


def replace_draft(new: Draft) -> None:
    """Take the draft as it is, such as after a change of its document."""
    _set_draft(new)


def undo() -> None:
    _set_draft(current_draft().undo())


def redo() -> None:
    _set_draft(current_draft().redo())


def display_names(reps: Panel) -> dict[str, str]:
    """How each rep is shown: by name, or as "Rep 01" … in order of name while names are hidden."""
    return shown_rep_names(reps.reps["rep"], hidden=st.session_state.get(HIDE_NAMES, False))


def typed_text(text: str) -> str:
    """A text that people wrote, as it is shown: with aliases for the reps of the open data while names are hidden."""
    panel = current_panel() if st.session_state.get(HIDE_NAMES, False) else None
    return without_rep_names(text, display_names(panel)) if panel else text


def restore_link(before: Mapping[str, str]) -> None:
    """Put the parameters back that the navigation drops; called by the frame before everything else.

    The browser adds the new page to its history only after it has drawn what came first. Parameters that arrive by then
    are part of that entry; later ones make an entry of their own, and Back would have to be pressed twice. All at
    once, and in the order of ``before``, the link of the page that was left: each change by itself is an entry, and
    another order is a change.
    """
    seen = st.session_state.get(_SEEN, ShareLink())
    if ShareLink.of_browser() == ShareLink() != seen:
        ours = seen.parameters()
        others = {name: value for name, value in before.items() if name not in PARAMETERS or name in ours}
        st.query_params.update(others | ours | st.query_params.to_dict())


def follow_link() -> None:
    """Bring link and session together; called once by the frame before anything is drawn."""
    asked = ShareLink.of_browser()
    if asked != ShareLink() and asked != st.session_state.get(_SEEN):
        st.session_state[_TROUBLE] = _adopt(asked)
    now = _link_of_session()
    if not link_issues() and asked.parameters() != now.parameters():
        # Only what is ours: a setting such as ?embed=true belongs to whoever made the link.
        others = {name: value for name, value in st.query_params.items() if name not in PARAMETERS}
        st.query_params.from_dict(others | now.parameters())
    st.session_state[_SEEN] = asked if link_issues() else now


def link_ahead() -> dict[str, str]:
    """The parameters of what is open now, for the page that is switched to in the same run.

    Handed over with the switch they are part of that page's entry in the browser's history. Put back afterwards they
    would make entries of their own, and Back would have to be pressed once for each.
    """
    now = _link_of_session()
    st.session_state[_SEEN] = now
    return now.parameters()


def link_lags() -> bool:
    """Whether the link says something else than what is open, since it changed in this run of the page."""
    return not link_issues() and ShareLink.of_browser() != _link_of_session()


def link_issues() -> tuple[Issue, ...]:
    """What the last opened link asked for that is not here."""
    return st.session_state.get(_TROUBLE, ())


def _adopt(asked: ShareLink) -> tuple[Issue, ...]:
    found = []
    if asked.data and find_data_set(workspace_folder(), asked.data) is None:
        found.append(_not_here(asked.data))
    elif asked.data:
        st.session_state[_DATA] = asked.data
    if asked.design:
        found += _adopt_design(asked.design)
    st.session_state[HIDE_NAMES] = asked.names == HIDDEN
    return tuple(found)


def _not_here(data: str) -> Issue:
    gone, link = deleted_name(workspace_folder(), data), Where(area="link")
    return Issue.of("warning", "deleted_data_set", link, name=gone) if gone else _unknown("data set", data)


def _adopt_design(name: str) -> list[Issue]:
    own = own_design()  # it came with the data, whoever has sent the link
    try:
        wanted = own if own and store.design_id(own) == name else store.find_design(workspace_folder(), name)
    except InputError as error:
        return list(error.issues)
    if wanted is None:
        return [_unknown("design", name)]
    if wanted != current_design():
        draft = current_draft()
        _set_draft(draft.go_to(wanted) or draft.change(wanted, "opened from a link", _document_of(name)))
    return []


def _document_of(name: str) -> str:
    """The saved design that is in the state of a link; else a new one, since looking at an old link changes nothing."""
    saved = current_shelf().of_design(name)
    return saved.id if saved is not None else new_document()


def _unknown(what: str, name: str) -> Issue:
    if current_person() is not None:  # whether it is there at all is not for everybody to know
        if what == "design":
            return Issue.of("warning", "hidden_design", Where(area="link"))
        return Issue.of("warning", "hidden_data_set", Where(area="link"))
    code = "unknown_design" if what == "design" else "unknown_data_set"
    return Issue.of("warning", code, Where(area="link"), name=name[:40])


def _link_of_session() -> ShareLink:
    data = st.session_state.get(_DATA, NO_DATA)
    worked_on = current_draft().at > 0 or bool(current_design().kpis) or current_design().goal is not None
    design = ""
    if worked_on:
        with saving():
            design = store.keep_design_draft(workspace_folder(), current_design())
    return ShareLink(data, design, HIDDEN if st.session_state.get(HIDE_NAMES) else "")


def _set_draft(new: Draft) -> None:
    st.session_state.pop(_TROUBLE, None)
    st.session_state.setdefault(_DRAFTS, {})[st.session_state.get(_DATA, NO_DATA)] = new


def own_design() -> Design | None:
    """The design that came with the open data set, if one did."""
    opened = current_entry()
    if opened is None or opened.design_path is None:
        return None
    try:
        return load_design(opened.design_path)
    except InputError:
        return None


def begin_afresh() -> None:
    """Open what came with the data set, or an empty design, instead of the one that was saved last."""
    open_design(own_design() or Design(name=FIRST_NAME), "begun afresh")


def _first_design() -> tuple[Design, str, str]:
    """The design to begin with, how it came here, and its document: the last one saved, else the data set's own.

    A sample opens as it is for whoever comes next.
    """
    opened, own = current_entry(), own_design()
    if own is not None and (opened is None or opened.kind == "sample"):
        return own, "opened", new_document()
    for saved in current_shelf().latest_first():
        with suppress(InputError):
            if (design := load_document(saved)) is not None:
                return design, _REOPENED, saved.id
    return own or Design(name=FIRST_NAME), "opened", new_document()
