"""Keep the latest state of every design of a data set under its name; what another tab saved is never overwritten."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, ValidationError

from workbench.data.model.dataset import Model
from workbench.design import store
from workbench.design.draft import new_document
from workbench.design.model import Design, design_json, parse_design
from workbench.store.document_rows import StoredDocument
from workbench.store.documents import DocumentReader
from workbench.store.kinds import SAVED_DESIGN, SCORECARD
from workbench.store.opening import reading, writing

_DATA, _HASH = re.compile(r"[\w-]+"), re.compile(r"[0-9a-f]{12}")


class Document(Model):
    """A saved design: ``design`` is the id of its latest state. Deleted ones can be restored for 30 days."""

    id: str = Field(pattern=r"^[0-9a-f]{12}$")
    design: str = Field(pattern=r"^[0-9a-f]{12}$")
    name: str = Field(min_length=1)
    changed: str = ""
    deleted: bool = False
    deleted_at: str | None = None


class Shelf(Model):
    """The saved designs of a data set. ``current`` is the id in the store of the scorecard in force, the baseline."""

    documents: tuple[Document, ...] = ()
    current: str | None = Field(default=None, pattern=r"^[0-9a-f]{12}$")

    def find(self, document: str) -> Document | None:
        return next((each for each in self.documents if each.id == document), None)

    def of_design(self, design: str) -> Document | None:
        """The latest document whose latest state is this design."""
        return next((each for each in self.latest_first() if each.design == design), None)

    def is_taken(self, name: str, but: str) -> bool:
        """Whether a document that is not deleted, other than ``but``, has this name."""
        return name.strip() in {each.name for each in self.documents if not each.deleted and each.id != but}

    def latest_first(self, deleted: bool = False) -> tuple[Document, ...]:
        """The documents that are there, or those that were deleted, the last changed first."""
        chosen = [each for each in self.documents if each.deleted is deleted]
        return tuple(sorted(chosen, key=lambda each: each.changed, reverse=True))


@dataclass(frozen=True)
class SavedDesign:
    """Where a design was saved: in its document, or in one of its own, because another tab had changed that one."""

    document: str
    design: Design
    apart: bool = False


def read_shelf(home: Path, data: str) -> Shelf:
    """Return the saved designs of a data set; of one that is damaged nothing is said. Raises OSError."""
    if not _DATA.fullmatch(data):
        return Shelf()
    with reading(home) as kept:
        return _shelf(kept, data)


def load_saved_design(home: Path, data: str, document: str) -> Design | None:
    """Return the latest state of a saved design, deleted or not; None if there is none.

    Raises
    ------
    InputError
        When it is damaged.
    """
    with reading(home) as kept:
        found = kept.find(SAVED_DESIGN, data, document)
    content = json.loads(found.draft.content).get("content") if found and found.draft else None
    return parse_design(content, document) if content is not None else None


def save_document(home: Path, data: str, document: str, design: Design, seen: str | None) -> SavedDesign:
    """Save the latest state of a design. Raises OSError where nothing can be written.

    Parameters
    ----------
    seen : id of the state that this one was made from. Where the document has moved on from it, this state becomes a
        document of its own.
    """
    if not _DATA.fullmatch(data):
        return SavedDesign(document, design)
    content = store.design_id(design)
    with writing(home) as kept:
        shelf = _shelf(kept, data)
        known = shelf.find(document)
        if known is not None and known.design not in (seen, content):
            document = new_document()
            design = design.model_copy(update={"name": _free_name(design.name, shelf)})
            kept.keep_draft(SAVED_DESIGN, data, document, _state(design))
            return SavedDesign(document, design, apart=True)
        if known is None or known.deleted or known.design != content:
            kept.keep_draft(SAVED_DESIGN, data, document, _state(design))
    return SavedDesign(document, design)


def delete_document(home: Path, data: str, document: str, deleted: bool = True) -> None:
    """Mark a document as deleted, or restore it; an unknown one changes nothing. Raises OSError."""
    with writing(home) as kept:
        if deleted:
            kept.delete(SAVED_DESIGN, data, document)
        else:
            kept.restore(SAVED_DESIGN, data, document)


def set_current(home: Path, data: str, design: Design | None) -> None:
    """Make a design the scorecard in force; None goes back to the one that came with the data. Raises OSError."""
    with writing(home) as kept:
        chosen = store.save_design(home, design) if design else None
        if chosen != _current(kept, data):
            kept.save(SCORECARD, data, "", json.dumps({"design": chosen}))


def copy_shelf(home: Path, data: str, other: str, owner: str | None = None) -> None:
    """Copy the designs of a data set to another one, such as its changed form; where both have one, the later stays.

    ``owner``: copy what belongs to this person alone. Raises OSError where nothing can be written.
    """
    with writing(home) as kept:
        own = {each.key: each for each in kept.list(SAVED_DESIGN, other)}
        for each in kept.list(SAVED_DESIGN, data):
            if owner is not None and each.owner != owner:
                continue
            there = own.get(each.key)
            if each.draft is None or (there and (there.is_erased or (there.draft and there.draft.at > each.draft.at))):
                continue
            if there is None or there.draft != each.draft:
                kept.keep_draft(SAVED_DESIGN, other, each.key, each.draft.content, at=each.draft.at,
                                author=each.draft.author)  # fmt: skip
            if each.deleted_at is not None:
                kept.delete(SAVED_DESIGN, other, each.key, at=each.deleted_at)
        scorecard = kept.find(SCORECARD, data, "")
        if owner is not None and (scorecard is None or scorecard.owner != owner):
            return
        if (given := _current(kept, data)) and _current(kept, other) is None:
            kept.save(SCORECARD, other, "", json.dumps({"design": given}))


def _shelf(kept: DocumentReader, data: str) -> Shelf:
    found = (_document(each) for each in kept.list(SAVED_DESIGN, data))
    return Shelf(documents=tuple(each for each in found if each is not None), current=_current(kept, data))


def _document(stored: StoredDocument) -> Document | None:
    """None of one that is damaged or was deleted for good."""
    if stored.draft is None:
        return None
    try:
        state = json.loads(stored.draft.content)
        return Document(id=stored.key, design=state["design"], name=state["name"], changed=stored.draft.at,
                        deleted=stored.deleted_at is not None, deleted_at=stored.deleted_at)  # fmt: skip
    except (ValidationError, ValueError, KeyError, TypeError):
        return None


def _current(kept: DocumentReader, data: str) -> str | None:
    found = kept.find(SCORECARD, data, "")
    try:
        chosen = str(json.loads(found.version.content)["design"]) if found and found.version else ""
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return chosen if _HASH.fullmatch(chosen) else None


def _state(design: Design) -> str:
    state = {"design": store.design_id(design), "name": design.name, "content": design_json(design)}
    return json.dumps(state, ensure_ascii=False)


def _free_name(wanted: str, shelf: Shelf) -> str:
    return free_name(wanted, {each.name for each in shelf.documents if not each.deleted})


def free_name(wanted: str, taken: set[str]) -> str:
    """Return the name, numbered if it is taken."""
    stem, number, name = re.sub(r" \d+$", "", wanted), 2, wanted
    while name in taken:
        name, number = f"{stem} {number}", number + 1
    return name
