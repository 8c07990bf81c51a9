"""What tests put into a store and look at in it, past the rooms that use it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from workbench.phases.phase_file import PhaseFile, parse_phases
from workbench.store.kinds import PHASES
from workbench.store.opening import open_store, reading, writing


def put(home: Path, kind: str, data: str, key: str, content: str) -> None:
    """Save a content as it is, such as a damaged one."""
    with writing(home) as store:
        store.save(kind, data, key, content)


def put_draft(home: Path, kind: str, data: str, key: str, content: str) -> None:
    with writing(home) as store:
        store.keep_draft(kind, data, key, content)


def contents(home: Path, kind: str, data: str = "") -> list[str]:
    """Every version of a kind, in order."""
    with reading(home) as store:
        return [version.content for _, _, version in store.versions(kind, data)]


def latest(home: Path, kind: str, data: str, key: str = "") -> str:
    """The last version of a document."""
    with reading(home) as store:
        found = store.find(kind, data, key)
    assert found is not None
    assert found.version is not None
    return found.version.content


def n_documents(home: Path, kind: str) -> int:
    with reading(home) as store:
        return len(store.list(kind))


def saved_phases(home: Path, data: str) -> PhaseFile:
    """The phase file of a data set as it was saved last."""
    return parse_phases(json.loads(latest(home, PHASES, data)))


@contextmanager
def full_disk(home: Path) -> Iterator[None]:
    """Within, the database of a workspace says at every commit what it says on a full disk."""

    def full(connection: Connection) -> None:
        if connection.get_execution_options().get("writes"):
            raise OperationalError("COMMIT", None, sqlite3.OperationalError("database or disk is full"))

    engine = open_store(home).engine
    event.listen(engine, "commit", full)
    try:
        yield
    finally:
        event.remove(engine, "commit", full)
