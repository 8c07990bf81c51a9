"""Write the rows of a simulation to a file that people can compare line by line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any


def write_result_rows(rows: Sequence[Any], path: Path) -> None:
    """Write rows as JSON, one a line, numbers to four decimals.

    Parameters
    ----------
    rows : instances of one dataclass.
    """
    lines = (json.dumps(_to_four_decimals(asdict(row)), ensure_ascii=False) for row in rows)
    path.write_text("[\n " + ",\n ".join(lines) + "\n]\n", encoding="utf-8", newline="\n")


def _to_four_decimals(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _to_four_decimals(item) for key, item in value.items()}
    return round(value, 4) if isinstance(value, float) else value
