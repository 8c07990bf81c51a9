"""Sums per rep and day, and the days on which each rep was at work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

ExposureSource = Literal["measure", "roster", "spells", "unreadable", "no_days"]
N_EVENTS = "n_events"


@dataclass(frozen=True, eq=False)
class Daily:
    """Every additive measure, per rep and day.

    Attributes
    ----------
    frame : one row per rep and day with events, sorted by both: ``rep`` (str), ``day`` (datetime64), ``n_events`` (rows
        of all sources) and a float column per entry of ``columns``, 0 where the day has no such event.
    columns : counts and sums under the measure's name, means as their parts ``m·sum`` and ``m·n``. Only measures whose
        dates are days of events: a table with one row per month has no days.
    """

    frame: pd.DataFrame
    columns: tuple[str, ...]

    def grid(self, column: str, reps: np.ndarray, days: np.ndarray) -> np.ndarray:
        """Return (reps, days) sums of one column, 0 without events; other reps and days are left out.

        Parameters
        ----------
        reps : names. days : datetime64, ascending; ``Exposure.days`` are the team's workdays.
        """
        row = pd.Index(reps).get_indexer(self.frame["rep"])
        place = pd.Index(np.asarray(days, "datetime64[D]")).get_indexer(self.frame["day"].to_numpy("datetime64[D]"))
        known = (row >= 0) & (place >= 0)
        out = np.zeros((len(reps), len(days)))
        np.add.at(out, (row[known], place[known]), self.frame[column].to_numpy(float)[known])
        return out


@dataclass(frozen=True, eq=False)
class Exposure:
    """The team's workdays on which each rep was at work.

    Attributes
    ----------
    reps : (n,) names, sorted. days : (D,) datetime64[D], the weekdays the team works, from the data's first to its last
        day. at_work : (n, D) bool; a day without events inside a spell of work counts as worked.
    source : (n,) of the days at work: ``measure`` (the data set's own), ``roster`` dates, ``spells`` of activity, or
        ``unreadable``: events are too rare to tell a pause from an absence, so all days from first to last event count;
        ``no_days``: likewise, since every table has one row per rep and period.
    longest_pause : (n,) workdays without events from which on the rep counts as absent; NaN without any event.
    """

    reps: np.ndarray
    days: np.ndarray
    at_work: np.ndarray
    source: np.ndarray
    longest_pause: np.ndarray
