"""Hand what belongs to somebody on to somebody else: one document, or all that a person has who has left."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Table, and_, insert, or_, select, update

from workbench.rights.may import ALL_WORK, TEAM, Action, may
from workbench.store.document_rows import StoredDocument, at_place, latest_states, stored_document, utc_now
from workbench.store.documents import DocumentReader, DocumentWriter
from workbench.store.kinds import CAN_BE_SHARED, DATA_SET, DESIGN, PERSON
from workbench.store.rights import NotAllowedError
from workbench.store.schema import documents, drafts, versions

OWNERS = ("editor", "admin")
_NAMED = re.compile(r'"design": ?"([0-9a-f]{12})"')
_REPLACED = re.compile(r'"replaces": ?"([0-9a-f]{16})"')


@dataclass(frozen=True)
class HandedOn:
    """A document that was handed on: its place, to whom it belonged, and to whom it belongs.

    ``at`` : when (ISO, UTC). ``left_as`` : its state at that time, by which a later change is told.
    """

    kind: str
    data: str
    key: str
    owner: str
    to: str
    at: str = field(default="", compare=False)
    left_as: tuple[object, ...] = field(default=(), compare=False)


def may_be_given(store: DocumentReader, to: str) -> bool:
    """Whether things can be handed on to a person or a team.

    A person has signed in as an editor or admin who sees all reps; a team is one that things can be shared with.
    """
    return store.rights.may_share_with(to) if to.startswith(TEAM) else to in people_who_can_own(store)


def people_who_can_own(store: DocumentReader) -> frozenset[str]:
    """Return the ids of those who have signed in as an editor or admin who sees all reps."""
    with store.as_server():
        known = {each.key: json.loads(each.draft.content) for each in store.list(PERSON) if each.draft}
    return frozenset(who for who, kept in known.items() if kept.get("role") in OWNERS and kept.get("limited") is False)


def hand_on(store: DocumentWriter, kind: str, data: str, key: str, to: str) -> HandedOn | None:
    """Give a document another owner; with whom it is shared stays. None where there is none, or the other has one.

    Raises
    ------
    NotAllowedError
        When the person at work does not own it and is no admin, or the other can own nothing.
    """
    found = store.find(kind, data, key)
    if found is None:
        return None
    if kind not in CAN_BE_SHARED or not store.rights.may(Action.MANAGE, found) or not may_be_given(store, to):
        raise NotAllowedError
    return _move(store, found, to)


def hand_on_all(
    store: DocumentWriter, owner: str, to: str, but: Collection[str] = ()
) -> tuple[tuple[HandedOn, ...], int]:
    """Hand on all that a person owns: what was, and how many things stay since the other has their like.

    The data sets ``but`` stay, with all that is about them; the log says so.

    Raises
    ------
    NotAllowedError
        When the person at work is no admin who sees everything, or the other can own nothing.
    """
    if not may(store.rights.person, Action.CHANGE, ALL_WORK) or not may_be_given(store, to):
        raise NotAllowedError
    for data in but:
        store.record("not handed on", DATA_SET, data, **{"from": owner, "to": to})
    owned = [each for each in _owned(store) if each.owner == owner and each.data not in but]
    moved = tuple(each for each in (_move(store, found, to) for found in owned) if each is not None)
    return moved, len(owned) - len(moved)


def count_owned(store: DocumentReader) -> dict[str, int]:
    """Return how many things each owner has, for admins; empty for others."""
    if not may(store.rights.person, Action.SEE, ALL_WORK):
        return {}
    return dict(Counter(each.owner for each in _owned(store)))


def hand_back(store: DocumentWriter, moved: Collection[HandedOn]) -> int:
    """Undo handing on. Returns how many things came back.

    What the new owner has changed since stays theirs, with all that was handed on with it of the same data set: whoever
    has work about a data set must go on seeing it. No design is given along, since the old owner has kept the own ones.

    Raises
    ------
    NotAllowedError
        When the person at work may not hand on now what is as it was.
    """
    there = {each: _find_unchanged(store, each) for each in moved}
    staying = _data_that_stays(store, [each for each, found in there.items() if found is None], moved)
    n = 0
    for each, found in there.items():
        if found is None or each.data in staying:
            continue
        if not store.rights.may(Action.MANAGE, replace(found, owner=each.owner)):
            raise NotAllowedError
        n += _move(store, found, each.owner, with_designs=False) is not None
    return n


def _find_unchanged(store: DocumentReader, each: HandedOn) -> StoredDocument | None:
    """The document as it was handed on; None where it is another's, or its new owner changed it or worked with it."""
    chosen = latest_states().where(at_place(each.kind, each.data, each.key), documents.c.owner == each.to)
    row = store.connection.execute(chosen).first()
    if row is None or _state_of(found := stored_document(row)) != each.left_as:
        return None
    return None if each.kind == DATA_SET and _is_worked_with(store, each) else found


def _state_of(found: StoredDocument) -> tuple[object, ...]:
    """What changes when somebody changes a document; the draft of a data set is what the app counted in it."""
    draft = found.draft.revision if found.draft and found.kind != DATA_SET else 0
    return found.version.number if found.version else 0, draft, found.shared, found.deleted_at


def _is_worked_with(store: DocumentReader, each: HandedOn) -> bool:
    """Whether the new owner of a data set has changed work about it since, or saved a new version of it."""
    is_new = or_(versions.c.at > each.at, documents.c.deleted_at > each.at)
    is_about = and_(documents.c.kind.in_(CAN_BE_SHARED), documents.c.kind != DATA_SET, documents.c.data == each.data)
    is_next = and_(documents.c.kind == DATA_SET, versions.c.content.contains(f'"replaces": "{each.data}"'))
    changed = or_(and_(is_about, or_(is_new, drafts.c.at > each.at)), and_(is_next, is_new))
    is_team = each.to.startswith(TEAM)  # what its members make is theirs
    by_whom = documents.c.owner != each.owner if is_team else documents.c.owner == each.to
    return store.connection.execute(latest_states().where(by_whom, changed)).first() is not None


def _data_that_stays(store: DocumentReader, changed: Iterable[HandedOn], moved: Collection[HandedOn]) -> frozenset[str]:
    """The data sets that were handed on and of which something was changed; all versions of one stay together."""
    data = {each.data for each in moved if each.kind == DATA_SET}
    staying = {each.data for each in changed} & data
    saved = (
        select(documents.c.data, versions.c.content)
        .join(versions, versions.c.document == documents.c.id)
        .where(documents.c.kind == DATA_SET, documents.c.data.in_(data))
    )
    pairs = [{row.data, older} for row in store.connection.execute(saved) for older in _REPLACED.findall(row.content)]
    while more := [pair for pair in pairs if pair & staying and (pair & data) - staying]:
        staying |= set().union(*more) & data
    return frozenset(staying)


def _owned(store: DocumentReader) -> list[StoredDocument]:
    rows = store.connection.execute(latest_states().where(documents.c.kind.in_(CAN_BE_SHARED)))
    return [found for found in map(stored_document, rows) if not found.is_erased]


def _move(store: DocumentWriter, found: StoredDocument, to: str, *, with_designs: bool = True) -> HandedOn | None:
    place = at_place(found.kind, found.data, found.key)
    connection = store.connection
    if found.owner == to or connection.scalar(select(documents.c.id).where(place, documents.c.owner == to)):
        return None
    number = connection.scalar(select(documents.c.id).where(place, documents.c.owner == found.owner))
    connection.execute(update(documents).where(documents.c.id == number).values(owner=to))
    store.rights.uploads = None
    if with_designs:
        _give_designs(store, _designs_of(store, number, found.key), found.owner, to)
    store.record("hand on", found.kind, found.data, found.key, **{"from": found.owner, "to": to})
    return HandedOn(found.kind, found.data, found.key, found.owner, to, utc_now(), _state_of(found))


def _designs_of(store: DocumentWriter, number: int | None, key: str) -> set[str]:
    """The ids of the designs that a document is about: they open where their owner shares something about them."""
    contents = (
        content for table in (versions, drafts)
        for content in store.connection.scalars(select(table.c.content).where(table.c.document == number))
    )  # fmt: skip
    return {key, *(named for content in contents for named in _NAMED.findall(content))}


def _give_designs(store: DocumentWriter, names: Collection[str], owner: str, to: str) -> None:
    """Let the new owner have the same designs; the old one keeps them, since other things may be about them."""
    for name in sorted(names):
        place = at_place(DESIGN, "", name)
        there = {row.owner: row for row in store.connection.execute(select(documents).where(place))}
        if owner not in there or to in there:
            continue
        values = {**there[owner]._mapping, "owner": to}
        old = values.pop("id")
        made = store.connection.execute(insert(documents).values(values)).inserted_primary_key
        for table in (versions, drafts):
            _copy_rows(store, table, old, made[0] if made else 0)


def _copy_rows(store: DocumentWriter, table: Table, old: Any, new: Any) -> None:
    for row in store.connection.execute(select(table).where(table.c.document == old)).all():
        store.connection.execute(insert(table).values({**row._mapping, "document": new}))
