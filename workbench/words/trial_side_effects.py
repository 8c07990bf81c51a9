"""What else moved in a trial: the lever, and every other KPI against those who worked as before."""

from __future__ import annotations

import math

from workbench.formula.ratio import is_ratio
from workbench.trials.trial_finding import SideEffect, TrialFinding
from workbench.words.lists import list_names
from workbench.words.numbers import percent, short_number, with_unit
from workbench.words.trial_amounts import said_in_percent, two_figures
from workbench.words.trials import FEWEST

SIDE_COLUMNS = ("KPI", "Before", "Effect", "Likely range", "Verdict")
SIDE_VERDICTS = {
    "up": "More than others",
    "down": "Less than others",
    "none": "No change found",
    "unknown": "Cannot tell",
}
SIDE_CAPTION = "All KPIs are judged together, so that many KPIs find nothing by chance alone. Ranges are of each alone."


def lever_sentence(found: TrialFinding) -> str:
    """Whether the change was made at all: what happened to what it was to move."""
    lever = found.lever
    if lever is None:
        return ""
    others = _others(found)
    made = {"higher": "up", "lower": "down"}[lever.direction] == lever.moved
    so = ", so the change was made." if made else "."
    said = {"up": f"{lever.label} rose against {others}{so}",
            "down": f"{lever.label} fell against {others}{so}",
            "none": f"{lever.label} did not move detectably: was the change made?",
            "unknown": f"Whether {lever.label} moved is not known."}  # fmt: skip
    return said[lever.moved]


def side_effects_sentence(found: TrialFinding) -> str:
    """Which other KPIs moved against the comparison, all judged together."""
    if not found.side_effects:
        return "No other KPI was looked at."
    rose, fell = ([each.label for each in found.side_effects if each.moved == way] for way in ("up", "down"))
    parts = [f"{list_names(names, 3)} {verb}" for names, verb in ((rose, "rose"), (fell, "fell")) if names]
    if parts:
        return f"Beyond chance, {' and '.join(parts)} against {_others(found)}."
    if all(each.moved == "unknown" for each in found.side_effects):
        few = all(min(each.n_units) < FEWEST for each in found.side_effects)
        why = "too few reps" if few else "they hardly differ from rep to rep"
        return f"Whether other KPIs moved is not known: {why}."
    n = len(found.side_effects)
    return f"None of the {n} other KPIs moved beyond chance." if n > 1 else "The other KPI did not move beyond chance."


def _others(found: TrialFinding) -> str:
    return "those who had not begun" if found.kind == "staggered" else "those who worked as before"


def side_effect_cells(effect: SideEffect) -> tuple[str, ...]:
    """A row of the table of side effects."""
    if said_in_percent(effect.unit, is_ratio(effect.formula), effect.before):
        return _share_cells(effect)
    unit = effect.unit or ""
    shown = [with_unit(two_figures(effect.low), None if unit.startswith("per ") else effect.unit),
             with_unit(two_figures(effect.high), effect.unit)]  # fmt: skip
    return (effect.label, with_unit(effect.before, effect.unit), with_unit(two_figures(effect.value), effect.unit),
            f"{shown[0]} to {shown[1]}" if math.isfinite(effect.low) else "–",
            SIDE_VERDICTS[effect.moved])  # fmt: skip


def _share_cells(effect: SideEffect) -> tuple[str, ...]:
    """A share moves by percentage points."""
    value, low, high = (short_number(two_figures(100 * each), 2) for each in (effect.value, effect.low, effect.high))
    return (effect.label, percent(effect.before), f"{value} points",
            f"{low} to {high} points" if math.isfinite(effect.low) else "–", SIDE_VERDICTS[effect.moved])  # fmt: skip
