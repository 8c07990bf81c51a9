"""Suggest first KPIs from the measures of a panel, nearest to the goal first."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from workbench.data.model.panel import BUILT_IN, MeasureInfo, Panel
from workbench.data.model.row_overlap import find_overlap
from workbench.design.history_rules import SAME, rank_correlations
from workbench.design.measure_meaning import is_failure, is_target
from workbench.design.model import Design, Kpi
from workbench.errors import InputError
from workbench.formula.formula import parse_formula, quote_name

BUSY = 40  # events a rep has in a period from which "a workday" is how people speak of them
MOSTLY = 0.5  # of a correlation with the goal
SPARSE = 0.2  # a measure that is 0 in most rep-periods says too little to begin with
WORKDAYS = "workdays"


@dataclass(frozen=True)
class KpiSuggestion:
    """A suggested KPI: a count, a count per workday, or the rate of one count to another."""

    kpi: Kpi
    kind: Literal["how_many", "per_workday", "rate"]


def suggest_kpis(design: Design, panel: Panel, most: int = 6) -> tuple[KpiSuggestion, ...]:
    """Suggest KPIs over the panel's counts, rarest first (rarer events are nearer to the goal), then their rates.

    Counts of the goal's own rows, such as won deals for their value, come after what reps do for the goal.
    Left out: the goal and measures that follow it almost exactly, measures that are mostly 0, targets that the company
    sets, failures such as lost deals, and formulas the design already has.
    """
    counts = _usable_counts(design, panel)
    taken = set(_parse_readable(kpi.formula for top in design.kpis for kpi in top.leaves()))

    def fresh(found: Iterable[KpiSuggestion]) -> list[KpiSuggestion]:
        return [each for each in found if parse_formula(each.kpi.formula or "") not in taken]

    rates = fresh(_suggest_rates(counts, panel))
    apart_first = sorted(counts, key=lambda info: _counts_goal_rows(info.name, design, panel))
    amounts = fresh(_suggest_count(info, panel) for info in apart_first)
    first = amounts[: most - min(len(rates), most // 3)]  # a third of the places is for rates, where there are any
    return (*first, *rates)[:most]


def _usable_counts(design: Design, panel: Panel) -> list[MeasureInfo]:
    goal = design.goal.measure if design.goal else ""
    frame = panel.frame
    usable = [
        info
        for info in panel.measures
        if _is_counted(info, frame) and info.name not in (goal, *BUILT_IN)
        and not is_target(info) and not is_failure(info)
        and (frame[info.name] > 0).mean() >= SPARSE and not _follows_goal(frame, info.name, goal)
    ]  # fmt: skip
    return sorted(usable, key=lambda info: frame[info.name].sum())


def _is_counted(info: MeasureInfo, frame: pd.DataFrame) -> bool:
    """Whether a measure is a count, or a sum of whole numbers without a unit, which the file has counted."""
    whole = info.aggregate == "sum" and info.unit is None and (frame[info.name].dropna() % 1 == 0).all()
    return info.aggregate in ("count", "distinct") or bool(whole)


def _follows_goal(frame: pd.DataFrame, measure: str, goal: str) -> bool:
    if goal not in frame.columns:
        return False
    return bool(abs(rank_correlations(frame[[measure, goal]]).iloc[0, 1]) >= SAME)


def _counts_goal_rows(measure: str, design: Design, panel: Panel) -> bool:
    """Whether most of a link with the goal would come from rows that both count in the same period."""
    shared = find_overlap(panel.overlaps, measure, design.goal.measure) if design.goal else None
    return shared is not None and shared.built_in >= MOSTLY


def _suggest_count(info: MeasureInfo, panel: Panel) -> KpiSuggestion:
    name, formula = info.label or info.name, quote_name(info.name)
    if panel.grain == "day" or panel.frame[info.name].median() < BUSY:
        return KpiSuggestion(_make_kpi(name, formula, f"per {panel.grain}"), "how_many")
    return KpiSuggestion(_make_kpi(name, f"{formula} / {WORKDAYS}", "per workday"), "per_workday")


def _suggest_rates(counts: list[MeasureInfo], panel: Panel) -> Iterator[KpiSuggestion]:
    """Yield rates between counts of one source, where the first is never larger than the second as far as is known."""
    for rare, common in itertools.combinations(counts, 2):
        known = panel.frame[[rare.name, common.name]].dropna()
        few, many = known[rare.name], known[common.name]
        if rare.source == common.source and (few <= many).all() and few.sum() < many.sum():
            name = f"{rare.label or rare.name} per {(common.label or common.name).lower()}"
            yield KpiSuggestion(_make_kpi(name, f"{quote_name(rare.name)} / {quote_name(common.name)}", None), "rate")


def _make_kpi(name: str, formula: str, unit: str | None) -> Kpi:
    said = (name[0].upper() + name[1:]).replace("_", " ")
    return Kpi(name=said, formula=formula, unit=unit, role="lead", drives="goal", edge="believed")


def _parse_readable(texts: Iterable[str | None]) -> Iterator[object]:
    for text in texts:
        try:
            yield parse_formula(text or "")
        except InputError:
            continue
