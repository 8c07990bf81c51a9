"""Collect what is known against the measures of a KPI or a goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbench.data.aggregate.cautions import Caution, worst_of_each
from workbench.design.model import Kpi
from workbench.errors import InputError
from workbench.formula.formula import parse_formula

Cautions = Mapping[str, tuple[Caution, ...]]


def kpi_measures(kpi: Kpi) -> tuple[str, ...]:
    """Return the names in the formulas of a KPI and of its parts; none of a formula that cannot be read."""
    own: tuple[str, ...] = ()
    if kpi.formula:
        try:
            own = parse_formula(kpi.formula).names
        except InputError:
            own = ()
    return tuple(dict.fromkeys((*own, *(name for part in kpi.kpis for name in kpi_measures(part)))))


def kpi_cautions(kpi: Kpi, cautions: Cautions) -> tuple[Caution, ...]:
    """Return the cautions of all measures of a KPI, the worst of each kind."""
    return worst_of_each(each for name in kpi_measures(kpi) for each in cautions.get(name, ()))


def shared_cautions(kpis: Sequence[Kpi], cautions: Cautions) -> tuple[Caution, ...]:
    """Return what is known alike against every one of several KPIs, so that it can be said once for all."""
    first, *others = [kpi_cautions(kpi, cautions) for kpi in kpis] or [()]
    return tuple(each for each in first if others and all(each in other for other in others))
