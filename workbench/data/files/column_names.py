"""Make column names from the header lines of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from workbench.data.engine.embedded import ROW


def join_header_lines(headers: Sequence[Sequence[str]], width: int) -> list[str]:
    """Join two header lines to one name per column; a heading that spans columns precedes each name under it."""
    if not headers:
        return [""] * width
    padded = [[*h, *[""] * (width - len(h))] for h in (headers[0], headers[-1])]
    top, low = padded
    if top == low:
        return top
    names, span = [], ""
    for above, below in zip(top, low, strict=True):
        span = above.strip() or (span if below.strip() else "")
        names.append(f"{span} {below}".strip() if below.strip() else above)
    return names


def dedupe_names(names: Iterable[str]) -> tuple[str, ...]:
    """Number repeated names (case ignored): value, value 2, value 3."""
    given: set[str] = {ROW}
    unique = []
    for name in names:
        candidate, n = name, 1
        while candidate.casefold() in given:
            n += 1
            candidate = f"{name} {n}"
        given.add(candidate.casefold())
        unique.append(candidate)
    return tuple(unique)


def clean_names(raw: Sequence[str]) -> list[str]:
    """Remove line breaks, control characters and surrounding spaces from names."""
    return [re.sub(r"[\s\x00-\x1f]+", " ", cell).strip() for cell in raw]
