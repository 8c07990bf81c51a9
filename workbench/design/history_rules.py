"""Rules about the design on a panel: windows, missing and constant values, idle targets, near copies."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pandas as pd

from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.design.form_rules import GOAL, fixed_targets, kpi_place, leaf_kpis, parse_or_none
from workbench.design.goal_overlap import GoalOverlap, find_goal_overlap
from workbench.design.model import Design, Kpi, Target
from workbench.design.named_goal import with_goal_named
from workbench.errors import Issue, Where
from workbench.formula.formula import evaluate

SAME = 0.98  # rank correlation over rep-periods from which two KPIs measure the same thing
SOME_OF_THE_GOAL = 0.2  # correlation by construction that is worth a word: the smallest link that matters
FEW_REPS = 8  # reps below which two unlike KPIs can move together by chance
FEW = 10  # rep-periods below which nothing is said about how values behave


def kpi_values(design: Design, panel: Panel) -> dict[str, pd.Series]:
    """Evaluate each KPI formula that parses on every row of the panel, by KPI name."""
    found = {kpi.name: parse_or_none(kpi.formula, panel) for kpi, _ in leaf_kpis(design) if kpi.formula}
    return {name: evaluate(formula, panel.frame) for name, formula in found.items() if formula}


def check_window(design: Design, panel: Panel | None) -> Iterator[Issue]:
    window = design.scoring.window
    if window is None or panel is None or panel.frame.empty:
        return
    first, last = (pd.Period(end) for end in window)
    if not panel.frame[PERIOD].between(first.start_time, last.end_time).any():
        data = {"first": f"{panel.frame[PERIOD].min():%Y-%m-%d}", "last": f"{panel.frame[PERIOD].max():%Y-%m-%d}"}
        yield Issue.of("error", "window_outside", Where(area="window"), None, begin=window[0], end=window[1], **data)


def check_target_steps_cover_data(design: Design, panel: Panel | None) -> Iterator[Issue]:
    if panel is None or panel.frame.empty:
        return
    holders: list[tuple[Where, Target]] = [(kpi_place(kpi), kpi.target) for kpi, _ in leaf_kpis(design)]
    holders += [(GOAL, design.goal.target)] if design.goal else []
    for where, target in holders:
        if not isinstance(target, tuple):
            continue
        before = int((panel.frame[PERIOD] < pd.Timestamp(min(step.date for step in target))).sum())
        if before:
            yield Issue.of("warning", "steps_begin_late", where, before)


def check_missing_values(design: Design, panel: Panel | None) -> Iterator[Issue]:
    for name, value in kpi_values(design, panel).items() if panel else ():
        missing = int(value.isna().sum())
        if missing and missing == len(value):
            yield Issue.of("error", "all_missing", Where(kpi=name), missing)
        elif missing > len(value) / 2:
            yield Issue.of("warning", "mostly_missing", Where(kpi=name), missing)


def check_constant_values(design: Design, panel: Panel | None) -> Iterator[Issue]:
    for name, value in kpi_values(design, panel).items() if panel else ():
        if value.notna().sum() >= FEW and value.min() == value.max():
            yield Issue.of("warning", "constant", Where(kpi=name), value=float(value.min()))


def check_target_reachable(design: Design, panel: Panel | None) -> Iterator[Issue]:
    found = kpi_values(design, panel) if panel else {}
    for kpi, counts in leaf_kpis(design):
        if counts and kpi.name in found and (share := _share_of_target_met(kpi, found[kpi.name])) in (0.0, 1.0):
            yield Issue.of("warning", "target_idle", kpi_place(kpi), met="always" if share else "never")


def _share_of_target_met(kpi: Kpi, value: pd.Series) -> float | None:
    present = value.dropna()
    if isinstance(kpi.target, tuple) or not fixed_targets(kpi.target) or len(present) < FEW:
        return None
    if kpi.direction not in ("higher", "lower"):
        return None
    met = present >= kpi.target if kpi.direction == "higher" else present <= kpi.target
    return float(met.mean())


def check_near_copies(design: Design, panel: Panel | None) -> Iterator[Issue]:
    if panel is None:
        return
    formulas = {kpi.name: parse_or_none(kpi.formula, panel) for kpi, _ in leaf_kpis(design) if kpi.formula}
    links = rank_correlations(pd.DataFrame(kpi_values(design, panel)))
    for one, other in itertools.combinations(links.columns, 2):
        if formulas[one] != formulas[other] and abs(link := links.loc[one, other]) >= SAME:
            n_reps = panel.frame[REP].nunique()
            if n_reps < FEW_REPS:
                yield Issue.of("info", "maybe_near_copy", Where(kpi=other), other=one, n_reps=int(n_reps))
            else:
                yield Issue.of("warning", "near_copy", Where(kpi=other), other=one, link=float(link))


def check_rows_shared_with_goal(design: Design, panel: Panel | None) -> Iterator[Issue]:
    if panel is None or design.goal is None:
        return
    named = with_goal_named(design, panel).required_goal
    goal = named.label or named.measure
    for kpi, counts in leaf_kpis(design):
        inside = _goal_overlap_or_none(kpi, design, panel)
        if not counts or inside is None or inside.by_name or inside.rows is None:
            continue
        share = float(inside.rows.share_of_measure)
        if inside.is_goal:
            yield Issue.of("warning", "goal_inside", kpi_place(kpi), goal=goal, share=share)
        elif inside.built_in >= SOME_OF_THE_GOAL:
            yield Issue.of("info", "some_of_the_goal", kpi_place(kpi), goal=goal, share=share)


def _goal_overlap_or_none(kpi: Kpi, design: Design, panel: Panel) -> GoalOverlap | None:
    """Return the goal overlap of a KPI; None for a formula that does not parse (see ``check_formulas_parse``)."""
    readable = kpi.formula and parse_or_none(kpi.formula, panel)
    return find_goal_overlap(kpi, design.goal, panel) if readable else None


def check_copy_of_goal(design: Design, panel: Panel | None) -> Iterator[Issue]:
    goal = design.goal
    if panel is None or goal is None or goal.measure not in panel.measure_names:
        return
    for kpi, counts in leaf_kpis(design):
        formula = parse_or_none(kpi.formula, panel) if kpi.formula else None
        if not counts or formula is None or find_goal_overlap(kpi, goal, panel).is_goal:
            continue
        both = pd.DataFrame({"kpi": evaluate(formula, panel.frame), "goal": panel.frame[goal.measure]})
        if abs(link := rank_correlations(both).loc["kpi", "goal"]) >= SAME:
            yield Issue.of("warning", "goal_in_disguise", kpi_place(kpi), link=float(link))


def rank_correlations(columns: pd.DataFrame) -> pd.DataFrame:
    """Return Spearman correlations over pairwise complete rows; NaN with too few rows or no variation."""
    return columns.corr(method="spearman", min_periods=FEW)
