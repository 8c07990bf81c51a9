"""A store is made on first use, follows its file, and where it cannot be written reading goes on."""

from __future__ import annotations

import importlib
import os
import shutil
import sqlite3
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from tests.postgres import Cluster
from tests.store.test_takeover import BEFORE, FLOOR, SECOND
from tests.stored import full_disk, latest, n_documents, put
from workbench.data.library.data_sets import find_data_set, list_data_sets
from workbench.data.library.deletion import list_deleted
from workbench.data.library.versions import list_versions
from workbench.design.decisions import read_decisions
from workbench.design.model import Design
from workbench.design.options import list_options
from workbench.design.shelf import read_shelf
from workbench.design.store import design_id, keep_design_draft
from workbench.phases.coaching_record import list_coaching, list_settled
from workbench.store import opening
from workbench.store.address import FILE, VARIABLE, shown_address, store_address
from workbench.store.documents import DocumentWriter
from workbench.store.kinds import DATA_SET, DESIGN, OPTION, SCORECARD
from workbench.store.migrate import HEAD, migrate
from workbench.store.migrations import v0001_documents, v0002_rights
from workbench.store.opening import close_stores, open_store, reading, writing
from workbench.trials.trial_library import list_trials

KIND, DATA = "trial", "floor"


def saved(home: Path) -> list[str]:
    with reading(home) as store:
        return [version.content for _, _, version in store.versions(KIND)]


def test_a_store_is_one_file_made_on_first_use(tmp_path: Path) -> None:
    home = tmp_path / "not" / "there"
    put(home, KIND, DATA, "k", "a")
    assert open_store(home).place == str(home / FILE)
    close_stores()
    assert [path.name for path in home.iterdir()] == [FILE]
    assert saved(home) == ["a"]
    assert open_store(home) is open_store(home), "one engine a process"


@pytest.mark.usefixtures("each_database")
def test_what_sqlite_and_postgresql_need_is_set(tmp_path: Path, each_database: str) -> None:
    def asked(question: str) -> object:
        with reading(tmp_path) as store:
            return store.connection.exec_driver_sql(question).scalar()

    if each_database == "sqlite":
        pragmas = ("journal_mode", "busy_timeout", "foreign_keys", "synchronous")
        assert [asked(f"PRAGMA {name}") for name in pragmas] == ["wal", 30_000, 1, 2]
    else:
        assert asked("SHOW lock_timeout") == "30s"
        assert asked("SHOW transaction_isolation") == "repeatable read"


def test_an_address_comes_from_the_environment_then_from_the_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = tmp_path / "secrets.toml"
    monkeypatch.delenv(VARIABLE, raising=False)
    assert shown_address(store_address(tmp_path, secrets)) == str(tmp_path / FILE)
    secrets.write_text('[store]\nurl = "postgres://ann:secret@db/kpi"\n')
    with pytest.raises(OSError, match="SQLite or PostgreSQL"):
        store_address(tmp_path, secrets)
    secrets.write_text('[store]\nurl = "postgresql://ann:secret@db/kpi"\n')
    address = store_address(tmp_path, secrets)
    assert (address.drivername, shown_address(address)) == ("postgresql+psycopg", "postgresql+psycopg://ann:***@db/kpi")
    monkeypatch.setenv(VARIABLE, "postgresql://db/kpi?user=ann&password=secret")
    assert shown_address(store_address(tmp_path, secrets)) == "postgresql+psycopg://db/kpi"
    monkeypatch.setenv(VARIABLE, f"sqlite:///{tmp_path}/other.db")
    assert shown_address(store_address(tmp_path, secrets)) == f"{tmp_path}/other.db"
    for wrong in ("secret@nowhere", "mysql://ann:secret@db/kpi", "sqlite://"):
        monkeypatch.setenv(VARIABLE, wrong)
        with pytest.raises(OSError, match="the") as caught:
            store_address(tmp_path, secrets)
        assert "secret" not in str(caught.value)


def test_a_wrong_address_leaves_reading_and_says_why_nothing_can_be_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "postgresql://nobody@localhost:1/none?connect_timeout=1")
    assert saved(tmp_path) == []
    with pytest.raises(OSError, match="cannot be reached"):
        put(tmp_path, KIND, DATA, "k", "a")
    monkeypatch.setitem(sys.modules, "psycopg", None)
    close_stores()
    assert saved(tmp_path) == []
    with pytest.raises(OSError, match="psycopg is not installed"):
        put(tmp_path, KIND, DATA, "k", "a")


@pytest.mark.usefixtures("each_database")
def test_a_store_that_a_later_release_made_is_left_alone(tmp_path: Path) -> None:
    put(tmp_path, KIND, DATA, "k", "a")
    with writing(tmp_path) as store:
        store.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    close_stores()
    with pytest.raises(OSError, match="newer version"):
        put(tmp_path, KIND, DATA, "k", "b")


def test_a_workspace_that_is_no_folder_is_empty_and_cannot_be_saved_to(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("a file where the folder should be")
    assert saved(home) == []
    with pytest.raises(OSError, match="File exists"):
        put(home, KIND, DATA, "k", "a")
    home.unlink()
    tried_a_while_ago(home)
    put(home, KIND, DATA, "k", "a")
    assert saved(home) == ["a"]


def tried_a_while_ago(home: Path) -> None:
    """As if the store of a workspace had been tried a while ago."""
    open_store(home).opened_at -= opening.TRY_AGAIN_SECONDS


def test_a_store_whose_file_was_moved_away_is_made_anew_and_the_old_one_can_come_back(tmp_path: Path) -> None:
    home = tmp_path / "home"
    put(home, KIND, DATA, "k", "a")
    close_stores()
    assert saved(home) == ["a"]
    home.rename(tmp_path / "elsewhere")
    assert saved(home) == []
    put(home, KIND, DATA, "k", "b")
    close_stores()
    shutil.rmtree(home)
    (tmp_path / "elsewhere").rename(home)
    assert saved(home) == ["a"]


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the rights of the superuser, who may write whatever the file system says."""
    if os.geteuid() != 0:
        yield
        return
    importlib.import_module("alembic.runtime.environment")  # the packages may lie where nobody else may read
    os.setegid(65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


def reads_everything(home: Path) -> tuple[int, ...]:
    """How much each function finds that reads the store within another read of it."""
    entry = find_data_set(home, SECOND)
    assert entry is not None
    log = read_decisions(home, SECOND)
    return (len(list_trials(home, entry)), len(log.decisions), len(list_coaching(home, entry)),
            len(list_settled(home, entry)), len(list_deleted(home)), len(list_versions(home, SECOND)))  # fmt: skip


@pytest.mark.usefixtures("each_database")
def test_a_read_within_a_read_is_part_of_it_and_sees_what_the_thread_has_written_since(tmp_path: Path) -> None:
    put(tmp_path, KIND, DATA, "k", "a")
    with reading(tmp_path) as outer:
        with reading(tmp_path) as inner:
            assert inner is outer
        with reading(tmp_path) as again:
            assert again is outer, "the end of an inner one ends nothing"
        put(tmp_path, KIND, DATA, "k", "b")
        assert saved(tmp_path) == ["a", "b"]
    assert saved(tmp_path) == ["a", "b"]


def test_many_threads_read_at_once_and_write_within(tmp_path: Path) -> None:
    put(tmp_path, KIND, DATA, "k", "a")
    all_read = threading.Barrier(20, timeout=60)

    def read_and_write(number: int) -> None:
        with reading(tmp_path) as store:
            assert store.find(KIND, DATA, "k") is not None
            all_read.wait()
            put(tmp_path, KIND, DATA, f"{number}", "b")

    with ThreadPoolExecutor(20) as people:
        list(people.map(read_and_write, range(20)))
    assert len(saved(tmp_path)) == 21


@pytest.mark.parametrize("taken_over", [True, False])
def test_a_read_only_workspace_is_read_and_says_that_nothing_can_be_saved(tmp_path: Path, taken_over: bool) -> None:
    home = Path(shutil.copytree(BEFORE, tmp_path / "home"))
    if taken_over:
        assert len(list_options(home, FLOOR)) == 2
        close_stores()
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
    for path in (*home.rglob("*"), home):
        path.chmod(0o555 if path.is_dir() else 0o444)
    shared = Path(tempfile.gettempdir())
    for parent in (tmp_path, *(each for each in tmp_path.parents if shared in each.parents)):
        parent.chmod(0o755)
    with as_nobody():
        assert [option.name for option in list_options(home, FLOOR)] == ["Calm", "Bold"]
        assert reads_everything(home) == (1, 2, 1, 1, 1, 2)
        with pytest.raises(OSError, match=r"Read-only file system|Permission denied"):
            put(home, KIND, DATA, "k", "a")
    close_stores()
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == before


@pytest.mark.usefixtures("each_database")
def test_a_full_disk_is_said_and_what_was_saved_before_stays(tmp_path: Path) -> None:
    put(tmp_path, KIND, DATA, "k", "a")
    with full_disk(tmp_path):
        with pytest.raises(OSError, match="No space left on device"):
            put(tmp_path, KIND, DATA, "k", "b")
        assert saved(tmp_path) == ["a"]
    put(tmp_path, KIND, DATA, "k", "c")
    assert saved(tmp_path) == ["a", "c"]


def test_a_file_that_is_no_database_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all" * 100)
    assert saved(tmp_path) == []
    with pytest.raises(OSError, match="the store gave an error"):
        put(tmp_path, KIND, DATA, "k", "a")
    assert (tmp_path / FILE).read_bytes() == b"no database at all" * 100


def test_every_released_schema_is_brought_up_to_date_with_its_content(tmp_path: Path) -> None:
    """One file a release that changed the tables, made by it: ``released/<revision>.sql``."""
    released = sorted((Path(__file__).parent / "released").glob("*.sql"))
    assert [path.stem for path in released][-1] == HEAD
    for path in released:
        home = tmp_path / path.stem
        home.mkdir()
        old = sqlite3.connect(home / FILE)
        old.executescript(path.read_text("utf-8"))
        old.close()
        with reading(home) as store:
            (option,) = store.list(OPTION, FLOOR)
            assert option.version is not None
            assert option.owner == {"0001": ""}.get(path.stem, "ann@example.com"), "a display name was no owner"
            assert (option.version.number, option.version.author, option.version.note) == (2, "Ann", "for Monday")
            assert [line["action"] for line in store.audit_log()] == ["save", "save"]
        assert "Calm" in latest(home, OPTION, FLOOR, "0123456789ab")
        assert open_store(home).closed is None


def test_what_had_a_display_name_as_owner_is_nobodys(tmp_path: Path, each_database: str) -> None:
    """PostgreSQL changes its tables where SQLite makes them anew."""
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    engine = create_engine(store_address(tmp_path))
    with engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        v0001_documents.upgrade()
        connection.exec_driver_sql(
            "INSERT INTO documents (kind, data, key, owner, made_at) VALUES ('option', 'floor', 'k', 'Ana Ruiz', '')"
        )
        v0002_rights.upgrade()
        assert connection.exec_driver_sql("SELECT owner, shared FROM documents").all() == [("", "")], each_database
    engine.dispose()


def test_the_tables_are_those_that_the_code_names(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from workbench.store.schema import TABLES

    with writing(tmp_path) as store:
        assert isinstance(store, DocumentWriter)
        assert not migrate(store.connection), "it is up to date"
        assert compare_metadata(MigrationContext.configure(store.connection), TABLES) == []


def test_a_database_that_goes_away_leaves_reading_until_it_is_back(
    tmp_path: Path, postgres: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = postgres.new_database()
    monkeypatch.setenv(VARIABLE, address)
    put(tmp_path, KIND, DATA, "k", "a")
    postgres.drop(address)
    assert saved(tmp_path) == []
    assert open_store(tmp_path).closed is not None
    with pytest.raises(OSError, match="cannot be reached"):
        put(tmp_path, KIND, DATA, "k", "b")
    postgres.new_database(address)
    tried_a_while_ago(tmp_path)
    put(tmp_path, KIND, DATA, "k", "c")
    assert saved(tmp_path) == ["c"]
    close_stores()


@pytest.mark.usefixtures("each_database")
@pytest.mark.parametrize("restarted", [True, False])
def test_what_was_deleted_is_erased_after_thirty_days(tmp_path: Path, restarted: bool) -> None:
    with writing(tmp_path) as store:
        for days in (29, 31):
            store.save(OPTION, DATA, f"{days}", "{}")
            at = (datetime.now(UTC) - timedelta(days=days)).isoformat()
            store.delete(OPTION, DATA, f"{days}", at=at)
    if restarted:
        close_stores()
    else:
        open_store(tmp_path).upkeep_at -= opening.UPKEEP_SECONDS + 1
    with reading(tmp_path) as store:
        assert [(each.key, each.is_erased) for each in store.list(OPTION)] == [("29", False), ("31", True)]


@pytest.mark.parametrize("damage", ["null", "[", "[1]", '{"design": "zz"}', '{"design": 1}', "[" * 200_000])
def test_damaged_rows_take_no_page_along(tmp_path: Path, damage: str) -> None:
    home = Path(shutil.copytree(BEFORE, tmp_path / "home"))
    put(home, SCORECARD, FLOOR, "", damage)
    put(home, DATA_SET, SECOND, "", damage)
    assert read_shelf(home, FLOOR).current is None
    assert find_data_set(home, SECOND) is not None
    assert SECOND in {each.id for each in list_data_sets(home)}


def test_what_nobody_thought_of_leaves_the_pages_open_and_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise TypeError

    put(tmp_path, KIND, DATA, "k", "a")
    close_stores()
    (tmp_path / "options").mkdir()
    monkeypatch.setattr(opening, "take_over", fail)
    assert saved(tmp_path) == []
    with pytest.raises(OSError, match="brought up to date"):
        put(tmp_path, KIND, DATA, "k", "b")


def test_an_address_that_cannot_be_read_opens_one_store_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "nowhere")
    assert open_store(tmp_path) is open_store(tmp_path)
    monkeypatch.delenv(VARIABLE)
    put(tmp_path, KIND, DATA, "k", "a")
    assert saved(tmp_path) == ["a"]


def test_a_store_in_memory_stays_open_for_those_who_read_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("a file where the folder should be")
    with reading(home) as store:
        tried_a_while_ago(home)
        before = open_store(home)
        assert before.closed is not None
        assert store.list(KIND) == ()


@pytest.mark.usefixtures("each_database")
def test_drafts_that_no_link_opened_for_long_are_forgotten_once_a_day(tmp_path: Path) -> None:
    with writing(tmp_path) as store:
        for days in (89, 91):
            at = (datetime.now(UTC) - timedelta(days=days)).isoformat()
            store.keep_draft(DESIGN, "", f"{days}", "{}", at=at)
    keep_design_draft(tmp_path, Design(name="new"))
    assert n_documents(tmp_path, DESIGN) == 3, "not while somebody moves a weight"
    open_store(tmp_path).upkeep_at -= opening.UPKEEP_SECONDS + 1
    with reading(tmp_path) as store:
        assert {each.key for each in store.list(DESIGN)} == {"89", design_id(Design(name="new"))}
