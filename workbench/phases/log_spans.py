"""From when to when each rep and each outcome is in a log, and for which outcomes the length of calls is known."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import ibis
import pandas as pd

from workbench.data.events.activity_log import DAY, ActivityLog
from workbench.data.model.panel import REP

GONE_DAYS = 45
"""Days without a call after which a rep is taken to have left: longer than a holiday."""


@dataclass(frozen=True, eq=False)
class LogSpans:
    """What a log covers.

    Attributes
    ----------
    reps : one row per rep: ``rep``, ``first`` and ``last`` (datetime64, days with rows), ``start`` (of the roster, NaT
        where it does not say).
    codes : one row per outcome: ``code`` (as codes are written, "" for blank), ``n``, ``first``, ``last``, ``n_timed``
        (rows with a length) and ``n_silent`` (of these with a length of 0).
    """

    reps: pd.DataFrame
    codes: pd.DataFrame

    def only(self, reps: Collection[str]) -> LogSpans:
        """The spans of these reps; outcomes are those of everybody."""
        there = self.reps[self.reps["rep"].isin(list(reps))].reset_index(drop=True)
        return replace(self, reps=there)

    def gone(self) -> tuple[str, ...]:
        """The reps without a call in the last ``GONE_DAYS`` days of the log."""
        return tuple(self.reps.loc[self.reps["last"] < self.last - pd.Timedelta(days=GONE_DAYS), "rep"])

    @property
    def first(self) -> pd.Timestamp:
        """The first day of the log."""
        return pd.Timestamp(self.reps["first"].min())

    @property
    def last(self) -> pd.Timestamp:
        """The last day of the log."""
        return pd.Timestamp(self.reps["last"].max())


def read_log_spans(log: ActivityLog, team: pd.DataFrame | None = None) -> LogSpans:
    """Read the spans of a log in two scans.

    Parameters
    ----------
    team : the roster's reps with ``start``; without it nobody's start is known.
    """
    rows = log.rows
    span = {"first": rows[DAY].min(), "last": rows[DAY].max()}
    reps = rows.group_by(rep=rows[REP]).aggregate(**span).order_by("rep").to_pyarrow().to_pandas()
    known = {}
    if "seconds" in log.roles:
        silent = (rows["seconds"] <= 0).ifelse(1, 0).sum().fill_null(0)
        known = {"n_timed": rows["seconds"].count(), "n_silent": silent}
    codes = rows.group_by(code=rows["disposition"].fill_null("")).aggregate(n=rows.count(), **span, **known)
    frame = codes.order_by(ibis.desc("n"), "code").to_pyarrow().to_pandas()
    frame = frame if known else frame.assign(n_timed=0, n_silent=0)
    start = None if team is None or "start" not in team else team.set_index(REP)["start"]
    begun = pd.Series(pd.NaT, index=reps.index) if start is None else reps["rep"].map(start)
    return LogSpans(_with_days(reps.assign(start=begun), "first", "last", "start"), _with_days(frame, "first", "last"))


def _with_days(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in columns})
