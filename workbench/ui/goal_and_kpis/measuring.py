"""A KPI becomes measurable: with its formula come a target from its own history and as much weight as the others."""

from __future__ import annotations

from typing import Any

from workbench.data.model.panel import Panel
from workbench.design import edits
from workbench.design.edits import Path
from workbench.design.model import Kpi
from workbench.scoring.first_choices import FIRST_PERCENTILE, default_weight, target_from_history
from workbench.ui.goal_and_kpis import editing
from workbench.ui.session import state
from workbench.ui.session.cached_targets import cached_reach


def add_measured(panel: Panel, kpi: Kpi) -> None:
    """Callback: add a KPI that has a formula."""
    editing.add_and_select(
        kpi.model_copy(
            update=_target(panel, kpi, FIRST_PERCENTILE) | {"weight": default_weight(state.current_design())}
        )
    )


def write_formula(panel: Panel, path: Path, text: str) -> None:
    """Callback: another formula. A target that came from a percentile comes from the same one of the new values."""
    kpi = edits.kpi_at(state.current_design(), path)
    fields: dict[str, Any] = {"formula": text}
    if kpi.formula is None and kpi.weight == 0:
        fields["weight"] = default_weight(state.current_design())
    percentile = kpi.percentile or (FIRST_PERCENTILE if kpi.formula is None and kpi.target is None else None)
    if percentile:
        fields |= _target(panel, kpi.model_copy(update=fields), percentile)
    editing.change_kpi(path, "formula", **fields)


def _target(panel: Panel, kpi: Kpi, percentile: float) -> dict[str, float]:
    found = cached_reach(panel, kpi)
    return target_from_history(found.values if found else None, kpi, percentile)
