"""How a file is opened where somebody said so: encoding, separator, line of the column names."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.data.model.dataset import Lookup, Roster, Source


@dataclass(frozen=True)
class Reading:
    """The options of opening a file; None is found out. ``header``: 1-based number of the line, 0 for none."""

    encoding: str | None = None
    delimiter: str | None = None
    header: int | None = None


FOUND = Reading()
"""Everything is found out."""


def reading_of(part: Source | Lookup | Roster) -> Reading:
    """Return how the file of a part of a data set is opened."""
    return Reading(part.encoding, part.delimiter, part.header)
