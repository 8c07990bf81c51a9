"""Count rows and blank cells of a table, however many columns it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ibis.expr.types as ir

SPACES = " \t\n\r\x0b\x0c"
AT_ONCE = 100  # columns in one query: planning one takes time with the square of its columns


@dataclass(frozen=True)
class CellCounts:
    """Rows, wholly blank ones and ones that repeat the names among them, and blank cells by column."""

    n_rows: int
    n_empty: int
    n_again: int
    n_blank: tuple[int, ...]


def count_cells(read: ir.Table, with_header: bool) -> CellCounts:
    """Count the cells of a table of the engine.

    The queries are written as text: as an expression, one for a thousand columns nests too deep. A narrow table is
    scanned once; of a wide one only the columns of each query are read, and rows are looked at as a whole only where
    counts by column leave room for a blank row or a repeated header.

    ``with_header``: count rows that repeat the names of most columns, as above a second table in the same file.
    """
    names, texts = read.columns, _text_columns(read)
    of_header = texts if with_header and len(texts) > 1 else []
    is_empty, is_again = is_blank_row(read), f"{_sum(map(_is_name, of_header))} > {len(of_header) / 2}"
    narrow = len(names) <= AT_ONCE
    n_rows, n_empty, n_again, n_blank, n_named = 0, 0, 0, list[int](), 0
    for at in range(0, len(names), AT_ONCE):
        some = names[at : at + AT_ONCE]
        named = [_is_name(name) for name in some if name in of_header]
        counts = [f"sum({_is_blank(name, name in texts)}::BIGINT)" for name in some]
        whole = [_total(is_empty), _total(is_again)] if narrow else ["0", f"sum({_sum(named)})"]
        n_rows, first, second, *blank = _ask(read, ["count(*)", *whole, *counts])
        n_blank += blank
        n_empty, n_again, n_named = first, second, n_named + second
    if not narrow:
        n_empty = _ask(read, [_total(is_empty)])[0] if min(n_blank) else 0
        n_again = _ask(read, [_total(is_again)])[0] if n_named > len(of_header) / 2 else 0
    return CellCounts(n_rows, n_empty, n_again, tuple(n_blank))


def is_blank_row(read: ir.Table) -> str:
    """The condition, in SQL, that all cells of a row are blank."""
    texts = set(_text_columns(read))
    return "(" + " AND ".join(_is_blank(name, name in texts) for name in read.columns) + ")"


def quoted_name(name: str) -> str:
    """A name as an identifier of SQL."""
    return '"' + name.replace('"', '""') + '"'


def _text_columns(read: ir.Table) -> list[str]:
    return [name for name, kind in read.schema().items() if kind.is_string()]


def _ask(read: ir.Table, counts: Sequence[str]) -> list[int]:
    backend = read.get_backend()
    found = backend.con.execute(f"SELECT {', '.join(counts)} FROM ({backend.compile(read)})").fetchall()[0]
    return [int(n or 0) for n in found]


def _total(condition: str) -> str:
    return f"sum(({condition})::BIGINT)"


def _sum(terms: Sequence[str] | map[str]) -> str:
    """Add terms up two by two, so that many of them do not nest too deep."""
    every = list(terms)
    if len(every) < 2:
        return every[0] if every else "0"
    half = len(every) // 2
    return f"({_sum(every[:half])} + {_sum(every[half:])})"


def _is_blank(name: str, is_text: bool) -> str:
    """Whether a cell is blank; only texts that begin with a space are stripped, for a fifth of the time."""
    cell = quoted_name(name)
    if not is_text:
        return f"({cell} IS NULL)"
    return f"({cell} IS NULL OR CASE WHEN {cell} < '!' THEN trim({cell}, '{SPACES}') = '' ELSE false END)"


def _is_name(name: str) -> str:
    """1 where a text is the name, apart from surrounding spaces; only texts that may be the name are stripped."""
    cell, text = quoted_name(name), "'" + name.replace("'", "''") + "'"
    may_be = f"starts_with({cell}, {text}) OR {cell} < '!'"
    return f"CASE WHEN {may_be} THEN (trim({cell}, '{SPACES}') = {text})::INT ELSE 0 END"
