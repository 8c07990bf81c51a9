"""A staged copy of an opened table: one Parquet file with plain column names, and what was found as JSON."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import ibis.expr.types as ir

from workbench.data.engine.embedded import Engine
from workbench.data.engine.limits import ReadLimits
from workbench.data.engine.temp_tables import as_view
from workbench.data.files.count_cells import AT_ONCE
from workbench.data.files.issue_codec import decode_issues, encode_issues
from workbench.data.files.opened_file import FileFormat, OpenedFile

GROUP_CELLS = 4_000_000  # of a row group, whose cells are held in memory while it is written
LEAST_GROUP = 2_048  # rows: the engine writes no smaller ones


def write_copy(found: OpenedFile, engine: Engine, target: Path, limits: ReadLimits, where: str) -> dict[str, Any]:
    """Write the rows to ``target``, with the columns c0, c1 …; an empty file has no copy.

    Returns what :func:`read_copy` needs besides, as plain values of JSON.

    Raises
    ------
    InputError
        When the table is past a limit.
    """
    names: list[str] = []
    if found.rows is not None:
        names = list(found.rows.columns)
        limits.check_size(0, len(names), where)
        if found.staged is not None:
            shutil.move(found.staged, target)
        else:
            copy_rows(found.rows, engine, target)
        copied = engine.connection.read_parquet(str(target), table_name=engine.table_name())
        limits.check_size(int(copied.count().to_pyarrow().as_py()), len(names), where)
        if _longest_cell(copied) > limits.cell_length:
            raise limits.past("cell_length", where)
    form = asdict(found.form)
    return {"names": names, "form": form, "unnamed": list(found.unnamed), "issues": encode_issues(found.issues)}


def read_copy(said: dict[str, Any], target: Path, engine: Engine) -> OpenedFile:
    """Open a copy as the file itself would have been opened."""
    names: Sequence[str] = said["names"]
    form = FileFormat(**{**said["form"], "head": tuple(said["form"]["head"])})
    rows = None
    if names:
        rows = open_rows(target, names, engine)
    return OpenedFile(rows, form, tuple(said["unnamed"]), decode_issues(said["issues"]), columnar=True)


def open_rows(copy: Path, names: Sequence[str], engine: Engine) -> ir.Table:
    """Open the rows of a copy under the names that they have."""
    read = engine.connection.read_parquet(str(copy), table_name=engine.table_name())
    rows = read.rename({name: f"c{i}" for i, name in enumerate(names)})
    return as_view(engine, rows) if len(names) > AT_ONCE else rows


def copy_rows(rows: ir.Table, engine: Engine, target: Path) -> None:
    """Write rows to a Parquet file with the columns c0, c1 …, in one scan."""
    rows = rows.select(**{f"c{i}": rows[name] for i, name in enumerate(rows.columns)})
    size = max(LEAST_GROUP, min(122_880, GROUP_CELLS // len(rows.columns)))
    path = str(target).replace("'", "''")
    engine.connection.raw_sql(
        f"COPY ({engine.connection.compile(rows)}) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE {size})"
    )


def _longest_cell(rows: ir.Table) -> int:
    """Return the number of characters of the longest text."""
    texts = [name for name in rows.columns if rows[name].type().is_string()]
    longest = 0
    for at in range(0, len(texts), AT_ONCE):
        some = {name: rows[name].length().max() for name in texts[at : at + AT_ONCE]}
        found = rows.aggregate(**some).to_pyarrow().to_pylist()[0]
        longest = max([longest, *(n or 0 for n in found.values())])
    return longest
