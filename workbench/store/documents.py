"""Documents: JSON under a kind, a data set and a key, with numbered versions that stay and a draft that is replaced."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from workbench.rights.may import ALL_WORK, Action, may
from workbench.rights.person import Person
from workbench.store.document_rows import (
    DraftState,
    SavedVersion,
    StaleSaveError,
    StoredDocument,
    at_place,
    latest_states,
    storable,
    stored_document,
    utc_now,
)
from workbench.store.kinds import DATA_SET
from workbench.store.rights import DocumentRights, NotAllowedError
from workbench.store.schema import audit, documents, drafts, versions


class DocumentReader:
    """What a person can ask of the store within a transaction: only what may be seen is there.

    Where two people have a document of their own under one key, each sees the own one.
    """

    def __init__(self, connection: Connection, person: Person | None = None) -> None:
        self.connection = connection
        self.rights = DocumentRights(connection, person)

    def as_server(self) -> AbstractContextManager[None]:
        """Within, act for the server, which sees everything: what is made belongs to nobody."""
        return self._with_rights(DocumentRights(self.connection, None))

    @contextmanager
    def _with_rights(self, rights: DocumentRights) -> Iterator[None]:
        before, self.rights = self.rights, rights
        try:
            yield
        finally:
            self.rights = before

    def owners(self, data: str) -> frozenset[str]:
        """Return who has work about a data set, apart from the data set itself."""
        chosen = select(documents.c.owner).where(documents.c.data == data, documents.c.kind != DATA_SET)
        return frozenset(self.connection.scalars(chosen.distinct()))

    def find(self, kind: str, data: str, key: str) -> StoredDocument | None:
        """Return a document, deleted or not; None if there is none."""
        found = self.rights.choose(self.connection.execute(latest_states().where(at_place(kind, data, key))))
        return stored_document(found[0]) if found else None

    def list(self, kind: str, data: str | None = None) -> tuple[StoredDocument, ...]:
        """List documents of a kind, deleted ones included, in the order in which they were made."""
        chosen = latest_states().where(documents.c.kind == kind).order_by(documents.c.id)
        if data is not None:
            chosen = chosen.where(documents.c.data == data)
        return tuple(stored_document(row) for row in self.rights.choose(self.connection.execute(chosen)))

    def versions(self, kind: str, data: str | None = None) -> Iterator[tuple[str, str, SavedVersion]]:
        """Yield (data set, key, version) of all versions of a kind, deleted ones included, by document and number."""
        there = latest_states().where(documents.c.kind == kind)
        chosen = (
            select(documents.c.id, documents.c.data, documents.c.key, *versions.c)
            .join(versions, versions.c.document == documents.c.id)
            .where(documents.c.kind == kind)
            .order_by(documents.c.id, versions.c.number)
        )
        if data is not None:
            there, chosen = there.where(documents.c.data == data), chosen.where(documents.c.data == data)
        seen = {row.id for row in self.rights.choose(self.connection.execute(there))}
        for row in self.connection.execute(chosen):
            if row.id in seen:
                yield row.data, row.key, SavedVersion(row.number, row.at, row.author, row.note, row.content)

    def n_documents(self) -> int:
        """Return how many documents there are, deleted ones included."""
        return self.connection.scalar(select(func.count()).select_from(documents)) or 0

    def data_sets(self, kind: str) -> frozenset[str]:
        """Return the ids of the data sets that have documents of a kind."""
        rows = self.connection.execute(select(documents).where(documents.c.kind == kind))
        return frozenset(row.data for row in rows if self.rights.may(Action.SEE, row))

    def known_data(self, kind: str) -> frozenset[str]:
        """Return the same of everybody's documents: whether something is there says nothing of what it is."""
        return frozenset(self.connection.scalars(select(documents.c.data).distinct().where(documents.c.kind == kind)))

    def is_held(self, kind: str, data: str) -> bool:
        """Whether anybody has such a document that was not deleted for good."""
        rows = self.connection.execute(latest_states().where(documents.c.kind == kind, documents.c.data == data))
        return any(not stored_document(row).is_erased for row in rows)

    def audit_log(self, most: int = 1_000, action: str | None = None) -> tuple[dict[str, Any], ...]:
        """Return what was done, or one kind of it, the last first: ``at author action kind data key facts``.

        There is nothing to see of it for whoever may not read it.
        """
        if not may(self.rights.person, Action.SEE, ALL_WORK):
            return ()
        chosen = select(audit).order_by(audit.c.id.desc()).limit(most)
        if action is not None:
            chosen = chosen.where(audit.c.action == action)
        rows = self.connection.execute(chosen).mappings()
        return tuple({**row, "facts": json.loads(row["facts"])} for row in rows)


class DocumentWriter(DocumentReader):
    """The same, and what can be changed. Everything within one transaction is done as a whole or not at all."""

    def __init__(self, connection: Connection, person: Person | None = None) -> None:
        super().__init__(connection, person)
        self.audited = True

    @property
    def author(self) -> str:
        """Under which name what is saved is kept; empty where nobody is signed in."""
        return storable(self.rights.person.name) if self.rights.person else ""

    def save(self, kind: str, data: str, key: str, content: str, *,
             note: str = "", seen: int | None = None, at: str = "", author: str = "") -> SavedVersion:  # fmt: skip
        """Save the next version of a document, and the first of one that is not there; a deleted one comes back.

        One that may be seen and not changed stays as it is: the person gets a document of the own under its key.

        Parameters
        ----------
        seen : number of the version that this one was made from; 0 for none.
        at, author : when it was saved and by whom, where that was before now or by somebody else.

        Raises
        ------
        StaleSaveError
            When another version than ``seen`` is the last one.
        NotAllowedError
            When the person may make none of this kind.
        """
        document, there = self._open(kind, data, key, at)
        last = there.version.number if there and there.version else 0
        if there is not None and seen is not None and last != seen and not there.is_erased:
            raise StaleSaveError(there)
        by = storable(author) or self.author
        made = SavedVersion(last + 1, at or utc_now(), by, storable(note), storable(content))
        values = {"document": document, "number": made.number, "at": made.at, "author": made.author}
        self.connection.execute(insert(versions).values(**values, note=made.note, content=made.content))
        self.record("save", kind, data, key, version=made.number)
        return made

    def keep_draft(self, kind: str, data: str, key: str, content: str, *,
                   seen: int | None = None, at: str = "", author: str = "") -> DraftState:  # fmt: skip
        """Replace the draft of a document. Parameters and errors as in ``save``; ``seen`` counts revisions."""
        document, there = self._open(kind, data, key, at)
        last = there.draft.revision if there and there.draft else 0
        if there is not None and seen is not None and last != seen and not there.is_erased:
            raise StaleSaveError(there)
        made = DraftState(last + 1, at or utc_now(), storable(author) or self.author, storable(content))
        values = {"revision": made.revision, "at": made.at, "author": made.author, "content": made.content}
        if last:
            self.connection.execute(update(drafts).where(drafts.c.document == document).values(values))
        else:
            self.connection.execute(insert(drafts).values(document=document, **values))
        return made

    def drop_draft(self, kind: str, data: str, key: str) -> None:
        """Forget the draft of a document, as after it became a version."""
        found = self._to_change(kind, data, key)
        if found is not None:
            self.connection.execute(delete(drafts).where(drafts.c.document == found.id))

    def delete(self, kind: str, data: str, key: str, *, together: str | None = None, at: str = "") -> bool:
        """Mark a document as deleted; whether it was there. It can be restored for 30 days."""
        return self._mark(kind, data, key, "delete", at or utc_now(), together)

    def restore(self, kind: str, data: str, key: str) -> bool:
        """Take a deletion back; whether there was one that can be taken back."""
        return self._mark(kind, data, key, "restore", None, None)

    def erase(self, kind: str, data: str, key: str) -> None:
        """Remove all that a document held, for good; that it was there and was deleted stays known."""
        found = self._to_manage(kind, data, key)
        if found is None:
            return
        for table in (versions, drafts):
            self.connection.execute(delete(table).where(table.c.document == found.id))
        self.record("erase", kind, data, key)

    def carrying(self, owner: str) -> AbstractContextManager[None]:
        """Within, there is only the work of one owner, and what is made of it is this owner's too."""
        return self._with_rights(DocumentRights(self.connection, self.rights.person, owner))

    def share(self, kind: str, data: str, key: str, shared: str) -> bool:
        """Share a document with others, or with nobody any more; whether there is one. Raises NotAllowedError."""
        found = self._to_manage(kind, data, key)
        if found is None:
            return False
        if found.shared != shared:
            if not self.rights.may_share_with(shared):
                raise NotAllowedError
            self.connection.execute(update(documents).where(documents.c.id == found.id).values(shared=shared))
            self.rights.uploads = None
            self.record("share", kind, data, key, shared=shared)
        return True

    def erase_deleted(self, kind: str, at: str) -> None:
        """Erase the documents of a kind that were deleted before a time."""
        old = documents.c.kind == kind, documents.c.deleted_at < at
        for row in self.connection.execute(latest_states().where(*old)).all():
            if not stored_document(row).is_erased:
                for table in (versions, drafts):
                    self.connection.execute(delete(table).where(table.c.document == row.id))
                self.record("erase", kind, row.data, row.key)

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

    def record(self, action: str, kind: str = "", data: str = "", key: str = "", *, by: str = "", **facts: Any) -> None:
        """Add a line to the audit log; ``by`` whom, where that is not the person at work."""
        if not self.audited:
            return
        person = self.rights.person
        who = storable(by or (person.told_apart if person else ""))
        self.connection.execute(insert(audit).values(
            at=utc_now(), author=who, action=action, kind=kind, data=data, key=key,
            facts=storable(json.dumps(facts, ensure_ascii=True)),
        ))  # fmt: skip

    def _mark(self, kind: str, data: str, key: str, action: str, at: str | None, together: str | None) -> bool:
        there = self._to_manage(kind, data, key)
        if there is None or stored_document(there).is_erased or (there.deleted_at is None) is (at is None):
            return False
        values = {"deleted_at": at, "deleted_by": self.author if at else None, "deleted_with": together}
        self.connection.execute(update(documents).where(documents.c.id == there.id).values(values))
        self.record(action, kind, data, key)
        return True

    def _open(self, kind: str, data: str, key: str, at: str) -> tuple[int, StoredDocument | None]:
        """Return the number of the row of a document, made if it is missing, and the document as it was."""
        there = self._to_change(kind, data, key)
        if there is None:
            if not self.rights.may_make(kind, data):
                raise NotAllowedError
            owner = self.rights.owner_of_new
            values = {"kind": kind, "data": data, "key": key, "owner": owner, "made_at": at or utc_now(), "shared": ""}
            made = self.connection.execute(insert(documents).values(values)).inserted_primary_key
            self.rights.uploads = None
            return (made[0] if made else 0), None
        if there.deleted_at is not None:
            back = {"deleted_at": None, "deleted_by": None, "deleted_with": None}
            self.connection.execute(update(documents).where(documents.c.id == there.id).values(back))
            self.record("restore", kind, data, key)
        return there.id, stored_document(there)

    def _to_change(self, kind: str, data: str, key: str) -> Row[Any] | None:
        """The document under a key whose content the person may change, the own one first.

        A deleted one is there only for who may restore it: its owner would find it back, and changed.
        """
        there = self.connection.execute(latest_states().where(at_place(kind, data, key)))
        found = self.rights.choose(
            (row for row in there if row.deleted_at is None or self.rights.may(Action.MANAGE, row)), Action.CHANGE
        )
        return found[0] if found else None

    def _to_manage(self, kind: str, data: str, key: str) -> Row[Any] | None:
        """The document under a key that the person sees; None if there is none. Raises NotAllowedError."""
        seen = self.rights.choose(self.connection.execute(latest_states().where(at_place(kind, data, key))))
        if seen and not self.rights.may(Action.MANAGE, seen[0]):
            raise NotAllowedError
        return seen[0] if seen else None
