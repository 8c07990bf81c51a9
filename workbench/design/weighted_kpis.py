"""Which KPIs of a design have a weight, and the design as it is under any weights."""

from __future__ import annotations

from workbench.design.model import Design


def weighted_kpis(design: Design) -> list[str]:
    """Names of the top KPIs with a weight above 0; all of them while none has one."""
    return [kpi.name for kpi in design.kpis if kpi.weight > 0] or [kpi.name for kpi in design.kpis]


def unweighted(design: Design) -> Design:
    """The design without what does not touch points: two designs that are equal so have the same points."""
    kpis = tuple(kpi.model_copy(update={"weight": 1.0}) for kpi in design.kpis)
    return design.model_copy(update={"name": "points", "note": None, "weights_from": None, "kpis": kpis})
