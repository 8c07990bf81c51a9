"""Connect to the database of the store: what each kind needs so that commits last and writers wait for each other."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

WAIT_SECONDS = 30  # for another writer
_WRITERS = 8_715_001  # the advisory lock that writers of a PostgreSQL store take, one at a time
# A thread that reads may write as well: were connections limited, all could wait for one another.
_COMMON: dict[str, Any] = {"max_overflow": -1, "hide_parameters": True}


def connect_store(url: URL) -> Engine:
    """Return an engine on a store that is there or will be made. Nothing is opened yet."""
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": WAIT_SECONDS}, **_COMMON)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    wait = f"-c lock_timeout={WAIT_SECONDS * 1000}"
    arguments = {"connect_timeout": 5, "options": wait}
    return create_engine(url, pool_pre_ping=True, connect_args=arguments, **_COMMON)


def connect_memory(source: sqlite3.Connection | None) -> Engine:
    """Return an engine on a store in memory, with what a database holds if one is given."""
    memory = sqlite3.connect(":memory:", check_same_thread=False)
    if source is not None:
        source.backup(memory)
    memory.isolation_level = None
    engine = create_engine("sqlite://", creator=lambda: memory, poolclass=StaticPool, hide_parameters=True)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def reading_from(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads, and sees one state of the store."""
    options: dict[str, Any] = {} if _is_sqlite(engine) else {"isolation_level": "REPEATABLE READ"}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


@contextmanager
def writing_to(engine: Engine) -> Iterator[Connection]:
    """A transaction that no other writer of the store overlaps: what it reads stays so until it is committed."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if not _is_sqlite(engine):
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_WRITERS})"))
        yield connection


@contextmanager
def errors_as_oserror() -> Iterator[None]:
    """Raise OSError with a plain reason for whatever a database says, so that callers need to know no database."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise as_oserror(error) from error
    except ModuleNotFoundError:
        raise OSError(0, "the package psycopg is not installed") from None


def _is_sqlite(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


def _prepare_sqlite(raw: sqlite3.Connection, _record: object) -> None:
    raw.isolation_level = None  # transactions begin where the engine says so, not where the driver guesses
    # FULL, since a commit shall also outlast a machine that loses its power.
    for pragma in (f"busy_timeout={WAIT_SECONDS * 1000}", "foreign_keys=ON", "synchronous=FULL"):
        raw.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


_REASONS = (
    ("readonly", errno.EROFS),
    ("read-only", errno.EROFS),
    ("disk is full", errno.ENOSPC),
    ("disk full", errno.ENOSPC),
    ("disk i/o error", errno.EIO),
    ("unable to open", errno.EACCES),
)


def as_oserror(error: SQLAlchemyError | sqlite3.Error) -> OSError:
    """Return the plain reason of an error of a database."""
    said = str(error.orig if isinstance(error, DBAPIError) else error).lower()
    for part, number in _REASONS:
        if part in said:
            return OSError(number, os.strerror(number))
    if "locked" in said or "lock timeout" in said:
        return OSError(errno.EBUSY, os.strerror(errno.EBUSY))
    return OSError(errno.EIO, "the store cannot be reached" if "connect" in said else "the store gave an error")
