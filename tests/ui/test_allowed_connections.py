"""A data set reads a named connection with the rights of its owner, and one that is put together with one's own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.acting import ADMIN, ANA, VIEWER, acting
from workbench.data.engine import connections
from workbench.data.library.data_sets import DataSetEntry, workspace_folder
from workbench.rights.acting import as_server
from workbench.rights.person import Person
from workbench.ui.session import remember_person, signed_in
from workbench.ui.session.allowed_connections import allowed_connections
from workbench.ui.session.cache import _entry_key

RIGHTS = {"admins": [ADMIN.id], "editors": [ANA.id], "viewers": [VIEWER.id],
          "connections": {"crm": ["editor", "admin"], "open": "viewer, editor, admin"}}  # fmt: skip
ALL = {"crm": "u1", "open": "u2", "hr": "u3"}


@pytest.fixture(autouse=True)
def set_up(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(signed_in.SETTING, signed_in.SIGN_IN)
    monkeypatch.setenv(connections.SETTING, connections.UPLOADS_TOO)
    monkeypatch.setattr(connections, "read_connections", lambda path: ALL)
    monkeypatch.setattr(signed_in, "_secret", lambda section: RIGHTS)


def entry(owner: str) -> DataSetEntry:
    return DataSetEntry("0" * 16, "Deals", "upload", Path(), Path(__file__), owner=owner)


@pytest.mark.parametrize(
    ("person", "names"), [(VIEWER, {"open"}), (ANA, {"crm", "open"}), (ADMIN, {*ALL}), (None, set())]
)
def test_each_role_uses_what_is_set_up_for_it(person: Person | None, names: set[str]) -> None:
    with acting(person):
        assert {*allowed_connections()} == names
    with acting(ADMIN if person == VIEWER else VIEWER):  # who looks makes no difference
        assert {*allowed_connections(entry(person.id if person else ""))} == names


def test_an_owner_who_lost_the_role_reads_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {*allowed_connections(entry(ANA.id))}
    key = _entry_key(entry(ANA.id), before)
    monkeypatch.setattr(signed_in, "_secret", lambda section: RIGHTS | {"editors": []})
    assert allowed_connections(entry(ANA.id)) == {}
    assert _entry_key(entry(ANA.id), {}) != key, "what was read with the connection is not shown again"


def test_a_role_from_a_claim_is_that_of_the_last_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signed_in, "_secret", lambda section: {"role_claim": "role", "connections": {"crm": "editor"}})
    assert allowed_connections(entry(ANA.id)) == {}
    with as_server():
        remember_person.remember_person(ANA, "1")
        assert {*allowed_connections(entry(ANA.id))} == {"crm"}
        remember_person.remember_person(replace(ANA, role="viewer"), "2")
        assert allowed_connections(entry(ANA.id)) == {}
        assert remember_person.known_people(workspace_folder())[ANA.id].role == "viewer"


def test_without_sign_in_it_is_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(signed_in.SETTING, signed_in.OPEN)
    assert allowed_connections(entry("")) == allowed_connections() == ALL
    monkeypatch.delenv(connections.SETTING)
    assert allowed_connections() == {}
