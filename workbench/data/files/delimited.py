"""Open a delimited text file with the engine's reader, or with a tolerant one where the engine fails."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import duckdb
import ibis.expr.types as ir

from workbench.data.engine.embedded import Engine
from workbench.data.engine.limits import ReadLimits
from workbench.data.engine.parquet_staging import stage_rows
from workbench.data.files.count_cells import AT_ONCE, CellCounts, count_cells
from workbench.data.files.dialect import NEVER, Dialect, detect_dialect
from workbench.data.files.encoding import detect_encoding, transcode_to_utf8
from workbench.data.files.layout import Layout, detect_layout, head_lines, title_text
from workbench.data.files.opened_file import FileFormat, OpenedFile
from workbench.data.files.records import Damage, first_records, read_records
from workbench.data.files.staged_copy import copy_rows, open_rows
from workbench.errors import Issue, Where

SAMPLE = 1 << 16  # characters from which dialect and layout are detected
LONGEST_SAMPLE = 1 << 20  # with the rest of its last line
COMPARED = 50  # first rows on which the engine has to agree with the tolerant reader


@dataclass(frozen=True)
class _Text:
    """A file in UTF-8, with everything needed to read it."""

    path: Path
    dialect: Dialect
    layout: Layout
    records: tuple[list[str], ...]
    skipped_lines: int


def open_delimited(
    path: Path,
    engine: Engine,
    where: str,
    encoding: str | None = None,
    delimiter: str | None = None,
    header: int | None = None,
) -> OpenedFile:
    """Detect encoding, dialect and layout where they are not given, and read every column as text."""
    name, issues = (encoding, ()) if encoding else detect_encoding(path, where)
    if encoding or issues or name != "utf-8":
        readable = engine.scratch(".txt")
        transcode_to_utf8(path, name, readable, where)
        path = readable
    text = _detect_structure(path, delimiter, header, where)
    engine.limits.check_size(0, len(text.layout.names), where)
    staged = engine.scratch(".parquet") if len(text.layout.names) > AT_ONCE else None
    (rows, counts), damage = _read_by_engine(text, engine, staged), Damage()
    if rows is None and text.layout.names:
        rows, staged = _read_tolerantly(text, engine, damage, where), None
    unnamed = tuple(text.layout.names[i] for i in text.layout.unnamed)
    return OpenedFile(
        rows, _file_format(text, name), unnamed, (*issues, *text.layout.issues, *_damage_issues(damage, where)), staged,
        counts=counts,
    )  # fmt: skip


def _file_format(text: _Text, encoding: str) -> FileFormat:
    dialect, header = text.dialect, text.layout.header
    header_row = None if header is None else header + 1
    return FileFormat(
        "text", encoding, dialect.delimiter or None, dialect.quote or None, dialect.escape or None, header_row,
        title_text(text.records, text.layout), head_lines(text.records),
    )  # fmt: skip


def _detect_structure(path: Path, delimiter: str | None, header: int | None, where: str) -> _Text:
    with path.open(encoding="utf-8-sig", newline="") as file:
        sample = file.read(SAMPLE)
        if len(sample) == SAMPLE:
            sample += file.readline(LONGEST_SAMPLE)
    dialect = detect_dialect(sample, delimiter)
    records, ends = first_records(sample, dialect)
    layout = detect_layout(records, where, header)
    return _Text(path, dialect, layout, tuple(records), [0, *ends][layout.first])


def _read_by_engine(text: _Text, engine: Engine, staged: Path | None) -> tuple[ir.Table | None, CellCounts | None]:
    """Read the rows with the engine; ``None`` if it fails or its first rows differ from the tolerant reader's.

    ``staged``: where the rows are copied to, of a wide text, which takes long to read each time. Any other text is read
    to its end to see whether the engine can read it, so its cells are counted on the way.
    """
    names = text.layout.names
    if text.dialect.aligned or not names:
        return None, None
    try:
        rows = engine.connection.read_csv(str(text.path), table_name=engine.table_name(), **_csv_options(text))
        first = rows.head(2 * COMPARED).to_pyarrow().to_pylist()
        if not _same_first_rows(first, text):
            return None, None
        if staged is None:
            return rows, count_cells(rows, text.layout.header is not None)
        copy_rows(rows, engine, staged)
        return open_rows(staged, names, engine), None
    except duckdb.Error:
        return None, None


def _csv_options(text: _Text) -> dict[str, Any]:
    """Return the engine's reading options, all set explicitly so that it detects nothing by itself."""
    dialect = text.dialect
    return {
        "auto_detect": False,
        "header": False,
        "skip": text.layout.first,
        "delim": dialect.delimiter or NEVER,
        "quote": dialect.quote,
        "escape": dialect.escape or dialect.quote,
        "columns": dict.fromkeys(text.layout.names, "VARCHAR"),
    }


def _same_first_rows(first: list[dict], text: _Text) -> bool:
    """Whether the engine's first rows equal those of the tolerant reader."""
    expected = [[cell.strip() for cell in record] for record in text.records[text.layout.first :]]
    expected = [record for record in expected if any(record)][:COMPARED]
    got = [[(cell or "").strip() for cell in row.values()] for row in first]
    return [row for row in got if any(row)][: len(expected)] == expected


def _read_tolerantly(text: _Text, engine: Engine, damage: Damage, where: str) -> ir.Table:
    with text.path.open(encoding="utf-8-sig", newline="") as file:
        lines = itertools.islice(_bounded_lines(file, engine.limits, where), text.skipped_lines, None)
        names = text.layout.names
        records = read_records(lines, text.dialect, len(names), text.layout.usual_width, damage)
        return stage_rows(engine.limits.guard_rows(records, len(names), where), names, engine)


def _bounded_lines(file: TextIO, limits: ReadLimits, where: str) -> Iterator[str]:
    """Yield lines; one without an end would fill the memory."""
    while line := file.readline(limits.line_length):
        if len(line) == limits.line_length and not line.endswith("\n"):
            raise limits.past("cell_length", where)
        yield line


def _damage_issues(damage: Damage, where: str) -> list[Issue]:
    place, first = Where(file=where), damage.first
    issues = []
    if damage.short:
        issues.append(Issue.of("warning", "short_rows", place, damage.short, first_row=first.get("short")))
    if damage.long:
        issues.append(Issue.of("warning", "long_rows", place, damage.long, first_row=first.get("long")))
    if damage.open_quotes:
        issues.append(Issue.of("warning", "open_quotes", place, damage.open_quotes, first_row=first.get("open")))
    return issues
