"""What a design says differently from another one, as facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from workbench.design.model import Design, Kpi


@dataclass(frozen=True)
class DesignChange:
    """One difference. ``name`` is the KPI's, or the new name of the design; ``before`` and ``after`` are weights."""

    what: Literal["name", "goal", "rules", "notes", "added", "removed", "weight", "kpi"]
    name: str = ""
    before: float | None = None
    after: float | None = None


def design_changes(before: Design, after: Design) -> tuple[DesignChange, ...]:
    """Return what changed from one design to another: KPIs by name, weights with their numbers, the rest by area."""
    return tuple(_changes(before, after))


def _changes(before: Design, after: Design) -> Iterator[DesignChange]:
    if before.name != after.name:
        yield DesignChange("name", after.name)
    if before.goal != after.goal:
        yield DesignChange("goal")
    old, new = ({kpi.name: kpi for kpi in design.kpis} for design in (before, after))
    yield from (DesignChange("removed", name) for name in old if name not in new)
    yield from (DesignChange("added", name, after=new[name].weight) for name in new if name not in old)
    for name in new:
        if name in old:
            yield from _kpi_changes(old[name], new[name])
    if before.scoring != after.scoring:
        yield DesignChange("rules")
    rest = ("note", "weights_from", "weights_before")
    if any(getattr(before, field) != getattr(after, field) for field in rest):
        yield DesignChange("notes")


def _kpi_changes(before: Kpi, after: Kpi) -> Iterator[DesignChange]:
    if before.weight != after.weight:
        yield DesignChange("weight", after.name, before.weight, after.weight)
    if before.model_copy(update={"weight": after.weight}) != after:
        yield DesignChange("kpi", after.name)
