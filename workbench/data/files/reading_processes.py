"""Start processes that read files, ask them, and end them when time is up or nobody waits any longer."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from workbench.data.engine.limits import MB, ReadLimits, variable_of
from workbench.data.engine.read_progress import ReadProgress
from workbench.data.files.issue_codec import decode_issues
from workbench.data.files.reading_folders import make_reading_folder
from workbench.data.files.reading_turns import ReadingTurns
from workbench.errors import InputError, Where, refused

ROOT = Path(__file__).resolve().parents[3]
COMMAND = (sys.executable, "-m", "workbench.data.files.reading_process")
A_LOOK = 0.1  # seconds between two looks at a process
PASSED_ON = ("PATH", "HOME", "USERPROFILE", "SYSTEMROOT", "TZ", "LANG", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
PASSED_ON_FROM = ("LC_", "PYTHON")  # how the names of further variables begin
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096  # bytes
OUT_OF_MEMORY = (-6, -9)  # how a process ends that cannot get memory: aborted, or ended by the system

Watch = Callable[[ReadProgress], None]
"""Called several times a second while a file is read; what it raises ends the reading."""


class ReadingEndedError(InputError):
    """A reading was ended, or its process died: another try may go better, since the machine was perhaps busy."""


@dataclass(eq=False)
class _Process:
    """A process with a folder of its own for scratch files, and the lines that it has said."""

    folder: Path = field(default_factory=make_reading_folder)
    said: queue.Queue[str] = field(default_factory=queue.Queue)

    def __post_init__(self) -> None:
        self.running = subprocess.Popen(
            COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            encoding="utf-8", env=_environment(self.folder),
        )  # fmt: skip
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.running.stdout is not None
        with self.running.stdout as lines:
            for line in lines:
                self.said.put(line)
        self.said.put("")

    def ask(self, request: dict[str, Any]) -> None:
        assert self.running.stdin is not None
        self.folder.mkdir(mode=0o700, exist_ok=True)  # the machine may have cleaned its scratch folder since
        self.running.stdin.write(json.dumps(request) + "\n")
        self.running.stdin.flush()

    def next_message(self, timeout: float) -> dict[str, Any] | None:
        """The next message, or None where none came in time. Raises EOFError when the process has ended."""
        try:
            line = self.said.get(timeout=timeout)
        except queue.Empty:
            return None
        if not line:
            raise EOFError
        return json.loads(line)

    def end(self) -> int:
        """End the process, remove its files, and return how it ended."""
        self.running.kill()
        code = self.running.wait()
        if self.running.stdin is not None:
            with suppress(OSError):
                self.running.stdin.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        return code


def _environment(folder: Path) -> dict[str, str]:
    """What a process needs to start: a file that breaks into it shall find no password of a database there."""
    passed = {name: value for name, value in os.environ.items() if name.upper() in PASSED_ON}
    passed |= {name: value for name, value in os.environ.items() if name.upper().startswith(PASSED_ON_FROM)}
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return {**passed, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder)), "PYTHONPATH": path}


class ReadingProcesses:
    """A few processes that read files, one of them kept warm: it takes two seconds to start one."""

    def __init__(self) -> None:
        self.turns = ReadingTurns()
        self.idle: list[_Process] = []
        self.busy: set[_Process] = set()
        self.lock = threading.Lock()

    def warm(self) -> None:
        """Have a process ready."""
        made = self._take()
        with self.lock:
            self.busy.discard(made)
        self._give_back(made)

    def ask(self, request: dict[str, Any], limits: ReadLimits, watch: Watch) -> dict[str, Any]:
        """Have a file read, and return the answer. What time is allowed counts from when the reading begins.

        Raises
        ------
        InputError
            What is wrong with the file, or which limit it is past.
        """
        with self.turns.turn(lambda ahead: watch(ReadProgress(ahead=ahead))):
            return self._ask(request, limits, watch)

    def close(self) -> None:
        """End all processes, those that read as well."""
        with self.lock:
            ended, self.idle = [*self.idle, *self.busy], []
        for each in ended:
            each.end()

    def _ask(self, request: dict[str, Any], limits: ReadLimits, watch: Watch) -> dict[str, Any]:
        process, where = self._take(), request["where"]
        try:
            process.ask({**request, "limits": asdict(limits)})
            answer = self._wait(process, limits, watch, where)
        except (EOFError, OSError, ValueError):
            raise ReadingEndedError(_ended(process.end(), limits, where).issues) from None
        except BaseException:  # past the time, or nobody waits any longer
            process.end()
            raise
        finally:
            with self.lock:
                self.busy.discard(process)
        self._give_back(process)
        if "issues" in answer:
            raise InputError(decode_issues(answer["issues"]))
        return answer["done"]

    def _wait(self, process: _Process, limits: ReadLimits, watch: Watch, where: str) -> dict[str, Any]:
        ends, seen = time.monotonic() + limits.seconds, ReadProgress()
        while True:
            message = process.next_message(A_LOOK) or {}
            if "done" in message or "issues" in message:
                return message
            if "progress" in message:
                seen = ReadProgress(*message["progress"])
            watch(seen)
            if time.monotonic() > ends:
                raise ReadingEndedError(limits.past("seconds", where).issues)
            if _memory_of(process.running.pid) > limits.memory_mb * MB:
                raise ReadingEndedError(limits.past("memory_mb", where).issues)

    def _take(self) -> _Process:
        with self.lock:
            while self.idle:
                found = self.idle.pop()
                if found.running.poll() is None:
                    self.busy.add(found)
                    return found
                found.end()
        made = _Process()
        with self.lock:
            self.busy.add(made)
        return made

    def _give_back(self, process: _Process) -> None:
        """Keep one; what more there is ends, and with it the memory that it took."""
        with self.lock:
            if not self.idle:
                self.idle.append(process)
                return
        process.end()


def _memory_of(pid: int) -> int:
    """The bytes that a process fills; 0 where the platform does not say so in a file."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0
    return pages * PAGE


def _ended(code: int, limits: ReadLimits, where: str) -> InputError:
    """The refusal of a file on which a process ended by itself."""
    if code in OUT_OF_MEMORY:
        return limits.past("memory_mb", where)
    variable = variable_of("memory_mb")
    return refused("reader_ended", Where(file=where), allowed=limits.memory_mb, variable=variable)
