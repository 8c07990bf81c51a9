"""Keep every design of a data set under its name, in one file; what another tab saved is never overwritten."""

from __future__ import annotations

import contextlib
import re
import tempfile
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import Field, ValidationError

from workbench.data.model.dataset import Model, parse_json
from workbench.design import store
from workbench.design.draft import new_document
from workbench.design.model import Design
from workbench.errors import InputError

_DATA = re.compile(r"[\w-]+")
_TURN = threading.Lock()


class Document(Model):
    """A saved design: ``design`` is the id of its latest state in the store. Deleted ones can be restored."""

    id: str = Field(pattern=r"^[0-9a-f]{12}$")
    design: str = Field(pattern=r"^[0-9a-f]{12}$")
    name: str = Field(min_length=1)
    changed: str = ""
    deleted: bool = False


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
    """Return the saved designs of a data set.

    Of a damaged file what can be read is kept, and the file is put aside; the designs in the store are not touched.

    Raises
    ------
    OSError
        When the file is there but cannot be read now, so that nothing is written over it.
    """
    path = _shelf_path(home, data)
    if path is None or not path.is_file():
        return Shelf()
    content = path.read_bytes()
    try:
        return Shelf.model_validate(parse_json(content, str(path)))
    except (ValidationError, InputError):
        with contextlib.suppress(FileNotFoundError):  # another tab has just put it aside
            path.replace(path.with_suffix(".damaged"))
        sound = _sound_part(content)
        if sound.documents:
            _write(home, data, sound)
        return sound


def _sound_part(content: bytes) -> Shelf:
    """Return the documents of a damaged file that can be read."""
    with contextlib.suppress(InputError):
        entries = parse_json(content, "").get("documents")
        sound = []
        for entry in entries if isinstance(entries, list) else []:
            with contextlib.suppress(ValidationError):
                sound.append(Document.model_validate(entry))
        return Shelf(documents=tuple(sound))
    return Shelf()


def save_document(home: Path, data: str, document: str, design: Design, seen: str | None) -> SavedDesign:
    """Save the latest state of a design.

    Parameters
    ----------
    seen : id of the state that this one was made from. Where the document has moved on from it, this state becomes a
        document of its own.
    """
    content = store.save_design(home / "designs", design)
    with _TURN:
        shelf = read_shelf(home, data)
        known = shelf.find(document)
        if known is not None and known.design not in (seen, content):
            document = new_document()
            design = design.model_copy(update={"name": _free_name(design.name, shelf)})
            content = store.save_design(home / "designs", design)
            _write(home, data, _with(shelf, _document(document, content, design.name)))
            return SavedDesign(document, design, apart=True)
        if known is None or known.deleted or known.design != content:
            _write(home, data, _with(shelf, _document(document, content, design.name)))
    return SavedDesign(document, design)


def delete_document(home: Path, data: str, document: str, deleted: bool = True) -> None:
    """Mark a document as deleted, or restore it; an unknown one changes nothing."""
    with _TURN:
        shelf = read_shelf(home, data)
        known = shelf.find(document)
        if known is not None and known.deleted is not deleted:
            _write(home, data, _with(shelf, known.model_copy(update={"deleted": deleted})))


def set_current(home: Path, data: str, design: Design | None) -> None:
    """Make a design the scorecard in force; None goes back to the one that came with the data."""
    content = store.save_design(home / "designs", design) if design else None
    with _TURN:
        _write(home, data, read_shelf(home, data).model_copy(update={"current": content}))


def copy_shelf(home: Path, data: str, other: str) -> None:
    """Copy the designs of a data set to another one, such as its changed form; where both have one, the later stays."""
    with _TURN, contextlib.suppress(OSError):
        own, given = read_shelf(home, other), read_shelf(home, data)
        known = {each.id: each for each in own.documents}
        later = {each.id: each for each in given.documents
                 if each.id not in known or each.changed >= known[each.id].changed}  # fmt: skip
        both = Shelf(documents=tuple((known | later).values()), current=own.current or given.current)
        if both != own:
            _write(home, other, both)


def _document(document: str, content: str, name: str) -> Document:
    return Document(id=document, design=content, name=name, changed=datetime.now(UTC).isoformat())


def _with(shelf: Shelf, changed: Document) -> Shelf:
    others = tuple(each for each in shelf.documents if each.id != changed.id)
    return shelf.model_copy(update={"documents": (*others, changed)})


def _free_name(wanted: str, shelf: Shelf) -> str:
    return free_name(wanted, {each.name for each in shelf.documents if not each.deleted})


def free_name(wanted: str, taken: set[str]) -> str:
    """Return the name, numbered if it is taken."""
    stem, number, name = re.sub(r" \d+$", "", wanted), 2, wanted
    while name in taken:
        name, number = f"{stem} {number}", number + 1
    return name


def _shelf_path(home: Path, data: str) -> Path | None:
    return home / "shelves" / f"{data}.json" if _DATA.fullmatch(data) else None


def _write(home: Path, data: str, shelf: Shelf) -> None:
    """Write the file aside and move it into place, so that no reader sees half of it."""
    path = _shelf_path(home, data)
    if path is None:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, suffix=".new", delete=False, encoding="utf-8") as handle:
        handle.write(shelf.model_dump_json(indent=2))
    Path(handle.name).replace(path)
