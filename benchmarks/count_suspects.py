"""Checks of single events: the workbench, with every check, against two of them in pandas.

Each way runs in a process of its own, and both have to find the same numbers. ``WORKBENCH_BENCH_ROWS`` changes the
number of events; four times as many are counted too, since memory must not grow with the rows.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import duckdb

from benchmarks.measured import measured

NAME = "suspects"
HELP = "1.3 million calls looked at by every check, against two checks in pandas"
N_CALLS, TIMES = int(os.environ.get("WORKBENCH_BENCH_ROWS", 1_300_000)), 4
_CALLS = """
    select 'rep ' || lpad((hash(i) % 120)::varchar, 3, '0') as rep,
           date_trunc('day', timestamp '2023-01-02' + to_days((hash(i * 7) % 540)::int))
               + to_seconds((28800 + hash(i * 3) % 36000)::bigint) as started_at,
           ['No answer', 'Voicemail', 'Connected', 'Wrong number'][(1 + hash(i * 11) % 4)::int] as disposition,
           2 + hash(i * 13) % 240 as seconds,
           '+49 30 ' || (hash(i * 19) % 90000 + 1000000) as phone, 'campaign ' || (hash(i * 23) % 40) as campaign
    from range({n}) t(i)
"""


def run() -> str:
    """Generate calls, let both ways look at them, and compare."""
    with tempfile.TemporaryDirectory(prefix="workbench-benchmark-") as name:
        lines: list[str] = []
        peaks: list[float] = []
        for n in (N_CALLS, N_CALLS * TIMES):
            path = Path(name) / f"calls_{n}.parquet"
            duckdb.sql(f"copy ({_CALLS.format(n=n)}) to '{path}' (format parquet)")
            ours, theirs = (measured(f"benchmarks.count_suspects_by_{way}", path) for way in ("workbench", "pandas"))
            same = all(ours["totals"][key] == value for key, value in theirs["totals"].items())
            peaks.append(ours["peak"])
            times = ours["seconds"] / theirs["seconds"]
            lines += [
                f"{n:,} calls: {times:.2f} times pandas, {'the same numbers' if same else 'OTHER NUMBERS'}",
                f"  workbench  {ours['seconds']:6.2f} s   peak {ours['peak']:6.0f} MB",
                f"  pandas     {theirs['seconds']:6.2f} s   peak {theirs['peak']:6.0f} MB",
            ]
    return "\n".join([*lines, f"peak memory with {TIMES} times the rows: {peaks[1] / peaks[0]:.2f} times (wanted: 1)"])
