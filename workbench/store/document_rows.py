"""The rows of a document: its versions that stay and its draft that is replaced, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, and_, func, select

from workbench.store.schema import documents, drafts, versions

UNDO, DRAFTS_KEPT = timedelta(days=30), timedelta(days=90)


def utc_now() -> str:
    """Return the time as the store writes it: ISO, UTC, always as long, so that texts stand in the order of time."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True)
class SavedVersion:
    """One state of a document that stays: ``number`` counts from 1, ``content`` is JSON as it was handed over."""

    number: int
    at: str
    author: str
    note: str
    content: str


@dataclass(frozen=True)
class DraftState:
    """The state of a document that each change replaces; ``revision`` counts the changes."""

    revision: int
    at: str
    author: str
    content: str


@dataclass(frozen=True)
class StoredDocument:
    """A document with its last version and its draft, as far as it has them.

    ``shared`` : with whom, as ``rights.may`` says it.
    ``deleted_at`` : when it was deleted (ISO, UTC), if it is. One that was deleted for good has neither of both.
    """

    kind: str
    data: str
    key: str
    owner: str
    made_at: str
    deleted_at: str | None
    deleted_with: str | None
    version: SavedVersion | None
    draft: DraftState | None
    shared: str = ""

    @property
    def is_erased(self) -> bool:
        return self.version is None and self.draft is None


class StaleSaveError(Exception):
    """Somebody else has saved since: ``theirs`` is what is there now."""

    def __init__(self, theirs: StoredDocument) -> None:
        super().__init__(f"somebody else has saved {theirs.kind} {theirs.key}")
        self.theirs = theirs


def at_place(kind: str, data: str, key: str) -> Any:
    """The condition that a document has this place, whoever owns it."""
    return and_(documents.c.kind == kind, documents.c.data == data, documents.c.key == key)


def latest_states() -> Select[Any]:
    """Select documents with their last version and their draft."""
    last = (
        select(func.max(versions.c.number)).where(versions.c.document == documents.c.id).correlate(documents)
    ).scalar_subquery()
    return (
        select(
            *documents.c,
            versions.c.number,
            *(getattr(versions.c, name).label(f"v_{name}") for name in ("at", "author", "note", "content")),
            drafts.c.revision,
            *(getattr(drafts.c, name).label(f"d_{name}") for name in ("at", "author", "content")),
        )
        .outerjoin(versions, and_(versions.c.document == documents.c.id, versions.c.number == last))
        .outerjoin(drafts, drafts.c.document == documents.c.id)
    )


def stored_document(row: Row[Any]) -> StoredDocument:
    """Return the document of a row of ``latest_states``."""
    version = SavedVersion(row.number, row.v_at, row.v_author, row.v_note, row.v_content) if row.number else None
    draft = DraftState(row.revision, row.d_at, row.d_author, row.d_content) if row.revision else None
    return StoredDocument(row.kind, row.data, row.key, row.owner, row.made_at, row.deleted_at, row.deleted_with,
                          version, draft, row.shared)  # fmt: skip


def storable(content: str) -> str:
    """Return the same text without what a database refuses: a NUL, and halves of characters."""
    return content.replace("\0", "").encode("utf-8", "replace").decode()
