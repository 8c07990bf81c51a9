"""Events in a file become a panel: the workbench against one raw query of the engine and against pandas.

Each way runs in a process of its own, so that its peak memory is its own; all have to find the same numbers. The other
two ways trust what they read: they look for no repeated rows, unreadable dates or spellings. ``WORKBENCH_BENCH_ROWS``
changes the number of events; typed Parquet is read at that size and at four times that size, since the workbench's
memory must not grow with the rows.
"""

from __future__ import annotations

import math
import os
import tempfile
from pathlib import Path

import duckdb

from benchmarks.import_by_workbench import MEASURES
from benchmarks.measured import measured

NAME = "import"
HELP = "1.3 million events from CSV, and from Parquet, to a panel, against one raw query and pandas"
N_EVENTS, N_REPS, TIMES = int(os.environ.get("WORKBENCH_BENCH_ROWS", 1_300_000)), 120, 4
MOST_TIMES_RAW = 5
_ROWS = f"""
    select i as call_id, 'rep ' || lpad((hash(i) % {N_REPS})::varchar, 3, '0') as rep,
           timestamp '2023-01-02 08:00:00' + to_seconds((hash(i * 7) % 47000000)::bigint) as started_at,
           ['No answer', 'Voicemail', 'Connected', 'Wrong number', 'Meeting set'][(1 + hash(i * 11) % 5)::int]
               as disposition,
           case when hash(i * 11) % 5 in (2, 4) then hash(i * 13) % 900 else 0 end as seconds,
           'C' || (hash(i * 17) % 90000) as contact, '+49 30 ' || (hash(i * 19) % 9000000 + 1000000) as phone,
           'campaign ' || (hash(i * 23) % 40) as campaign
    from range({{n}}) t(i)
"""


def run() -> str:
    """Generate the events, import them in every way, and compare."""
    with tempfile.TemporaryDirectory(prefix="workbench-benchmark-") as name:
        folder = Path(name)
        csv, few, many = folder / "calls.csv", folder / "calls.parquet", folder / "more_calls.parquet"
        duckdb.sql(f"copy ({_ROWS.format(n=N_EVENTS)}) to '{csv}' (header, delimiter ',')")
        duckdb.sql(f"copy ({_ROWS.format(n=N_EVENTS)}) to '{few}' (format parquet)")
        duckdb.sql(f"copy ({_ROWS.format(n=N_EVENTS * TIMES)}) to '{many}' (format parquet)")
        lines = [f"{N_EVENTS:,} events, {N_REPS} reps, by month, {len(MEASURES)} measures"]
        lines += _compared(csv, ("workbench", "duckdb", "pandas"))[0]
        shorter, peak = _compared(few, ("workbench", "duckdb"))
        longer, more = _compared(many, ("workbench", "duckdb"))
    lines += [*shorter, *longer]
    return "\n".join([*lines, f"peak memory with {TIMES} times the rows: {more / peak:.2f} times (wanted: 1)"])


def _compared(path: Path, names: tuple[str, ...]) -> tuple[list[str], float]:
    """Lines about every way of importing a file, and the peak megabytes of the workbench."""
    ways = {way: measured(f"benchmarks.import_by_{way}", path) for way in names}
    ours = ways["workbench"]
    lines = [f"{path.name}, {path.stat().st_size / 1e6:.0f} MB"]
    lines += [f"  {way:<10} {found['seconds']:6.2f} s   peak {found['peak']:6.0f} MB" for way, found in ways.items()]
    for way, theirs in list(ways.items())[1:]:
        same = all(math.isclose(ours["totals"][name], total, rel_tol=1e-9) for name, total in theirs["totals"].items())
        wanted = f" (wanted: at most {MOST_TIMES_RAW})" if way == "duckdb" else ""
        lines.append(
            f"  workbench ÷ {way}: {ours['seconds'] / theirs['seconds']:.2f} in time{wanted}, "
            f"{ours['peak'] / theirs['peak']:.2f} in peak memory; the same totals: {'yes' if same else 'NO'}"
        )
    return lines, ours["peak"]
