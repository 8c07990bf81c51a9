"""“No answer” logged in place of a refusal, to protect a rate."""

from __future__ import annotations

from workbench.data.events.activity_log import ActivityLog, share_of_rows
from workbench.data.model.event_codes import REACHED_CODES
from workbench.integrity.checks.event_check import EventCheck, Suspects
from workbench.integrity.checks.whole_minutes import lengths_in_whole_minutes
from workbench.integrity.suspect_counts import Why

A_TALK = 90
"""Seconds from which on a call was answered, by a person or a machine."""


def _judge(log: ActivityLog) -> Suspects | Why:
    """“No answer” after a minute and a half of call protects a rate of refusals."""
    rows = log.rows
    if lengths_in_whole_minutes(log):
        return "whole_minutes"
    if not share_of_rows(log, rows["disposition"] == "no_answer"):
        return "no_code"
    if not share_of_rows(log, rows["disposition"].isin(REACHED_CODES)):
        return "no_code"
    return Suspects((rows["disposition"] == "no_answer") & (rows["seconds"] > 0), rows["seconds"] >= A_TALK)


NO_ANSWER_LOGGED = EventCheck("no_answer_logged", ("calls",), ("disposition", "seconds"), _judge)
