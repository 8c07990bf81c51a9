"""Each save is a version that stays; deleting is undone within 30 days, and nobody else's data set goes along."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from tests.data.library.test_data_sets import CALLS, dataset
from workbench.data.library import data_sets as library
from workbench.data.library import deletion
from workbench.data.library.deletion import (
    delete_data_set,
    deleted_name,
    erase_data_set,
    erase_old,
    list_deleted,
    own_versions,
    restore_data_set,
)
from workbench.data.library.versions import go_back, list_versions, newer_versions
from workbench.data.model.figures import Figures
from workbench.store.documents import DocumentWriter
from workbench.store.kinds import DATA_SET
from workbench.store.opening import writing
from workbench.store.schema import documents, drafts, versions
from workbench.store.takeover import STAMP

pytestmark = pytest.mark.usefixtures("each_database")

FILES = {"calls.csv": CALLS}


def forget_the_store(home: Path) -> None:
    with writing(home) as store:
        for table in (drafts, versions, documents):
            store.connection.execute(delete(table))


def shown(home: Path) -> list[str]:
    return [entry.id for entry in library.list_data_sets(home) if entry.kind == "upload"]


def saved(home: Path, name: str, replaces: str | None = None) -> str:
    return library.add_data_set(home, dataset(name=name), FILES, replaces=replaces).id


def test_each_save_is_a_version_with_its_time(tmp_path: Path) -> None:
    first = saved(tmp_path, "One")
    second = saved(tmp_path, "Two", first)
    third = saved(tmp_path, "Three", second)
    versions = list_versions(tmp_path, third)
    assert [version.entry.id for version in versions] == [third, second, first]
    assert sorted((version.at for version in versions), reverse=True) == [version.at for version in versions]
    assert [version.entry.id for version in list_versions(tmp_path, second)] == [second, first]
    assert [entry.id for entry in newer_versions(tmp_path, first)] == [third]
    assert newer_versions(tmp_path, third) == ()


def test_saving_without_a_change_is_no_version(tmp_path: Path) -> None:
    first = saved(tmp_path, "One")
    assert saved(tmp_path, "One", first) == first
    assert len(list_versions(tmp_path, first)) == 1


def test_going_back_and_forth_loses_no_version(tmp_path: Path) -> None:
    first = saved(tmp_path, "One")
    second = saved(tmp_path, "Two", first)
    assert go_back(tmp_path, second, first).id == first
    assert shown(tmp_path) == [first]
    went = list_versions(tmp_path, first)
    assert [version.entry.id for version in went] == [first, second, first]
    assert [version.back_to for version in went] == [went[2].at, None, None]
    go_back(tmp_path, first, second)
    assert shown(tmp_path) == [second]
    assert [version.entry.id for version in list_versions(tmp_path, second)] == [second, first, second, first]


def test_versions_that_an_older_app_saved_are_read(tmp_path: Path) -> None:
    first = saved(tmp_path, "One")
    second = saved(tmp_path, "Two", first)
    for each, content in ((first, {"added": "2026-01-01"}), (second, {"added": "2026-01-02", "replaces": first})):
        (tmp_path / "datasets" / each / STAMP).write_text(json.dumps(content))
    forget_the_store(tmp_path)
    assert [version.entry.id for version in list_versions(tmp_path, second)] == [second, first]
    assert shown(tmp_path) == [second]


def test_a_damaged_stamp_of_an_older_app_hides_nothing(tmp_path: Path) -> None:
    only = saved(tmp_path, "One")
    (tmp_path / "datasets" / only / STAMP).write_text("{")
    forget_the_store(tmp_path)
    assert shown(tmp_path) == [only]
    assert len(list_versions(tmp_path, only)) == 1


def test_a_folder_of_which_the_store_knows_nothing_is_brought_in(tmp_path: Path) -> None:
    """As after a process was killed between moving the folder and saying so."""
    first, second = saved(tmp_path, "One"), saved(tmp_path, "Two")
    forget_the_store(tmp_path)
    assert library.find_data_set(tmp_path, first).added
    assert set(shown(tmp_path)) == {first, second}
    assert delete_data_set(tmp_path, second)
    assert shown(tmp_path) == [first]


def test_figures_stay_beside_the_data_set(tmp_path: Path) -> None:
    only = saved(tmp_path, "One")
    figures = Figures(grain="month", n_rows=1, n_reps=1)
    library.record_figures(tmp_path, only, figures)
    assert library.find_data_set(tmp_path, only).figures == figures
    assert len(list_versions(tmp_path, only)) == 1


def test_deleting_takes_an_upload_out_of_reach_and_nothing_else(tmp_path: Path) -> None:
    gone, kept = saved(tmp_path, "Gone"), saved(tmp_path, "Kept")
    assert delete_data_set(tmp_path, gone)
    assert library.find_data_set(tmp_path, gone) is None
    assert shown(tmp_path) == [kept]
    assert [(each.entry.name, each.n_versions) for each in list_deleted(tmp_path)] == [("Gone", 1)]
    assert not delete_data_set(tmp_path, "dials-floor")
    assert (deleted_name(tmp_path, gone), deleted_name(tmp_path, kept)) == ("Gone", None)
    assert deleted_name(tmp_path, "../x") is None


def test_a_deletion_is_undone_with_all_versions(tmp_path: Path) -> None:
    first = saved(tmp_path, "One")
    second = saved(tmp_path, "Two", first)
    delete_data_set(tmp_path, second)
    assert shown(tmp_path) == []
    assert list_deleted(tmp_path)[0].n_versions == 2
    assert restore_data_set(tmp_path, second)
    assert shown(tmp_path) == [second]
    assert [version.entry.id for version in list_versions(tmp_path, second)] == [second, first]
    assert not restore_data_set(tmp_path, second)


def test_what_was_deleted_is_there_for_30_days_and_then_gone(tmp_path: Path) -> None:
    gone, kept = saved(tmp_path, "Gone"), saved(tmp_path, "Kept")
    delete_data_set(tmp_path, gone)
    erase_old(tmp_path, datetime.now(UTC) + timedelta(days=29))
    assert len(list_deleted(tmp_path)) == 1
    erase_old(tmp_path, datetime.now(UTC) + timedelta(days=31))
    assert [path.name for path in (tmp_path / "datasets").iterdir()] == [kept]


def test_older_versions_are_erased_too_when_the_latest_one_was_brought_back(tmp_path: Path) -> None:
    first = saved(tmp_path, "One")
    second = saved(tmp_path, "Two", first)
    delete_data_set(tmp_path, second)
    assert saved(tmp_path, "Two") == second
    erase_old(tmp_path, datetime.now(UTC) + timedelta(days=31))
    assert [path.name for path in (tmp_path / "datasets").iterdir()] == [second]


def test_erasing_reaches_only_what_was_deleted(tmp_path: Path) -> None:
    kept = saved(tmp_path, "Kept")
    erase_data_set(tmp_path, kept)
    erase_data_set(tmp_path, "../datasets")
    assert shown(tmp_path) == [kept]


def test_a_version_from_which_another_data_set_was_made_stays_when_one_is_deleted(tmp_path: Path) -> None:
    first = saved(tmp_path, "One")
    mine, hers = saved(tmp_path, "Mine", first), saved(tmp_path, "Hers", first)
    assert own_versions(tmp_path, mine) == (mine,)
    delete_data_set(tmp_path, mine)
    assert shown(tmp_path) == [hers]
    back = go_back(tmp_path, hers, first)
    assert set(own_versions(tmp_path, back.id)) == {first, hers}


def test_bringing_what_was_deleted_brings_it_back(tmp_path: Path) -> None:
    only = saved(tmp_path, "One")
    delete_data_set(tmp_path, only)
    assert saved(tmp_path, "One") == only
    assert shown(tmp_path) == [only]
    assert list_deleted(tmp_path) == ()


def test_what_somebody_restores_just_before_it_would_be_erased_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = library.add_data_set(tmp_path, dataset(), {"calls.csv": CALLS})
    delete_data_set(tmp_path, entry.id)

    @contextmanager
    def after_somebody_else(home: Path) -> Iterator[DocumentWriter]:
        with writing(home) as store:
            assert store.restore(DATA_SET, entry.id, "")
        with writing(home) as store:
            yield store

    monkeypatch.setattr(deletion, "writing", after_somebody_else)
    erase_data_set(tmp_path, entry.id)
    found = library.find_data_set(tmp_path, entry.id)
    assert found is not None
    assert found.files()["calls.csv"].read_bytes() == CALLS
