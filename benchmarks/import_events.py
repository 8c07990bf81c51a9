"""1.3 million calls in a CSV file become a panel: the workbench against pandas ``read_csv`` and ``groupby``.

Each way runs in a process of its own, so that its peak memory is its own; both have to find the same numbers. The
pandas way reads the needed columns alone and trusts them: it looks for no repeated rows, unreadable dates or spellings.
"""

from __future__ import annotations

import math
import tempfile
from pathlib import Path

import duckdb

from benchmarks.import_by_workbench import MEASURES
from benchmarks.measured import measured

NAME = "import"
HELP = "1.3 million events from CSV to panel, against pandas read_csv + groupby"
N_EVENTS, N_REPS = 1_300_000, 120
_ROWS = f"""
    select i as call_id, 'rep ' || lpad((hash(i) % {N_REPS})::varchar, 3, '0') as rep,
           timestamp '2023-01-02 08:00:00' + to_seconds((hash(i * 7) % 47000000)::bigint) as started_at,
           ['No answer', 'Voicemail', 'Connected', 'Wrong number', 'Meeting set'][(1 + hash(i * 11) % 5)::int]
               as disposition,
           case when hash(i * 11) % 5 in (2, 4) then hash(i * 13) % 900 else 0 end as seconds,
           'C' || (hash(i * 17) % 90000) as contact, '+49 30 ' || (hash(i * 19) % 9000000 + 1000000) as phone,
           'campaign ' || (hash(i * 23) % 40) as campaign
    from range({N_EVENTS}) t(i)
"""


def run() -> str:
    """Generate the events, import them both ways, and compare."""
    with tempfile.TemporaryDirectory(prefix="workbench-benchmark-") as name:
        path = Path(name) / "calls.csv"
        duckdb.sql(f"copy ({_ROWS}) to '{path}' (header, delimiter ',')")
        size = path.stat().st_size / 1e6
        ways = {way: measured(f"benchmarks.import_by_{way}", path) for way in ("workbench", "pandas")}
    ours, theirs = ways["workbench"], ways["pandas"]
    same = all(math.isclose(ours["totals"][name], total, rel_tol=1e-9) for name, total in theirs["totals"].items())
    lines = [f"{N_EVENTS:,} events, {size:.0f} MB of CSV, {N_REPS} reps, by month, {len(MEASURES)} measures"]
    lines += [f"{way:<10} {found['seconds']:6.2f} s   peak {found['peak']:6.0f} MB" for way, found in ways.items()]
    lines.append(
        f"workbench ÷ pandas: {ours['seconds'] / theirs['seconds']:.2f} in time, {ours['peak'] / theirs['peak']:.2f} in"
        f" peak memory; the same totals: {'yes' if same else 'NO'}"
    )
    return "\n".join(lines)
