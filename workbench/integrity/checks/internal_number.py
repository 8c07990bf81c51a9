"""Numbers that many reps dial again and again, and where nobody was ever reached: colleagues and friends."""

from __future__ import annotations

import math

from workbench.data.events.activity_log import ActivityLog, share_of_rows
from workbench.data.model.event_codes import REACHED_CODES
from workbench.data.model.panel import REP
from workbench.integrity.checks.event_check import EventCheck, Suspects
from workbench.integrity.suspect_counts import Why

DIALLED_BY = 1 / 3
"""Share of the reps, each of whom dials such a number ``DIALS_EACH`` times or more."""
DIALS_EACH = 5
_FEWEST_REPS = 8
_MOST_SHARED = 0.01
"""Where more of the contacts are dialled by so many reps, the lists are shared."""
_REACHED = (*REACHED_CODES, "held", "won", "lost")
_JUDGED_ELSEWHERE = ("dead_number", "operator")  # a customer's main number, or one that the list got wrong


def _judge(log: ActivityLog) -> Suspects | Why:
    rows = log.rows
    if not share_of_rows(log, rows["disposition"].isin(_REACHED)):
        return "no_code"
    n_reps, n_contacts = (int(rows[name].nunique().to_pyarrow().as_py()) for name in (REP, "contact"))
    if n_reps < _FEWEST_REPS:
        return "few_reps"
    shared = _shared_numbers(log, math.ceil(n_reps * DIALLED_BY))
    if len(shared) > _MOST_SHARED * n_contacts:
        return "few_values"
    return Suspects(rows["contact"].notnull(), rows["contact"].isin(shared or [""]))


def _shared_numbers(log: ActivityLog, least_reps: int) -> list[str]:
    """List the contacts that so many reps dial repeatedly and where no call ever reached anybody."""
    rows = log.rows.filter(log.rows["contact"].notnull())
    cleared = rows["disposition"].isin((*_REACHED, *_JUDGED_ELSEWHERE)).fill_null(False)
    each = rows.group_by(["contact", REP]).aggregate(n=rows.count(), n_cleared=rows.count(where=cleared))
    whole = each.group_by("contact").aggregate(
        n_reps=each.count(where=each.n >= DIALS_EACH), n_cleared=each.n_cleared.sum()
    )
    found = whole.filter((whole.n_reps >= least_reps) & (whole.n_cleared == 0))
    return sorted(found.select("contact").to_pyarrow()["contact"].to_pylist())


INTERNAL_NUMBER = EventCheck("internal_number", ("calls",), ("contact", "disposition"), _judge)
