"""Words of the Goal and KPIs pages: measures, targets compared with history, reps who made the goal without a KPI."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from workbench.data.model.dataset import Grain
from workbench.data.model.panel import MeasureInfo, Panel
from workbench.design.model import Direction, Goal, Kpi, Target, Within
from workbench.design.suggest_kpis import KpiSuggestion
from workbench.formula.completion import labels_for_names
from workbench.formula.ratio import is_ratio
from workbench.scoring.goal_without_kpi import GoalWithoutKpi
from workbench.scoring.targets import TargetHistory
from workbench.scoring.team_goal import TeamGoal
from workbench.words.numbers import CURRENCIES, percent, pluralize, short_number, with_unit
from workbench.words.panels import period_name

GOAL_QUESTION = "What must happen for the goal to happen?"
KPIS_QUESTION = "Which KPIs are candidates, and is each absolutely necessary?"
NECESSARY_QUESTION = "Is this absolutely necessary to succeed in this role?"
NECESSARY_HINT = "A rep cannot succeed without it, because …"
NO_TEAM_NUMBER = "Give the goal a target that adds up over reps to see what the team has to reach."
GOAL_HINT = "The one number the team exists for. Everything else is judged by it."
DIRECTIONS = {"higher": "Higher", "lower": "Lower", "range": "In a range"}
ROLES = {None: "Not set", "lead": "Lead: comes before the goal", "lag": "Lag: comes with or after the goal",
         "diagnostic": "Diagnostic: explains the goal"}  # fmt: skip
EDGES = {"part_of": "part of", "believed": "believed to drive"}
FORMS = {"number": "Number", "formula": "Per rep", "steps": "By date", "none": "None"}
_AGGREGATES = {"count": "how many", "sum": "sum", "mean": "average", "min": "smallest", "max": "largest",
               "distinct": "how many different"}  # fmt: skip
_COUNTED_IN = {"sum": "sum", "mean": "average", "min": "smallest", "max": "largest"}
_BUILT_IN = {
    "days": "days on which the rep was there",
    "workdays": "Mondays to Fridays on which the rep was there",
    "tenure": "months since the rep's start",
    "days_at_work": "workdays less vacation and other long absences",
}
MET_METHOD = (
    "Each **rep-{grain}** is one rep in one {grain}. It met the target when its value is at least the target (at most, "
    "where lower is better; inside, for a range). Those without a value are left out and counted. Per rep, the average "
    "over the {grain}s the rep was there is compared; ratios are ratios of totals."
)
WITHOUT_METHOD = (
    "Each rep's average per active {grain} (or total, as the scorecard's basis says) against the average of the "
    "targets, for the goal and for the KPI. A composite, or a range, counts as met from 100 points on. Reps without a "
    "value for either are left out. Reps who made the goal without the KPI "
    "show that it can be done at this target; they do not show what caused what."
)


def suggestion_words(offered: KpiSuggestion, measures: Sequence[MeasureInfo]) -> str:
    """What a suggested KPI would measure: ``Won / Closed · as a share``."""
    formula = labels_for_names(offered.kpi.formula or "", names_by_title(measures))
    return " · ".join(part for part in (formula, offered.kpi.unit or "as a share") if part)


def names_by_title(measures: Sequence[MeasureInfo]) -> dict[str, str]:
    """The name of each measure in formulas, by what people call it."""
    return {measure_title(info): info.name for info in measures}


def measure_title(info: MeasureInfo) -> str:
    """A measure as people call it."""
    return info.label or info.name


def measure_meaning(info: MeasureInfo) -> str:
    """What a measure is: ``how many, from calls``; ``sum, from orders, in USD``."""
    if info.name in _BUILT_IN:
        return _BUILT_IN[info.name]
    parts = [_AGGREGATES.get(info.aggregate, info.aggregate)]
    parts += [f"from {info.source}"] if info.source else []
    parts += [f"in {info.unit}"] if info.unit else []
    return ", ".join(parts)


def goal_name(goal: Goal | None, panel: Panel | None = None) -> str:
    """The goal as people call it; "the goal" before there is one."""
    if goal is None:
        return "the goal"
    if goal.label or panel is None or goal.measure not in panel.measure_names:
        return goal.label or goal.measure
    return measure_title(panel.info(goal.measure))


def unit_of_measure(info: MeasureInfo) -> str:
    """What a measure is counted in: its unit, else how its values come about: ``number`` of rows, ``average``."""
    return info.unit or _COUNTED_IN.get(info.aggregate, "number")


def unit_of_goal(goal: Goal, panel: Panel) -> str:
    """What the goal is counted in: its own unit, else its measure's."""
    if goal.unit or goal.measure not in panel.measure_names:
        return goal.unit or "number"
    return unit_of_measure(panel.info(goal.measure))


def goal_title(goal: Goal, panel: Panel) -> str:
    """The goal at an axis or above a column: ``Sales (USD)``."""
    return title_with_unit(goal_name(goal, panel), unit_of_goal(goal, panel))


def kpi_unit(kpi: Kpi, panel: Panel, values: ArrayLike) -> str:
    """What a KPI's values are counted in: its unit, points, a share where all are from 0 to 1, its measure's unit."""
    if kpi.kpis or kpi.unit:
        return "points" if kpi.kpis else str(kpi.unit)
    if kpi.formula in panel.measure_names:
        return unit_of_measure(panel.info(str(kpi.formula)))
    known = np.asarray(values, dtype=float)
    known = known[np.isfinite(known)]
    return "share" if is_rate(kpi) and known.size and ((known >= 0) & (known <= 1)).all() else "value"


def title_with_unit(name: str, unit: str | None) -> str:
    """``Sales (USD)``; the name alone where it says the unit itself, as ``Meetings held per week`` does."""
    return f"{name} ({unit})" if unit and f" {unit} " not in f"{name} " else name


def direction_form(direction: Direction) -> str:
    return "range" if isinstance(direction, Within) else direction


def target_form(target: Target) -> str:
    """Which of ``FORMS`` a target has."""
    if target is None:
        return "none"
    return "formula" if isinstance(target, str) else "steps" if isinstance(target, tuple) else "number"


def target_words(kpi: Kpi) -> str:
    """A KPI's target in a few words: ``target 50 per workday``, ``between 5 and 9``, ``no target yet``."""
    if isinstance(kpi.direction, Within):
        low, high = kpi.direction.within
        return f"between {value_words(low, kpi, bare=True)} and {value_words(high, kpi)}"
    if isinstance(kpi.target, int | float):
        return f"target {'at most ' if kpi.direction == 'lower' else ''}{value_words(kpi.target, kpi)}"
    return {"none": "no target yet", "formula": "a target per rep", "steps": "a target by date"}[
        target_form(kpi.target)
    ]


def is_rate(kpi: Kpi) -> bool:
    """Whether a KPI without a unit is a ratio of its measures, so that values up to 1 are told in per cent."""
    return kpi.unit is None and is_ratio(kpi.formula)


def value_words(value: float, kpi: Kpi, *, bare: bool = False) -> str:
    """A value of a KPI: ``62%`` for a rate, ``50 per workday`` with its unit; ``bare`` has none but money's."""
    if is_rate(kpi) and abs(value) <= 1:
        return f"{short_number(100 * value)}%"
    if bare and (kpi.unit or "").startswith("of "):
        return with_unit(value, kpi.unit).removesuffix(kpi.unit or "").rstrip()
    money = (kpi.unit or "").partition(" ")[0]
    return with_unit(value, money if money in CURRENCIES else None) if bare else with_unit(value, kpi.unit)


def met_words(found: TargetHistory, grain: Grain) -> str:
    """Who would have met the target: rep-periods, then reps over their whole time; what has no value."""
    missing = f" {pluralize(found.missing, f'rep-{grain}')} without a value." if found.missing else ""
    missing += (
        f" {pluralize(found.too_short, f'rep-{grain}')} with too few days worked left out." if found.too_short else ""
    )
    if math.isnan(found.share):
        return f"{pluralize(len(found.values), f'rep-{grain}')} with a value.{missing}"
    reps = f"{found.reps_met} of {pluralize(found.n_reps, 'rep')} hit the target on average"
    return f"{percent(found.share)} of {found.n:,} rep-{grain}s hit this target. {reps}.{missing}"


def goal_without_kpi_sentence(found: GoalWithoutKpi, goal: str, kpi: str) -> str:
    """Who made the goal without the KPI, in one sentence with n of n."""
    if found.reps.empty:
        return f"Give {goal} and {kpi} a target to see who made the goal without {kpi}."
    alone, made = len(found.of("unsung_seller")), found.made_goal
    if not made:
        return f"None of {pluralize(len(found.reps), 'rep')} made the goal on average, so history cannot answer this."
    return made_goal_without_sentence(alone, made, kpi)


def made_goal_without_sentence(alone: int, made: int, kpi: str) -> str:
    """How many of those who made the goal missed a KPI's target; at least one made the goal."""
    everybody = f"All {made} reps" if made > 1 else "The one rep"
    if not alone:
        return f"{everybody} who made the goal also hit the target for {kpi}."
    who = everybody if alone == made else f"{alone} of the {made} reps"
    return f"{who} who made the goal missed the target for {kpi}."


def box_tickers_words(found: GoalWithoutKpi) -> str:
    """``7 of the 10 reps who hit this target missed the goal``; empty when nobody did."""
    missed = len(found.of("box_ticker"))
    met = missed + len(found.of("hit_both"))
    everybody = f"All {met} reps" if met > 1 else "The only rep"
    who = everybody if missed == met else f"{missed} of the {met} reps"
    return f"{who} who hit this target missed the goal" if missed else ""


def goal_without_kpi_words(found: GoalWithoutKpi | None) -> str:
    """Who made the goal without the KPI, for a card: ``2 of 5 made the goal without this KPI``; empty if not known."""
    if found is None or not found.made_goal:
        return ""
    return f"{len(found.of('unsung_seller'))} of {found.made_goal} made the goal without this KPI"


def team_goal_sentence(found: TeamGoal | None, goal: Goal, grain: Grain) -> str:
    """``The team reached $440k of $480k in June 2025, $40k short. …``; empty where the team has no number."""
    if found is None:
        return ""
    often = f"{found.hit} of {pluralize(found.n_periods, grain)}"
    which = "proposed target" if is_proposed(goal) else "target"
    return f"{team_reached_sentence(found, goal, grain)} The team hit its {which} in {often}."


def is_proposed(goal: Goal) -> bool:
    """Whether the goal's target is still the one that was taken from history."""
    return goal.percentile is not None and goal.target is not None


def proposed_target_sentence(found: TargetHistory | None, goal: Goal, grain: Grain) -> str:
    """``This is a proposed target: 33% of rep-months reached it.``; empty for a target that somebody set."""
    if found is None or not is_proposed(goal) or math.isnan(found.share):
        return ""
    return f"This is a proposed target: {percent(found.share)} of rep-{grain}s reached it."


def team_reached_sentence(found: TeamGoal, goal: Goal, grain: Grain) -> str:
    """``The team reached $440k of $480k in June 2025, $40k short.``"""
    unit = None if goal.unit == f"per {grain}" else goal.unit
    reached, target, size = (with_unit(value, unit) for value in (found.reached, found.target, abs(found.gap)))
    missed = "above the target" if goal.direction == "lower" else "short"
    made = "below the target" if goal.direction == "lower" else "above the target"
    good = -found.gap if goal.direction == "lower" else found.gap
    gap = f"{size} {made if good > 0 else missed}" if found.gap else "exactly the target"
    when = f"{'the ' if grain == 'week' else ''}{period_name(found.period, grain)}"
    return f"The team reached {reached} of {target} in {when}, {gap}."
