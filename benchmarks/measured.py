"""One way of doing something, in a process of its own: how long it takes and how much memory it needs at most."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PER_MB = 1024  # kilobytes


def report(work: Callable[[Path], dict[str, float]]) -> None:
    """Do the work on the file named on the command line; print its seconds, peak megabytes and totals as JSON."""
    began = time.perf_counter()
    found = work(Path(sys.argv[1]))
    seconds = time.perf_counter() - began
    print(json.dumps({"seconds": seconds, "peak": _peak(), "totals": {name: float(n) for name, n in found.items()}}))


def _peak() -> float:
    """The peak megabytes of this process; Linux also counts those of the one that started it in ``ru_maxrss``."""
    own = Path("/proc/self/status")
    lines = own.read_text(encoding="utf-8").splitlines() if own.exists() else []
    high = next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), None)
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss if high is None else high) / PER_MB


def memory_of(pid: int) -> int:
    """The kilobytes that a process fills now; 0 where the platform does not say so in a file."""
    own = Path(f"/proc/{pid}/status")
    lines = own.read_text(encoding="utf-8").splitlines() if own.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)


def measured(module: str, path: Path) -> dict:
    """What ``report`` prints when a module is run on a file."""
    done = subprocess.run([sys.executable, "-m", module, path], check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)
