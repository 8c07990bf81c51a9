"""Limits of reading a file, and how far the reading has come."""

from __future__ import annotations

from workbench.data.engine.limits import MB
from workbench.data.engine.read_progress import ReadProgress
from workbench.words.issue_parts import Sentence
from workbench.words.numbers import pluralize

SAID = {
    "memory_mb": "Reading this file takes more than {} MB of memory.",
    "seconds": "Reading this file takes longer than {} seconds.",
    "unpacked_mb": "Unpacked, this file has more than {} MB.",
    "rows": "This table has more than {} rows.",
    "columns": "This table has more than {} columns.",
    "cells": "This table has more than {} cells.",
    "cell_length": "A cell of this table has more than {} characters.",
    "query_seconds": "Asking the database takes longer than {} seconds.",
    "query_rows": "The database returns more than {} rows.",
}
WAYS_OUT = {
    "columns": "Export fewer columns",
    "cell_length": "Leave this column out of the export",
    "unpacked_mb": "Split the file",
    "seconds": "Split the file, or save it as CSV",
    "memory_mb": "Split the file, or save it as CSV",
    "query_seconds": "Ask for less in the query",
    "query_rows": "Add up in the query",
}


def past_limit(limit: str, allowed: int, variable: str) -> Sentence:
    """The limit that a file is past, and what to do."""
    way_out = WAYS_OUT.get(limit, "Split the file")
    return SAID[limit].format(f"{allowed:,}"), f"{way_out}, or raise the limit {variable}."


def reader_ended(allowed: int, variable: str) -> Sentence:
    """The process that read a file broke down, as it does for want of memory or on a damaged file."""
    said = f"This file is damaged, or reading it takes more than {allowed:,} MB of memory."
    return said, f"Export it again, in parts or as CSV, or raise the limit {variable}."


def stray_cell(cell: str, n_filled: int) -> Sentence:
    """A cell so far out that everything in between would have to be read."""
    reaches = f"The sheet reaches as far as cell {cell}, yet only {n_filled:,} of its cells are filled."
    return reaches, "Delete the rows and columns beyond the table, save, and bring the file again."


def reading_line(file: str, seen: ReadProgress) -> str:
    """How far the reading of a file has come, for beside a progress bar."""
    if seen.ahead:
        return f"{file} waits for {pluralize(seen.ahead, 'other file')}"
    if seen.rows:
        return f"Reading {file}: {seen.rows:,} rows"
    if seen.bytes or seen.total:
        return f"Reading {file}: {_megabytes(seen.bytes)}" + (
            f" of {_megabytes(seen.total)}" if seen.bytes <= seen.total else ""
        )
    return f"Reading {file} …"


def reading_share(seen: ReadProgress) -> float:
    """The share of a file that has been read, as far as can be told."""
    return min(1.0, seen.bytes / seen.total) if seen.total and seen.bytes <= seen.total and not seen.rows else 0.0


def _megabytes(n: int) -> str:
    return f"{n / MB:,.1f} MB" if n < 100 * MB else f"{n / MB:,.0f} MB"
