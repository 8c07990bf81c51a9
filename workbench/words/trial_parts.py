"""The parts of the page Trials: figures, before and after alone, who moved, looks, what can be found."""

from __future__ import annotations

import math
from collections.abc import Mapping

from workbench.trials.compare_units import FEWEST_TO_SPLIT
from workbench.trials.planned_effect import planned_effect
from workbench.trials.trial_finding import TrialEstimate, TrialFinding, TrialRep, VerdictReason
from workbench.trials.trial_state import TrialState
from workbench.words.numbers import p_value, pluralize, short_number, with_unit
from workbench.words.trial_amounts import (
    amount,
    level,
    more_or_less,
    per_what,
    sides_words,
    signed_amount,
    units_words,
)
from workbench.words.trials import FEWEST

WORTH_SAYING = 0.1
"""Share of the naive change, from which a part of the difference is told."""
CLAIMED = ("helps", "harms", "may_have_moved", "weak")
"""Verdicts that claim a size."""
SPOILT: frozenset[VerdictReason] = frozenset(("overlapping_trial", "reps_left", "pre_trend"))
"""Reasons for which the range holds more than the change, so that it promises nothing."""
METHODS: Mapping[str, str] = {
    "ancova": "adjusted for each rep's own past", "differences": "after less before",
    "ratios": "after divided by before", "staggered": "start by start, against those who had not begun",
    "interrupted_series": "the team's own history carried on", "rank": "rank among the teams",
    "whole_path": "the whole course up to this look", "none": "after less before",
}  # fmt: skip
REP_COLUMNS = ("Rep", "Group", "Before", "After", "Expected", "Difference")
GROUPS = {True: "changed", False: "as before"}
REPS_CAPTION = (
    "Each dot is a rep. Expected: what colleagues with the same past did. The line is how far a single rep varies "
    "anyway; filled dots lie beyond."
)
REPS_CAPTION_STARTS = (
    "Each dot is a rep who has started. Expected: the rep's own past, and what those still waiting did in the same "
    "{grain}s. The line is how far a single rep varies anyway; filled dots lie beyond."
)
REPS_CAPTION_ALONE = "Each dot is a rep, compared with the same rep before the start."
PER_MONTH_WORKED = "Per rep and month worked."
BAND = "Shaded: where the group would be without the change."
LINES_OF_STARTS = "A rep moves from “as before” to “changed” on the day that rep starts."
BAND_CUT = "The shade ends at zero: {label} was never below zero."
BAND_ENDS = "The shade ends where nobody is left to compare with."
TEAM_TOTAL, TOTAL_OF_BOTH, NO_TOTAL = "The team's total", "The total of both groups", "A ratio has no total."
SEEN_IN_SOME = (
    f"This counts {{n}} of {{of}}: the rest had fewer than {FEWEST_TO_SPLIT} {{grain}}s "
    "beside others working as before."
)
ATTENTION = "Attention alone often helps for a while."
RESTS_ON, EVERY_ESTIMATE, PLACEBO = "What the answer rests on", "Every estimate", "Within the time before"
LOG_IT = "Log what you decide"


def trial_figures(found: TrialFinding) -> dict[str, str]:
    """At most five figures, by label."""
    figures: dict[str, str] = {}
    if math.isfinite(found.claim.value):
        figures[f"{found.label} {per_what(found)}".rstrip()] = signed_amount(found, found.claim.value)
        if likely := short_range(found, found.claim):
            figures["Likely range"] = likely
    if found.naive is not None and math.isfinite(found.naive.change):
        figures["Before and after alone"] = signed_amount(found, found.naive.change)
    if found.n_comparison:
        changed, as_before = ("Reps who", "reps") if found.unit == "rep" else ("Groups that", "groups")
        figures[f"{changed} changed, {as_before} as before"] = f"{found.n_treated} : {found.n_comparison}"
    elif found.n_treated_reps:
        figures["Reps who changed"] = f"{found.n_treated_reps:,}"
    if found.n_after:
        figures[f"{found.grain}s before and after"] = f"{found.n_before} + {found.n_after}"
    seen = planned_effect(found)
    if not found.n_after and seen is not None:
        if found.kind != "no_comparison":
            figures["Smallest effect it would find"] = amount(found, seen.effect)
        early = any(each.code == "data_end_early" for each in found.warnings)
        figures[f"{found.grain}s {'of data to plan from' if early else 'before the start'}"] = f"{found.n_before}"
    return {label[:1].upper() + label[1:]: value for label, value in list(figures.items())[:5]}


def course_caption(found: TrialFinding) -> str:
    """What the lines count, what is shaded, where something is, and where the shade of starts in waves ends."""
    low = found.course.low.tolist() if found.course is not None else []
    band = any(math.isfinite(each) for each in low)
    parts = ["" if found.ratio else PER_MONTH_WORKED, BAND if band else ""]
    if any(each < found.floor for each in low):
        parts.append(BAND_CUT.format(label=found.label))
    if found.kind == "staggered":
        parts.append(LINES_OF_STARTS)
        parts.append(BAND_ENDS if band and not math.isfinite(low[-1]) else "")
    return " ".join(filter(None, parts))


def reps_caption(found: TrialFinding) -> str:
    """What a dot, its place and its line are."""
    if found.kind == "staggered":
        return REPS_CAPTION_STARTS.format(grain=found.grain)
    return REPS_CAPTION_ALONE if found.kind == "no_comparison" else REPS_CAPTION


def short_range(found: TrialFinding, estimate: TrialEstimate) -> str:
    """``$400 to $5,900``; empty where a bound is missing."""
    if not (math.isfinite(estimate.low) and math.isfinite(estimate.high)):
        return ""
    return f"{signed_amount(found, estimate.low)} to {signed_amount(found, estimate.high)}"


def estimate_small_print(found: TrialFinding, estimate: TrialEstimate) -> str:
    """Method, size, interval, p and units of one estimate."""
    size = f"{signed_amount(found, estimate.value)}, 95% CI {short_range(found, estimate) or 'not bounded'}"
    p = f", p {p_value(estimate.p)}" if math.isfinite(estimate.p) else ""
    draws = (
        f", {estimate.n_permutations:,} draws{' (all)' if estimate.exact else ''}" if estimate.n_permutations else ""
    )
    n = f", {estimate.n_units[0]} against {estimate.n_units[1]}" if any(estimate.n_units) else ""
    return f"{METHODS[estimate.method].capitalize()}: {size}{p}{n}{draws}"


def naive_sentences(found: TrialFinding) -> list[str]:
    """What before and after alone would say, and why the estimate differs from it."""
    naive = found.naive
    if naive is None or not math.isfinite(naive.change):
        return []
    out = [f"Before and after alone says {more_or_less(found, naive.change)} {per_what(found)}".rstrip() + "."]
    worth = WORTH_SAYING * max(abs(naive.change), abs(found.claim.value) if math.isfinite(found.claim.value) else 0)
    if math.isfinite(naive.comparison) and abs(naive.comparison) > worth:
        out.append(f"Reps who worked as before had {more_or_less(found, naive.comparison)} in the same months.")
    came_and_went = naive.change - naive.same_reps
    if math.isfinite(came_and_went) and abs(came_and_went) > worth:
        out.append(f"{amount(found, abs(came_and_went))} of the difference comes from reps who joined or left.")
    if found.claim.method in ("ancova", "differences", "ratios"):
        out.append("The answer compares each rep with the same rep before, and with colleagues in the same months.")
    return out


def total_sentences(found: TrialFinding) -> list[str]:
    """What the team as a whole gained or lost, beside the difference between the groups."""
    total = found.total
    if total is None or not math.isfinite(total.before):
        return []
    change, whose = total.after - total.before, total_title(found)
    out = [f"{whose} went from {with_unit(total.before, found.unit_of_measure)} to "
           f"{with_unit(total.after, found.unit_of_measure)} a month."]  # fmt: skip
    if math.isfinite(total.comparison_change):
        out.append(f"Those who changed: {more_or_less(found, total.treated_change)} a month in all. "
                   f"The others: {more_or_less(found, total.comparison_change)}.")  # fmt: skip
        lower = found.file.direction == "lower"
        way = -1 if lower else 1
        gain, loss = way * total.treated_change, -way * total.comparison_change
        if gain > 0 and loss > 0 and (way * change <= 0 or loss > gain / 2):
            out.append("The gain of one group stands against a loss of the other: the team may have gained nothing.")
        elif found.verdict in CLAIMED and way * found.claim.value > 0 and way * change <= 0:
            out.append(f"Those who changed did better than the others, and yet {whose[:1].lower()}{whose[1:]} did not "
                       f"{'fall' if lower else 'rise'}.")  # fmt: skip
    return out


def total_title(found: TrialFinding) -> str:
    """Whose total is told: of the team, or of both groups where the card names who is compared."""
    return TOTAL_OF_BOTH if found.kind != "no_comparison" and found.file.comparison is not None else TEAM_TOTAL


def fade_sentence(found: TrialFinding) -> str:
    """Whether the effect lasted; empty where the trial is too short to say."""
    fade = found.fade
    if fade is None or (found.verdict not in CLAIMED and not fade.change.excludes_none):
        return ""
    if not (math.isfinite(fade.first.value) and math.isfinite(fade.second.value)):
        return ""
    first, second = more_or_less(found, fade.first.value), more_or_less(found, fade.second.value)
    n = fade.change.n_units[0] if found.kind == "staggered" else 0
    some = 0 < n < found.n_treated
    after = "" if found.kind != "staggered" else " after the start" if some else " after each start"
    sizes = f"{first} in the first half{after}, {second} in the second."
    sizes += f" {SEEN_IN_SOME.format(n=n, of=units_words(found, found.n_treated), grain=found.grain)}" if some else ""
    if fade.change.excludes_none:
        grew = fade.change.value * (1 if fade.first.value >= 0 else -1) > 0
        return f"The effect grew: {sizes}" if grew else f"The effect faded: {sizes} {ATTENTION}"
    return f"No fading found: {sizes}"


def cost_sentence(found: TrialFinding) -> str:
    """What an hour spent on the change brought; empty without a cost or an effect."""
    hours = found.file.cost_hours
    if not hours or found.verdict not in CLAIMED or not math.isfinite(found.claim.value) or found.ratio:
        return ""
    each = more_or_less(found, found.claim.value / hours)
    return f"The change costs a rep {short_number(hours)} hours a month: about {each} for each hour."


def placebo_sentence(found: TrialFinding) -> str:
    """Whether the same comparison finds an effect where none can be: within the time before."""
    if found.placebo is None or not math.isfinite(found.placebo.p):
        return ""
    if found.placebo.excludes_none:
        return "A test within the time before finds a difference where none can be: be careful."
    return "A test within the time before finds no difference, as it should."


def look_sentence(found: TrialFinding, state: TrialState = "running") -> str:
    """What the declared looks allow today; empty once the trial is over or its whole path is judged.

    ``state``: a trial whose last day is past cannot be stopped any more.
    """
    if not found.looks or not found.running or (found.file.plan and len(found.looks) == found.n_looks):
        return ""
    look = f"Look {found.stopped or len(found.looks)} of {found.n_looks}"
    if not math.isfinite(found.looks[-1].value):
        return f"{look} cannot be read yet: {units_words(found, FEWEST)} must have started while others wait."
    if not found.stopped:
        return f"{look}: the answer is not clear yet{'' if state == 'ended' else ', so let the trial run'}."
    if found.verdict not in CLAIMED and not found.claim.excludes_none:
        return f"The answer was clear at look {found.stopped}; today's data no longer show it."
    if found.verdict not in CLAIMED:
        return f"{look}: the difference is clear, yet something else could have made it."
    if state == "ended":
        return f"{look}: the answer is clear, before all data are in."
    return f"{look}: the answer is clear, so the trial may stop."


def who_moved_sentence(found: TrialFinding) -> str:
    """How many of those who changed did better than expected, and for how many that is more than luck."""
    mine = [each for each in found.reps if each.treated and math.isfinite(each.difference)]
    if not mine:
        return "Who moved can be seen once the data hold months after the start."
    up, than = found.file.direction == "higher", "before" if found.kind == "no_comparison" else "expected"
    better = sum((each.difference > 0) == up and each.difference != 0 for each in mine)
    said = f"{better or 'None'} of {pluralize(len(mine), 'rep')} who changed did better than {than}."
    if not any(math.isfinite(each.low) for each in mine):
        return said
    clear = [(each.difference > 0) == up for each in mine if stands_out(each)]
    n_up, n_down = sum(clear), len(clear) - sum(clear)
    than_one = "more than a single rep varies"
    if better:
        said += f" {n_up or 'None'} by {than_one}."
        than_one = "more than that"
    if n_down:
        said += f" {n_down} did worse by {than_one}."
    late = found.n_treated_reps - len(mine) if found.kind == "staggered" and not found.running else 0
    return f"{said} {pluralize(late, 'rep')} started when nobody was left to compare with." if late > 0 else said


def stands_out(rep: TrialRep) -> bool:
    """Whether a rep's difference is larger than that of a single rep without any effect."""
    return math.isfinite(rep.low) and math.isfinite(rep.high) and (rep.low > 0 or rep.high < 0)


def rep_cells(found: TrialFinding, rep: TrialRep) -> tuple[str, ...]:
    """A row of the table of reps."""
    values = (level(found, value) for value in (rep.before, rep.after, rep.expected))
    return rep.rep, GROUPS[rep.treated], *values, signed_amount(found, rep.difference)


def reliability_sentences(found: TrialFinding) -> list[str]:
    """What the answer rests on."""
    out = [f"{sides_words(found)[:1].upper()}{sides_words(found)[1:]}, {found.n_before} {found.grain}s before and "
           f"{found.n_after} after."]  # fmt: skip
    said = short_range(found, found.claim)
    if said and any(each.code == "early_stop_overstates" for each in found.warnings):
        out.append(f"The likely range, {said}, probably overstates the effect: the trial may stop early.")
    elif said and (found.verdict == "may_have_moved" or SPOILT & set(found.reasons)):
        out.append(f"The likely range is {said}, and something else may be part of it.")
    elif said and found.file.tries > 1:
        out.append(f"The likely range, {said}, may promise too much at look {found.file.tries} at the same data.")
    elif said:
        out.append(f"Of 100 such trials, about 95 likely ranges hold the true effect. Here: {said}.")
    return [*out, *filter(None, (placebo_sentence(found), look_sentence(found)))]
