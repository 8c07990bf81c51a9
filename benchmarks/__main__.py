"""``python -m benchmarks [NAME …]``: all of them, or the named ones."""

from __future__ import annotations

import argparse
import sys
from types import ModuleType

from benchmarks import (
    count_suspects,
    equal_reps,
    evidence,
    import_events,
    next_pair,
    preview,
    rank_draws,
    sessions,
    stop_rule,
)

BENCHMARKS: tuple[ModuleType, ...] = (
    import_events,
    preview,
    sessions,
    rank_draws,
    next_pair,
    equal_reps,
    stop_rule,
    evidence,
    count_suspects,
)
"""Each has ``NAME``, ``HELP`` and ``run() -> str``."""


def main(arguments: list[str]) -> int:
    """Run benchmarks and print what each found."""
    by_name = {benchmark.NAME: benchmark for benchmark in BENCHMARKS}
    listed = "; ".join(f"{name}: {benchmark.HELP}" for name, benchmark in by_name.items())
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=f"Without names, all. {listed}")
    parser.add_argument("names", nargs="*", metavar="NAME")
    chosen = parser.parse_args(arguments).names or list(by_name)
    if unknown := [name for name in chosen if name not in by_name]:
        parser.error(f"no benchmark called {', '.join(unknown)}; there are {', '.join(by_name)}")
    for name in chosen:
        print(f"== {name}: {by_name[name].HELP}")
        print(by_name[name].run(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
