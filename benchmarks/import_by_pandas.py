"""The import benchmark as one would write it by hand: ``read_csv`` of the needed columns and ``groupby``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from benchmarks.measured import report


def totals(path: Path) -> dict[str, float]:
    """Every measure's total over a panel of reps by months."""
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
    report(totals)
