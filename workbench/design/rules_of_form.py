"""Rules that look at the design itself; a panel is used only to know the measures' names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from workbench.data.model.panel import Panel
from workbench.design.model import Design, Kpi, Target, Within
from workbench.errors import InputError, Issue, Level, Where
from workbench.formula.formula import Formula, parse
from workbench.problems import nearest

MANY = 7  # more KPIs than people keep in mind at once (Miller 1956; Kaplan and Norton ask for fewer still)
GOAL = "goal"


def about(kpi: Kpi) -> str:
    return f"KPI “{kpi.name}”"


def every_kpi(design: Design) -> Iterator[tuple[Kpi, bool]]:
    """All KPIs, parts included, each with whether any of its weight reaches the score."""
    for kpi in design.kpis:
        yield from _below(kpi, counts=True)


def _below(kpi: Kpi, counts: bool) -> Iterator[tuple[Kpi, bool]]:
    counts = counts and kpi.weight > 0
    yield kpi, counts
    for part in kpi.kpis:
        yield from _below(part, counts)


def leaves(design: Design) -> Iterator[tuple[Kpi, bool]]:
    return ((kpi, counts) for kpi, counts in every_kpi(design) if not kpi.kpis)


def formula_of(text: str, panel: Panel | None = None) -> Formula | None:
    """The formula, or None when it cannot be read (which ``readable_formulas`` reports)."""
    try:
        return parse(text, panel.measure_names if panel else None)
    except InputError:
        return None


def numbers_of(target: Target) -> tuple[float, ...]:
    """The fixed numbers of a target: one, or one a step; none for a formula."""
    if isinstance(target, tuple):
        return tuple(step.value for step in target)
    return (float(target),) if isinstance(target, int | float) else ()


def severity(counts: bool) -> Level:
    return "error" if counts else "warning"


def a_goal(design: Design, panel: Panel | None) -> Iterator[Issue]:
    goal = design.goal
    if goal is None:
        yield Issue("error", "no_goal", GOAL, "The design has no goal.", "Choose the one measure the team exists for.")
    elif panel and goal.measure not in panel.measure_names:
        near = nearest(goal.measure, panel.measure_names)
        fix = f"Did you mean “{near}”?" if near else f"There are: {', '.join(panel.measure_names)}."
        yield Issue("error", "unknown_goal", GOAL, f"The data has no measure “{goal.measure}”.", fix)
    elif goal.target is None and not isinstance(goal.direction, Within):
        yield Issue(
            "warning", "goal_without_target", GOAL, "The goal has no target, so no rep can be said to have made it.",
            "Set one; the history's own percentiles are a start.",
        )  # fmt: skip


def at_least_one_kpi(design: Design, panel: Panel | None) -> Iterator[Issue]:
    if not design.kpis:
        yield Issue("error", "no_kpis", "KPIs", "The design has no KPIs.", "Work backwards from the goal to the first.")


def some_weight(design: Design, panel: Panel | None) -> Iterator[Issue]:
    if design.kpis and design.total_weight == 0:
        yield Issue("error", "zero_weights", "KPIs", "Every KPI has weight 0.", "Give at least one of them weight.")


def different_names(design: Design, panel: Panel | None) -> Iterator[Issue]:
    names = Counter(kpi.name.strip().casefold() for kpi, _ in every_kpi(design))
    shown = {kpi.name.strip().casefold(): kpi for kpi, _ in every_kpi(design)}
    for name, times in names.items():
        if times > 1:
            message = f"{times} KPIs have this name."
            yield Issue("error", "repeated_name", about(shown[name]), message, "Give each its own name.")


def something_to_measure(design: Design, panel: Panel | None) -> Iterator[Issue]:
    for kpi, counts in leaves(design):
        if kpi.formula is None:
            fix = "Write its formula, or set its weight to 0 until it can be measured."
            level = "error" if counts else "info"
            yield Issue(level, "no_formula", about(kpi), "This card has no formula yet.", fix)


def readable_formulas(design: Design, panel: Panel | None) -> Iterator[Issue]:
    names = panel.measure_names if panel else None
    texts = [(Where(kpi=kpi.name), kpi.formula) for kpi, _ in leaves(design) if kpi.formula is not None]
    texts += [
        (Where(kpi=kpi.name, path=("target",)), kpi.target) for kpi, _ in leaves(design) if isinstance(kpi.target, str)
    ]
    if design.goal and isinstance(design.goal.target, str):
        texts.append((Where(area="goal", path=("target",)), design.goal.target))
    for where, text in texts:
        try:
            parse(text, names, where)
        except InputError as error:
            yield from error.issues


def targets_where_points_need_them(design: Design, panel: Panel | None) -> Iterator[Issue]:
    if design.scoring.points != "attainment":
        return
    for kpi, counts in leaves(design):
        if kpi.target is None and not isinstance(kpi.direction, Within) and kpi.formula is not None:
            message = "There is no target, and points are attainment: value ÷ target."
            yield Issue(severity(counts), "no_target", about(kpi), message, "Set a target, or its weight to 0.")


def targets_above_zero(design: Design, panel: Panel | None) -> Iterator[Issue]:
    if design.scoring.points != "attainment":
        return
    for kpi, counts in leaves(design):
        if not isinstance(kpi.direction, Within) and any(number <= 0 for number in numbers_of(kpi.target)):
            better = "lower" if kpi.direction == "lower" else "higher"
            message = f"The target is 0 or less, and {better} is better: no value can be a share of it."
            fix = "Set a target above 0, or a range that is good enough." if better == "lower" else "Set one above 0."
            yield Issue(severity(counts), "target_not_positive", about(kpi), message, fix)


def steps_in_order(design: Design, panel: Panel | None) -> Iterator[Issue]:
    holders = [(about(kpi), kpi.target) for kpi, _ in leaves(design)]
    holders += [(GOAL, design.goal.target)] if design.goal else []
    for where, target in holders:
        if isinstance(target, tuple) and len({step.date for step in target}) < len(target):
            message = "Two steps of the target begin on the same day."
            yield Issue("error", "repeated_step", where, message, "Keep one of them.")


def anchors_for_minmax(design: Design, panel: Panel | None) -> Iterator[Issue]:
    if design.scoring.points != "minmax":
        return
    for kpi, counts in leaves(design):
        if kpi.formula is not None and (kpi.anchors is None or kpi.anchors[0] == kpi.anchors[1]):
            message = "Points between two anchors need two different numbers."
            yield Issue(severity(counts), "no_anchors", about(kpi), message, "Give the values worth 0 and 100 points.")


def weight_inside_composites(design: Design, panel: Panel | None) -> Iterator[Issue]:
    for kpi, counts in every_kpi(design):
        if kpi.kpis and not any(part.weight > 0 for part in kpi.kpis):
            message = "None of its parts has any weight."
            yield Issue(severity(counts), "zero_inner_weights", about(kpi), message, "Give at least one part weight.")


def drives_something_known(design: Design, panel: Panel | None) -> Iterator[Issue]:
    known = {kpi.name: kpi.drives for kpi, _ in every_kpi(design)}
    for kpi, _ in every_kpi(design):
        if kpi.drives not in (None, GOAL) and kpi.drives not in known:
            near = nearest(kpi.drives, [GOAL, *known])
            fix = f"Did you mean “{near}”?" if near else "Choose the goal or one of the KPIs."
            yield Issue("warning", "drives_unknown", about(kpi), f"It drives “{kpi.drives}”, which is not here.", fix)
        elif kpi.name in _upwards(kpi.name, known):
            message = "What it drives leads round in a circle back to itself."
            yield Issue("warning", "drives_circle", about(kpi), message, "Let the last one drive the goal.")


def _upwards(name: str, drives: dict[str, str | None]) -> list[str]:
    """Everything a KPI drives, step by step, until the goal, something unknown, or a place seen before."""
    seen: list[str] = []
    above = drives.get(name)
    while above in drives and above not in seen:
        seen.append(above)
        above = drives[above]
    return seen


def the_goal_is_no_kpi(design: Design, panel: Panel | None) -> Iterator[Issue]:
    for kpi, counts in leaves(design):
        formula = formula_of(kpi.formula) if kpi.formula else None
        if counts and design.goal and formula and design.goal.measure in formula.names:
            message = "It contains the goal itself, so the scorecard agrees with the goal by construction."
            fix = "Judge it by the next period's goal, or take it out of the scorecard."
            yield Issue("warning", "goal_inside", about(kpi), message, fix)


def no_formula_twice(design: Design, panel: Panel | None) -> Iterator[Issue]:
    first: dict[Formula, Kpi] = {}
    for kpi, _ in leaves(design):
        formula = formula_of(kpi.formula) if kpi.formula else None
        if formula and (earlier := first.setdefault(formula, kpi)) is not kpi:
            message = f"It has the same formula as “{earlier.name}”, which so counts twice."
            yield Issue("warning", "copy", about(kpi), message, "Keep one of them.")


def weight_only_where_it_may_count(design: Design, panel: Panel | None) -> Iterator[Issue]:
    for kpi in design.kpis:
        if kpi.role == "diagnostic" and kpi.weight > 0:
            message = "It is diagnostic, there to understand with, and yet has weight."
            yield Issue(
                "info", "diagnostic_with_weight", about(kpi), message, "Set its weight to 0, or change its role."
            )


def not_too_many(design: Design, panel: Panel | None) -> Iterator[Issue]:
    n = sum(kpi.weight > 0 for kpi in design.kpis)
    if n > MANY:
        message = f"{n} KPIs count; nobody keeps more than {MANY} in mind."
        yield Issue("info", "many_kpis", "KPIs", message, "Ask of each whether it is absolutely necessary.")


def an_answer_to_necessity(design: Design, panel: Panel | None) -> Iterator[Issue]:
    for kpi in design.kpis:
        if kpi.weight > 0 and not (kpi.necessary or "").strip():
            message = "Nobody has answered why a rep cannot succeed without it."
            yield Issue("info", "no_necessity", about(kpi), message, "Answer in a sentence, or set its weight to 0.")
