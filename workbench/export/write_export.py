"""Turn an export into the bytes of a file, by the ending of its name."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workbench.data.aggregate.save_panel import os_errors_as_input_errors
from workbench.errors import Where, refused
from workbench.export.content import ExportContent
from workbench.export.export_json import export_json
from workbench.export.html_page import export_html
from workbench.export.workbook import export_workbook

FORMATS: dict[str, Callable[[ExportContent, str], bytes]] = {
    "html": lambda content, day: export_html(content, day).encode("utf-8", "replace"),
    "xlsx": export_workbook,
    "json": lambda content, day: _json_bytes(export_json(content, day)),
}
"""Endings of files, and what makes each."""


def export_format(path: Path) -> str:
    """Return the format that a file's ending asks for. Raises InputError for any other ending."""
    ending = path.suffix.lower()
    if ending.removeprefix(".") not in FORMATS:
        raise refused(
            "bad_ending", Where(file=str(path)), ending=path.suffix, endings=tuple(f".{one}" for one in FORMATS)
        )
    return ending.removeprefix(".")


def write_export(content: ExportContent, path: Path, day: str) -> int:
    """Write the file, and return how many bytes it has. Raises InputError where it cannot be written."""
    made = FORMATS[export_format(path)](content, day)
    with os_errors_as_input_errors(path):
        path.write_bytes(made)
    return len(made)


def _json_bytes(found: dict[str, Any]) -> bytes:
    return json.dumps(_finite(found), ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
