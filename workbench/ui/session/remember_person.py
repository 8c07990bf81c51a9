"""What the store keeps of those who signed in: name, role and teams as of the last time, and a line in the log."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from workbench.data.library.data_sets import workspace_folder
from workbench.rights.person import Person
from workbench.store.kinds import PERSON
from workbench.store.opening import reading, writing
from workbench.ui.session.saving import saving


@dataclass(frozen=True)
class KnownPerson:
    """Somebody who signed in once, with the role of the last time, and whether only some reps may be seen."""

    id: str
    name: str
    role: str
    teams: frozenset[str] = frozenset()
    limited: bool | None = None


def remember_person(person: Person, token: str) -> None:
    """Keep who signed in, and note a sign-in that is not the last one known. ``token``: what tells sign-ins apart."""
    content = json.dumps({"name": person.name, "role": person.role, "teams": sorted(person.teams),
                          "limited": person.limit is not None, "token": token})  # fmt: skip
    with saving(), writing(workspace_folder()) as store:
        before = store.find(PERSON, "", person.id)
        known = before.draft.content if before and before.draft else "{}"
        if known == content:
            return
        store.keep_draft(PERSON, "", person.id, content)
        if json.loads(known).get("token") != token or not token:
            store.record("sign in", by=person.told_apart, role=person.role)


def known_people(home: Path) -> dict[str, KnownPerson]:
    """Return everybody who signed in once, by id."""
    with reading(home) as store:
        found = {each.key: json.loads(each.draft.content) for each in store.list(PERSON) if each.draft}
    return {
        who: KnownPerson(
            who, str(kept.get("name")), str(kept.get("role")), frozenset(kept.get("teams", ())), kept.get("limited")
        )
        for who, kept in found.items()
    }
