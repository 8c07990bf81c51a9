"""Rhythms that no hand has: bursts, the same pause again and again, messages sent in one go."""

from __future__ import annotations

import ibis

from workbench.data.events.activity_log import AT, ActivityLog, share_of_rows
from workbench.data.model.panel import REP
from workbench.integrity.checks.event_check import EventCheck, Suspects
from workbench.integrity.suspect_counts import Why

BURST_ROWS, BURST_MINUTES = 6, 3
"""As many calls as this in so many minutes are a burst: a call by hand takes half a minute at least."""
SHORTEST_PAUSE, LONGEST_PAUSE, SAME_PAUSE = 5, 1_800, 1
"""Pauses in seconds between which a rhythm is looked for, and how much two equal pauses may differ."""
AT_ONCE = 5
"""Messages of one rep in one minute from which on a sequence sent them."""
_WHOLE_MINUTES = 0.9


def _whole_minutes(log: ActivityLog) -> bool:
    return share_of_rows(log, log.rows[AT].second() == 0) > _WHOLE_MINUTES


def _judge_burst(log: ActivityLog) -> Suspects | Why:
    rows = log.rows
    just_before = ibis.range_window(
        preceding=ibis.interval(minutes=BURST_MINUTES), following=0, group_by=rows[REP], order_by=rows[AT]
    )
    return Suspects(rows[AT].notnull(), rows.count().over(just_before) >= BURST_ROWS)


def _judge_cadence(log: ActivityLog) -> Suspects | Why:
    """A pause as long as the one before it and the one after it."""
    if _whole_minutes(log):
        return "whole_minutes"
    rows = log.rows
    in_turn = ibis.window(group_by=rows[REP], order_by=rows[AT])
    at = {place: rows[AT].lag(place).over(in_turn).epoch_seconds() for place in (1, 2)}
    now, following = rows[AT].epoch_seconds(), rows[AT].lead().over(in_turn).epoch_seconds()
    pause, before, after = now - at[1], at[1] - at[2], following - now
    equal = ((pause - before).abs() <= SAME_PAUSE) & ((pause - after).abs() <= SAME_PAUSE)
    return Suspects(rows[AT].notnull(), equal & pause.between(SHORTEST_PAUSE, LONGEST_PAUSE))


def _judge_sequence(log: ActivityLog) -> Suspects | Why:
    rows = log.rows
    together = ibis.window(group_by=[rows[REP], rows[AT].truncate("minute")])
    return Suspects(rows[AT].notnull(), rows.count().over(together) >= AT_ONCE)


BURST = EventCheck("burst", ("calls",), (), _judge_burst, needs_time=True)
CADENCE = EventCheck("cadence", ("calls",), (), _judge_cadence, needs_time=True)
SEQUENCE = EventCheck("sequence", ("messages",), (), _judge_sequence, needs_time=True)
