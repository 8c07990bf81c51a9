"""Format numbers and tables as text for a terminal."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any


def format_number(value: float | None, digits: int = 1) -> str:
    """A number with thousands separators; a dash where there is none."""
    return "–" if value is None or math.isnan(value) else f"{value:,.{digits}f}"


def format_correlation(found: dict[str, Any]) -> str:
    """``0.54 (0.15 to 0.78), n 30``, or why there is none."""
    if math.isnan(found["rho"]):
        return f"not enough data: {found['reason']} (n {found['n']})"
    if math.isnan(found["low"]):
        return f"{found['rho']:.2f}, n {found['n']}; {found['reason']}"
    return f"{found['rho']:.2f} ({found['low']:.2f} to {found['high']:.2f}), n {found['n']}"


def format_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines with columns as wide as they need to be, the first to the left, the others to the right."""
    widths = [max(len(str(row[i])) for row in (head, *rows)) for i in range(len(head))]
    return [
        "  ".join(str(cell).rjust(width) if i else str(cell).ljust(width)
                  for i, (cell, width) in enumerate(zip(row, widths, strict=True))).rstrip()
        for row in (head, *rows)
    ]  # fmt: skip
