"""Reps on ramp: their first months are set apart, as people who still learn make a team differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from scipy import stats

from workbench.phases.log_spans import LogSpans
from workbench.phases.true_rates import HIGH, LOW

RAMP_MONTHS = 3
NEW_AFTER_DAYS = 60
"""Without a start in the roster, a rep is new who is first seen so long after the log begins."""


@dataclass(frozen=True)
class RampPhase:
    """What a rep on ramp did at one phase: attempts, successes, and the rate as counted with 95 % interval."""

    name: str
    n: int
    reached: int
    rate: float
    low: float
    high: float


@dataclass(frozen=True)
class RampRep:
    """A rep with months on ramp.

    Attributes
    ----------
    since, until : the first day, and the first day after the ramp. by_roster : the roster says so; else the rep is
        first seen then. compared : whether there are later months, with which the rep is compared. phases : what the
        months on ramp show; empty without calls.
    """

    rep: str
    since: date
    until: date
    by_roster: bool
    compared: bool
    phases: tuple[RampPhase, ...]


def ramp_ends(spans: LogSpans, months: int = RAMP_MONTHS) -> pd.DataFrame:
    """Return ``rep``, ``since``, ``until`` (datetime64) and ``by_roster`` of reps who are on ramp in a log."""
    reps = spans.reps
    by_roster = reps["start"].notna()
    new = reps["first"] > spans.first + pd.Timedelta(days=NEW_AFTER_DAYS)
    since = reps["start"].where(by_roster, reps["first"].where(new))
    until = since + pd.DateOffset(months=months) if len(reps) else since
    found = pd.DataFrame({"rep": reps["rep"], "since": since, "until": until, "by_roster": by_roster})
    return found[(found["until"] > spans.first) & (found["until"] > found["since"])].reset_index(drop=True)


def split_ramp(
    frame: pd.DataFrame, spans: LogSpans | None, months: int = RAMP_MONTHS
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split rows with ``rep`` and ``month`` into those that are compared, and those of reps on ramp.

    A month in which a ramp ends is on it. Where everybody would be on ramp, nobody is.
    """
    if spans is None or months <= 0:
        return frame, frame.iloc[:0]
    until = dict(ramp_ends(spans, months)[["rep", "until"]].itertuples(index=False))
    ramp = frame["month"] < pd.to_datetime(frame["rep"].map(lambda rep: until.get(rep, pd.NaT)))
    return (frame, frame.iloc[:0]) if ramp.all() else (frame[~ramp], frame[ramp])


def reps_on_ramp(
    frame: pd.DataFrame, phases: tuple[str, ...], spans: LogSpans | None, months: int = RAMP_MONTHS
) -> tuple[RampRep, ...]:
    """Return the reps with months on ramp, the latest first, and what these months show.

    Parameters
    ----------
    frame : rows with ``rep``, ``month``, ``phase`` (the furthest one, 0 for none) and ``n``, as ``PhaseCounts`` has.
    """
    if spans is None:
        return ()
    settled, ramp = split_ramp(frame, spans, months)
    compared, ends = {*settled["rep"]}, ramp_ends(spans, months).set_index("rep")
    found = []
    for rep, rows in ramp.groupby("rep"):
        row = ends.loc[rep]
        counted = np.bincount(rows["phase"], rows["n"], len(phases) + 1)
        reached = counted[::-1].cumsum()[::-1]
        found.append(RampRep(
            str(rep), row["since"].date(), row["until"].date(), bool(row["by_roster"]), rep in compared,
            tuple(_ramp_phase(name, reached[k], reached[k + 1]) for k, name in enumerate(phases) if reached[k] > 0),
        ))  # fmt: skip
    return tuple(sorted(found, key=lambda each: (each.since, each.rep), reverse=True))


def _ramp_phase(name: str, n: float, reached: float) -> RampPhase:
    low, high = stats.beta.ppf([LOW, HIGH], reached + 0.5, n - reached + 0.5)
    return RampPhase(name, int(n), int(reached), float(reached / n), float(low), float(high))
