"""Leads cherry-picked: the better kinds of leads, of all leads that a rep took up from what all reps share."""

from __future__ import annotations

import ibis
import pandas as pd

from workbench.data.engine.embedded import ROW
from workbench.data.events.activity_log import AT, ActivityLog, share_of_rows
from workbench.data.model.panel import REP
from workbench.integrity.checks.event_check import EventCheck, Suspects
from workbench.integrity.count_cube import LEAST_REPS
from workbench.integrity.suspect_counts import Why

BETTER = 1.25
"""Times the successes that the same reps have on their other leads: from here on a kind of lead is a better one."""
SHARED_BY = 0.8
"""Of the reps: a kind of lead that fewer work is not shared but assigned."""
_FEWEST_ROWS = 100
_GOOD = ("meeting_set", "conversation", "callback", "held", "won")


def _judge(log: ActivityLog) -> Suspects | Why:
    """Of several rows about the same contact only the rep's first one is a lead taken up."""
    rows = log.rows
    events = log.source.events
    if events is not None and events.list == events.lead_source:
        return "same_as_list"
    if not share_of_rows(log, rows["disposition"].isin(_GOOD)):
        return "no_code"
    by_kind = _successes(log)
    if by_kind["kind"].nunique() < 2:
        return "same_value"
    if by_kind["rep"].nunique() < LEAST_REPS:
        return "few_reps"
    if not _are_shared(by_kind):
        return "not_shared"
    better = better_kinds(by_kind)
    if not better:
        return "no_better_kind"
    judged = rows["lead_source"].notnull()
    if "contact" in log.roles:
        turn = ibis.row_number().over(
            ibis.window(group_by=[rows[REP], rows["contact"]], order_by=[rows[AT], rows[ROW]])
        )
        judged &= (turn == 0) | rows["contact"].isnull()
    return Suspects(judged, rows["lead_source"].isin(better))


def _successes(log: ActivityLog) -> pd.DataFrame:
    """Return ``rep``, ``kind``, ``n`` rows and ``good`` ones, for each kind of lead with enough rows."""
    rows = log.rows
    known = rows.filter(rows["lead_source"].notnull() & rows["disposition"].notnull())
    counted = known.group_by(rep=REP, kind="lead_source").aggregate(
        n=known.count(), good=known.count(where=known["disposition"].isin(_GOOD))
    )
    frame = counted.to_pyarrow().to_pandas()
    return frame[frame.groupby("kind")["n"].transform("sum") >= _FEWEST_ROWS]


def _are_shared(by_kind: pd.DataFrame) -> bool:
    workers = by_kind.groupby("kind")["rep"].nunique()
    return bool((workers >= SHARED_BY * by_kind["rep"].nunique()).all())


def better_kinds(by_kind: pd.DataFrame) -> list[str]:
    """List the kinds of leads with more successes than the same reps have on their other leads.

    A kind that only the best reps work has many successes; against what they have elsewhere it is no better.

    Parameters
    ----------
    by_kind : ``rep``, ``kind``, ``n`` and ``good``, one row per rep and kind.
    """
    rest = by_kind.groupby("rep")[["n", "good"]].transform("sum") - by_kind[["n", "good"]]
    elsewhere = rest["good"] / rest["n"].where(rest["n"] > 0)
    compared = by_kind.assign(expected=by_kind["n"] * elsewhere).dropna()
    summed = compared.groupby("kind")[["good", "expected"]].sum()
    clear = summed["good"] - summed["expected"] > 3 * (summed["good"] + summed["expected"]) ** 0.5
    return sorted(summed.index[(summed["good"] >= BETTER * summed["expected"]) & clear])


LEADS_PICKED = EventCheck("leads_picked", ("calls", "messages", "meetings"), ("lead_source", "disposition"), _judge)
