"""Rules about the design itself; the panel serves only for the names of measures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from workbench.data.model.panel import Panel
from workbench.design.model import Design, Kpi, Target, Within
from workbench.errors import Examples, InputError, Issue, Level, Where
from workbench.formula.formula import Formula, parse_formula
from workbench.problems import nearest

MOST_NAMED = 12  # measures that an issue lists
MANY = 7  # more KPIs than people keep in mind at once (Miller 1956; Kaplan and Norton ask for fewer still)
GOAL, KPIS = Where(area="goal"), Where(area="kpis")
DRIVES_GOAL = "goal"  # what a KPI next to the goal drives


def kpi_place(kpi: Kpi) -> Where:
    return Where(kpi=kpi.name)


def all_kpis(design: Design) -> Iterator[tuple[Kpi, bool]]:
    """Yield all KPIs, parts included, each with whether it has weight in the score."""
    for kpi in design.kpis:
        yield from _below(kpi, counts=True)


def _below(kpi: Kpi, counts: bool) -> Iterator[tuple[Kpi, bool]]:
    counts = counts and kpi.weight > 0
    yield kpi, counts
    for part in kpi.kpis:
        yield from _below(part, counts)


def leaf_kpis(design: Design) -> Iterator[tuple[Kpi, bool]]:
    return ((kpi, counts) for kpi, counts in all_kpis(design) if not kpi.kpis)


def parse_or_none(text: str, panel: Panel | None = None) -> Formula | None:
    """Parse a formula; None if that fails, which ``check_formulas_parse`` reports."""
    try:
        return parse_formula(text, panel.measure_names if panel else None)
    except InputError:
        return None


def fixed_targets(target: Target) -> tuple[float, ...]:
    """Return the fixed numbers of a target: one, or one per step; none for a formula."""
    if isinstance(target, tuple):
        return tuple(step.value for step in target)
    return (float(target),) if isinstance(target, int | float) else ()


def severity(counts: bool) -> Level:
    return "error" if counts else "warning"


def check_goal(design: Design, panel: Panel | None) -> Iterator[Issue]:
    goal = design.goal
    if goal is None:
        yield Issue.of("error", "no_goal", GOAL)
    elif panel and goal.measure not in panel.measure_names:
        near = nearest(goal.measure, panel.measure_names)
        known = Examples.of(panel.measure_names, MOST_NAMED)
        yield Issue.of("error", "unknown_goal", GOAL, name=goal.measure, near=near, known=known)
    elif isinstance(goal.direction, Within):
        yield Issue.of("warning", "goal_in_range", GOAL)
    elif goal.target is None:
        yield Issue.of("warning", "goal_without_target", GOAL)


def check_any_kpi(design: Design, panel: Panel | None) -> Iterator[Issue]:
    if not design.kpis:
        yield Issue.of("error", "no_kpis", KPIS)


def check_weight_total(design: Design, panel: Panel | None) -> Iterator[Issue]:
    if design.kpis and design.total_weight == 0:
        yield Issue.of("error", "zero_weights", KPIS)


def check_unique_names(design: Design, panel: Panel | None) -> Iterator[Issue]:
    names = Counter(kpi.name.strip().casefold() for kpi, _ in all_kpis(design))
    shown = {kpi.name.strip().casefold(): kpi for kpi, _ in all_kpis(design)}
    for name, times in names.items():
        if times > 1:
            yield Issue.of("error", "repeated_name", kpi_place(shown[name]), what="KPI", n_named=times)


def check_formula_given(design: Design, panel: Panel | None) -> Iterator[Issue]:
    for kpi, counts in leaf_kpis(design):
        if kpi.formula is None:
            yield Issue.of("error" if counts else "info", "no_formula", kpi_place(kpi))


def check_formulas_parse(design: Design, panel: Panel | None) -> Iterator[Issue]:
    names = panel.measure_names if panel else None
    texts = [(Where(kpi=kpi.name), kpi.formula) for kpi, _ in leaf_kpis(design) if kpi.formula is not None]
    texts += [
        (replace(kpi_place(kpi), path=("target",)), kpi.target)
        for kpi, _ in leaf_kpis(design)
        if isinstance(kpi.target, str)
    ]
    if design.goal and isinstance(design.goal.target, str):
        texts.append((replace(GOAL, path=("target",)), design.goal.target))
    for where, text in texts:
        try:
            parse_formula(text, names, where)
        except InputError as error:
            yield from error.issues


def check_target_given(design: Design, panel: Panel | None) -> Iterator[Issue]:
    if design.scoring.points != "attainment":
        return
    for kpi, counts in leaf_kpis(design):
        if kpi.target is None and not isinstance(kpi.direction, Within) and kpi.formula is not None:
            yield Issue.of(severity(counts), "no_target", kpi_place(kpi))


def check_target_positive(design: Design, panel: Panel | None) -> Iterator[Issue]:
    if design.scoring.points != "attainment":
        return
    for kpi, counts in leaf_kpis(design):
        if not isinstance(kpi.direction, Within) and any(number <= 0 for number in fixed_targets(kpi.target)):
            better = "lower" if kpi.direction == "lower" else "higher"
            yield Issue.of(severity(counts), "target_not_positive", kpi_place(kpi), better=better)


def check_target_steps(design: Design, panel: Panel | None) -> Iterator[Issue]:
    holders = [(kpi_place(kpi), kpi.target) for kpi, _ in leaf_kpis(design)]
    holders += [(GOAL, design.goal.target)] if design.goal else []
    for where, target in holders:
        if isinstance(target, tuple) and len({step.date for step in target}) < len(target):
            yield Issue.of("error", "repeated_step", where)


def check_anchors(design: Design, panel: Panel | None) -> Iterator[Issue]:
    if design.scoring.points != "minmax":
        return
    for kpi, counts in leaf_kpis(design):
        if kpi.formula is not None and (kpi.anchors is None or kpi.anchors[0] == kpi.anchors[1]):
            yield Issue.of(severity(counts), "no_anchors", kpi_place(kpi))


def check_inner_weights(design: Design, panel: Panel | None) -> Iterator[Issue]:
    for kpi, counts in all_kpis(design):
        if kpi.kpis and not any(part.weight > 0 for part in kpi.kpis):
            yield Issue.of(severity(counts), "zero_inner_weights", kpi_place(kpi))


def check_drives(design: Design, panel: Panel | None) -> Iterator[Issue]:
    known = {kpi.name: kpi.drives for kpi, _ in all_kpis(design)}
    for kpi, _ in all_kpis(design):
        if kpi.drives not in (None, DRIVES_GOAL) and kpi.drives not in known:
            near = nearest(kpi.drives, [DRIVES_GOAL, *known])
            yield Issue.of("warning", "drives_unknown", kpi_place(kpi), name=kpi.drives, near=near)
        elif kpi.name in _ancestors(kpi.name, known):
            yield Issue.of("warning", "drives_circle", kpi_place(kpi))


def _ancestors(name: str, drives: dict[str, str | None]) -> list[str]:
    """Return everything a KPI drives, directly or not, up to the goal, an unknown name, or a cycle."""
    seen: list[str] = []
    above = drives.get(name)
    while above in drives and above not in seen:
        seen.append(above)
        above = drives[above]
    return seen


def check_goal_not_in_formula(design: Design, panel: Panel | None) -> Iterator[Issue]:
    for kpi, counts in leaf_kpis(design):
        formula = parse_or_none(kpi.formula) if kpi.formula else None
        if counts and design.goal and formula and design.goal.measure in formula.names:
            yield Issue.of("warning", "goal_inside", kpi_place(kpi))


def check_repeated_formulas(design: Design, panel: Panel | None) -> Iterator[Issue]:
    first: dict[Formula, Kpi] = {}
    for kpi, _ in leaf_kpis(design):
        formula = parse_or_none(kpi.formula) if kpi.formula else None
        if formula and (earlier := first.setdefault(formula, kpi)) is not kpi:
            yield Issue.of("warning", "copy", kpi_place(kpi), other=earlier.name)


def check_diagnostic_weight(design: Design, panel: Panel | None) -> Iterator[Issue]:
    for kpi in design.kpis:
        if kpi.role == "diagnostic" and kpi.weight > 0:
            yield Issue.of("info", "diagnostic_with_weight", kpi_place(kpi))


def check_number_of_kpis(design: Design, panel: Panel | None) -> Iterator[Issue]:
    n = sum(kpi.weight > 0 for kpi in design.kpis)
    if n > MANY:
        yield Issue.of("info", "many_kpis", KPIS, n_kpis=n, most=MANY)


def check_necessity_answer(design: Design, panel: Panel | None) -> Iterator[Issue]:
    for kpi in design.kpis:
        if kpi.weight > 0 and not (kpi.necessary or "").strip():
            yield Issue.of("info", "no_necessity", kpi_place(kpi))
