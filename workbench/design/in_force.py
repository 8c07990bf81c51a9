"""Which design was in force when, so that a past period keeps the design that counted in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from workbench.design.decisions import Decision, DecisionLog, Pivot
from workbench.design.free_texts import only_rules
from workbench.design.model import Design


@dataclass(frozen=True)
class InForceSpan:
    """A stretch of time in which one decision counted: from ``start`` to the day before ``end`` (None: until now)."""

    decision: Decision
    start: dt.date
    end: dt.date | None


def in_force_at(log: DecisionLog, day: dt.date) -> Decision | None:
    """Return the decision in force on a day; None if there was none.

    Of the decisions recorded by that day, the one that counts from the latest date on. What is recorded afterwards
    fills only a time of which nothing had been recorded, the first such day of recording before all later ones, so
    that no decision changes what was known to be in force.
    """
    known = [each for each in log.decisions if each.in_force <= day and _stood_on(log, each, day)]
    afterwards = [
        each for each in log.decisions
        if each.in_force <= day < each.decided.date() and log.withdrawal_of(each) is None
    ]  # fmt: skip
    first = min((each.decided.date() for each in afterwards), default=None)
    filled = [each for each in afterwards if each.decided.date() == first]
    return max(known or filled, key=lambda each: (each.in_force, each.decided), default=None)


def _stood_on(log: DecisionLog, decision: Decision, day: dt.date) -> bool:
    withdrawn = log.withdrawal_of(decision)
    return decision.decided.date() <= day and (withdrawn is None or day < withdrawn.decided.date())


def spans_in_force(log: DecisionLog) -> tuple[InForceSpan, ...]:
    """Return the time in which each decision counted, in order; stretches without a decision are left out.

    The last one has no end. Neighbouring stretches of one design are one, under the decision that began it.
    """
    days = {each.in_force for each in log.decisions}
    days |= {each.decided.date() for each in log.decisions} | {each.decided.date() for each in log.withdrawals}
    found: list[InForceSpan] = []
    for day in sorted(days):
        decision, last = in_force_at(log, day), found[-1] if found and found[-1].end is None else None
        if last and (decision is None or decision.design != last.decision.design):
            found[-1] = replace(last, end=day)
            last = None
        if decision is not None and last is None:
            found.append(InForceSpan(decision, day, None))
    return tuple(found)


def standing_decisions(log: DecisionLog, today: dt.date) -> tuple[Decision, ...]:
    """Return the decision in force today, then those that count from a later day on, the earliest first.

    Of several that begin on one day only the last recorded will count.
    """
    now = in_force_at(log, today)
    later = [each for each in log.decisions if each.in_force > today and in_force_at(log, each.in_force) is each]
    return (*([now] if now else []), *sorted(later, key=lambda each: (each.in_force, each.decided)))


def rules_in_force(log: DecisionLog, days: Iterable[dt.date], design: Design) -> tuple[bool | None, ...]:
    """Return of each day whether the rules of a design were in force; None where no decision is known."""
    wanted = only_rules(design)
    found = (in_force_at(log, day) for day in days)
    return tuple(only_rules(each.chosen) == wanted if each else None for each in found)


def span_of_day(spans: Sequence[InForceSpan], day: dt.date) -> InForceSpan | None:
    """Return the stretch that a day falls into."""
    return next((each for each in spans if each.start <= day and (each.end is None or day < each.end)), None)


def open_pivots(log: DecisionLog) -> tuple[Pivot, ...]:
    """Return the last pivot of each KPI that was not withdrawn: the one whose review is still to come."""
    standing = {each.kpi.name: each for each in log.pivots if log.withdrawal_of(each) is None}
    return tuple(standing.values())
