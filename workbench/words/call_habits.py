"""How calls were made, in words that accuse nobody."""

from __future__ import annotations

from workbench.integrity.call_habits import REST, CallHabits, CallWay
from workbench.words.numbers import percent, pluralize
from workbench.words.panels import period_name

HEADING = "How the calls were made"
TITLES: dict[CallWay, str] = {
    "length": "share of calls of this length",
    "hour": "share of calls in this hour",
    "outcome": "share of calls with this outcome",
}
LENGTHS = {
    "0": "5 seconds or less",
    "6": "6 to 9 seconds",
    "10": "10 to 29 seconds",
    "30": "30 to 59 seconds",
    "60": "1 to 3 minutes",
    "180": "over 3 minutes",
}
METHOD = (
    "All calls of the months named, of the reps worth a conversation together and of all other reps together. "
    "A call is counted once in each picture; calls without a length or an outcome are left out there. Hours are those "
    "of the rep's own clock where it is known. What is rare for everybody else is where to ask first."
)


def value_labels(habits: CallHabits, way: CallWay) -> dict[str, str]:
    """What each value is called."""
    values = habits.of(way)["value"].unique()
    if way == "length":
        return {value: LENGTHS[value] for value in values}
    if way == "hour":
        return {value: f"{int(value)}:00" for value in values}
    return {value: "other outcomes" if value == REST else value for value in values}


def compared_groups(n_reps: int) -> dict[bool, str]:
    """The two groups; True: the reps worth a conversation."""
    return {True: f"{pluralize(n_reps, 'rep')} worth a conversation", False: "all other reps"}


def widest_gap_sentence(habits: CallHabits, n_reps: int) -> str:
    """Where the two groups differ most: ``39% of the calls of these 8 reps ended as “no answer”, others 21%.``"""
    wide = habits.frame.pivot_table(index=["way", "value"], columns="apart", values="share", sort=False)
    gap = wide[True] - wide[False]
    way, value = gap.idxmax()
    kind = value_labels(habits, way)[value]
    said = {"length": f"lasted {kind}", "hour": f"began in the hour after {kind}", "outcome": f"ended as “{kind}”"}[way]
    own, others = (percent(wide[group][way, value]) for group in (True, False))
    of = "this rep" if n_reps == 1 else f"these {n_reps} reps"
    return f"{own} of the calls of {of} {said}, against {others} of all others."


def habits_caption(habits: CallHabits) -> str:
    """Which months, and how many calls of each group."""
    counts = f"{habits.n_apart:,} calls of these reps, {habits.n_others:,} of all others"
    if habits.since is None:
        return f"All months: {counts}."
    first = period_name(habits.since, "month")
    span = f"{first} to {period_name(habits.until, 'month')}" if habits.until is not None else f"Since {first}"
    return f"{span}: {counts}."
