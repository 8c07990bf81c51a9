"""Data sets belong to people: two may have the same one, and nobody finds out about those of others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.acting import ADMIN, ANA, BEN, CY, LIMITED, VIEWER, acting
from workbench.data.library.data_sets import DataSetEntry, add_data_set, find_data_set, list_data_sets
from workbench.data.library.deletion import (
    delete_data_set,
    deleted_name,
    erase_old,
    list_deleted,
    restore_data_set,
)
from workbench.data.library.versions import list_versions, newer_versions
from workbench.data.model.dataset import DataSet, Measure, Source
from workbench.errors import InputError
from workbench.rights.may import EVERYBODY, TEAM
from workbench.rights.person import Person
from workbench.store.kinds import DATA_SET
from workbench.store.opening import writing
from workbench.store.rights import NotAllowedError

FILE = b"rep,day,amount\nAna,2024-01-03,5\n"


def upload(home: Path, name: str = "Secret", replaces: str | None = None) -> DataSetEntry:
    source = Source(name="deals", location="deals.csv", rep="rep", date="day",
                    measures=(Measure(name="won", aggregate="count"),))  # fmt: skip
    return add_data_set(home, DataSet(name=name, sources=(source,)), {"deals.csv": FILE}, replaces=replaces)


def share(home: Path, entry: DataSetEntry, shared: str, person: Person = ANA) -> None:
    with acting(person), writing(home) as store:
        store.share(DATA_SET, entry.id, "", shared)


def uploads(home: Path, person: Person | None) -> list[str]:
    with acting(person):
        return [each.id for each in list_data_sets(home) if each.kind == "upload"]


def test_a_private_data_set_is_there_for_its_owner_and_admins_alone(tmp_path: Path) -> None:
    with acting(ANA):
        entry = upload(tmp_path)
    for person in (BEN, VIEWER, LIMITED):
        assert uploads(tmp_path, person) == []
        with acting(person):
            assert find_data_set(tmp_path, entry.id) is None
            assert list_versions(tmp_path, entry.id) == ()
            assert any(each.kind == "sample" for each in list_data_sets(tmp_path)), "samples are everybody's"
    assert uploads(tmp_path, ADMIN) == uploads(tmp_path, ANA) == uploads(tmp_path, None) == [entry.id]
    share(tmp_path, entry, f"{TEAM}North")
    assert uploads(tmp_path, BEN) == uploads(tmp_path, VIEWER) == [entry.id]
    assert uploads(tmp_path, CY) == []


def test_a_deleted_data_set_of_somebody_else_has_no_name(tmp_path: Path) -> None:
    with acting(ANA):
        entry = upload(tmp_path)
        delete_data_set(tmp_path, entry.id)
        assert deleted_name(tmp_path, entry.id) == "Secret"
    with acting(BEN):
        assert deleted_name(tmp_path, entry.id) is None
        assert list_deleted(tmp_path) == ()
        assert not restore_data_set(tmp_path, entry.id)


def test_two_people_with_the_same_files_delete_their_own(tmp_path: Path) -> None:
    with acting(ANA):
        entry = upload(tmp_path)
    with acting(BEN):
        assert upload(tmp_path).id == entry.id
        assert delete_data_set(tmp_path, entry.id)
        assert find_data_set(tmp_path, entry.id) is None
    assert uploads(tmp_path, ANA) == [entry.id]
    erase_old(tmp_path, datetime.now(UTC) + timedelta(days=40))
    assert uploads(tmp_path, ANA) == [entry.id]
    assert (entry.folder / "deals.csv").read_bytes() == FILE, "Ana still has them"
    with acting(ANA):
        delete_data_set(tmp_path, entry.id)
    for _ in range(2):
        erase_old(tmp_path, datetime.now(UTC) + timedelta(days=40))
    assert not entry.folder.exists(), "nobody has them any more"


def test_who_may_only_look_brings_and_deletes_nothing(tmp_path: Path) -> None:
    with acting(ANA):
        entry = upload(tmp_path)
    share(tmp_path, entry, EVERYBODY)
    for person in (VIEWER, LIMITED):
        with acting(person), pytest.raises(InputError):
            upload(tmp_path, "Own")
    with acting(VIEWER), pytest.raises(NotAllowedError):
        delete_data_set(tmp_path, entry.id)
    assert len(list((tmp_path / "datasets").glob("[0-9a-f]*"))) == 1


def test_a_new_version_of_a_shared_data_set_is_shared_alike(tmp_path: Path) -> None:
    with acting(ANA):
        first = upload(tmp_path)
    share(tmp_path, first, EVERYBODY)
    with acting(ANA):
        second = upload(tmp_path, "Secret, edited", replaces=first.id)
    assert uploads(tmp_path, CY) == [second.id]
    with acting(CY):
        own = upload(tmp_path, "Of Cy", replaces=second.id)
    assert uploads(tmp_path, CY) == [own.id]
    assert uploads(tmp_path, ANA) == [second.id], "what Cy makes of it is his"


def test_what_somebody_makes_of_a_data_set_they_may_only_look_at_takes_its_place_for_nobody_else(
    tmp_path: Path,
) -> None:
    with acting(ANA):
        first = upload(tmp_path)
    share(tmp_path, first, EVERYBODY)
    with acting(CY):
        theirs = upload(tmp_path, "Of Cy", replaces=first.id)
    share(tmp_path, theirs, EVERYBODY, CY)
    assert uploads(tmp_path, CY) == [theirs.id]
    for person in (ANA, BEN, VIEWER, LIMITED, ADMIN):
        assert uploads(tmp_path, person) == [theirs.id, first.id]
        with acting(person):
            assert newer_versions(tmp_path, first.id) == ()
    assert uploads(tmp_path, None) == [theirs.id], "without sign-in there is one history"
    with acting(ADMIN):
        mended = upload(tmp_path, "Of Ada", replaces=first.id)
    assert uploads(tmp_path, VIEWER) == [mended.id, theirs.id], "an admin may share it, so the new one stands for it"


def test_an_editor_of_the_team_replaces_what_is_shared_with_it(tmp_path: Path) -> None:
    with acting(ANA):
        first = upload(tmp_path)
    share(tmp_path, first, f"{TEAM}North")
    with acting(BEN):
        second = upload(tmp_path, "Of Ben", replaces=first.id)
    share(tmp_path, second, f"{TEAM}North", BEN)
    assert uploads(tmp_path, ANA) == uploads(tmp_path, VIEWER) == [second.id]


def test_folders_that_the_store_does_not_know_are_for_admins(tmp_path: Path) -> None:
    with acting(ANA):
        entry = upload(tmp_path)
    (tmp_path / "datasets" / entry.id).rename(tmp_path / "datasets" / ("f" * 16))
    assert uploads(tmp_path, BEN) == []
    assert uploads(tmp_path, ADMIN) == ["f" * 16]
