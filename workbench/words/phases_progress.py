"""Progress at a phase in sentences: the team over months, and coached reps against what was expected anyway."""

from __future__ import annotations

import math
from datetime import date

from workbench.phases.coached_progress import FEWEST_OTHERS, CoachedProgress, RepProgress
from workbench.phases.span_rates import MonthlyRates, RateChange
from workbench.words.numbers import percent, pluralize, signed_number

WORTH_POINTS = 0.02
HOW_MONTHS = (
    "Intervals allow for luck and for what each rep varies by from month to month. Like for like puts every month on "
    "the team's mix of lists and hours over all months (direct standardisation, Lane & Nelder 1982)."
)
HOW_PROGRESS = (
    "The past is shrunk towards the team, because the lowest reps of any month rise again by luck alone. Expected is "
    "that past plus what reps without coaching did meanwhile; all like for like in lists and hours."
)


def team_change_sentences(change: RateChange) -> list[str]:
    """How the team's rate changed with a date, and whether easier or harder calls explain it."""
    name, (before, after) = change.phase, _apart(change.before, change.after)
    if not (math.isfinite(change.before) and math.isfinite(change.after)):
        return [f"No calls at {name} on one side of {_month(change.start)}: choose another month."]
    if not change.moved:
        return [f"{name} went from {before} to {after} with {_month(change.start)}, which could be chance."]
    up = change.change > 0
    moved = f"{name} {'rose' if up else 'fell'} from {before} to {after} with {_month(change.start)}, beyond chance."
    return [moved, _mix_sentence(change, "rise" if up else "fall", "easier" if up else "harder")]


def _mix_sentence(change: RateChange, move: str, calls: str) -> str:
    if change.n_strata < 2:
        return f"No list or hour is known, so {calls} calls could explain the {move}."
    if not math.isfinite(change.alike):
        return f"All lists changed at the same time, so {calls} lists could explain the {move}."
    if change.from_mix:
        return f"Most of the {move} at {change.phase} comes from {calls} lists or hours."
    return f"On the same mix of lists and hours, {change.phase} moved by {_points(change.alike)}."


def change_small_print(change: RateChange) -> str:
    """``6 points, 95% interval 2 to 10; like for like 1 point (−3 to 5); n 2,026 before, 2,069 since``."""
    alike = (
        f"like for like {_points(change.alike)} ({_span(change.alike_low, change.alike_high)})"
        if math.isfinite(change.alike)
        else "like for like not comparable"
    )
    size = f"n {change.n_before:,} before, {change.n_after:,} since"
    return f"{_points(change.change)}, 95% interval {_span(change.low, change.high)}; {alike}; {size}"


def months_small_print(rates: MonthlyRates) -> str:
    """How many calls stand behind the months, and whether months share lists."""
    n = f"n {int(rates.tries.min()):,} to {int(rates.tries.max()):,} a month"
    return n if rates.comparable else f"{n}; months share no lists, so like for like is not shown"


def progress_sentence(progress: RepProgress, phase: str) -> str:
    """Whether a coached rep (or all of them, where the name is empty) improved beyond what was expected anyway."""
    who = progress.rep or "The coached reps together"
    if progress.why == "few_others":
        return f"No verdict on {who}: at least {FEWEST_OTHERS} reps without coaching must be there to compare with."
    if progress.why:
        when = "before the coaching" if progress.why == "no_past" else "since the coaching"
        return f"No verdict on {who}: no calls at {phase} {when}."
    now, expected = percent(progress.now), percent(progress.expected)
    if progress.verdict == "improved":
        return f"{who} improved at {phase} beyond luck: {now} now, {expected} expected."
    if progress.verdict == "fell":
        return f"{who} fell back at {phase} beyond luck: {now} now, {expected} expected."
    if progress.verdict == "as_expected":
        return f"{who} did not improve at {phase}: {now} now, {expected} expected without coaching."
    name = who[0].lower() + who[1:] if not progress.rep else who
    most = pluralize(math.ceil(100 * progress.high), "point")
    return f"Too early to say for {name} at {phase}: {now} now, {expected} expected anyway; at most {most} more."


def past_luck_sentence(progress: RepProgress) -> str:
    """How much of a low (or high) past was luck; empty where hardly any of it was."""
    gap = progress.past - progress.raw_before
    if not math.isfinite(gap) or abs(gap) < WORTH_POINTS:
        return ""
    luck = "bad" if gap > 0 else "good"
    raw, past = percent(progress.raw_before), percent(progress.past)
    return f"Part of the {raw} before the coaching was {luck} luck: the true rate was nearer {past}."


def others_sentence(progress: CoachedProgress) -> str:
    """What the reps without coaching did meanwhile; empty where there are too few."""
    if progress.n_others < FEWEST_OTHERS:
        return ""
    before, after = _apart(progress.others_before, progress.others_after)
    reps = pluralize(progress.n_others, "rep")
    return f"Meanwhile {reps} without coaching went from {before} to {after} at {progress.phase}."


def progress_small_print(progress: RepProgress, n_others: int) -> str:
    """``6 points above expected, 95% interval 2 to 10; n 300 before, 250 since; 17 other reps``."""
    size = f"n {progress.n_before:,} before, {progress.n_after:,} since; {pluralize(n_others, 'other rep')}"
    if progress.why:
        return size
    low_to_high = _span(progress.low, progress.high)
    return f"{_points(progress.change)} against expected, 95% interval {low_to_high}; {size}"


def _apart(one: float, other: float) -> tuple[str, str]:
    """Two shares in whole percent, or with a decimal where they would look the same."""
    said = percent(one), percent(other)
    if said[0] != said[1] or not (math.isfinite(one) and math.isfinite(other)):
        return said
    return f"{100 * one:.1f}%", f"{100 * other:.1f}%"


def _points(share: float) -> str:
    said = signed_number(100 * share, 1)
    return f"{said} {'point' if said in ('1.0', '−1.0') else 'points'}"


def _span(low: float, high: float) -> str:
    return f"{signed_number(100 * low, 1)} to {signed_number(100 * high, 1)}"


def _month(start: str) -> str:
    return f"{date(int(start[:4]), int(start[5:7]), 1):%B %Y}"
