"""First KPIs worked back from the goal: what the measures themselves suggest, nearest to the goal first."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from workbench.data.model.panel import BUILT_IN, MeasureInfo, Panel
from workbench.design.model import Design, Kpi
from workbench.design.rules_on_history import SAME, rank_links
from workbench.errors import InputError
from workbench.formula.formula import parse_formula, quote_name

BUSY = 40  # events a rep has in a period from which "a workday" is how people speak of them
SPARSE = 0.2  # a measure that is 0 in most rep-periods says too little to begin with
WORKDAYS = "workdays"


@dataclass(frozen=True)
class KpiSuggestion:
    """A KPI to begin with: how often something happened, how often a workday, or which share of one led to another."""

    kpi: Kpi
    kind: Literal["how_many", "per_workday", "rate"]


def suggest_kpis(design: Design, panel: Panel, most: int = 6) -> tuple[KpiSuggestion, ...]:
    """KPIs over the panel's counts, rarest first (the rarer, the nearer to the goal), then rates between them.

    Left out: the goal and whatever goes with it almost exactly, what is nearly always 0, and formulas the design has.
    """
    counts = _counts(design, panel)
    found = [*(_count(info, panel) for info in counts), *_rates(counts, panel)]
    taken = set(_formulas(kpi.formula for top in design.kpis for kpi in top.leaves()))
    fresh = [each for each in found if parse_formula(each.kpi.formula or "") not in taken]
    return tuple(fresh[:most])


def _counts(design: Design, panel: Panel) -> list[MeasureInfo]:
    goal = design.goal.measure if design.goal else ""
    frame = panel.frame
    usable = [
        info
        for info in panel.measures
        if _is_counted(info, frame) and info.name not in (goal, *BUILT_IN)
        and (frame[info.name] > 0).mean() >= SPARSE and not _is_goal(frame, info.name, goal)
    ]  # fmt: skip
    return sorted(usable, key=lambda info: frame[info.name].sum())


def _is_counted(info: MeasureInfo, frame: pd.DataFrame) -> bool:
    """Counted here, or already counted in the file: a sum of whole numbers without a unit."""
    whole = info.aggregate == "sum" and info.unit is None and (frame[info.name] % 1 == 0).all()
    return info.aggregate in ("count", "distinct") or bool(whole)


def _is_goal(frame: pd.DataFrame, measure: str, goal: str) -> bool:
    if goal not in frame.columns:
        return False
    return bool(abs(rank_links(frame[[measure, goal]]).iloc[0, 1]) >= SAME)


def _count(info: MeasureInfo, panel: Panel) -> KpiSuggestion:
    name, formula = info.label or info.name, quote_name(info.name)
    if panel.grain == "day" or panel.frame[info.name].median() < BUSY:
        return KpiSuggestion(_kpi(name, formula, f"per {panel.grain}"), "how_many")
    return KpiSuggestion(_kpi(name, f"{formula} / {WORKDAYS}", "per workday"), "per_workday")


def _rates(counts: list[MeasureInfo], panel: Panel) -> Iterator[KpiSuggestion]:
    """One counted thing per other of the same source, where there are never more of the first than of the second."""
    for rare, common in itertools.combinations(counts, 2):
        few, many = panel.frame[rare.name], panel.frame[common.name]
        if rare.source == common.source and (few <= many).all() and few.sum() < many.sum():
            name = f"{rare.label or rare.name} per {(common.label or common.name).lower()}"
            yield KpiSuggestion(_kpi(name, f"{quote_name(rare.name)} / {quote_name(common.name)}", None), "rate")


def _kpi(name: str, formula: str, unit: str | None) -> Kpi:
    said = (name[0].upper() + name[1:]).replace("_", " ")
    return Kpi(name=said, formula=formula, unit=unit, role="lead", drives="goal", edge="believed")


def _formulas(texts: Iterable[str | None]) -> Iterator[object]:
    for text in texts:
        try:
            yield parse_formula(text or "")
        except InputError:
            continue
