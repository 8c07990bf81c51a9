"""A PostgreSQL server of the tests' own, for as long as they run."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

_OWNERS = ("postgres", "nobody")  # PostgreSQL refuses to run as root
_QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "listen_addresses=", "max_connections=60")
_NUMBERS = count(1)


class Cluster:
    """A running server that makes databases."""

    def __init__(self, socket: Path) -> None:
        self.socket = socket

    def new_database(self, address: str = "") -> str:
        """Make an empty database and return its address; at an address where one was dropped."""
        name = _name(address) if address else f"store_{os.getpid()}_{next(_NUMBERS)}"
        self._run(f"CREATE DATABASE {name}")
        return self._address(name)

    def drop(self, address: str) -> None:
        """Drop a database, whoever is connected to it."""
        self._run(f"DROP DATABASE {_name(address)} WITH (FORCE)")

    def _run(self, command: str) -> None:
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(command)

    def _address(self, name: str) -> str:
        return f"postgresql://workbench@/{name}?host={self.socket}"


def _name(address: str) -> str:
    return address.partition("@/")[2].partition("?")[0]


def need_postgres() -> Path:
    """Return the folder of PostgreSQL's programs. Without them a test skips, except where CI is set."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve().parent] if on_path else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not found or not (found[-1] / "initdb").is_file():
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is missing: install Debian's package postgresql")
        pytest.skip("PostgreSQL is not installed (Debian's package postgresql)")
    return found[-1]


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Make a cluster in a temporary folder and run it, as a user without rights where the tests run as root."""
    programs = need_postgres()
    folder = Path(tempfile.mkdtemp(prefix="workbench-postgres-"))
    owner = _owner()
    try:
        if owner:
            shutil.chown(folder, owner)
        made = [programs / "initdb", "-D", folder / "data", "-U", "workbench", "-A", "trust", "-E", "UTF8",
                "--locale=C.UTF-8", "--no-sync"]  # fmt: skip
        subprocess.run(made, check=True, capture_output=True, user=owner)
        options = " ".join(f"-c {option}" for option in (*_QUICK, f"unix_socket_directories={folder}"))
        control = [programs / "pg_ctl", "-D", folder / "data", "-l", folder / "log", "-w"]
        subprocess.run(
            [*control, "-o", options, "start"], check=True, stdout=subprocess.DEVNULL, user=owner, cwd=folder
        )
        try:
            yield Cluster(folder)
        finally:
            subprocess.run(
                [*control, "-m", "fast", "stop"], check=True, stdout=subprocess.DEVNULL, user=owner, cwd=folder
            )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> str | None:
    if os.geteuid() != 0:
        return None
    return next(name for name in _OWNERS if any(name == each.pw_name for each in pwd.getpwall()))
