"""Fill the card of a trial: what can decide it, when it runs, who draws the lot, and what must not suffer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from workbench.data.model.dataset import Grain
from workbench.data.model.panel import BUILT_IN, PERIOD, REP, Panel
from workbench.data.model.periods import ends_of_periods
from workbench.design.model import Design
from workbench.errors import InputError, Where
from workbench.formula.value_choice import Choice
from workbench.trials.check_trial import people_named
from workbench.trials.propose_assignment import ProposedAssignment, propose_assignment, propose_starts
from workbench.trials.trial_file import REP_UNIT, BetterWhen, TrialFile, parse_trial
from workbench.trials.trial_sides import trial_sides
from workbench.trials.trial_state import first_of_next_month, months_later

MONTHS = 6
HISTORY: dict[Grain, int] = {"day": 120, "week": 26, "month": 6, "quarter": 4}
"""Periods of history that a first card uses."""


@dataclass(frozen=True)
class MeasureChoice:
    """What a trial can be decided by: a formula, its plain name and unit, and which way is better."""

    formula: str
    label: str
    unit: str | None = None
    direction: BetterWhen = "higher"


def measure_choices(panel: Panel, design: Design) -> tuple[MeasureChoice, ...]:
    """List the goal, the KPIs and the other measures, each formula once and each label once."""
    found: dict[str, MeasureChoice] = {}
    labels: set[str] = set()
    for each in _choices(panel, design):
        if each.formula not in found:
            label = each.label if each.label not in labels else f"{each.label} ({each.formula})"
            labels.add(label)
            found[each.formula] = MeasureChoice(each.formula, label, each.unit, each.direction)
    return tuple(found.values())


def _choices(panel: Panel, design: Design) -> Iterator[MeasureChoice]:
    goal = design.goal
    if goal is not None and goal.measure in panel.measure_names:
        info = panel.info(goal.measure)
        yield MeasureChoice(goal.measure, goal.label or info.label or info.name, goal.unit or info.unit,
                            _way(goal.direction))  # fmt: skip
    for kpi in design.kpis:
        for leaf in kpi.leaves():
            if leaf.formula:
                yield MeasureChoice(leaf.formula.strip(), leaf.name, leaf.unit, _way(leaf.direction))
    for info in panel.measures:
        if info.name not in BUILT_IN:
            yield MeasureChoice(info.name, info.label or info.name, info.unit)


def _way(direction: object) -> BetterWhen:
    return "lower" if direction == "lower" else "higher"


def last_day_of(panel: Panel) -> dt.date:
    """Return the last day of the last period of a panel that has rows."""
    day: pd.Timestamp = pd.Timestamp(ends_of_periods(pd.Series([panel.frame[PERIOD].max()]), panel.grain)[0])
    return day.date()


def data_until(panel: Panel, today: dt.date) -> dt.date:
    """Return the last day that the data can cover: today while their last period has only begun."""
    begun = panel.frame[PERIOD].max().date()
    return min(last_day_of(panel), today) if begun <= today else last_day_of(panel)


def plan_card(panel: Panel, design: Design, measure: str, today: dt.date) -> dict[str, Any]:
    """Return the fields of a first card for a measure: half of the team by lot, for six months from the next month on.

    The design's other KPIs and its goal are side effects. Without enough reps for a draw nobody is treated yet.
    """
    choices = measure_choices(panel, design)
    start = first_of_next_month(max(last_day_of(panel), today))
    n_before = panel.frame[PERIOD].nunique() - len(panel.partial)
    others = [each.formula for each in choices if each.formula != measure and _in_design(each.formula, design)]
    card: dict[str, Any] = {
        "measure": measure, "treated": [], "start": start.isoformat(), "end": months_later(start, MONTHS).isoformat(),
        "before": max(min(HISTORY[panel.grain], n_before), 1), "assignment": "random", "unit": REP_UNIT,
        "direction": next((each.direction for each in choices if each.formula == measure), "higher"),
        "side_effects": others, "look_again": first_of_next_month(months_later(start, MONTHS)).isoformat(),
    }  # fmt: skip
    drawn = draw_lots(panel, parse_trial({"name": "draw", **card}))
    return card | ({"treated": list(drawn.treated)} if drawn else {})


def _in_design(formula: str, design: Design) -> bool:
    leaves = [leaf.formula.strip() for kpi in design.kpis for leaf in kpi.leaves() if leaf.formula]
    return formula in leaves or (design.goal is not None and formula == design.goal.measure)


def draw_lots(panel: Panel, file: TrialFile, n_treated: int | None = None, seed: int = 1) -> ProposedAssignment | None:
    """Draw who is to change among all who are there in the last period, within strata of their past.

    Parameters
    ----------
    file : its measure, history and unit are used. n_treated : units to treat; half of them by default.

    Returns
    -------
    ProposedAssignment, or None with fewer than two units.
    """
    last = panel.frame[PERIOD].max()
    there = panel.frame.loc[panel.frame[PERIOD] == last, REP]
    every = file.model_copy(update={
        "treated": tuple(there), "comparison": (), "starts": {}, "kind": None,
        "start": max(file.start, first_of_next_month(last_day_of(panel))), "end": None,
    })  # fmt: skip
    units = trial_sides(panel, every).units
    n = len(units.names)
    if n < 2:
        return None
    wanted = min(max(n_treated or n // 2, 1), n - 1)
    return propose_assignment(np.asarray(units.names), units.before, wanted, seed)


def units_that_change(panel: Panel, file: TrialFile) -> tuple[str, ...]:
    """Return the units of the card whose work changes, sorted. Raises InputError for people nobody knows."""
    people = people_named(file.treated, panel, Where(path=("treated",)))
    if file.unit == REP_UNIT:
        return tuple(sorted(people))
    values = panel.reps.set_index(REP)[file.unit].dropna().astype(str)
    return tuple(sorted(set(values[values.index.isin(people)])))


def is_this_draw(panel: Panel, file: TrialFile, drawn: ProposedAssignment | None) -> bool:
    """Whether those who change on a card drawn by lot are those of a draw."""
    if drawn is None or not file.drawn or file.starts:
        return False
    try:
        return units_that_change(panel, file) == tuple(sorted(drawn.treated))
    except InputError:
        return False


def draw_order(units: Sequence[str], start: dt.date, waves: int, months: int, seed: int) -> dict[str, dt.date]:
    """Draw the order in which units begin: ``waves`` of nearly equal size, that many months apart.

    Returns
    -------
    dict
        The first day of each unit; the first wave begins with the trial.
    """
    order = propose_starts(np.asarray(units, dtype=object), seed)
    n = max(min(waves, len(order)), 1)
    first = pd.Timestamp(start)
    days = [(first + pd.DateOffset(months=wave * months)).date() for wave in range(n)]
    return {unit: days[place * n // len(order)] for place, unit in enumerate(order)}


def waves_of(file: TrialFile) -> list[tuple[dt.date, tuple[str, ...]]]:
    """Return the days on which units begin, each with its units, the first day first."""
    days = sorted(set(file.starts.values()))
    return [(day, tuple(sorted(unit for unit, on in file.starts.items() if on == day))) for day in days]


def with_drawn(file: TrialFile, drawn: ProposedAssignment) -> dict[str, Any]:
    """Return the fields of a card that a draw decides."""
    if file.unit == REP_UNIT:
        return {"treated": list(drawn.treated), "comparison": None, "assignment": "random"}
    return {"treated": Choice(file.unit, drawn.treated).formula(), "comparison": None, "assignment": "random"}
