"""Whether a log knows how long calls were to the second, or in whole minutes only."""

from __future__ import annotations

from workbench.data.events.activity_log import ActivityLog, share_of_rows

_NEARLY_ALL = 0.9


def lengths_in_whole_minutes(log: ActivityLog) -> bool:
    """Whether (nearly) all lengths are whole minutes: one of them may be a second long, or fifty-nine."""
    known = log.rows["seconds"] > 0
    whole = (log.rows["seconds"] / 60).round() * 60 == log.rows["seconds"]
    return share_of_rows(log, known & whole) > _NEARLY_ALL * share_of_rows(log, known) > 0
