"""The benchmark of integrity's checks by the workbench."""

from __future__ import annotations

from pathlib import Path

from benchmarks.measured import report
from workbench.data.model.dataset import parse_dataset
from workbench.integrity.count_suspects import count_suspects

EVENTS = {
    "kind": "calls", "seconds": "seconds", "contact": "phone", "list": "campaign", "disposition": "disposition",
    "values": {"disposition": {"Wrong number": "dead_number", "Connected": "conversation"}},
}  # fmt: skip


def suspects(path: Path) -> dict[str, float]:
    """Events that each check judged and pointed at."""
    source = {"name": "calls", "location": path.name, "rep": "rep", "date": "started_at", "events": EVENTS,
              "measures": [{"name": "dials"}]}  # fmt: skip
    counts = count_suspects(parse_dataset({"name": "calls", "sources": [source]}), path.parent)
    summed = counts.frame.groupby("check")[["n", "k"]].sum()
    return {f"{check} {part}": float(summed.loc[check, part]) for check in counts.checks for part in ("n", "k")}


if __name__ == "__main__":
    report(suspects)
