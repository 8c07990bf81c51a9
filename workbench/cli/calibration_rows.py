"""What the commands that calibrate by simulation have in common: rows as JSON and back, and progress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

Row = TypeVar("Row")


def calibration_result(rows: Sequence[Any]) -> dict[str, Any]:
    """Return rows of one dataclass as JSON-ready content, each with the promises that it ``missed``."""
    return {"rows": [asdict(row) | {"missed": list(row.missed)} for row in rows]}


def rows_of_result(result: dict[str, Any], kind: type[Row]) -> list[Row]:
    """Return the rows of ``calibration_result``; the missed promises follow from the figures."""
    return [kind(**{key: value for key, value in row.items() if key != "missed"}) for row in result["rows"]]


def say_kinds(of: str) -> Callable[[int, int], None]:
    """Return what tells how many kinds are done: ``3 of 12 kinds of teams``."""
    return lambda done, n: print(f"{done} of {n} kinds of {of}", file=sys.stderr)
