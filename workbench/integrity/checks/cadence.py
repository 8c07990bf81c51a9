"""Calls at equal intervals: a rhythm that no hand has."""

from __future__ import annotations

import ibis

from workbench.data.events.activity_log import AT, ActivityLog, share_of_rows
from workbench.data.model.panel import REP
from workbench.integrity.checks.event_check import EventCheck, Suspects
from workbench.integrity.suspect_counts import Why

SHORTEST_PAUSE, LONGEST_PAUSE, SAME_PAUSE = 5, 1_800, 1
"""Pauses in seconds between which a rhythm is looked for, and how much two equal pauses may differ."""
_WHOLE_MINUTES = 0.9


def _whole_minutes(log: ActivityLog) -> bool:
    return share_of_rows(log, log.rows[AT].second() == 0) > _WHOLE_MINUTES


def _judge(log: ActivityLog) -> Suspects | Why:
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


CADENCE = EventCheck("cadence", ("calls",), (), _judge, needs_time=True)
