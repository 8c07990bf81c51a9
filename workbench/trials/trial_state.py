"""Whether a trial is planned, running or ended, and its dates as a hand would set them."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from workbench.trials.trial_file import TrialFile

TrialState = Literal["planned", "running", "ended"]


def trial_state(file: TrialFile, last_day: dt.date, today: dt.date) -> TrialState:
    """Return where a trial stands.

    Parameters
    ----------
    last_day : the last day that the data cover (``data_until``). Data may be old, and a sample's lie in the past:
        what counts is the later of it and ``today`` for the end, so that history is judged as history.
    """
    now = max(last_day, today)
    if file.end is not None and file.end <= now:
        return "ended"
    return "planned" if file.start > now else "running"


def end_of_trial_now(file: TrialFile, last_day: dt.date, today: dt.date) -> dt.date:
    """Return the day on which a trial ends that is ended now: with the data, where they reach into it; else today."""
    return last_day if file.start <= last_day <= today else max(file.start, today)


def with_plan_kept(file: TrialFile, before: TrialFile | None, last_day: dt.date) -> TrialFile:
    """Return a changed trial that remembers which end and looks were planned before its data were seen.

    A start that is moved back into the data leaves no plan: whoever sets its end has its results at hand.

    Once a trial has begun in the data its looks can only become more.

    Parameters
    ----------
    before : the trial as it was kept; None for a new one, whose card says what was planned. last_day : the last day
        that the data cover: until a trial has begun in them its plan may be changed freely.
    """
    if file.start > last_day:
        return file.model_copy(update={"planned_end": None, "ended_early": False})
    if before is None:
        return file
    if before.start > last_day:
        return file.model_copy(update={"planned_end": None, "ended_early": file.end is not None})
    file = file.model_copy(update={"looks": max(file.looks, before.looks)})
    changed = before.planned_end is not None or before.ended_early
    plan = before.planned_end if changed else before.end
    if file.end == plan:
        return file.model_copy(update={"planned_end": None, "ended_early": False})
    early = file.end is not None and (plan is None or file.end < plan)
    return file.model_copy(update={"planned_end": plan, "ended_early": early})


def first_of_next_month(day: dt.date) -> dt.date:
    """Return the first day of the month after a day."""
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def months_later(day: dt.date, months: int) -> dt.date:
    """Return the last day of a span of whole months that begins on the first day of a month, or on ``day``."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (dt.date(year, month + 1, 1) + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
    return dt.date(year, month + 1, min(day.day, last.day)) - dt.timedelta(days=1)
