"""Write a file as a whole."""

from __future__ import annotations

import tempfile
from pathlib import Path


def write_whole(target: Path, content: str) -> None:
    """Write a file that is there as a whole or as it was before. Raises OSError where nothing can be written."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=target.parent, suffix=".part", delete=False, encoding="utf-8") as part:
        part.write(content)
    Path(part.name).replace(target)
