"""What to do next about a trial, in one imperative sentence."""

from __future__ import annotations

import math

from workbench.trials.planned_effect import enough_length, planned_effect, split_that_finds, takes_too_few
from workbench.trials.trial_finding import LeftOutReason, TrialFinding
from workbench.trials.trial_state import TrialState
from workbench.words.numbers import pluralize
from workbench.words.trial_amounts import amount, periods_words, units_words
from workbench.words.trials import FEWEST

MOST_MONTHS = 24
TOO_NEW: frozenset[LeftOutReason] = frozenset(("no_before", "on_ramp"))
"""Reasons to leave out a rep that pass with time."""
BRING_DATA = "Bring the data since the start: the answer follows at once."
START_IT = "Start as planned, and leave the other group as it is until the end."
SPLIT = "Keep some reps as before: at least 4 on each side."
DRAW_LOTS = "Draw lots before the start: chance makes both groups alike."
LET_RUN = "Let the trial run to its last day, and bring the data up to then."
BRING_MORE = "Bring more months of the trial: the answer follows."
SAY_WHAT_MATTERS = "Say on the card which effect would matter: 10% of a level of zero says nothing."
RUN_LONGER = "Next time, run the trial longer."
LARGER_TEAM = f"Try the change together with another team: a trial needs {FEWEST} reps on each side."
PICK_OTHER_MEASURE = "Choose a measure in which reps differ."
LET_RUN_NEXT = "Next time, let the trial run to its planned last day."
UNSEEN_DATA = "Plan a new trial like this one: only data that nobody has seen can decide."
WAIT_FOR_HISTORY = f"Start once {FEWEST} reps on each side have months before the start: many are too new now."
REPEAT_IT = "Repeat the trial: 2 of 10 trials of this size miss an effect of {amount}."
REPEAT_LONG = "Repeat the trial: even trials as long as this sometimes miss an effect of {amount}."
MORE_PEOPLE = "Next time, let more reps take part, or run the trial longer."
_NEXT: dict[str, str] = {
    "helps": "Keep the change, and look at the side effects before everybody changes.",
    "harms": "Stop the change, and log why it was tried.",
    "no_effect_seen": "Pivot: try another change, since this one does nothing that matters.",
    "may_have_moved": "Compare the team's total, or give each group leads of its own.",
    "picture": "Keep some reps as before next time: at least 4 on each side.",
    "weak": "Let some reps return to the old way, drawn by lot, to be sure.",
}


def what_would_do(found: TrialFinding, state: TrialState = "planned") -> str:
    """One imperative sentence on what to do next; ``state`` tells a trial without data from one that has not begun."""
    if found.verdict in ("helps", "harms", "no_effect_seen"):
        return _NEXT[found.verdict]
    if found.verdict == "not_started" and not takes_too_few(found):
        return BRING_DATA if state != "planned" else _before_start(found)
    if found.verdict in ("not_enough", "not_started"):
        return _with_enough(found)
    if found.verdict == "cannot_tell":
        return _until_clear(found, state)
    if found.verdict == "picture" and found.reasons[1:] == ("few_after",) and state != "ended":
        return LET_RUN if found.file.end else BRING_MORE
    return _NEXT[found.verdict]


def _with_enough(found: TrialFinding) -> str:
    """Four on each side where the team has them; a small team has no more."""
    if "no_variation" in found.reasons:
        return PICK_OTHER_MEASURE
    unit = "reps" if found.unit == "rep" else "groups"
    usable = found.n_treated + found.n_comparison
    if found.unit == "rep" and found.file.comparison is None and usable < 2 * FEWEST:
        n_new = sum(each.reason in TOO_NEW for each in found.left_out)
        return WAIT_FOR_HISTORY if usable + n_new >= 2 * FEWEST else LARGER_TEAM
    return f"Let at least {FEWEST} {unit} change, and keep {FEWEST} as before."


def _before_start(found: TrialFinding) -> str:
    """Start as planned only where the plan would find what matters, or that is not known."""
    if found.kind == "no_comparison":
        return SPLIT
    if not found.file.drawn:
        return DRAW_LOTS
    seen = planned_effect(found)
    if seen is None or not math.isfinite(found.smallest) or seen.effect <= found.smallest:
        return START_IT
    fit = enough_length(found)
    if fit is not None:
        return (
            f"Plan {periods_words(found, fit.n_periods)}: then an effect of {amount(found, found.smallest)} would show."
        )
    return f"Start only if you expect {amount(found, seen.effect)} or more: a smaller effect could pass for chance."


def _until_clear(found: TrialFinding, state: TrialState) -> str:
    if "estimates_disagree" in found.reasons:
        return "Draw lots next time: then one fair comparison is enough."
    if "looks_cost" in found.reasons:
        return "Plan fewer looks next time, or run the trial longer."
    if "tried_before" in found.reasons:
        return UNSEEN_DATA
    if found.kind == "no_comparison":
        return _NEXT["weak"]
    if "running" in found.reasons:
        return "Bring the data up to the last day of the trial." if state == "ended" else LET_RUN
    if "ended_early" in found.reasons:
        return LET_RUN_NEXT
    if "wide_range" not in found.reasons:
        return "Repeat the trial with groups drawn by lot, and nothing else changing."
    if not math.isfinite(found.smallest):
        return SAY_WHAT_MATTERS
    return _to_narrow_the_range(found, state)


def _to_narrow_the_range(found: TrialFinding, state: TrialState) -> str:
    """A longer trial, another split, more people, in this order; more people only where not all take part already."""
    shows = f"then an effect of {amount(found, found.smallest)} would show."
    fit, split = enough_length(found), split_that_finds(found)
    more = fit.n_periods - found.n_after if fit else 0
    if state != "ended" and 0 < more <= MOST_MONTHS:
        return f"Run {pluralize(more, found.grain)} more: {shows}"
    if fit is not None and more > 0:
        return f"Next time, plan {periods_words(found, fit.n_periods)}: {shows}"
    if fit is not None:
        return (REPEAT_LONG if more else REPEAT_IT).format(amount=amount(found, fit.effect))
    if split is not None:
        sides = f"{units_words(found, split.n_treated)} change for {periods_words(found, split.n_periods)}"
        return f"Next time, let {sides}: {shows}"
    if found.file.comparison is not None:
        return MORE_PEOPLE
    known = [each for each in found.detectable if math.isfinite(each.effect)]
    if not known:
        return RUN_LONGER
    least, longest = min(each.effect for each in known), max(each.n_periods for each in known)
    return (
        f"Next time, try a change that should bring {amount(found, least)} or more: "
        f"{periods_words(found, longest)} cannot show less."
    )
