"""The KPIs of a design with a weight or with values, and the design without weights."""

from __future__ import annotations

from workbench.design.model import Design, Kpi


def weighted_kpis(design: Design) -> list[str]:
    """List the names of the top KPIs with a weight above 0; all of them if none has one."""
    return [kpi.name for kpi in design.kpis if kpi.weight > 0] or [kpi.name for kpi in design.kpis]


def is_measurable(kpi: Kpi) -> bool:
    """Whether a KPI, or a part of it, has a formula; a card without one has no values yet."""
    return any(leaf.formula is not None for leaf in kpi.leaves())


def unweighted(design: Design) -> Design:
    """Remove from a design what does not change points, so that equal results have equal points."""
    kpis = tuple(kpi.model_copy(update={"weight": 1.0}) for kpi in design.kpis)
    return design.model_copy(update={"name": "points", "note": None, "weights_from": None, "kpis": kpis})
