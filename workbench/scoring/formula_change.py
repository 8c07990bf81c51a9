"""Derive the fields of a KPI that change with its formula: target and weight."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from workbench.design.model import Design, Kpi
from workbench.scoring.defaults import FIRST_PERCENTILE, default_weight, target_from_history

ValuesOfKpi = Callable[[Kpi], np.ndarray | None]
"""A KPI's values over all rep-periods, NaN left out; None while its formula cannot be read."""


def _unknown(kpi: Kpi) -> None:
    return None


def measured_fields(
    design: Design, kpi: Kpi, values_of: ValuesOfKpi, averages_of: ValuesOfKpi = _unknown
) -> dict[str, Any]:
    """Return ``target``, ``percentile`` and ``weight`` of a new KPI with a formula; ``averages_of`` the reps' own."""
    target = target_from_history(values_of(kpi), kpi, FIRST_PERCENTILE, averages_of(kpi))
    return target | {"weight": default_weight(design)}


def formula_fields(
    design: Design, kpi: Kpi, text: str, values_of: ValuesOfKpi, averages_of: ValuesOfKpi = _unknown
) -> dict[str, Any]:
    """Return the fields of a KPI that change when its formula becomes ``text``.

    A target that came from a percentile comes from the same one of the new values. A first formula brings a weight
    where there is none, and a target where there is none.
    """
    first = kpi.formula is None
    fields: dict[str, Any] = {"formula": text}
    if first and kpi.weight == 0:
        fields["weight"] = default_weight(design)
    percentile = kpi.percentile or (FIRST_PERCENTILE if first and kpi.target is None else None)
    if percentile:
        changed = kpi.model_copy(update=fields)
        fields |= target_from_history(values_of(changed), changed, percentile, averages_of(changed))
    return fields
