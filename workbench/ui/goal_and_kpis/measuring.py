"""Give a KPI a formula, with the target and the weight that come with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from workbench.data.model.panel import Panel
from workbench.design import edits
from workbench.design.edits import Path
from workbench.design.even_weights import keep_even
from workbench.design.kpi_edits import add_kpi_with_path
from workbench.design.model import Design, Kpi
from workbench.scoring.formula_change import formula_fields, measured_fields
from workbench.ui.goal_and_kpis import editing
from workbench.ui.session import state
from workbench.ui.session.cached_targets import cached_reach
from workbench.words.numbers import pluralize


def add_measured(panel: Panel, kpi: Kpi) -> None:
    """Callback: add a KPI that has a formula."""
    editing.add_and_select(with_target_and_weight(panel, state.current_design(), kpi))


def add_measured_together(panel: Panel, measured: Sequence[Kpi], *named: Kpi) -> Path:
    """Add KPIs that have a formula, with their targets, then those that have a name alone; one step of the draft.

    Returns where the last one stands.
    """
    before = design = state.current_design()
    path: Path = ()
    for kpi in measured:
        design, path = add_kpi_with_path(design, with_target_and_weight(panel, design, kpi))
    for kpi in named:
        design, path = add_kpi_with_path(design, kpi)
    state.change_design(keep_even(before, design), f"{pluralize(len(measured) + len(named), 'KPI')} added")
    return path


def with_target_and_weight(panel: Panel, design: Design, kpi: Kpi) -> Kpi:
    """A KPI that has a formula, with the target that history gives it and the weight it begins with."""
    return kpi.model_copy(update=measured_fields(design, kpi, _values_on(panel), _averages_on(panel)))


def write_formula(panel: Panel, path: Path, text: str) -> None:
    """Callback: another formula for the KPI at ``path``."""
    design = state.current_design()
    kpi = edits.kpi_at(design, path)
    fields = formula_fields(design, kpi, text, _values_on(panel), _averages_on(panel))
    after = edits.update_kpi(design, path, **fields)
    editing.amend_design(keep_even(design, after) if "weight" in fields else after, f"{kpi.name}: formula")


def _values_on(panel: Panel) -> Callable[[Kpi], np.ndarray | None]:
    def values_of(kpi: Kpi) -> np.ndarray | None:
        found = cached_reach(panel, kpi)
        return found.values if found else None

    return values_of


def _averages_on(panel: Panel) -> Callable[[Kpi], np.ndarray | None]:
    def averages_of(kpi: Kpi) -> np.ndarray | None:
        found = cached_reach(panel, kpi)
        return found.rep_averages if found else None

    return averages_of
