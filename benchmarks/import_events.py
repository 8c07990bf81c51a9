"""1.3 million calls in a CSV file become a panel: the workbench against pandas ``read_csv`` and ``groupby``.

Each way runs in a process of its own, so that its peak memory is its own; both have to find the same numbers. The
pandas way reads the needed columns alone and trusts them: it looks for no repeated rows, unreadable dates or spellings.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import pandas as pd

from workbench.data.build import build_panel
from workbench.data.spec import parse_dataset
from workbench.data.totals import totals

NAME = "import"
HELP = "1.3 million events from CSV to panel, against pandas read_csv + groupby"
N_EVENTS, N_REPS = 1_300_000, 120
MEASURES = [
    {"name": "dials"},
    {"name": "connects", "where": "disposition in ('Connected', 'Meeting set')"},
    {"name": "meetings", "where": "disposition == 'Meeting set'"},
    {"name": "seconds", "aggregate": "sum", "column": "seconds"},
    {"name": "talk", "aggregate": "mean", "column": "seconds", "where": "seconds > 0"},
    {"name": "contacts", "aggregate": "distinct", "column": "contact"},
]
_ROWS = f"""
    select i as call_id, 'rep ' || lpad((hash(i) % {N_REPS})::varchar, 3, '0') as rep,
           timestamp '2023-01-02 08:00:00' + to_seconds((hash(i * 7) % 47000000)::bigint) as started_at,
           ['No answer', 'Voicemail', 'Connected', 'Wrong number', 'Meeting set'][(1 + hash(i * 11) % 5)::int] as disposition,
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
        ways = {way: _measured(way, path) for way in ("workbench", "pandas")}
    ours, theirs = ways["workbench"], ways["pandas"]
    same = all(abs(ours["totals"][name] - theirs["totals"][name]) <= 1e-6 * abs(theirs["totals"][name]) for name in
               theirs["totals"])  # fmt: skip
    lines = [f"{N_EVENTS:,} events, {size:.0f} MB of CSV, {N_REPS} reps, by month, {len(MEASURES)} measures"]
    lines += [f"{way:<10} {found['seconds']:6.2f} s   peak {found['peak']:6.0f} MB" for way, found in ways.items()]
    lines.append(
        f"workbench ÷ pandas: {ours['seconds'] / theirs['seconds']:.2f} in time, {ours['peak'] / theirs['peak']:.2f} in"
        f" peak memory; the same totals: {'yes' if same else 'NO'}"
    )
    return "\n".join(lines)


def _measured(way: str, path: Path) -> dict:
    done = subprocess.run([sys.executable, "-m", __spec__.name, way, path], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def by_workbench(path: Path) -> dict[str, float]:
    """Totals by the workbench."""
    source = {"name": "calls", "location": path.name, "rep": "rep", "date": "started_at", "measures": MEASURES}
    return totals(build_panel(parse_dataset({"name": "calls", "sources": [source]}), path.parent))


def by_pandas(path: Path) -> dict[str, float]:
    """Totals by pandas, as one would write it by hand."""
    calls = pd.read_csv(path, usecols=["rep", "started_at", "disposition", "seconds", "contact"])
    calls["period"] = pd.to_datetime(calls["started_at"]).dt.to_period("M").dt.start_time
    calls["connects"] = calls["disposition"].isin(["Connected", "Meeting set"])
    calls["meetings"] = calls["disposition"] == "Meeting set"
    calls["talk"] = calls["seconds"].where(calls["seconds"] > 0)
    panel = calls.groupby(["rep", "period"]).agg(
        dials=("seconds", "size"), connects=("connects", "sum"), meetings=("meetings", "sum"),
        seconds=("seconds", "sum"), talk_sum=("talk", "sum"), talk_n=("talk", "count"), contacts=("contact", "nunique"),
    )  # fmt: skip
    whole = panel.sum()
    return {**whole.drop(["talk_sum", "talk_n"]).to_dict(), "talk": whole["talk_sum"] / whole["talk_n"]}


if __name__ == "__main__":
    chosen = {"workbench": by_workbench, "pandas": by_pandas}[sys.argv[1]]
    began = time.perf_counter()
    found = chosen(Path(sys.argv[2]))
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak": peak, "totals": {name: float(n) for name, n in found.items()}}))
