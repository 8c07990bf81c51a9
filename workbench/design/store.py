"""Store designs in a folder under hashes of their content, so that a link opens exactly what its sender saw."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from pathlib import Path

from workbench.design.model import Design, design_json, load_design

_ID = re.compile(r"[0-9a-f]{12}")


def design_id(design: Design) -> str:
    """Return twelve hex digits of the content's hash: equal designs have equal ids."""
    content = json.dumps(design_json(design), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def save_design(folder: Path, design: Design) -> str:
    """Save a design and return its id; the file is moved into place, so that no reader sees half of it."""
    name = design_id(design)
    path = folder / f"{name}.design.json"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=folder, suffix=".new", delete=False, encoding="utf-8") as handle:
            json.dump(design_json(design), handle, indent=2, ensure_ascii=False)
        Path(handle.name).replace(path)
    return name


def find_design(folder: Path, name: str) -> Design | None:
    """Return the design with this id, or None if there is none; any text is safe to pass.

    Raises
    ------
    InputError
        When the stored file is damaged.
    """
    path = folder / f"{name}.design.json"
    return load_design(path) if _ID.fullmatch(name) and path.is_file() else None
