"""Open the store of a workspace: one engine a process, made and brought up to date on first use.

Where it cannot be opened, what can be read is read into memory, reading goes on, and saving raises the reason.
"""

from __future__ import annotations

import errno
import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError

from workbench.rights.acting import current_person
from workbench.store.address import shown_address, store_address
from workbench.store.document_rows import DRAFTS_KEPT, UNDO
from workbench.store.documents import DocumentReader, DocumentWriter
from workbench.store.engine import (
    as_oserror,
    connect_memory,
    connect_store,
    errors_as_oserror,
    reading_from,
    writing_to,
)
from workbench.store.kinds import ERASED_LATER, FORGOTTEN_LATER
from workbench.store.migrate import migrate
from workbench.store.takeover import has_old_folders, put_old_folders_aside, take_over

_LOG = logging.getLogger(__name__)
_DAMAGE = (ValueError, LookupError, TypeError, AttributeError, RuntimeError)  # what damaged content raises
TRY_AGAIN_SECONDS, UPKEEP_SECONDS = 15, 24 * 3600


@dataclass
class OpenStore:
    """A store that was opened. ``closed``: why nothing can be saved, None while it can.

    ``file``: device and inode of its file, so that one that was moved or replaced is opened anew.
    """

    engine: Engine
    place: str
    closed: OSError | None = None
    file: tuple[int, int] | None = None
    opened_at: float = field(default_factory=time.monotonic)
    upkeep_at: float = field(default_factory=time.monotonic)
    at_work: threading.local = field(default_factory=threading.local)
    turn: threading.RLock = field(default_factory=threading.RLock)  # a store in memory is one connection for all


_OPENED: dict[tuple[str, str], OpenStore] = {}
_OPENING = threading.Lock()


@contextmanager
def reading(home: Path) -> Iterator[DocumentReader]:
    """Read from the store of a workspace; within ``writing``, what is being written too. Raises OSError.

    Within another ``reading`` of the same thread it is part of that one, and sees the same state, until the thread
    has written.
    """
    store = open_store(home)
    inside = getattr(store.at_work, "writer", None) or getattr(store.at_work, "reader", None)
    if inside is not None:
        with _for_whom(inside):
            yield inside
        return
    with errors_as_oserror(), ExitStack() as within:
        store, connection = _connect_to_read(home, store, within)
        store.at_work.reader = DocumentReader(connection, current_person())
        try:
            yield store.at_work.reader
        finally:
            store.at_work.reader = None


@contextmanager
def writing(home: Path) -> Iterator[DocumentWriter]:
    """Change the store of a workspace: all within is saved as a whole at the end, or nothing where an error leaves it.

    Within another ``writing`` of the same thread it is part of that one.

    Raises
    ------
    OSError
        When nothing can be saved now, with the reason.
    """
    store = open_store(home)
    inside = getattr(store.at_work, "writer", None)
    if inside is not None:
        with _for_whom(inside):
            yield inside
        return
    if store.closed is not None:
        raise OSError(store.closed.errno, store.closed.strerror)
    with errors_as_oserror(), writing_to(store.engine) as connection:
        store.at_work.writer = DocumentWriter(connection, current_person())
        try:
            yield store.at_work.writer
        finally:
            store.at_work.writer = None
            store.at_work.reader = None  # one that is open sees the state of before


def _for_whom(inside: DocumentReader) -> AbstractContextManager[None]:
    """Within ``rights.acting.as_server`` what is open already works for the server too."""
    return inside.as_server() if current_person() is None else nullcontext()


def _connect_to_read(home: Path, store: OpenStore, within: ExitStack) -> tuple[OpenStore, Connection]:
    if store.closed is None:
        try:
            return store, within.enter_context(reading_from(store.engine))
        except OperationalError as error:  # the server of the database is gone
            store = _give_up(home, store, as_oserror(error))
    within.enter_context(store.turn)
    return store, within.enter_context(reading_from(store.engine))


def _give_up(home: Path, store: OpenStore, reason: OSError) -> OpenStore:
    url = store_address(home)
    with _OPENING:
        store.engine.dispose()
        _OPENED[_name(home, url)] = closed = _in_memory(home, url, reason)
    return closed


def open_store(home: Path) -> OpenStore:
    """Return the store of a workspace, opened before or now. Never raises: see ``OpenStore.closed``."""
    try:
        url = store_address(home)
    except OSError as error:
        return _without_address(home, error)
    known = _name(home, url)
    store = _OPENED.get(known)
    if store is not None and _is_sound(store, url):
        return _kept_up(store)
    with _OPENING:
        store = _OPENED.get(known)
        if store is None or not _is_sound(store, url):
            if store is not None and store.closed is None:  # others may be reading one in memory
                store.engine.dispose()
            store = _OPENED[known] = _open(home, url)
    return _kept_up(store)


def _without_address(home: Path, reason: OSError) -> OpenStore:
    known = str(home.absolute()), ""
    with _OPENING:
        store = _OPENED.get(known)
        if store is None or str(store.closed) != str(reason):
            store = _OPENED[known] = _unreachable(home, reason)
    return store


def _kept_up(store: OpenStore) -> OpenStore:
    """Erase what was deleted long ago, and drafts unused for long, once a day where a server runs for weeks."""
    if store.closed is None and time.monotonic() - store.upkeep_at > UPKEEP_SECONDS:
        store.upkeep_at = time.monotonic()
        with suppress(OSError), errors_as_oserror(), writing_to(store.engine) as connection:
            _erase_old(DocumentWriter(connection))
    return store


def _erase_old(store: DocumentWriter) -> None:
    oldest = (datetime.now(UTC) - UNDO).isoformat()
    for kind in ERASED_LATER:
        store.erase_deleted(kind, oldest)
    for kind in FORGOTTEN_LATER:
        store.forget_drafts(kind, (datetime.now(UTC) - DRAFTS_KEPT).isoformat())


def _name(home: Path, url: URL) -> tuple[str, str]:
    return str(home.absolute()), url.render_as_string(hide_password=False)


def close_stores() -> None:
    """Close what is open, such as before a process makes others like itself."""
    with _OPENING:
        for store in _OPENED.values():
            store.engine.dispose()
        _OPENED.clear()


def _is_sound(store: OpenStore, url: URL) -> bool:
    if store.closed is not None:
        return time.monotonic() - store.opened_at < TRY_AGAIN_SECONDS
    return store.file == _identity(url)


def _identity(url: URL) -> tuple[int, int] | None:
    if url.get_backend_name() != "sqlite" or not url.database:
        return None
    try:
        found = Path(url.database).stat()
    except OSError:
        return (0, 0)
    return found.st_dev, found.st_ino


def _open(home: Path, url: URL) -> OpenStore:
    try:
        with errors_as_oserror():
            if url.get_backend_name() == "sqlite" and url.database:
                Path(url.database).parent.mkdir(parents=True, exist_ok=True)
            engine = connect_store(url)
            with ExitStack() as unless_sound:
                unless_sound.callback(engine.dispose)
                _bring_up_to_date(engine, home)
                unless_sound.pop_all()
            put_old_folders_aside(home)
            return OpenStore(engine, shown_address(url), file=_identity(url))
    except OSError as error:
        return _in_memory(home, url, error)
    except _DAMAGE:  # in a way that nobody thought of; the pages open and say so
        _LOG.exception("the store cannot be opened")
        return _in_memory(home, url, OSError(errno.EIO, "the store cannot be brought up to date"))


def _bring_up_to_date(engine: Engine, home: Path) -> None:
    """Migrate, take over what earlier releases left, and erase what was deleted long ago, all in one transaction."""
    if engine.dialect.name == "sqlite":
        _write_ahead(engine)
    with writing_to(engine) as connection:
        migrate(connection)
        if has_old_folders(home):
            take_over(DocumentWriter(connection), home)
        _erase_old(DocumentWriter(connection))


def _write_ahead(engine: Engine) -> None:
    """Let readers go on while somebody writes. SQLite does not wait for others here, so this does."""
    until = time.monotonic() + 10
    while True:
        try:
            with engine.connect() as connection:
                raw = connection.connection.driver_connection
                if raw is not None and raw.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                    raw.execute("PRAGMA journal_mode=WAL")
                return
        except (sqlite3.OperationalError, OperationalError) as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.05)


def _in_memory(home: Path, url: URL, reason: OSError) -> OpenStore:
    """What can be read of a store that cannot be written, brought up to date in memory."""
    source = _read_only_file(url) if url.get_backend_name() == "sqlite" else None
    try:
        engine = connect_memory(source)
        with suppress(OSError, *_DAMAGE), errors_as_oserror():
            _bring_up_to_date(engine, home)
            return OpenStore(engine, shown_address(url), closed=reason)
    except sqlite3.Error:  # what lies there is no database
        pass
    finally:
        if source is not None:
            source.close()
    return _unreachable(home, reason)


def _read_only_file(url: URL) -> sqlite3.Connection | None:
    """A connection that writes nothing, not even beside the file."""
    path = Path(str(url.database))
    for how in ("mode=ro", "immutable=1"):
        with suppress(sqlite3.Error, OSError):
            if path.is_file():
                found = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True)
                found.execute("SELECT count(*) FROM sqlite_master")
                return found
    return None


def _unreachable(home: Path, reason: OSError) -> OpenStore:
    engine = connect_memory(None)
    with writing_to(engine) as connection:
        migrate(connection)
    return OpenStore(engine, str(home), closed=reason)
