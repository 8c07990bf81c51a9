"""Have files read by a process of their own, and keep what it found for whoever asks again.

A server and a command turn this on; a test reads in its own process.
"""

from __future__ import annotations

import atexit
import functools
import hashlib
import math
import os
import shutil
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from workbench.data.engine.embedded import Engine
from workbench.data.engine.limits import ReadLimits, read_limits
from workbench.data.engine.read_progress import ReadProgress
from workbench.data.files.file_options import AS_FOUND, FileOptions
from workbench.data.files.opened_file import OpenedFile
from workbench.data.files.reading_folders import make_reading_folder, remove_left_folders
from workbench.data.files.reading_processes import A_LOOK, ReadingEndedError, ReadingProcesses
from workbench.data.files.staged_copy import read_copy
from workbench.errors import InputError, Issue

MOST_KEPT = 200  # answers
MOST_BYTES = 4_000_000_000  # of copies

Watcher = Callable[[str, ReadProgress], None]
"""Told the name of a file and how far its reading has come; what it raises ends the reading."""
_WATCHER: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


@dataclass(frozen=True)
class _Found:
    """What a process found in a file: its answer with a copy of the rows, or why there is none, and until when."""

    answer: dict[str, Any]
    copy: Path | None = None
    n_bytes: int = 0
    issues: tuple[Issue, ...] = ()
    until: float = math.inf


class ReadApart:
    """Answers by file and question, read once for all sessions; the ones unused for longest go."""

    def __init__(self) -> None:
        self.processes = ReadingProcesses()
        self.folder = make_reading_folder()
        self.found: OrderedDict[str, _Found] = OrderedDict()
        self.lock = threading.Lock()
        self.busy: dict[str, threading.Lock] = {}
        self.seen: dict[str, ReadProgress] = {}
        self.n_read = 0

    def ask(self, do: str, path: Path, where: str, limits: ReadLimits, options: FileOptions) -> _Found:
        """The answer about a file, from memory or by a process; one process a file, however many ask."""
        key = _key(do, path, where, limits, options)
        with self.lock:
            alone = self.busy.setdefault(key, threading.Lock())
        watch = _WATCHER.get()
        while not alone.acquire(timeout=A_LOOK):
            if watch is not None:
                watch(where, self.seen.get(key, ReadProgress()))
        try:
            return self._known(key) or self._read(key, do, path, where, limits, options)
        finally:
            alone.release()

    def open(self, path: Path, where: str, engine: Engine, options: FileOptions) -> OpenedFile:
        """Open a file; it is read once more where its copy is gone, as when the machine cleans its scratch folder."""
        found = self.ask("open", path, where, engine.limits, options)
        try:
            return self._hand_out(found, engine)
        except FileNotFoundError:
            self._forget(found)
            return self._hand_out(self.ask("open", path, where, engine.limits, options), engine)

    def close(self) -> None:
        """End all processes and remove all copies."""
        self.processes.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _hand_out(self, found: _Found, engine: Engine) -> OpenedFile:
        """Open a copy in an engine, under a name of the engine's own: the copy itself may go at any time."""
        if found.issues:
            raise (InputError if math.isinf(found.until) else ReadingEndedError)(found.issues)
        if found.copy is None:
            return read_copy(found.answer, Path(), engine)
        own = engine.scratch(".parquet")
        with self.lock:
            try:
                os.link(found.copy, own)
            except OSError:
                shutil.copyfile(found.copy, own)
        return read_copy(found.answer, own, engine)

    def _forget(self, gone: _Found) -> None:
        with self.lock:
            for key in [key for key, found in self.found.items() if found is gone]:
                del self.found[key]

    def _known(self, key: str) -> _Found | None:
        with self.lock:
            found = self.found.get(key)
            if found is None or monotonic() > found.until:
                return None
            self.found.move_to_end(key)
            return found

    def _read(self, key: str, do: str, path: Path, where: str, limits: ReadLimits, options: FileOptions) -> _Found:
        self.n_read += 1
        self.folder.mkdir(mode=0o700, exist_ok=True)
        target = self.folder / f"{self.n_read}-{key[:16]}.parquet"
        request = {
            "do": do,
            "path": str(path.resolve()),
            "where": where,
            "options": asdict(options),
            "target": str(target),
        }
        watch, began = _WATCHER.get(), monotonic()

        def look(seen: ReadProgress) -> None:
            self.seen[key] = seen  # for whoever asks for the same file meanwhile
            if watch is not None:
                watch(where, seen)

        try:
            answer = self.processes.ask(request, limits, look)
            found = _Found(answer, target if target.exists() else None, target.stat().st_size if target.exists() else 0)
        except ReadingEndedError as error:
            target.unlink(missing_ok=True)
            now = monotonic()
            found = _Found({}, issues=error.issues, until=now + (now - began))  # whoever waited need not wait again
        except InputError as error:
            target.unlink(missing_ok=True)
            found = _Found({}, issues=error.issues)
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        finally:
            self.seen.pop(key, None)
        self._keep(key, found)
        return found

    def _keep(self, key: str, found: _Found) -> None:
        with self.lock:
            self.found[key] = found
            while len(self.found) > MOST_KEPT or sum(each.n_bytes for each in self.found.values()) > MOST_BYTES:
                oldest, gone = self.found.popitem(last=False)
                self.busy.pop(oldest, None)
                if gone.copy is not None and gone is not found:
                    gone.copy.unlink(missing_ok=True)
                if not self.found:
                    return


_apart: ReadApart | None = None
_lock = threading.Lock()


def read_files_apart(ahead: bool = True) -> None:
    """From now on this process has files read by another one, started ``ahead`` in the background, or when needed."""
    global _apart
    with _lock:
        if _apart is None:
            remove_left_folders()
            _apart = ReadApart()
            atexit.register(_apart.close)
            if ahead:
                threading.Thread(target=_apart.processes.warm, daemon=True).start()


def are_read_apart() -> bool:
    """Whether this process has files read by another one."""
    return _apart is not None


def open_apart(path: Path, where: str, engine: Engine, options: FileOptions) -> OpenedFile:
    """Open a file by another process. Raises InputError as ``open_in_process`` does."""
    assert _apart is not None
    return _apart.open(path, where, engine, options)


def list_apart(path: Path, where: str) -> list[tuple[str | None, str | None]]:
    """List the sheets or tables of a file by another process; none where the file cannot be opened."""
    assert _apart is not None
    found = _apart.ask("list", path, where, read_limits(), AS_FOUND)
    return [(sheet, table) for sheet, table in found.answer.get("places", [])]


@contextmanager
def watch_reading(watcher: Watcher) -> Iterator[None]:
    """Within, tell how far the reading of each file has come."""
    before = _WATCHER.set(watcher)
    try:
        yield
    finally:
        _WATCHER.reset(before)


def _key(do: str, path: Path, where: str, limits: ReadLimits, options: FileOptions) -> str:
    """A file by its content, which stays when the file is copied, with everything that the answer depends on."""
    about = path.stat()
    whole = (do, _digest(path, about.st_size, about.st_mtime_ns), where, limits, options)
    return hashlib.sha256(repr(whole).encode("utf-8", "surrogatepass")).hexdigest()


@functools.lru_cache(MOST_KEPT)
def _digest(path: Path, size: int, changed: int) -> str:
    """The hash of a file; ``size`` and ``changed`` say when it is another one."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
