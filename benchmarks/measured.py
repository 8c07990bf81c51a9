"""One way of doing something, in a process of its own: how long it takes and how much memory it needs at most."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path


def report(work: Callable[[Path], dict[str, float]]) -> None:
    """Do the work on the file named on the command line; print its seconds, peak megabytes and totals as JSON."""
    began = time.perf_counter()
    found = work(Path(sys.argv[1]))
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak": peak, "totals": {name: float(n) for name, n in found.items()}}))


def measured(module: str, path: Path) -> dict:
    """What ``report`` prints when a module is run on a file."""
    done = subprocess.run([sys.executable, "-m", module, path], check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)
