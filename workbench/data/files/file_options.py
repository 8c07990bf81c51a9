"""Which table of a file is opened, and how."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FileOptions:
    """What is said about a file; None is found out. ``header``: 1-based number of the line, 0 for none."""

    sheet: str | None = None
    table: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header: int | None = None


AS_FOUND = FileOptions()
"""Everything is found out."""
