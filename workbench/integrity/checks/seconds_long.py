"""Calls of a few seconds."""

from __future__ import annotations

import ibis

from workbench.data.events.activity_log import ActivityLog, share_of_rows
from workbench.data.model.event_codes import REACHED_CODES
from workbench.integrity.checks.event_check import EventCheck, Suspects
from workbench.integrity.checks.whole_minutes import lengths_in_whole_minutes
from workbench.integrity.suspect_counts import Why

A_FEW_SECONDS = 10
_SHORT_BY_NATURE = ("busy", "dead_number", "operator")  # a machine ends these calls within seconds
_MOST_UNTIMED = 0.8


def _judge(log: ActivityLog) -> Suspects | Why:
    """A length of 0 is no length: many systems write it where nobody answered."""
    rows = log.rows
    known = rows["seconds"] > 0
    if "disposition" not in log.roles:
        return "whole_minutes" if lengths_in_whole_minutes(log) else Suspects(known, rows["seconds"] < A_FEW_SECONDS)
    quiet = ~rows["disposition"].isin((*REACHED_CODES, *_SHORT_BY_NATURE)).fill_null(False)
    if share_of_rows(log, quiet & ~known.fill_null(False)) > _MOST_UNTIMED * share_of_rows(log, quiet):
        return "only_good_calls"
    if lengths_in_whole_minutes(log):
        return "whole_minutes"
    by_hand = ibis.or_(rows["disposition"].isnull(), ~rows["disposition"].isin(_SHORT_BY_NATURE))
    return Suspects(known & by_hand, rows["seconds"] < A_FEW_SECONDS)


SECONDS_LONG = EventCheck("seconds_long", ("calls",), ("seconds",), _judge)
