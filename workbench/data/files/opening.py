"""Open a file by its type, detected from its first bytes rather than its name, in this process."""

from __future__ import annotations

import codecs
import gzip
import logging
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from workbench.data.engine.embedded import Engine
from workbench.data.engine.limits import MB, ReadLimits
from workbench.data.files.delimited import open_delimited
from workbench.data.files.file_options import AS_FOUND, FileOptions
from workbench.data.files.opened_file import OpenedFile
from workbench.data.files.typed_files import open_json, open_parquet, open_sqlite
from workbench.errors import InputError, Where, refused

_LOG = logging.getLogger(__name__)
BLOCK = 1 << 20  # bytes
SIGN = 4096  # bytes from which the type of a file is told
GZIP, ZIP, OLE = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
PARQUET, SQLITE = b"PAR1", b"SQLite format 3\x00"
MAGIC = (GZIP, ZIP, OLE, PARQUET, SQLITE)
FOREIGN = {
    b"%PDF": "pdf",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
    b"Rar!": "rar",
    b"7z\xbc\xaf": "7z",
    b"\x7fELF": "program",
    b"MZ\x90": "program",
}
JSON_NAMES = (".json", ".jsonl", ".ndjson")
PATTERN_SIGNS = frozenset("*?[]{}")  # the engine would take a path with one of them for a pattern
CONTROL = frozenset(range(32)) - frozenset(b"\t\n\x0b\x0c\r\x1a\x1b\x1c\x1d\x1e\x1f")
CONTROL_SHARE = 0.05  # of the first bytes; text has next to none


def open_in_process(path: Path, where: str, engine: Engine, options: FileOptions = AS_FOUND) -> OpenedFile:
    """Open a text, spreadsheet, Parquet, JSON or SQLite file, gzipped or not.

    Raises
    ------
    InputError
        When the file is missing, of another type, damaged, or past a limit.
    """
    with damage_refused(where, engine.limits):
        return _open_by_kind(path, where, engine, options)


@contextmanager
def damage_refused(where: str, limits: ReadLimits) -> Iterator[None]:
    """Refuse a file on which a reader breaks down: whatever a library raises, the file is at fault, not the server."""
    try:
        yield
    except InputError:
        raise
    except (MemoryError, duckdb.OutOfMemoryException) as error:
        _LOG.warning("Out of memory on %s", where, exc_info=error)
        raise limits.past("memory_mb", where) from None
    except Exception as error:
        _LOG.warning("A reader broke down on %s", where, exc_info=error)
        raise refused("damaged_file", Where(file=where)) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of a library in Rust, whose name cannot be imported
            raise
        raise refused("damaged_file", Where(file=where)) from None


def _open_by_kind(path: Path, where: str, engine: Engine, options: FileOptions) -> OpenedFile:
    start = _read_start(path, where)
    if start.startswith(GZIP):
        path = _unpack_gzip(path, where, engine)
        start = _read_start(path, where)
    if PATTERN_SIGNS & set(str(path)):
        path = Path(shutil.copyfile(path, engine.scratch(".copy")))
    kind = _detect_kind(path, start, where)
    if kind == "parquet":
        return open_parquet(path, engine, where)
    if kind == "sqlite":
        return open_sqlite(path, engine, where, options.table)
    if kind == "json":
        return open_json(path, engine, where)
    if kind == "spreadsheet":
        from workbench.data.files.spreadsheet import open_spreadsheet

        return open_spreadsheet(path, engine, where, options.sheet, options.header)
    return open_delimited(path, engine, where, options.encoding, options.delimiter, options.header)


def _detect_kind(path: Path, start: bytes, where: str) -> str:
    """Detect the type of a file; its name matters only for JSON, which is text too."""
    if start.startswith(PARQUET):
        return "parquet"
    if start.startswith(SQLITE):
        return "sqlite"
    if start.startswith(OLE) or (start.startswith(ZIP) and _is_workbook(path)):
        return "spreadsheet"
    _refuse_other_formats(start, where)
    is_json = where.lower().removesuffix(".gz").endswith(JSON_NAMES)
    return "json" if is_json and start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") else "text"


def _read_start(path: Path, where: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(SIGN)
    except OSError as error:
        raise refused("file_missing", Where(file=where), problem="unreadable", reason=str(error.strerror)) from None


def _unpack_gzip(path: Path, where: str, engine: Engine) -> Path:
    target = engine.scratch(".unpacked")
    most, progress = engine.limits.unpacked_mb * MB, engine.progress
    try:
        with gzip.open(path) as packed, target.open("wb") as plain:
            if not (start := packed.peek(SIGN)[:SIGN]).startswith(MAGIC):
                _refuse_other_formats(start, where)  # before all of it is unpacked
            progress.total = 0  # not known
            while block := packed.read(BLOCK):
                progress.bytes += len(block)
                if progress.bytes > most:
                    raise engine.limits.past("unpacked_mb", where)
                plain.write(block)
        progress.bytes, progress.total = 0, target.stat().st_size
    except (OSError, EOFError, zlib.error) as error:
        raise refused("damaged_gzip", Where(file=where), reason=str(error)) from None
    return target


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, OSError):
        return True
    return bool(names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"})


def _refuse_other_formats(start: bytes, where: str) -> None:
    kind = next((kind for sign, kind in FOREIGN.items() if start.startswith(sign)), None)
    if start.startswith(ZIP):
        kind = "zip"
    elif kind is None and _is_binary(start):
        kind = "binary"
    if kind:
        raise refused("not_a_table", Where(file=where), what=kind)


def _is_binary(start: bytes) -> bool:
    """Whether a file has control characters other than line ends and tabs, and is not UTF-16."""
    if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return False  # Cyrillic letters in UTF-16 have a byte that looks like a control character
    utf16 = min(start[0::2].count(0), start[1::2].count(0)) == 0
    odd = sum(byte in CONTROL for byte in (start.replace(b"\x00", b"") if utf16 else start))
    return odd > CONTROL_SHARE * len(start)
