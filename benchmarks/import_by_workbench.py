"""The import benchmark by the workbench."""

from __future__ import annotations

from pathlib import Path

from benchmarks.measured import report
from workbench.data.aggregate.build_panel import build_panel
from workbench.data.aggregate.measure_totals import measure_totals as panel_totals
from workbench.data.model.dataset import parse_dataset

MEASURES = [
    {"name": "dials"},
    {"name": "connects", "where": "disposition in ('Connected', 'Meeting set')"},
    {"name": "meetings", "where": "disposition == 'Meeting set'"},
    {"name": "seconds", "aggregate": "sum", "column": "seconds"},
    {"name": "talk", "aggregate": "mean", "column": "seconds", "where": "seconds > 0"},
    {"name": "contacts", "aggregate": "distinct", "column": "contact"},
]


def totals(path: Path) -> dict[str, float]:
    """Every measure's total over a panel of reps by months."""
    source = {"name": "calls", "location": path.name, "rep": "rep", "date": "started_at", "measures": MEASURES}
    return panel_totals(build_panel(parse_dataset({"name": "calls", "sources": [source]}), path.parent))


if __name__ == "__main__":
    report(totals)
