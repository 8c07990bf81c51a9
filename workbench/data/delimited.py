"""Open a delimited text file: the engine reads it where it can, and a tolerant reader where it refuses."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path

import duckdb
import ibis.expr.types as ir

from workbench.data.dialect import Dialect, find_dialect
from workbench.data.encoding import find_encoding, to_utf8
from workbench.data.engine import Engine
from workbench.data.found import Form, Found
from workbench.data.layout import Layout, find_layout
from workbench.data.records import Damage, first_records, read_records
from workbench.data.stored import store
from workbench.errors import Issue

SAMPLE = 1 << 16  # characters by which dialect and layout are told
COMPARED = 50  # first rows on which the engine has to agree with the tolerant reader


@dataclass(frozen=True)
class _Text:
    """A file in UTF-8, with everything needed to read it."""

    path: Path
    dialect: Dialect
    layout: Layout
    records: tuple[list[str], ...]
    skipped_lines: int


def open_delimited(path: Path, engine: Engine, where: str, encoding: str | None, delimiter: str | None) -> Found:
    """Find encoding, dialect and layout, and read every column as text."""
    name, issues = (encoding, ()) if encoding else find_encoding(path, where)
    if issues or name.lower().replace("_", "-") not in ("utf-8", "ascii"):
        readable = engine.scratch(".txt")
        to_utf8(path, name, readable, where)
        path = readable
    text = _understand(path, delimiter, where)
    rows = _read_by_engine(text, engine)
    damage = Damage()
    if rows is None and text.layout.names:
        rows = _read_tolerantly(text, engine, damage)
    dialect, layout = text.dialect, text.layout
    header_row = None if layout.header is None else layout.header + 1
    form = Form("text", name, dialect.delimiter or None, dialect.quote or None, dialect.escape or None, header_row)
    unnamed = tuple(layout.names[i] for i in layout.unnamed)
    return Found(rows, form, unnamed, (*issues, *layout.issues, *_damage_issues(damage, where)))


def _understand(path: Path, delimiter: str | None, where: str) -> _Text:
    with path.open(encoding="utf-8-sig", newline="") as file:
        sample = file.read(SAMPLE)
        if len(sample) == SAMPLE:
            sample += file.readline()
    dialect = find_dialect(sample, delimiter)
    records, ends = first_records(sample, dialect)
    layout = find_layout(records, where)
    return _Text(path, dialect, layout, tuple(records), [0, *ends][layout.first])


def _read_by_engine(text: _Text, engine: Engine) -> ir.Table | None:
    """The rows as the engine reads them; ``None`` when it refuses the file or reads it otherwise than it should."""
    dialect, names = text.dialect, text.layout.names
    if dialect.aligned or not names:
        return None
    try:
        rows = engine.connection.read_csv(
            str(text.path),
            auto_detect=False,
            header=False,
            skip=text.layout.first,
            delim=dialect.delimiter or "\x1f",
            quote=dialect.quote,
            escape=dialect.escape or dialect.quote,
            columns=dict.fromkeys(names, "VARCHAR"),
        )
        first = rows.head(2 * COMPARED).to_pyarrow().to_pylist()
        rows.aggregate([rows[name].count() for name in names]).to_pyarrow()
    except duckdb.Error:
        return None
    return rows if _same(first, text) else None


def _same(first: list[dict], text: _Text) -> bool:
    """Whether the engine's first rows are those that the tolerant reader finds in the sample."""
    expected = [[cell.strip() for cell in record] for record in text.records[text.layout.first :]]
    expected = [record for record in expected if any(record)][:COMPARED]
    got = [[(cell or "").strip() for cell in row.values()] for row in first]
    return [row for row in got if any(row)][: len(expected)] == expected


def _read_tolerantly(text: _Text, engine: Engine, damage: Damage) -> ir.Table:
    with text.path.open(encoding="utf-8-sig", newline="") as file:
        lines = itertools.islice(file, text.skipped_lines, None)
        names = text.layout.names
        return store(read_records(lines, text.dialect, len(names), text.layout.usual_width, damage), names, engine)


def _damage_issues(damage: Damage, where: str) -> list[Issue]:
    kinds = (
        ("short", "short_rows", "rows have fewer cells than the table has columns; the missing ones are blank"),
        ("long", "long_rows", "rows have more cells than the table has columns; the cells beyond are left out"),
        ("open_quotes", "open_quotes", "quotes are opened and never closed; those lines are read one by one"),
    )
    return [
        Issue(
            "warning",
            code,
            where,
            f"{getattr(damage, kind)} {message}{_from(damage, kind)}.",
            "Correct these rows in the file.",
            getattr(damage, kind),
        )
        for kind, code, message in kinds
        if getattr(damage, kind)
    ]


def _from(damage: Damage, kind: str) -> str:
    return f" (the first is row {damage.first[kind]})" if kind in damage.first else ""
