"""The process that reads files for a server: ``python -m workbench.data.files.reading_process``.

Requests come in as lines of JSON, answers and progress go out as such; nothing else is shared but files. Its memory is
bounded, and whoever started it ends it when time is up: what a file does to this process, the server survives.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb

from workbench.data.engine.embedded import Engine
from workbench.data.engine.limits import MB, ReadLimits
from workbench.data.files.file_options import FileOptions
from workbench.data.files.issue_codec import encode_issues
from workbench.data.files.opening import damage_refused, open_in_process
from workbench.data.files.staged_copy import write_copy
from workbench.data.files.table_locations import list_tables_in_process
from workbench.errors import InputError

TICK = 0.3  # seconds between two words about the progress
ENGINE_SHARE = 0.6  # of the memory; the rest is for readers that are not the engine's
ADDRESSES = 3  # times the memory
IDLE = 900.0  # seconds without a request, after which the process ends
TEXT_PROGRESS = "SET enable_progress_bar = true; SET enable_progress_bar_print = false; SET progress_bar_time = 0"

Say = Callable[[dict[str, Any]], None]


def main() -> None:
    """Answer requests until there are no more."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    lock = threading.Lock()

    def say(message: dict[str, Any]) -> None:
        with lock:
            answers.write(json.dumps(message) + "\n")
            answers.flush()

    say({"ready": os.getpid()})
    for line in _requests():
        request = json.loads(line)
        limits = ReadLimits(**request["limits"])
        _bound_memory(limits)
        try:
            say({"done": _answer(request, limits, say)})
        except InputError as error:
            say({"issues": encode_issues(error.issues)})


def _requests() -> Iterator[bytes]:
    """Yield requests; end when none has come for long."""
    waiting: queue.Queue[bytes] = queue.Queue()
    threading.Thread(target=_listen, args=(waiting,), daemon=True).start()
    with suppress(queue.Empty):
        while True:
            yield waiting.get(timeout=IDLE)


def _listen(waiting: queue.Queue[bytes]) -> None:
    """Pass requests on, and end the process in the middle of a reading when whoever started it is gone."""
    with os.fdopen(os.dup(sys.stdin.fileno()), "rb", buffering=0) as lines:
        for line in lines:
            waiting.put(line)
    os._exit(0)


def _answer(request: dict[str, Any], limits: ReadLimits, say: Say) -> dict[str, Any]:
    path, where = Path(request["path"]), request["where"]
    with damage_refused(where, limits):
        if request["do"] == "list":
            places = list_tables_in_process(path.parent, path.name)
            return {"places": [[place.sheet, place.table] for place in places]}
        memory = f"{max(200, int(ENGINE_SHARE * limits.memory_mb))}MB"
        with Engine(memory, limits) as engine, _progress_told(engine, path, say):
            found = open_in_process(path, where, engine, FileOptions(**request["options"]))
            return write_copy(found, engine, Path(request["target"]), limits, where)


@contextmanager
def _progress_told(engine: Engine, path: Path, say: Say) -> Iterator[None]:
    """Tell the progress while the engine reads: rows where they are counted, else bytes."""
    engine.connection.raw_sql(TEXT_PROGRESS)
    engine.progress.total = path.stat().st_size
    ended = threading.Event()

    def tell() -> None:
        while not ended.wait(TICK):
            seen = engine.progress
            share = 0.0
            with suppress(duckdb.Error):  # between two queries
                share = max(0.0, engine.connection.con.query_progress())
            say({"progress": [seen.rows, max(seen.bytes, int(share / 100 * seen.total)), seen.total]})

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        ended.set()
        teller.join()


def _bound_memory(limits: ReadLimits) -> None:
    """Bound the addresses of this process, where the platform can, so that one enormous request is refused at once.

    The engine asks for several times the addresses that it fills. Memory that is filled is bounded by whoever started
    this process and looks at it.
    """
    if sys.platform != "linux":
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + ADDRESSES * limits.memory_mb * MB
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
