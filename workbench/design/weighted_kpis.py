"""The KPIs of a design with a weight or with values, and the design without weights."""

from __future__ import annotations

from workbench.design.model import Design, Kpi


def weighted_kpis(design: Design) -> list[str]:
    """List the top KPIs that a weight can be asked for: measurable, with a weight above 0; all measurable if none has.

    A card without a formula has no values, so no answer about it can be compared with history.
    """
    measurable = [kpi for kpi in design.kpis if is_measurable(kpi)]
    return [kpi.name for kpi in measurable if kpi.weight > 0] or [kpi.name for kpi in measurable]


def is_measurable(kpi: Kpi) -> bool:
    """Whether a KPI, or a part of it, has a formula; a card without one has no values yet."""
    return any(leaf.formula is not None for leaf in kpi.leaves())


def unweighted(design: Design) -> Design:
    """Remove from a design what does not change points, so that equal results have equal points."""
    kpis = tuple(kpi.model_copy(update={"weight": 1.0}) for kpi in design.kpis)
    return design.model_copy(update={"name": "points", "note": None, "weights_from": None, "kpis": kpis})
