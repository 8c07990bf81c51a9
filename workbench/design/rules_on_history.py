"""Rules that lay the design over the panel: windows, values that are not there or never differ, copies in disguise."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pandas as pd

from workbench.data.model.panel import PERIOD, Panel
from workbench.design.goal_inside import GoalInside, goal_inside
from workbench.design.model import Design, Kpi, Target
from workbench.design.rules_of_form import GOAL, about, formula_of, leaves, numbers_of
from workbench.errors import Issue, Where
from workbench.formula.formula import evaluate

SAME = 0.98  # rank correlation over rep-periods from which two KPIs measure the same thing
SOME_OF_THE_GOAL = 0.2  # correlation by construction that is worth a word: the smallest link that matters
FEW = 10  # rep-periods below which nothing is said about how values behave


def values(design: Design, panel: Panel) -> dict[str, pd.Series]:
    """Each readable KPI formula on every row of the panel, by KPI name."""
    found = {kpi.name: formula_of(kpi.formula, panel) for kpi, _ in leaves(design) if kpi.formula}
    return {name: evaluate(formula, panel.frame) for name, formula in found.items() if formula}


def window_inside_the_data(design: Design, panel: Panel | None) -> Iterator[Issue]:
    window = design.scoring.window
    if window is None or panel is None or panel.frame.empty:
        return
    first, last = (pd.Period(end) for end in window)
    if not panel.frame[PERIOD].between(first.start_time, last.end_time).any():
        data = {"first": f"{panel.frame[PERIOD].min():%Y-%m-%d}", "last": f"{panel.frame[PERIOD].max():%Y-%m-%d}"}
        yield Issue.of("error", "window_outside", Where(area="window"), None, begin=window[0], end=window[1], **data)


def steps_cover_the_data(design: Design, panel: Panel | None) -> Iterator[Issue]:
    if panel is None or panel.frame.empty:
        return
    holders: list[tuple[Where, Target]] = [(about(kpi), kpi.target) for kpi, _ in leaves(design)]
    holders += [(GOAL, design.goal.target)] if design.goal else []
    for where, target in holders:
        if not isinstance(target, tuple):
            continue
        before = int((panel.frame[PERIOD] < pd.Timestamp(min(step.date for step in target))).sum())
        if before:
            yield Issue.of("warning", "steps_begin_late", where, before)


def values_at_hand(design: Design, panel: Panel | None) -> Iterator[Issue]:
    for name, value in values(design, panel).items() if panel else ():
        missing = int(value.isna().sum())
        if missing and missing == len(value):
            yield Issue.of("error", "all_missing", Where(kpi=name), missing)
        elif missing > len(value) / 2:
            yield Issue.of("warning", "mostly_missing", Where(kpi=name), missing)


def values_that_differ(design: Design, panel: Panel | None) -> Iterator[Issue]:
    for name, value in values(design, panel).items() if panel else ():
        if value.notna().sum() >= FEW and value.min() == value.max():
            yield Issue.of("warning", "constant", Where(kpi=name), value=float(value.min()))


def targets_within_reach(design: Design, panel: Panel | None) -> Iterator[Issue]:
    found = values(design, panel) if panel else {}
    for kpi, counts in leaves(design):
        if counts and kpi.name in found and (share := _share_reached(kpi, found[kpi.name])) in (0.0, 1.0):
            yield Issue.of("warning", "target_idle", about(kpi), met="always" if share else "never")


def _share_reached(kpi: Kpi, value: pd.Series) -> float | None:
    present = value.dropna()
    if isinstance(kpi.target, tuple) or not numbers_of(kpi.target) or len(present) < FEW:
        return None
    if kpi.direction not in ("higher", "lower"):
        return None
    met = present >= kpi.target if kpi.direction == "higher" else present <= kpi.target
    return float(met.mean())


def nothing_measured_twice(design: Design, panel: Panel | None) -> Iterator[Issue]:
    if panel is None:
        return
    formulas = {kpi.name: formula_of(kpi.formula, panel) for kpi, _ in leaves(design) if kpi.formula}
    links = rank_links(pd.DataFrame(values(design, panel)))
    for one, other in itertools.combinations(links.columns, 2):
        if formulas[one] != formulas[other] and abs(link := links.loc[one, other]) >= SAME:
            yield Issue.of("warning", "near_copy", Where(kpi=other), other=one, link=float(link))


def the_goals_rows_are_no_kpi(design: Design, panel: Panel | None) -> Iterator[Issue]:
    if panel is None or design.goal is None:
        return
    for kpi, counts in leaves(design):
        inside = _inside(kpi, design, panel)
        if not counts or inside is None or inside.by_name or inside.rows is None:
            continue
        share = float(inside.rows.share_of_measure)
        goal = design.goal.label or design.goal.measure
        if inside.is_goal:
            yield Issue.of("warning", "goal_inside", about(kpi), goal=goal, share=share)
        elif inside.built_in >= SOME_OF_THE_GOAL:
            yield Issue.of("info", "some_of_the_goal", about(kpi), goal=goal, share=share)


def _inside(kpi: Kpi, design: Design, panel: Panel) -> GoalInside | None:
    """None for a formula that cannot be read, which ``readable_formulas`` reports."""
    readable = kpi.formula and formula_of(kpi.formula, panel)
    return goal_inside(kpi, design.goal, panel) if readable else None


def not_the_goal_in_disguise(design: Design, panel: Panel | None) -> Iterator[Issue]:
    goal = design.goal
    if panel is None or goal is None or goal.measure not in panel.measure_names:
        return
    for kpi, counts in leaves(design):
        formula = formula_of(kpi.formula, panel) if kpi.formula else None
        if not counts or formula is None or goal_inside(kpi, goal, panel).is_goal:
            continue
        both = pd.DataFrame({"kpi": evaluate(formula, panel.frame), "goal": panel.frame[goal.measure]})
        if abs(link := rank_links(both).loc["kpi", "goal"]) >= SAME:
            yield Issue.of("warning", "goal_in_disguise", about(kpi), link=float(link))


def rank_links(columns: pd.DataFrame) -> pd.DataFrame:
    """Spearman's rank correlations, each over the rows where both are there; NaN with too few rows or no spread."""
    return columns.corr(method="spearman", min_periods=FEW)
