"""What a person may do with the documents of a store: what ``may`` says, of the data set they are about too."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterable
from itertools import product
from typing import Any

from sqlalchemy import Connection, and_, exists, or_, select

from workbench.rights.may import EVERYBODY, PRIVATE, TEAM, Action, Thing, may
from workbench.rights.person import Person
from workbench.store.kinds import CAN_BE_SHARED, DATA_SET, DESIGN, NAMES_REPS, PERSON
from workbench.store.schema import documents, drafts, versions

NOT_ALLOWED = "not allowed"


class NotAllowedError(PermissionError):
    """The person at work may not do this."""

    def __init__(self) -> None:
        super().__init__(errno.EACCES, NOT_ALLOWED)


def thing_of(row: Any) -> Thing:
    """What ``may`` is asked about a row of the table of documents, or a stored document."""
    return Thing(row.kind, row.owner, row.shared, names_people=row.kind in NAMES_REPS)


class DocumentRights:
    """The rights of one person within one transaction; None is whoever sits at a server without sign-in."""

    def __init__(self, connection: Connection, person: Person | None, owner: str | None = None) -> None:
        """``owner``: whose work is carried along; nothing of others is there then, and what is made is this owner's."""
        self.connection = connection
        self.person = person
        self.owner = owner
        self.uploads: dict[str, list[Thing]] | None = None

    @property
    def owner_of_new(self) -> str:
        """To whom what is made belongs."""
        if self.owner is not None:
            return self.owner
        return self.person.id if self.person else ""

    def may(self, action: Action, row: Any) -> bool:
        """Whether the person may do something with a document that is there."""
        if self.owner is not None and row.kind in CAN_BE_SHARED and row.kind != DATA_SET:
            return bool(row.owner == self.owner)
        if self.person is None:
            return True
        thing = thing_of(row)
        allowed = may(self.person, action, thing)
        if not allowed and action is Action.SEE and row.kind == DESIGN:
            allowed = self._is_named_in_what_is_seen(row)
        return allowed and (row.kind == DATA_SET or self.sees_data(row.data))

    def may_make(self, kind: str, data: str) -> bool:
        """Whether the person may make a document of a kind about a data set."""
        if self.person is None or self.owner is not None:
            return True
        mine = Thing(kind, self.person.id, names_people=kind in NAMES_REPS)
        return may(self.person, Action.MAKE, mine) and (kind == DATA_SET or self.sees_data(data))

    def may_share_with(self, shared: str) -> bool:
        """Whether the person may share with these: nobody, everybody, an own team; an admin with any known team."""
        if self.person is None or self.owner is not None or shared in (PRIVATE, EVERYBODY):
            return True
        if not shared.startswith(TEAM):
            return False
        team = shared.removeprefix(TEAM)
        return team in self.person.teams or (self.person.role == "admin" and team in self._known_teams())

    def _known_teams(self) -> set[str]:
        """The teams of everybody who signed in once."""
        found = select(drafts.c.content).join(documents, documents.c.id == drafts.c.document)
        known = self.connection.scalars(found.where(documents.c.kind == PERSON))
        return {str(team) for content in known for team in json.loads(content).get("teams", ())}

    def sees_data(self, data: str) -> bool:
        """Whether the person may see a data set. One that the store does not know is a sample: everybody's."""
        if self.person is None or not data:
            return True
        if self.uploads is None:
            self.uploads = {}
            for row in self.connection.execute(select(documents).where(documents.c.kind == DATA_SET)):
                self.uploads.setdefault(row.data, []).append(thing_of(row))
        things = self.uploads.get(data)
        return things is None or any(may(self.person, Action.SEE, each) for each in things)

    def choose(self, rows: Iterable[Any], action: Action = Action.SEE) -> list[Any]:
        """Return the rows of ``latest_states`` with which the person may do something, one a key: the own one first."""
        there = list(rows)
        best: dict[tuple[str, str, str], int] = {}
        for row in sorted(there, key=self._order):
            place = row.kind, row.data, row.key
            if place not in best and self.may(action, row):  # of those of others nothing is asked once one was found
                best[place] = row.id
        chosen = {*best.values()}
        return [row for row in there if row.id in chosen]

    def _order(self, row: Any) -> tuple[bool, bool, bool, int]:
        """What was deleted for good comes last, or it would hide what others have under the same key."""
        mine = self.person.id if self.person else ""
        return not (row.number or row.revision), row.owner != mine, row.deleted_at is not None, row.id

    def _is_named_in_what_is_seen(self, row: Any) -> bool:
        """Whether its owner shares something that is about this design, such as an option.

        A text that names it opens nothing: else whoever knows a link could open it by a note, in a shared thing too. In
        JSON the quotes of a text have a backslash, so that no text looks like the field.
        """
        names = (
            exists().where(and_(table.c.document == documents.c.id, table.c.content.contains(field, autoescape=True)))
            for table, field in product((versions, drafts), (f'"design": "{row.key}"', f'"design":"{row.key}"'))
        )
        others = select(documents).where(
            documents.c.owner == row.owner, documents.c.kind != DESIGN, documents.c.data != "",
            documents.c.deleted_at.is_(None), or_(documents.c.key == row.key, *names),
        )  # fmt: skip
        return any(self.may(Action.SEE, each) for each in self.connection.execute(others))
