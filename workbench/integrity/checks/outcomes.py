"""Outcomes that are not what they seem: refusals logged as no answer, meetings that nobody attended."""

from __future__ import annotations

from workbench.data.events.activity_log import ActivityLog, share_of_rows
from workbench.integrity.checks.event_check import EventCheck, Suspects
from workbench.integrity.suspect_counts import Why

A_TALK = 90
"""Seconds from which on a call was answered, by a person or a machine."""
_NOT_HELD = ("no_show", "cancelled", "unattended")
_TALKED = ("conversation", "meeting_set", "refused", "callback")


def _judge_no_answer(log: ActivityLog) -> Suspects | Why:
    """“No answer” after a minute and a half of call protects a rate of refusals."""
    rows = log.rows
    if not share_of_rows(log, rows["disposition"] == "no_answer"):
        return "no_code"
    if not share_of_rows(log, rows["disposition"].isin(_TALKED)):
        return "no_code"
    return Suspects((rows["disposition"] == "no_answer") & (rows["seconds"] > 0), rows["seconds"] >= A_TALK)


def _judge_unattended(log: ActivityLog) -> Suspects | Why:
    rows = log.rows
    if not share_of_rows(log, rows["disposition"].isin(_NOT_HELD)):
        return "no_code"
    return Suspects(rows["disposition"].notnull(), rows["disposition"].isin(_NOT_HELD))


def _judge_cancelled(log: ActivityLog) -> Suspects | Why:
    rows = log.rows
    if not share_of_rows(log, rows["disposition"] == "cancelled"):
        return "no_code"
    return Suspects(rows["disposition"].notnull(), rows["disposition"] == "cancelled")


NO_ANSWER_LOGGED = EventCheck("no_answer_logged", ("calls",), ("disposition", "seconds"), _judge_no_answer)
UNATTENDED = EventCheck("unattended", ("meetings",), ("disposition",), _judge_unattended)
CANCELLED_LATER = EventCheck("cancelled_later", ("orders",), ("disposition",), _judge_cancelled)
