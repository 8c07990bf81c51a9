"""Read named database connections from the app's secrets file."""

from __future__ import annotations

import tomllib
from pathlib import Path

from workbench.errors import Where, refused

SECRETS = Path(".streamlit") / "secrets.toml"


def read_connections(path: Path = SECRETS) -> dict[str, str]:
    """Return URLs by name from ``[connections.NAME]`` with ``url = "…"``; empty when there is no such file.

    Raises
    ------
    InputError
        When the file is not TOML. The issue never repeats its content, which may hold passwords.
    """
    if not path.is_file():
        return {}
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise refused("bad_secrets", Where(file=str(path))) from None
    found = content.get("connections", {})
    return {name: str(each["url"]) for name, each in found.items() if isinstance(each, dict) and "url" in each}
