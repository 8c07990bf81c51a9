"""On which side a KPI and a goal are better."""

from __future__ import annotations

from workbench.design.model import Design, Kpi


def kpi_sign(kpi: Kpi) -> int:
    """Return -1 where less of a KPI's series is better, else 1; that of a composite or of a band are points."""
    return -1 if kpi.direction == "lower" and not kpi.kpis else 1


def goal_sign(design: Design) -> int:
    """Return -1 for a goal of which less is better, else 1; a band has no better side."""
    return -1 if design.required_goal.direction == "lower" else 1
