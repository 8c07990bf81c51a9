"""Read named database connections from the app's secrets file, and decide which data set files may name them."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from workbench.errors import Where, refused

SECRETS = Path(".streamlit") / "secrets.toml"
SETTING, UPLOADS_TOO = "WORKBENCH_CONNECTIONS", "uploads"


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


def connection_names() -> frozenset[str]:
    """Return the names of all connections of this server, whoever may use them."""
    return frozenset(read_connections(SECRETS))


def connections_for_uploads(path: Path = SECRETS) -> dict[str, str]:
    """Return the connections that a data set from the app may name: none, unless the server's setting allows it.

    Whoever uploads a data set file would otherwise read every database of the server. Commands are given their file on
    the machine itself and use :func:`read_connections`.
    """
    return read_connections(path) if os.environ.get(SETTING) == UPLOADS_TOO else {}
