"""``look``: inspect one file without knowing anything about it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any


def add_arguments(parser: ArgumentParser) -> None:
    """The file, and which part of it."""
    parser.add_argument("file", type=Path, help="CSV, TSV, TXT (also gzipped), XLSX, XLS, Parquet, JSON or SQLite file")
    parser.add_argument("--sheet", help="sheet of a workbook (default: the first that is not empty)")
    parser.add_argument("--table", help="table of a SQLite file (default: its only one)")


def run(args: Namespace) -> dict[str, Any]:
    """Look at the file."""
    from workbench.data.files.file_options import FileOptions
    from workbench.data.mapping.inspect_file import inspect_file
    from workbench.words.issues import issue_json

    found = inspect_file(args.file, FileOptions(args.sheet, args.table))
    return {**found.as_json(), "issues": [issue_json(issue) for issue in found.issues]}


def show(result: dict[str, Any]) -> str:
    """Facts, then one line a column, then the issues."""
    facts = [f"{key}: {result[key]!r}" for key in ("encoding", "delimiter", "quote", "decimal", "header_row")]
    columns = [
        f"  {c['name']}  {c['type']}, {c['n_blank']} blank: {', '.join(c['examples'])}" for c in result["columns"]
    ]
    issues = [f"  {i['level']}: {i['where']}: {i['message']} {i['fix']}".rstrip() for i in result["issues"]]
    size = f"{result['n_rows']:,} rows, {result['n_columns']} columns"
    return "\n".join(["  ".join(facts), size, *columns, *(["issues:", *issues] if issues else [])])
