"""Make names from outside harmless in a finished chart: in the titles of tooltips, and as long texts beside marks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LONGEST_TEXT = 260
"""Pixels of a text beside a mark. Without a limit a long name leaves no room for the picture."""


def safe_tooltips(spec: Any) -> Any:
    """Return a specification whose tooltips survive any name as a title.

    Vega-Lite writes titles into an expression and minds only quotation marks there: a line break is an error that
    leaves the picture empty, and a backslash changes what follows.
    """
    if isinstance(spec, list):
        return [safe_tooltips(part) for part in spec]
    if not isinstance(spec, Mapping):
        return spec
    return {
        key: part
        if key in ("data", "datasets")
        else _safe_titles(part)
        if key == "tooltip" and isinstance(part, list)
        else safe_tooltips(part)
        for key, part in spec.items()
    }


def _safe_titles(tooltip: list[Any]) -> list[Any]:
    return [
        line | {"title": " ".join(line["title"].split()).replace("\\", "\\\\")}
        if isinstance(line, dict) and isinstance(line.get("title"), str)
        else line
        for line in tooltip
    ]
