"""Back up a workspace to one file and restore it: all of the store, and the files of data sets.

The file is a ZIP: ``store.jsonl`` has a row of a table a line, the same for both databases, so that a backup of one can
be restored to the other; the files of data sets lie under ``datasets/``.
"""

from __future__ import annotations

import errno
import json
import lzma
import os
import re
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BufferedReader, RawIOBase
from itertools import groupby, islice
from pathlib import Path
from typing import IO, Any, cast

from sqlalchemy import delete, insert, select, text

from workbench.rights.acting import as_server, current_person
from workbench.store.documents import DocumentReader, DocumentWriter
from workbench.store.kinds import DATA_SET
from workbench.store.opening import reading, writing
from workbench.store.schema import audit, documents, drafts, versions

FORMAT = 1
LONGEST_LINE = 64_000_000  # bytes: a line that is longer is no document of ours
_ROWS, _HEAD = "store.jsonl", {"workbench backup": FORMAT}
_TABLES = {table.name: table for table in (documents, versions, drafts, audit)}
_DATA_SET_ID = re.compile(r"[0-9a-f]{16}")
_DATA_FILE = re.compile(rf"datasets/{_DATA_SET_ID.pattern}/[^/\\]+")
_BATCH = 500
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, LookupError, ValueError, TypeError,
           AttributeError, RuntimeError)  # fmt: skip


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
    with as_server(), _new_backup(target) as file:
        with reading(home) as store:
            n_documents = _write_rows(file, store)
            data_sets = _data_sets(store)
        _write_files(file, home, data_sets)
    return BackupContent(n_documents, len(data_sets))


def restore_backup(home: Path, source: Path | IO[bytes]) -> BackupContent:
    """Bring a workspace to the state of a backup. What was there is backed up first, beside the store.

    Raises
    ------
    BadBackupError
        When the file cannot be a backup; nothing is changed then.
    OSError
        When something cannot be written; nothing is changed then either.
    """
    person = current_person()
    with as_server(), ExitStack() as within:
        with _damage_as_bad_backup():
            file = within.enter_context(zipfile.ZipFile(source))
            names = _names_of_files(file)
            n_documents = sum(name == documents.name for name, _ in _rows(file))
        shelf = home / "datasets"
        shelf.mkdir(parents=True, exist_ok=True)
        if sum(each.file_size for each in file.infolist()) > shutil.disk_usage(shelf).free:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        scratch = Path(within.enter_context(tempfile.TemporaryDirectory(dir=shelf, prefix=".new-")))
        with _damage_as_bad_backup():
            new = _unpack(file, names, scratch)
        before = home / f"before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.zip"
        _replace(home, file, new, scratch, before, by=person.told_apart if person else "")
    return BackupContent(n_documents, len(new), before)


def _replace(home: Path, file: zipfile.ZipFile, new: set[str], scratch: Path, before: Path, by: str) -> None:
    """Replace rows and folders of data sets; where one of them fails, all are as they were."""
    shelf = home / "datasets"
    with ExitStack() as undo:
        undo.callback(before.unlink, missing_ok=True)
        with _writing_after_backup(home, before) as store:
            gone = _data_sets(store)
            _replace_rows(store, file, by)
            moves = [(shelf / each, scratch / f"gone-{each}") for each in gone - _data_sets(store)]
            moves += [(scratch / each, shelf / each) for each in new if not (shelf / each).exists()]
            for old, moved in moves:
                if old.exists():
                    old.rename(moved)
                    undo.callback(moved.rename, old)
        undo.pop_all()


@contextmanager
def _writing_after_backup(home: Path, target: Path) -> Iterator[DocumentWriter]:
    """Change the store once it is backed up as it is then; the files are copied first, while others go on saving."""
    with ExitStack() as transaction:
        with _new_backup(target) as file:
            with reading(home) as seen:
                early = _data_sets(seen)
            _write_files(file, home, early)
            store = transaction.enter_context(writing(home))
            _write_rows(file, store)
            _write_files(file, home, _data_sets(store) - early)
        yield store


@contextmanager
def _damage_as_bad_backup() -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise BadBackupError from error


@contextmanager
def _new_backup(target: Path | IO[bytes]) -> Iterator[zipfile.ZipFile]:
    """A file to write to, which is at its place once it is whole."""
    if not isinstance(target, Path):
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
            yield file
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as scratch:
        part = Path(scratch) / "part"
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as file:
            yield file
        part.replace(target)


def _data_sets(store: DocumentReader) -> set[str]:
    """The uploads that have files; whatever else a row says is no name of a folder."""
    return {each.data for each in store.list(DATA_SET) if not each.is_erased and _DATA_SET_ID.fullmatch(each.data)}


def _write_rows(file: zipfile.ZipFile, store: DocumentReader) -> int:
    with file.open(_ROWS, "w", force_zip64=True) as lines:
        lines.write(json.dumps(_HEAD).encode() + b"\n")
        for name, table in _TABLES.items():
            for row in store.connection.execute(select(table).order_by(*table.primary_key)).mappings():
                lines.write(json.dumps({name: dict(row)}, ensure_ascii=True).encode() + b"\n")
    return store.n_documents()


def _write_files(file: zipfile.ZipFile, home: Path, data_sets: Iterable[str]) -> None:
    for data_set in sorted(data_sets):
        for path in sorted((home / "datasets" / data_set).glob("*")):
            with suppress(FileNotFoundError):  # erased for good meanwhile
                file.write(path, f"datasets/{data_set}/{path.name}")


def _names_of_files(file: zipfile.ZipFile) -> list[str]:
    names = [name for name in file.namelist() if name != _ROWS]
    if not all(_DATA_FILE.fullmatch(name) and {".", ".."}.isdisjoint(name.split("/")) for name in names):
        raise BadBackupError
    return names


def _rows(file: zipfile.ZipFile) -> Generator[tuple[str, dict[str, Any]]]:
    """Yield the table and the content of each row, checked."""
    with file.open(_ROWS) as packed, BufferedReader(cast(RawIOBase, packed)) as lines:
        if json.loads(lines.readline(LONGEST_LINE)) != _HEAD:
            raise BadBackupError
        while line := lines.readline(LONGEST_LINE + 1):
            if len(line) > LONGEST_LINE:
                raise BadBackupError
            ((name, row),) = json.loads(line).items()
            if name == documents.name and "shared" not in row:  # before things belonged to somebody: owners were names
                row |= {"shared": "", "owner": ""}
            if set(row) != set(_TABLES[name].c.keys()) or not all(map(_is_storable, row.values())):
                raise BadBackupError
            if name == documents.name and row["kind"] == DATA_SET and not _is_data_set(row):
                raise BadBackupError
            yield name, row


def _is_storable(value: object) -> bool:
    if isinstance(value, str):
        return bool(value.encode()) or not value  # raises ValueError for half a character
    return value is None or (isinstance(value, int) and abs(value) < 2**31)


def _is_data_set(row: dict[str, Any]) -> bool:
    """Whether a row can be one of ours: its data set is the name of a folder, which may be removed later."""
    return bool(_DATA_SET_ID.fullmatch(row["data"])) and row["key"] == ""


def _unpack(file: zipfile.ZipFile, names: list[str], folder: Path) -> set[str]:
    """Unpack the files of data sets, which proves them whole, and return the ids."""
    for name in names:
        _, data_set, own = name.split("/")
        (folder / data_set).mkdir(exist_ok=True)
        with file.open(name) as content, (folder / data_set / own).open("wb") as target:
            shutil.copyfileobj(content, target)
    return {name.split("/")[1] for name in names}


def _replace_rows(store: DocumentWriter, file: zipfile.ZipFile, by: str) -> None:
    connection, n_documents = store.connection, 0
    for table in (versions, drafts, documents):
        connection.execute(delete(table))
    had_log = bool(store.audit_log(1))
    with closing(_rows(file)) as checked:
        for name, rows in groupby(checked, lambda each: each[0]):
            if name == audit.name and had_log:  # what was done here stays known
                continue
            while some := [row for _, row in islice(rows, _BATCH)]:
                connection.execute(insert(_TABLES[name]), some)
                n_documents += len(some) if name == documents.name else 0
    if connection.dialect.name == "postgresql":
        for table in (documents, audit):
            last = f"(SELECT max(id) FROM {table.name})"
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {last})"))
    store.record("restore backup", by=by, documents=n_documents)
