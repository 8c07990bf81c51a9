"""A KPI becomes measurable: with its formula come a target from its own history and as much weight as the others."""

from __future__ import annotations

from typing import Any

from workbench.data.model.panel import Panel
from workbench.design import edits
from workbench.design.edits import Path
from workbench.design.model import Design, Kpi
from workbench.scoring.targets import PERCENTILES, at_percentile
from workbench.ui.goal_and_kpis import editing
from workbench.ui.session import state
from workbench.ui.session.cached_targets import reached

FIRST_WEIGHT = 10.0
_FIRST = PERCENTILES[1]


def add_measured(panel: Panel, kpi: Kpi) -> None:
    """Callback: add a KPI that has a formula."""
    editing.add(kpi.model_copy(update=_target(panel, kpi, _FIRST) | {"weight": usual_weight(state.design())}))


def write_formula(panel: Panel, path: Path, text: str) -> None:
    """Callback: another formula. A target that came from a percentile comes from the same one of the new values."""
    kpi = edits.kpi_at(state.design(), path)
    fields: dict[str, Any] = {"formula": text}
    if kpi.formula is None and kpi.weight == 0:
        fields["weight"] = usual_weight(state.design())
    percentile = kpi.percentile or (_FIRST if kpi.formula is None and kpi.target is None else None)
    if percentile:
        fields |= _target(panel, kpi.model_copy(update=fields), percentile)
    editing.update(path, "formula", **fields)


def usual_weight(design: Design) -> float:
    """The average weight of the KPIs that count."""
    weights = [kpi.weight for kpi in design.kpis if kpi.weight > 0]
    return float(round(sum(weights) / len(weights))) if weights else FIRST_WEIGHT


def _target(panel: Panel, kpi: Kpi, percentile: float) -> dict[str, float]:
    """The target at a percentile of the KPI's values so far; nothing where attainment could not use it."""
    found = reached(panel, kpi)
    value = at_percentile(found.values, percentile, kpi.direction) if found else 0.0
    return {"target": value, "percentile": percentile} if value > 0 else {}
