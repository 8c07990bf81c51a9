"""Reps on ramp and months covered in part, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from workbench.phases.month_cover import PartMonth
from workbench.phases.ramp import RAMP_MONTHS, RampRep
from workbench.words.lists import list_names
from workbench.words.numbers import percent, pluralize

WHY_RAMP = "New reps are still learning: counted in, they would make the team look more different than it is."
MOST_NAMED = 5


def ramp_sentences(ramp: Sequence[RampRep], months: int = RAMP_MONTHS) -> list[str]:
    """Who is on ramp, what is done with their months, and why; nothing where nobody is."""
    alone = [each for each in ramp if not each.compared]
    later = [each for each in ramp if each.compared]
    said = []
    if alone:
        are = "is" if len(alone) == 1 else "are"
        said.append(f"{list_names([each.rep for each in alone], MOST_NAMED)} {are} new and shown apart.")
    if later:
        who = list_names([each.rep for each in later], MOST_NAMED)
        said.append(f"{who}: the first {pluralize(months, 'month')} at work are not compared.")
    return [*said, WHY_RAMP] if said else []


def ramp_rep_sentence(rep: RampRep) -> str:
    """Since when a rep is on ramp and how the first phase goes: ``Ana, since 3 March 2025: 24% at Reached.``"""
    since = f"{rep.rep}, {'since' if rep.by_roster else 'first seen'} {_day(rep.since)}"
    if not rep.phases:
        return f"{since}: no calls yet."
    return f"{since}: {list_names([f'{percent(phase.rate)} at {phase.name}' for phase in rep.phases])}."


def ramp_small_print(rep: RampRep) -> str:
    """The intervals of a rep on ramp, with n."""
    parts = [f"{phase.name} {percent(phase.low)} to {percent(phase.high)}, n {phase.n:,}" for phase in rep.phases]
    return "; ".join(parts)


def part_months_sentence(months: Sequence[PartMonth]) -> str:
    """Which months the log covers only in part; empty where there is none."""
    if not months:
        return ""
    said = [f"{_month(each.month)} ({each.covered} of {pluralize(each.workdays, 'workday')})" for each in months]
    are = "is" if len(said) == 1 else "are"
    return f"{list_names(said)} {are} covered only in part: calls a month are weighed by days."


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _month(month: str) -> str:
    return f"{date(int(month[:4]), int(month[5:7]), 1):%B %Y}"
