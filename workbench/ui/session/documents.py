"""The designs of the open data set: new, opened, duplicated, deleted; and each change saved as it is made."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from workbench.data.library.data_sets import workspace_folder
from workbench.data.model.dataset import parse_json
from workbench.design import shelf, store
from workbench.design.design_changes import DesignChange, design_changes
from workbench.design.draft import new_document
from workbench.design.model import Design, Goal, parse_design
from workbench.design.shelf import Document
from workbench.errors import InputError, Issue
from workbench.rights.may import Action, Thing
from workbench.store.kinds import SAVED_DESIGN
from workbench.store.opening import writing
from workbench.store.rights import NOT_ALLOWED, NotAllowedError
from workbench.ui.session import decision_log, state
from workbench.ui.session.saving import note_unsaved, saving
from workbench.ui.session.signed_in import may_now


@dataclass(frozen=True)
class SavedApart:
    """A design that somebody else had changed, so that what was made here was saved as a design of its own.

    ``document`` and ``name`` are theirs and the name of before, ``own`` is the document saved here; ``base`` is the id
    of the state from which both began, ``theirs`` that of the state that was shown as theirs.
    """

    data: str
    document: str
    name: str
    own: str
    base: str
    theirs: str


_SEEN, _DELETED, _APART = state.SAVED_STATES, state.DELETED_HERE, state.KEPT_APART


def save_changes() -> None:
    """Save the open design where it was changed; called by the frame before anything is drawn.

    Where another tab has changed the same design, this one becomes a design of its own, and both stay.
    """
    with saving():
        if may_now(Action.MAKE, Thing(SAVED_DESIGN)):  # who may only look changes designs for this tab alone
            _save_changes()


def _save_changes() -> None:
    draft, seen = state.current_draft(), st.session_state.setdefault(_SEEN, {})
    document, content = draft.document, store.design_id(draft.design)
    here = _data(), document
    if here in st.session_state.get(_DELETED, ()):  # undone
        st.session_state[_DELETED].remove(here)
        shelf.delete_document(workspace_folder(), _data(), document, deleted=False)
    if not _data() or not draft.is_edited or seen.get(here) == content:
        return
    before = seen.get(here, store.design_id(draft.began_as))
    # A run may end where it asks the session, and a state that was saved and not noted would be somebody else's.
    saved = shelf.save_document(workspace_folder(), here[0], document, draft.design, before)
    seen[here[0], saved.document] = store.design_id(saved.design)
    if saved.apart:
        state.replace_draft(draft.moved_to(saved.document, saved.design.name))
        theirs = state.current_shelf().find(document)
        st.session_state[_APART] = SavedApart(_data(), document, draft.design.name, saved.document, before,
                                              theirs.design if theirs else "")  # fmt: skip


def saved_apart() -> SavedApart | None:
    """The design of the open data that somebody else had changed, until it is chosen what becomes of both."""
    apart: SavedApart | None = st.session_state.get(_APART)
    here = apart is not None and apart.data == _data() and state.current_draft().document == apart.own
    return apart if here else None


def changes_elsewhere(apart: SavedApart) -> tuple[DesignChange, ...]:
    """What the other one changed since both began from the same state; none where that cannot be read."""
    try:
        base = store.find_design(workspace_folder(), apart.base)
        theirs = shelf.load_saved_design(workspace_folder(), apart.data, apart.document)
    except InputError:
        return ()
    return design_changes(base, theirs) if base and theirs else ()


def keep_both() -> None:
    """Callback: both designs stay as they are."""
    st.session_state.pop(_APART, None)


def open_theirs(apart: SavedApart) -> None:
    """Callback: open what the other one saved; what was made here stays under its own name."""
    theirs = state.current_shelf().find(apart.document)
    if theirs is not None and open_document(theirs):
        keep_both()


def save_over_theirs(apart: SavedApart) -> None:
    """Callback: what was made here takes the place of what the other one saved, under the name of before.

    Where a third one has saved since, it is asked again.
    """
    draft = state.current_draft()
    mine = draft.design.model_copy(update={"name": apart.name})
    with saving():
        with writing(workspace_folder()):
            theirs = shelf.read_shelf(workspace_folder(), apart.data).find(apart.document)
            if theirs is not None and theirs.design != apart.theirs:
                st.session_state[_APART] = replace(apart, theirs=theirs.design)
                return
            shelf.save_document(workspace_folder(), apart.data, apart.document, mine, apart.theirs)
            shelf.delete_document(workspace_folder(), apart.data, apart.own)
        st.session_state.setdefault(_SEEN, {})[apart.data, apart.document] = store.design_id(mine)
        state.replace_draft(draft.moved_to(apart.document, apart.name))
        keep_both()


def new_design(goal: Goal | None = None) -> None:
    """Begin another design, empty but for a goal."""
    state.open_design(Design(name=_free(state.FIRST_NAME), goal=goal), "new design")


def duplicate() -> None:
    """Copy the open design under a name of its own, and open the copy."""
    design = state.current_design()
    copy = design.model_copy(update={"name": _free(f"{design.name} (copy)")})
    _open_and_save(copy, f"“{design.name}” duplicated")


def rename(name: str) -> None:
    """Rename the open design; an empty name changes nothing."""
    if name.strip():
        state.change_design(state.current_design().model_copy(update={"name": name.strip()}), "renamed")


def is_name_taken(name: str) -> bool:
    """Whether another design of the open data has this name already."""
    return state.current_shelf().is_taken(name, but=state.current_draft().document)


def import_design(content: bytes, file: str) -> tuple[Issue, ...]:
    """Open a design file as a design of its own. Returns what is wrong with one that cannot be opened."""
    try:
        design = parse_design(parse_json(content, file), file)
    except InputError as error:
        return error.issues
    bring_design(design)
    return ()


def bring_design(design: Design) -> None:
    """Open a design that came from a file, and keep it."""
    _open_and_save(design, "opened from a file")


def open_document(chosen: Document, what: str = "") -> bool:
    """Open a saved design, as a step of the draft called ``what``; False if it cannot be read."""
    try:
        design = state.load_document(chosen)
    except InputError:
        return False
    if design is not None:
        st.session_state.setdefault(_SEEN, {})[_data(), chosen.id] = chosen.design
        state.open_design(design, what or f"“{chosen.name}” opened", chosen.id)
    return design is not None


def open_own() -> None:
    """Open the design that came with the data set."""
    if (own := state.own_design()) is not None:
        state.open_design(own, f"“{own.name}” opened")


def delete() -> bool:
    """Delete the open design, and open the last one changed of those that stay, or an empty one. Undo restores it.

    One that belongs to somebody else stays; whether it was deleted.
    """
    draft = state.current_draft()
    with saving():
        try:
            if state.current_shelf().find(draft.document) is None:
                shelf.save_document(workspace_folder(), _data(), draft.document, draft.design, None)
            shelf.delete_document(workspace_folder(), _data(), draft.document)
        except NotAllowedError:
            note_unsaved(NOT_ALLOWED)
            return False
    what, others = f"“{draft.design.name}” deleted", state.current_shelf().latest_first()
    if not any(open_document(each, what) for each in others):
        state.open_design(state.own_design() or Design(name=state.FIRST_NAME), what)
    st.session_state.setdefault(_DELETED, set()).add((_data(), draft.document))
    return True


def restore(chosen: Document) -> None:
    """Restore a deleted design and open it."""
    with saving():
        shelf.delete_document(workspace_folder(), _data(), chosen.id, deleted=False)
    open_document(chosen)


def current_scorecard() -> Design | None:
    """The baseline: the design that a decision put in force, else the one said to be, else the data's own.

    None if there is none of them.
    """
    if decided := decision_log.decided_scorecard():
        return decided
    chosen = state.current_shelf().current
    try:
        found = store.find_design(workspace_folder(), chosen) if chosen else None
    except InputError:
        found = None
    return found or state.own_design()


def make_current_scorecard() -> None:
    """Say that the open design is the scorecard in force: the one that others are compared with."""
    with saving():
        shelf.set_current(workspace_folder(), _data(), state.current_design())


def _open_and_save(design: Design, what: str) -> None:
    document = new_document()
    state.open_design(design, what, document)
    if _data():
        with saving():
            shelf.save_document(workspace_folder(), _data(), document, design, None)


def _free(name: str) -> str:
    taken = {each.name for each in state.current_shelf().latest_first()} | {state.current_design().name}
    return shelf.free_name(name, taken)


def _data() -> str:
    opened = state.current_entry()
    return opened.id if opened else state.NO_DATA
