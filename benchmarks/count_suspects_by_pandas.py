"""The benchmark of integrity's checks by pandas: two of them, over a frame that holds all events."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from benchmarks.measured import report
from workbench.integrity.checks.seconds_long import A_FEW_SECONDS


def suspects(path: Path) -> dict[str, float]:
    """Calls of a few seconds, and numbers known to be dead."""
    calls = pd.read_parquet(path)
    timed = calls[(calls["seconds"] > 0) & ~calls["disposition"].isin(["Wrong number", "Busy", "Operator"])]
    day = calls["started_at"].dt.normalize()
    dead = calls["disposition"] == "Wrong number"
    first = day.where(dead).groupby([calls["rep"], calls["phone"]]).transform("min")
    return {
        "seconds_long n": len(timed),
        "seconds_long k": (timed["seconds"] < A_FEW_SECONDS).sum(),
        "dead_number n": len(calls),
        "dead_number k": (dead & (first < day)).sum(),
    }


if __name__ == "__main__":
    report(suspects)
