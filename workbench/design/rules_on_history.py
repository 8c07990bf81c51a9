"""Rules that lay the design over the panel: windows, values that are not there or never differ, copies in disguise."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pandas as pd

from workbench.data.model.panel import PERIOD, Panel
from workbench.design.goal_inside import GoalInside, goal_inside
from workbench.design.model import Design, Kpi, Target
from workbench.design.rules_of_form import GOAL, about, formula_of, leaves, numbers_of
from workbench.errors import Issue
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
        message = f"The reference window {window[0]} to {window[1]} holds no data."
        yield Issue("error", "window_outside", "scoring: window", message, f"The data runs {_span(panel)}.")


def _span(panel: Panel) -> str:
    return f"from {panel.frame[PERIOD].min():%Y-%m-%d} to {panel.frame[PERIOD].max():%Y-%m-%d}"


def steps_cover_the_data(design: Design, panel: Panel | None) -> Iterator[Issue]:
    if panel is None or panel.frame.empty:
        return
    holders: list[tuple[str, Target]] = [(about(kpi), kpi.target) for kpi, _ in leaves(design)]
    holders += [(GOAL, design.goal.target)] if design.goal else []
    for where, target in holders:
        if not isinstance(target, tuple):
            continue
        before = int((panel.frame[PERIOD] < pd.Timestamp(min(step.date for step in target))).sum())
        if before:
            message = "The first step of the target begins after the data does, so those rep-periods have none."
            yield Issue("warning", "steps_begin_late", where, message, "Add a step for the time before.", before)


def values_at_hand(design: Design, panel: Panel | None) -> Iterator[Issue]:
    for name, value in values(design, panel).items() if panel else ():
        missing = int(value.isna().sum())
        if missing and missing == len(value):
            message = "It has no value in any rep-period."
            yield Issue("error", "all_missing", f"KPI “{name}”", message, "Check the formula.", missing)
        elif missing > len(value) / 2:
            message = "It has no value in more than half of the rep-periods."
            yield Issue(
                "warning", "mostly_missing", f"KPI “{name}”", message, "Say what a missing value is worth.", missing
            )


def values_that_differ(design: Design, panel: Panel | None) -> Iterator[Issue]:
    for name, value in values(design, panel).items() if panel else ():
        if value.notna().sum() >= FEW and value.min() == value.max():
            message = f"It is {value.min():g} for everybody, always: it cannot tell reps apart."
            yield Issue("warning", "constant", f"KPI “{name}”", message, "Check the formula, or leave it out.")


def targets_within_reach(design: Design, panel: Panel | None) -> Iterator[Issue]:
    found = values(design, panel) if panel else {}
    for kpi, counts in leaves(design):
        if counts and kpi.name in found and (share := _share_reached(kpi, found[kpi.name])) in (0.0, 1.0):
            said = "every rep-period" if share else "no rep-period"
            fix = "Set one that some reach and some do not."
            yield Issue("warning", "target_idle", about(kpi), f"In {said} so far the target was met.", fix)


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
            message = f"Over all rep-periods it goes with “{one}” almost exactly (rank correlation {link:.2f})."
            fix = "Keep one of them: together they count the same thing twice."
            yield Issue("warning", "near_copy", f"KPI “{other}”", message, fix)


def the_goals_rows_are_no_kpi(design: Design, panel: Panel | None) -> Iterator[Issue]:
    if panel is None or design.goal is None:
        return
    for kpi, counts in leaves(design):
        inside = _inside(kpi, design, panel)
        if not counts or inside is None or inside.by_name or inside.rows is None:
            continue
        share = inside.rows.share_of_measure
        goal = design.goal.label or design.goal.measure
        if inside.is_goal:
            message = f"It counts {_percent(share)} of the rows that make {goal}: the goal, counted differently."
            fix = "Judge it by the next period's goal, or ask what a rep does before that."
            yield Issue("warning", "goal_inside", about(kpi), message, fix)
        elif inside.built_in >= SOME_OF_THE_GOAL:
            message = f"It counts {_percent(share)} of the rows that make {goal}: part of its link is by construction."
            fix = "Count only what comes before those rows."
            yield Issue("info", "some_of_the_goal", about(kpi), message, fix)


def _inside(kpi: Kpi, design: Design, panel: Panel) -> GoalInside | None:
    """None for a formula that cannot be read, which ``readable_formulas`` reports."""
    readable = kpi.formula and formula_of(kpi.formula, panel)
    return goal_inside(kpi, design.goal, panel) if readable else None


def _percent(share: float) -> str:
    return f"{share:.0%}"


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
            message = f"It goes with the goal almost exactly (rank correlation {link:.2f}): the goal by another name."
            yield Issue("warning", "goal_in_disguise", about(kpi), message, "Ask what a rep does before that.")


def rank_links(columns: pd.DataFrame) -> pd.DataFrame:
    """Spearman's rank correlations, each over the rows where both are there; NaN with too few rows or no spread."""
    return columns.corr(method="spearman", min_periods=FEW)
