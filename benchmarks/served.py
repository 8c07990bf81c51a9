"""A Streamlit app served for a benchmark, in a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measured import PER_MB, memory_of

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Served:
    """A server that answers under ``address``."""

    address: str
    pid: int

    def megabytes(self) -> float:
        """The memory that the server fills now, without the processes that it started."""
        return memory_of(self.pid) / PER_MB

    def processor_seconds(self) -> float:
        """The seconds of processors that the server has used so far; 0 where the platform does not say so in a file."""
        about = Path(f"/proc/{self.pid}/stat")
        if not about.exists():
            return 0.0
        used = about.read_text(encoding="ascii").rpartition(")")[2].split()[11:13]
        return sum(map(int, used)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serve_app(script: Path, home: Path, **variables: str) -> Iterator[Served]:
    """Serve an app on a free port, with ``home`` as its workspace, until the context ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port), "--server.headless",
               "true", "--server.fileWatcherType", "none", "--browser.gatherUsageStats", "false"]  # fmt: skip
    environment = os.environ | {"WORKBENCH_HOME": str(home), **variables}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health", server)
        yield Served(f"http://127.0.0.1:{port}", server.pid)
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"{address} did not answer")
