"""Which named connections a data set may read: those that its owner may, by role."""

from __future__ import annotations

from workbench.data.engine.connections import connections_for_uploads
from workbench.data.library.data_sets import DataSetEntry, workspace_folder
from workbench.rights.acting import as_server, current_person
from workbench.rights.may import TEAM, Action, Thing, may
from workbench.rights.person import Person, best_role
from workbench.ui.session.remember_person import known_people
from workbench.ui.session.saving import saving
from workbench.ui.session.signed_in import needs_sign_in, rights_settings


def allowed_connections(entry: DataSetEntry | None = None) -> dict[str, str]:
    """URLs by name of the connections that a data set may read; of one that is being put together without ``entry``.

    Who looks at a data set of somebody else reads it with the rights of that owner; without sign-in there are none.
    """
    found = connections_for_uploads()
    if not found or not needs_sign_in():
        return found
    person = current_person() if entry is None else _owner_of(entry)
    roles = rights_settings().connections
    return {
        name: url for name, url in found.items()
        if person is not None
        and may(person, Action.SEE, Thing("connection", roles=roles.get(name, frozenset())))
    }  # fmt: skip


def _owner_of(entry: DataSetEntry) -> Person | None:
    """The owner of a data set, with the role that the secrets give now, else that of the last sign-in.

    What belongs to a team reads what editors may.
    """
    if not entry.owner:
        return None
    if entry.owner.startswith(TEAM):
        return Person(entry.owner, "", "editor")
    settings = rights_settings()
    role = settings.listed.get(entry.owner) or ("" if settings.role_claim else settings.default)
    if not role and settings.role_claim:
        with saving(), as_server():
            known = known_people(workspace_folder()).get(entry.owner)
            role = best_role([known.role]) if known else ""
    return Person(entry.owner, "", role)
