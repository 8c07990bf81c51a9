"""The sizes of letters that the specification of a chart names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def letter_sizes(part: Any, key: str = "") -> Iterator[float]:
    if isinstance(part, dict):
        for name, inner in part.items():
            yield from letter_sizes(inner, name) if name not in ("datasets", "data") else ()
    elif isinstance(part, list):
        for inner in part:
            yield from letter_sizes(inner, key)
    elif key.lower().endswith("fontsize"):
        yield part
