"""Two who ask for one file at once have it read once, and both are told the same of it."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from workbench.data.engine.limits import ReadLimits, read_limits
from workbench.data.engine.read_progress import ReadProgress
from workbench.data.files.file_options import AS_FOUND
from workbench.data.files.read_apart import ReadApart, watch_reading
from workbench.data.files.reading_processes import ReadingProcesses, Watch


class Queueing(ReadingProcesses):
    """Processes that are busy with other files until they are let go."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.go_on, self.n = threading.Event(), threading.Event(), 0

    def ask(self, request: dict[str, Any], limits: ReadLimits, watch: Watch) -> dict[str, Any]:
        self.n += 1
        watch(ReadProgress(ahead=3))
        self.begun.set()
        assert self.go_on.wait(30)
        return {"places": []}


def test_a_second_asker_is_told_for_how_many_files_it_waits(tmp_path: Path) -> None:
    path, apart, told = tmp_path / "deals.csv", ReadApart(), list[int]()
    path.write_text("rep,day\n")
    apart.processes = processes = Queueing()

    def told_second(file: str, seen: ReadProgress) -> None:
        told.append(seen.ahead)
        processes.go_on.set()

    def ask(watcher: Any) -> dict[str, Any]:
        with watch_reading(watcher):
            return apart.ask("list", path, "deals.csv", read_limits(), AS_FOUND).answer

    try:
        with ThreadPoolExecutor(2) as pool:
            first = pool.submit(ask, lambda *_: None)
            assert processes.begun.wait(30)
            second = pool.submit(ask, told_second)
            assert first.result(60) == second.result(60) == {"places": []}
    finally:
        apart.close()
    assert (set(told), processes.n, apart.seen) == ({3}, 1, {})
