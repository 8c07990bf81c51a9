"""Documents: JSON under a kind, a data set and a key, with numbered versions that stay and a draft that is replaced."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, delete, func, insert, select, update

from workbench.store.schema import audit, documents, drafts, versions

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

    @property
    def is_erased(self) -> bool:
        return self.version is None and self.draft is None


class StaleSaveError(Exception):
    """Somebody else has saved since: ``theirs`` is what is there now."""

    def __init__(self, theirs: StoredDocument) -> None:
        super().__init__(f"somebody else has saved {theirs.kind} {theirs.key}")
        self.theirs = theirs


class DocumentReader:
    """What can be asked of the store within a transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def find(self, kind: str, data: str, key: str) -> StoredDocument | None:
        """Return a document, deleted or not; None if there is none."""
        found = self.connection.execute(_latest().where(_place(kind, data, key))).first()
        return _document(found) if found else None

    def list(self, kind: str, data: str | None = None) -> tuple[StoredDocument, ...]:
        """List documents of a kind, deleted ones included, in the order in which they were made."""
        chosen = _latest().where(documents.c.kind == kind).order_by(documents.c.id)
        if data is not None:
            chosen = chosen.where(documents.c.data == data)
        return tuple(_document(row) for row in self.connection.execute(chosen))

    def versions(self, kind: str, data: str | None = None) -> Iterator[tuple[str, str, SavedVersion]]:
        """Yield (data set, key, version) of all versions of a kind, deleted ones included, by document and number."""
        chosen = (
            select(documents.c.data, documents.c.key, *versions.c)
            .join(versions, versions.c.document == documents.c.id)
            .where(documents.c.kind == kind)
            .order_by(documents.c.id, versions.c.number)
        )
        if data is not None:
            chosen = chosen.where(documents.c.data == data)
        for row in self.connection.execute(chosen):
            yield row.data, row.key, SavedVersion(row.number, row.at, row.author, row.note, row.content)

    def n_documents(self) -> int:
        """Return how many documents there are, deleted ones included."""
        return self.connection.scalar(select(func.count()).select_from(documents)) or 0

    def data_sets(self, kind: str) -> frozenset[str]:
        """Return the ids of the data sets that have documents of a kind."""
        return frozenset(self.connection.scalars(select(documents.c.data).distinct().where(documents.c.kind == kind)))

    def audit_log(self, most: int = 1_000, action: str | None = None) -> tuple[dict[str, Any], ...]:
        """Return what was done, or one kind of it, the last first: ``at author action kind data key facts``."""
        chosen = select(audit).order_by(audit.c.id.desc()).limit(most)
        if action is not None:
            chosen = chosen.where(audit.c.action == action)
        rows = self.connection.execute(chosen).mappings()
        return tuple({**row, "facts": json.loads(row["facts"])} for row in rows)


class DocumentWriter(DocumentReader):
    """The same, and what can be changed. Everything within one transaction is done as a whole or not at all."""

    def __init__(self, connection: Connection, author: str) -> None:
        super().__init__(connection)
        self.author = _storable(author)
        self.audited = True

    def save(self, kind: str, data: str, key: str, content: str, *,
             note: str = "", seen: int | None = None, at: str = "", author: str = "") -> SavedVersion:  # fmt: skip
        """Save the next version of a document, and the first of one that is not there; a deleted one comes back.

        Parameters
        ----------
        seen : number of the version that this one was made from; 0 for none.
        at, author : when it was saved and by whom, where that was before now or by somebody else.

        Raises
        ------
        StaleSaveError
            When another version than ``seen`` is the last one.
        """
        document, there = self._open(kind, data, key, at)
        last = there.version.number if there and there.version else 0
        if there is not None and seen is not None and last != seen and not there.is_erased:
            raise StaleSaveError(there)
        by = _storable(author) or self.author
        made = SavedVersion(last + 1, at or utc_now(), by, _storable(note), _storable(content))
        values = {"document": document, "number": made.number, "at": made.at, "author": made.author}
        self.connection.execute(insert(versions).values(**values, note=made.note, content=made.content))
        self.record("save", kind, data, key, version=made.number)
        return made

    def keep_draft(self, kind: str, data: str, key: str, content: str, *,
                   seen: int | None = None, at: str = "") -> DraftState:  # fmt: skip
        """Replace the draft of a document. Parameters and errors as in ``save``; ``seen`` counts revisions."""
        document, there = self._open(kind, data, key, at)
        last = there.draft.revision if there and there.draft else 0
        if there is not None and seen is not None and last != seen and not there.is_erased:
            raise StaleSaveError(there)
        made = DraftState(last + 1, at or utc_now(), self.author, _storable(content))
        values = {"revision": made.revision, "at": made.at, "author": made.author, "content": made.content}
        if last:
            self.connection.execute(update(drafts).where(drafts.c.document == document).values(values))
        else:
            self.connection.execute(insert(drafts).values(document=document, **values))
        return made

    def drop_draft(self, kind: str, data: str, key: str) -> None:
        """Forget the draft of a document, as after it became a version."""
        document = self._id(kind, data, key)
        self.connection.execute(delete(drafts).where(drafts.c.document == document))

    def delete(self, kind: str, data: str, key: str, *, together: str | None = None, at: str = "") -> bool:
        """Mark a document as deleted; whether it was there. It can be restored for 30 days."""
        return self._mark(kind, data, key, "delete", at or utc_now(), together)

    def restore(self, kind: str, data: str, key: str) -> bool:
        """Take a deletion back; whether there was one that can be taken back."""
        return self._mark(kind, data, key, "restore", None, None)

    def erase(self, kind: str, data: str, key: str) -> None:
        """Remove all that a document held, for good; that it was there and was deleted stays known."""
        document = self._id(kind, data, key)
        for table in (versions, drafts):
            self.connection.execute(delete(table).where(table.c.document == document))
        self.record("erase", kind, data, key)

    def erase_deleted(self, kind: str, at: str) -> None:
        """Erase the documents of a kind that were deleted before a time."""
        for each in self.list(kind):
            if each.deleted_at is not None and each.deleted_at < at and not each.is_erased:
                self.erase(kind, each.data, each.key)

    def forget_drafts(self, kind: str, at: str) -> int:
        """Remove documents of a kind that never had a version and whose draft is older than a time; how many."""
        old = (
            select(documents.c.id)
            .join(drafts, drafts.c.document == documents.c.id)
            .where(documents.c.kind == kind, drafts.c.at < at)
            .where(~select(versions.c.number).where(versions.c.document == documents.c.id).exists())
        )
        found = self.connection.scalars(old).all()
        for document in found:
            self.connection.execute(delete(drafts).where(drafts.c.document == document))
            self.connection.execute(delete(documents).where(documents.c.id == document))
        return len(found)

    def record(self, action: str, kind: str = "", data: str = "", key: str = "", **facts: Any) -> None:
        """Add a line to the audit log."""
        if not self.audited:
            return
        self.connection.execute(insert(audit).values(
            at=utc_now(), author=self.author, action=action, kind=kind, data=data, key=key,
            facts=_storable(json.dumps(facts, ensure_ascii=True)),
        ))  # fmt: skip

    def _mark(self, kind: str, data: str, key: str, action: str, at: str | None, together: str | None) -> bool:
        there = self.find(kind, data, key)
        if there is None or there.is_erased or (there.deleted_at is None) is (at is None):
            return False
        values = {"deleted_at": at, "deleted_by": self.author if at else None, "deleted_with": together}
        self.connection.execute(update(documents).where(_place(kind, data, key)).values(values))
        self.record(action, kind, data, key)
        return True

    def _open(self, kind: str, data: str, key: str, at: str) -> tuple[int, StoredDocument | None]:
        """Return the number of the row of a document, made if it is missing, and the document as it was."""
        there = self.find(kind, data, key)
        if there is None:
            values = {"kind": kind, "data": data, "key": key, "owner": self.author, "made_at": at or utc_now()}
            self.connection.execute(insert(documents).values(values))
            return self._id(kind, data, key), None
        if there.deleted_at is not None:
            back = {"deleted_at": None, "deleted_by": None, "deleted_with": None}
            self.connection.execute(update(documents).where(_place(kind, data, key)).values(back))
            self.record("restore", kind, data, key)
        return self._id(kind, data, key), there

    def _id(self, kind: str, data: str, key: str) -> int:
        return self.connection.scalar(select(documents.c.id).where(_place(kind, data, key))) or 0


def _place(kind: str, data: str, key: str) -> Any:
    return and_(documents.c.kind == kind, documents.c.data == data, documents.c.key == key)


def _latest() -> Select[Any]:
    """Documents with their last version and their draft."""
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


def _document(row: Row[Any]) -> StoredDocument:
    version = SavedVersion(row.number, row.v_at, row.v_author, row.v_note, row.v_content) if row.number else None
    draft = DraftState(row.revision, row.d_at, row.d_author, row.d_content) if row.revision else None
    return StoredDocument(row.kind, row.data, row.key, row.owner, row.made_at, row.deleted_at, row.deleted_with,
                          version, draft)  # fmt: skip


def _storable(content: str) -> str:
    """The same text without what a database refuses: a NUL, and halves of characters."""
    return content.replace("\0", "").encode("utf-8", "replace").decode()
