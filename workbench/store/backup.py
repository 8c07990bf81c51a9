"""Back up a workspace to one file and restore it: all of the store, and the files of data sets.

The file is a ZIP: ``store.jsonl`` has a row of a table a line, the same for both databases, so that a backup of one can
be restored to the other; the files of data sets lie under ``datasets/``.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Table, delete, insert, select, text

from workbench.store.documents import DocumentReader
from workbench.store.kinds import DATA_SET
from workbench.store.opening import reading, writing
from workbench.store.schema import audit, documents, drafts, versions

FORMAT = 1
_ROWS, _HEAD = "store.jsonl", {"workbench backup": FORMAT}
_TABLES = {table.name: table for table in (documents, versions, drafts, audit)}
_DATA_FILE = re.compile(r"datasets/[0-9a-f]{16}/[^/\\]+")
_BATCH = 500


class BadBackupError(Exception):
    """A file is no backup, is damaged, or a later version of the app made it."""


@dataclass(frozen=True)
class BackupContent:
    """What a backup holds; ``before``: where what was there before was backed up to, after a restore."""

    n_documents: int
    n_data_sets: int
    before: Path | None = None


def write_backup(home: Path, target: Path | IO[bytes]) -> BackupContent:
    """Write a backup of one state of a workspace; others may go on saving.

    Raises
    ------
    OSError
        When something cannot be read or written. No half of a file is left then.
    """
    if isinstance(target, Path):
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as scratch:
            part = Path(scratch) / "part"
            with part.open("wb") as whole:
                content = write_backup(home, whole)
            part.replace(target)
        return content
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        with reading(home) as store:
            n_documents = _write_rows(file, store)
            data_sets = [each.data for each in store.list(DATA_SET) if not each.is_erased]
        for data_set in data_sets:
            for path in sorted((home / "datasets" / data_set).glob("*")):
                with suppress(FileNotFoundError):  # erased for good meanwhile
                    file.write(path, f"datasets/{data_set}/{path.name}")
    return BackupContent(n_documents, len(data_sets))


def restore_backup(home: Path, source: Path | IO[bytes]) -> BackupContent:
    """Bring a workspace to the state of a backup. What was there is backed up first, beside the store.

    Raises
    ------
    BadBackupError
        When the file cannot be a backup; nothing is changed then.
    OSError
        When something cannot be written.
    """
    try:
        with zipfile.ZipFile(source) as file:
            rows = _read_rows(file)
            names = [name for name in file.namelist() if name != _ROWS]
            if not all(_DATA_FILE.fullmatch(name) and ".." not in name.split("/") for name in names):
                raise BadBackupError
            return _restore(home, file, rows, names)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError) as error:
        raise BadBackupError from error


def _restore(
    home: Path, file: zipfile.ZipFile, rows: dict[str, list[dict[str, Any]]], names: list[str]
) -> BackupContent:
    before = home / f"before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.zip"
    write_backup(home, before)
    _restore_files(home, file, names)
    with writing(home) as store:
        gone = {each.data for each in store.list(DATA_SET)}
        for table in (versions, drafts, documents):
            store.connection.execute(delete(table))
        had_log = bool(store.audit_log(1))
        for name, table in _TABLES.items():
            if not (table is audit and had_log):  # what was done here stays known
                _insert(store.connection, table, rows[name])
        kept = {each.data for each in store.list(DATA_SET)}
        store.record("restore backup", documents=len(rows["documents"]))
    for data_set in gone - kept:  # it is in the backup of before
        shutil.rmtree(home / "datasets" / data_set, ignore_errors=True)
    return BackupContent(len(rows["documents"]), len({name.split("/")[1] for name in names}), before)


def _write_rows(file: zipfile.ZipFile, store: DocumentReader) -> int:
    with file.open(_ROWS, "w", force_zip64=True) as lines:
        lines.write(json.dumps(_HEAD).encode() + b"\n")
        for name, table in _TABLES.items():
            for row in store.connection.execute(select(table).order_by(*table.primary_key)).mappings():
                lines.write(json.dumps({name: dict(row)}, ensure_ascii=True).encode() + b"\n")
    return store.n_documents()


def _read_rows(file: zipfile.ZipFile) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in _TABLES}
    with file.open(_ROWS) as lines:
        if json.loads(lines.readline()) != _HEAD:
            raise BadBackupError
        for line in lines:
            ((name, row),) = json.loads(line).items()
            if set(row) != set(_TABLES[name].c.keys()):
                raise BadBackupError
            rows[name].append(row)
    return rows


def _restore_files(home: Path, file: zipfile.ZipFile, names: list[str]) -> None:
    """Add the data sets that are not there; those that are have the same files, since their ids are made from them."""
    shelf = home / "datasets"
    shelf.mkdir(parents=True, exist_ok=True)
    for data_set in dict.fromkeys(name.split("/")[1] for name in names):
        if (shelf / data_set).exists():
            continue
        with tempfile.TemporaryDirectory(dir=shelf, prefix=".new-") as scratch:
            draft = Path(scratch) / data_set
            draft.mkdir()
            for name in names:
                if name.startswith(f"datasets/{data_set}/"):
                    with file.open(name) as content, (draft / name.split("/")[2]).open("wb") as target:
                        shutil.copyfileobj(content, target)
            draft.rename(shelf / data_set)


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    for begin in range(0, len(rows), _BATCH):
        connection.execute(insert(table), rows[begin : begin + _BATCH])
    if rows and "id" in table.c and connection.dialect.name == "postgresql":
        last = max(row["id"] for row in rows)
        connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {int(last)})"))
