"""A process that makes others like itself, which save to a store, and kills them or waits for them.

``python -m tests.store.forks kill SAVER HOME TIMES SECONDS`` or ``… wait SAVER HOME PROCESSES``: prints JSON. What the
others need is imported once.
"""

from __future__ import annotations

import importlib
import json
import os
import random
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.sources import ROOT
from tests.store import savers


def kill_processes(saver: str, home: Path, times: int, most_seconds: float) -> list[str]:
    """Start processes one after the other, kill each a moment of chance after the first that it says; return all."""
    return json.loads(_run("kill", saver, str(home), str(times), str(most_seconds)))


def wait_for_processes(saver: str, home: Path, processes: int) -> list[int]:
    """Start processes at once and return how each of them ended: 0 is well."""
    return json.loads(_run("wait", saver, str(home), str(processes)))


def _run(*arguments: str) -> str:
    command = [sys.executable, "-m", "tests.store.forks", *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def _fork(saver: Callable[[Path, int, savers.Tell], None], home: Path, number: int) -> tuple[int, int]:
    """Return the process id, and the end of a pipe through which it says what is done."""
    here, there = os.pipe()
    child = os.fork()
    if child:
        os.close(there)
        return child, here
    os.close(here)
    status = 1
    try:
        saver(home, number, lambda done: os.write(there, f"{done}\n".encode()))
        status = 0
    finally:
        os._exit(status)


def _killed(saver: Callable[[Path, int, savers.Tell], None], home: Path, number: int, seconds: float) -> list[str]:
    child, said = _fork(saver, home, number)
    with os.fdopen(said) as lines:
        first = lines.readline().strip()
        select.select([], [], [], seconds)  # a moment of chance: nothing is waited for
        os.kill(child, signal.SIGKILL)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert ended in (0, -signal.SIGKILL), "it broke down by itself"
        return [first, *lines.read().split()]


def main(what: str, saver: str, home: str, times: str, most_seconds: str = "0") -> None:
    for needed in ("alembic.runtime.environment", "sqlalchemy.dialects.postgresql.psycopg", "psycopg"):
        importlib.import_module(needed)  # here, and not again in every process
    function, chance = getattr(savers, saver), random.Random(7)
    found: list[object] = []
    if what == "kill":
        for number in range(int(times)):
            found += _killed(function, Path(home), number, chance.uniform(0, float(most_seconds)))
    else:
        children = [_fork(function, Path(home), number)[0] for number in range(int(times))]
        found += [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
