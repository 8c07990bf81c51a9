"""A backup is one file with everything, and restoring it brings that state back, on either database."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.store import savers
from tests.store.test_takeover import BEFORE, FLOOR, SECOND
from tests.stored import put
from workbench.cli.main import main
from workbench.data.library.data_sets import find_data_set, list_data_sets
from workbench.design.options import list_options
from workbench.store import backup
from workbench.store.address import VARIABLE
from workbench.store.backup import BadBackupError, restore_backup, write_backup
from workbench.store.kinds import DATA_SET, DESIGN, OPTION, SAVED_DESIGN, TRIAL
from workbench.store.opening import close_stores, reading

KINDS = (DATA_SET, DESIGN, SAVED_DESIGN, OPTION, TRIAL)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BEFORE, tmp_path / "home"))


def state(home: Path) -> dict[str, object]:
    """All documents with their versions, and the files of data sets by name and content."""
    with reading(home) as store:
        found: dict[str, object] = {kind: (store.list(kind), list(store.versions(kind))) for kind in KINDS}
    files = [path for path in (home / "datasets").rglob("*") if path.is_file()]
    return found | {f"{path.relative_to(home)}": path.read_bytes() for path in files}


@pytest.mark.usefixtures("each_database")
def test_a_restored_workspace_is_as_it_was_and_what_was_there_is_in_another_backup(home: Path, tmp_path: Path) -> None:
    before = state(home)
    file = tmp_path / "backup.zip"
    content = write_backup(home, file)
    assert content.n_data_sets == 4
    put(home, OPTION, FLOOR, "aaaaaaaaaaaa", "{}")
    added = savers.add_numbered(home, "since")
    since = state(home)
    assert since != before
    restored = restore_backup(home, file)
    assert state(home) == before
    assert find_data_set(home, added) is None
    assert (restored.n_documents, restored.n_data_sets) == (content.n_documents, 4)
    put(home, OPTION, FLOOR, "bbbbbbbbbbbb", "{}")  # numbers of rows go on after those that came back
    assert restored.before is not None
    restore_backup(home, restored.before)
    assert state(home) == since
    with reading(home) as store:
        assert [line["action"] for line in store.audit_log(action="restore backup")] == ["restore backup"] * 2


def test_a_backup_of_one_database_is_restored_to_the_other(
    home: Path, tmp_path: Path, postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, file = state(home), tmp_path / "backup.zip"
    write_backup(home, file)
    with reading(home) as store:
        log = store.audit_log()
    monkeypatch.setenv(VARIABLE, postgres.new_database())
    other = tmp_path / "other"
    restore_backup(other, file)
    assert state(other) == before
    with reading(other) as store:
        assert store.audit_log()[1:] == log, "a new place begins with the log of the old one"
    back = io.BytesIO()
    write_backup(other, back)
    monkeypatch.delenv(VARIABLE)
    restore_backup(tmp_path / "third", back)
    assert state(tmp_path / "third") == before
    close_stores()


def test_who_was_an_owner_by_display_name_is_none_after_a_restore(tmp_path: Path) -> None:
    row: dict[str, object] = {"id": 1, "kind": OPTION, "data": FLOOR, "key": "k", "owner": "Ana Ruiz", "made_at": "",
                              "deleted_at": None, "deleted_by": None, "deleted_with": None}  # fmt: skip
    for number, (more, owner) in enumerate((({}, ""), ({"shared": ""}, "Ana Ruiz"))):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as packed:
            packed.writestr("store.jsonl", f'{{"workbench backup": 1}}\n{json.dumps({"documents": row | more})}\n')
        restore_backup(tmp_path / f"{number}", file)
        with reading(tmp_path / f"{number}") as store:
            assert [each.owner for each in store.list(OPTION)] == [owner]


def test_a_backup_while_others_save_is_one_state(tmp_path: Path) -> None:
    home = tmp_path / "home"

    def save(person: int) -> None:
        for number in range(6):
            savers.save_numbered_option(home, f"{person}.{number}")

    with ThreadPoolExecutor(4) as people:
        running = [people.submit(save, person) for person in range(4)]
        for number in range(5):
            write_backup(home, tmp_path / f"{number}.zip")
        for each in running:
            each.result()
    for number in range(5):
        there = tmp_path / f"restored {number}"
        restore_backup(there, tmp_path / f"{number}.zip")
        with reading(there) as store:
            assert {each.key for each in store.list(OPTION)} == {each.key for each in store.list(DESIGN)}


HOSTILE = ("an absolute path", "a path upwards", "no path", "a data set with a key", "half a character",
           "a number of 40 digits", "a deep line", "a long line")  # fmt: skip


@pytest.mark.parametrize("what", ["no zip", "no rows", "other format", "a lacking column", "a path", "a damaged line",
                                  "damaged files", "a password", *HOSTILE])  # fmt: skip
def test_what_is_no_backup_changes_nothing(
    home: Path, tmp_path: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, file = state(home), tmp_path / "backup.zip"
    write_backup(home, file)
    with zipfile.ZipFile(file) as good:
        lines = good.read("store.jsonl").decode().splitlines()
        shelved = [name for name in good.namelist() if name != "store.jsonl"]
    names = ["store.jsonl"]
    at = next(n for n, line in enumerate(lines) if '"kind": "data set"' in line)
    row = json.loads(lines[at])["documents"]
    match what:
        case "an absolute path":
            row["data"] = str(tmp_path / "victim")
        case "a path upwards":
            row["data"] = ".."
        case "no path":
            row["data"] = ""
        case "a data set with a key":
            row["key"] = "k"
        case "half a character":
            row["owner"] = "\ud800"
        case "a number of 40 digits":
            row["id"] = 10**40
        case "a deep line":
            lines[2] = "[" * 200_000
        case "a long line":
            monkeypatch.setattr(backup, "LONGEST_LINE", 100)
        case "no rows":
            names = ["other.jsonl"]
        case "other format":
            lines[0] = json.dumps({"workbench backup": 2})
        case "a lacking column":
            lines[1] = json.dumps({"documents": {"id": 1}})
        case "a path":
            names.append("datasets/0123456789abcdef/../../../evil")
        case "a damaged line":
            lines[2] = "[1, 2"
    if what in HOSTILE[:6]:
        lines[at] = json.dumps({"documents": row})
    if what == "damaged files":
        names += shelved
    with zipfile.ZipFile(file, "w") as bad:
        for name in names:
            bad.writestr(name, "\n".join(lines))
    if what == "damaged files":
        begin = shelved[0].encode()
        file.write_bytes(file.read_bytes().replace(begin + b"{", begin + b"["))
    if what == "a password":
        content = bytearray(file.read_bytes())
        content[6] |= 1  # the flag of the file, and the same in the directory
        content[content.index(b"PK\x01\x02") + 8] |= 1
        file.write_bytes(content)
    if what == "no zip":
        file.write_bytes(b"no zip at all")
    with pytest.raises(BadBackupError):
        restore_backup(home, file)
    assert state(home) == before
    assert not list(home.glob("before-restore*"))
    assert not list((home / "datasets").glob(".new-*"))


def test_a_row_that_is_no_name_of_a_folder_neither_removes_nor_reads_one(home: Path, tmp_path: Path) -> None:
    """As an earlier release restored it."""
    (tmp_path / "victim").mkdir()
    (tmp_path / "victim" / "secret").write_text("x")
    good, bad = tmp_path / "good.zip", tmp_path / "bad.zip"
    write_backup(home, good)
    for data in (str(tmp_path / "victim"), "..", ""):
        put(home, DATA_SET, data, "", "{}")
    write_backup(home, bad)
    with zipfile.ZipFile(good) as before, zipfile.ZipFile(bad) as file:
        assert file.namelist() == before.namelist()
    restore_backup(home, good)
    assert (tmp_path / "victim" / "secret").read_text() == "x"
    assert find_data_set(home, SECOND) is not None


@pytest.mark.usefixtures("each_database")
def test_what_is_saved_during_a_restore_is_in_the_backup_of_before(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, write_files, late = tmp_path / "backup.zip", backup._write_files, list[str]()
    write_backup(home, file)

    def write_files_while_others_save(target: zipfile.ZipFile, home: Path, data_sets: set[str]) -> None:
        write_files(target, home, data_sets)
        if not late:
            late.append(savers.add_numbered(home, "late"))

    monkeypatch.setattr(backup, "_write_files", write_files_while_others_save)
    restored = restore_backup(home, file)
    assert find_data_set(home, late[0]) is None
    assert restored.before is not None
    restore_backup(home, restored.before)
    found = find_data_set(home, late[0])
    assert found is not None
    assert found.load()


@pytest.mark.usefixtures("each_database")
def test_a_restore_that_fails_leaves_everything_as_it_was(home: Path, tmp_path: Path) -> None:
    file, empty = tmp_path / "backup.zip", tmp_path / "empty"
    added = savers.add_numbered(home, "since")
    write_backup(home, file)
    with zipfile.ZipFile(file) as good:
        content = {name: good.read(name) for name in good.namelist()}
    lines = content["store.jsonl"].decode().splitlines()
    row = json.loads(lines[1])["documents"]
    lines.insert(2, json.dumps({"documents": row | {"id": 100_000}}))  # the same document twice
    with zipfile.ZipFile(file, "w") as bad:
        for name, text in (content | {"store.jsonl": "\n".join(lines).encode()}).items():
            bad.writestr(name, text)
    for place in (home, empty):
        before = state(place)
        with pytest.raises(OSError, match="error"):
            restore_backup(place, file)
        assert state(place) == before
        assert not list(place.glob("before-restore*"))
    assert find_data_set(home, added) is not None
    assert list_data_sets(empty) == list_data_sets(tmp_path / "never used")


def test_a_backup_that_unpacks_to_more_than_the_disk_holds_is_refused(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, before = tmp_path / "backup.zip", state(home)
    write_backup(home, file)
    free = shutil.disk_usage(home)._replace(free=1_000)
    monkeypatch.setattr(backup.shutil, "disk_usage", lambda _: free)
    with pytest.raises(OSError, match="No space left"):
        restore_backup(home, file)
    assert state(home) == before


def test_the_commands_do_the_same(home: Path, tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("WORKBENCH_HOME", str(home))
    file = tmp_path / "there" / "backup.zip"
    assert main(["backup", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["data_sets"] == 4
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "new"))
    assert main(["restore", str(file)]) == 0
    assert "Restored" in capsys.readouterr().out
    assert [option.name for option in list_options(tmp_path / "new", FLOOR)] == ["Calm", "Bold"]
    assert {each.id for each in list_data_sets(tmp_path / "new") if each.kind == "upload"} >= {SECOND}
    assert main(["audit", "--json"]) == 0
    assert [line["action"] for line in json.loads(capsys.readouterr().out)["lines"]] == ["restore backup", "take over"]
    assert main(["audit"]) == 0
    assert "restore backup" in capsys.readouterr().out
    (tmp_path / "bad.zip").write_bytes(b"no zip")
    assert main(["restore", str(tmp_path / "bad.zip")]) == 2
    assert "no backup of the workbench" in capsys.readouterr().err
    assert main(["restore", str(tmp_path / "not there.zip")]) == 2
    assert main(["backup", "/proc/no/backup.zip"]) == 2
    assert "cannot be read or written" in capsys.readouterr().err
