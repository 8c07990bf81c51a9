"""Hand uploads on to another owner: one with its older versions, or all of somebody who has left."""

from __future__ import annotations

from pathlib import Path

from workbench.data.engine.connections import connection_names
from workbench.data.library.data_sets import find_data_set
from workbench.data.library.deletion import own_versions
from workbench.data.model.relocate import list_locations
from workbench.errors import InputError
from workbench.rights.acting import current_person
from workbench.store.kinds import DATA_SET
from workbench.store.opening import reading, writing
from workbench.store.ownership import HandedOn, hand_on, hand_on_all
from workbench.store.rights import NotAllowedError


def hand_on_data_set(home: Path, entry_id: str, to: str) -> tuple[HandedOn, ...]:
    """Give an upload another owner; older versions come along as far as they belong to the same one.

    One that reads a database is handed on by admins alone: it is read with the rights of its owner, and would be read
    with those of whom it is given to.

    Raises
    ------
    NotAllowedError
        When the person at work may not.
    """
    person = current_person()
    with writing(home) as store:
        first = store.find(DATA_SET, entry_id, "")
        if first is None:
            return ()
        moved = []
        for each in own_versions(home, entry_id):
            found = store.find(DATA_SET, each, "")
            if found is None or found.owner != first.owner:
                continue
            if person is not None and person.role != "admin" and reads_connection(home, each):
                raise NotAllowedError
            moved.append(hand_on(store, DATA_SET, each, "", to))
    return tuple(each for each in moved if each is not None)


def hand_on_all_work(home: Path, owner: str, to: str) -> tuple[tuple[HandedOn, ...], int]:
    """Hand on all that a person owns, as ``hand_on_all``, without data sets that read a database.

    These are shared as their owner meant them, and would be read with the rights of the new one.
    """
    with writing(home) as store:
        return hand_on_all(store, owner, to, [data for data in _data_of(home, owner) if reads_connection(home, data)])


def names_reading_connections(home: Path, owner: str) -> tuple[str, ...]:
    """Return the names of a person's data sets that read a database, each once; deleted ones have none."""
    read = (find_data_set(home, data) for data in _data_of(home, owner) if reads_connection(home, data))
    return tuple(sorted({entry.name for entry in read if entry is not None}))


def _data_of(home: Path, owner: str) -> list[str]:
    with reading(home) as store:
        return [each.data for each in store.list(DATA_SET) if each.owner == owner and not each.is_erased]


def reads_connection(home: Path, entry_id: str) -> bool:
    """Whether a data set reads anything else than files of its own, or may; one that cannot be read may.

    A file that has the name of a connection counts as one too: what is handed on must not hang on which comes first.
    """
    entry = find_data_set(home, entry_id)
    try:
        places = list_locations(entry.load()) if entry else ()
        return entry is None or len(entry.files()) < len(places) or not connection_names().isdisjoint(places)
    except InputError:
        return True
