"""What a check of events is: the kind of log it reads, the columns it needs, and how it points at rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import ibis.expr.types as ir

from workbench.data.events.activity_log import ActivityLog
from workbench.integrity.suspect_counts import CannotTell, CheckName, Why


@dataclass(frozen=True, eq=False)
class Suspects:
    """Which rows of a log a check judges, and at which of them it points.

    Attributes
    ----------
    judged, suspect : boolean expressions over ``ActivityLog.rows``; null counts as false, and a suspect row that is not
        judged does not count.
    """

    judged: ir.BooleanValue
    suspect: ir.BooleanValue


@dataclass(frozen=True)
class EventCheck:
    """A check of events.

    Attributes
    ----------
    name : of the check. kinds : the logs it reads, such as ``calls``. needs : roles whose columns it needs.
    judge : points at rows of a log that has them, or says why this log cannot support it. needs_time : the log must
        know the time of day.
    """

    name: CheckName
    kinds: tuple[str, ...]
    needs: tuple[str, ...]
    judge: Callable[[ActivityLog], Suspects | Why]
    needs_time: bool = False

    def cannot(self, log: ActivityLog, why: Why, role: str = "") -> CannotTell:
        return CannotTell(self.name, why, log.source.name, role)
