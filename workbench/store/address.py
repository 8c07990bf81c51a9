"""Where the store is: a file in the workspace, or the PostgreSQL database that the environment or the secrets name."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

VARIABLE = "WORKBENCH_STORE"
FILE = "workbench.db"
_SECRETS = Path(".streamlit") / "secrets.toml"


def store_address(home: Path, secrets: Path = _SECRETS) -> URL:
    """Return the address of the store of a workspace.

    ``WORKBENCH_STORE`` comes before ``url`` in ``[store]`` of the secrets; without both it is a file in the workspace.

    Raises
    ------
    OSError
        When the address cannot be read. The reason never repeats it, since it may hold a password.
    """
    given = os.environ.get(VARIABLE) or _from_secrets(secrets)
    if not given:
        return URL.create("sqlite", database=str(home.absolute() / FILE))
    try:
        url = make_url(given)
    except ArgumentError:
        raise OSError(0, "the address of the store cannot be read") from None
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite" and url.database:
        return url
    raise OSError(0, "the store can be SQLite or PostgreSQL only")


def shown_address(url: URL) -> str:
    """Return where the store is as people may read it: a path, or an address without its password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url.set(query={}).render_as_string(hide_password=True)  # its options may hold a password too


def _from_secrets(path: Path) -> str:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ""
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise OSError(0, f"{path} cannot be read") from None
    found = content.get("store", {})
    return str(found.get("url", "")) if isinstance(found, dict) else ""
