"""Estimate days at work per rep, from known dates and from pauses in all sources together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from workbench.data.aggregate.preaggregated_dates import has_days_of_events
from workbench.data.aggregate.rep_period_sums import RepPeriodSums
from workbench.data.model.daily import N_EVENTS, Daily, Exposure
from workbench.data.model.dataset import DataSet, Grain
from workbench.data.model.panel import DAYS_AT_WORK, PERIOD, REP
from workbench.data.model.periods import WeekStart, period_ends

CHANCE = 1e-5  # probability of so long a pause without an absence
SHORTEST_ABSENCE, LONGEST_READABLE = 5, 10  # workdays
ROUNDS = 3


def sum_by_day(tallies: Sequence[RepPeriodSums]) -> Daily | None:
    """Add up measures per rep and day over all sources whose dates are days; None without such a source."""
    dated = [tally for tally in tallies if not tally.stamped and len(tally.daily)]
    if not dated:
        return None
    frames = [tally.daily.drop(columns="active") for tally in dated]
    columns = tuple(name for frame in frames for name in frame.columns if name not in (REP, "day", N_EVENTS))
    whole = pd.concat(frames, ignore_index=True).fillna(dict.fromkeys(columns, 0.0))
    return Daily(whole.groupby([REP, "day"], as_index=False).sum(), columns)


def estimate_exposure(
    tallies: Sequence[RepPeriodSums],
    spans: pd.DataFrame,
    extent: tuple[pd.Timestamp, pd.Timestamp],
    week: list[bool],
    own: bool = False,
) -> Exposure | None:
    """Estimate on which workdays each rep was at work; None without dates.

    Parameters
    ----------
    spans : the result of ``active_spans``. extent : the first and last day of the data.
    week : the weekdays (Monday first) the team works. own : the data set has its own measure of days at work.

    Notes
    -----
    A rep is absent before the first and after the last date known of them (roster), and in a pause over all sources
    that chance would make once in ``1 / CHANCE`` tries: see ``infer_days_at_work``. Days with events are no
    substitute for days at work: dividing by them would hide that a rep does little.
    """
    dated = [tally.daily for tally in tallies if not tally.stamped and len(tally.daily)]
    if pd.isna(extent[0]) or spans.empty:
        return None
    low, high = (edge.to_datetime64().astype("datetime64[D]") for edge in extent)
    every = np.arange(low, high + 1)
    days = every[np.is_busday(every, weekmask=week)]
    if not len(days):
        return None
    reps = spans[REP].to_numpy(object)
    active = _event_mask(dated, reps, days)
    first, last = (np.searchsorted(days, spans[name].to_numpy("datetime64[D]"), side) for name, side in _EDGES)
    known = spans["start"].notna().to_numpy() | spans["end"].notna().to_numpy()
    there = spans["first"].notna().to_numpy()
    inside = (np.arange(len(days)) >= first[:, None]) & (np.arange(len(days)) < last[:, None]) & there[:, None]
    at_work, pause = infer_days_at_work(active, inside)
    if own:
        return Exposure(reps, days, inside, np.full(len(reps), "measure", dtype=object), pause)
    readable = pause <= LONGEST_READABLE
    rare = "unreadable" if any(has_days_of_events(tally) for tally in tallies) else "no_days"
    readable &= rare == "unreadable"
    source = np.where(known, "roster", np.where(readable, "spells", rare))
    return Exposure(reps, days, np.where(readable[:, None], at_work, inside), source.astype(object), pause)


_EDGES: tuple[tuple[str, Literal["left", "right"]], ...] = (("first", "left"), ("last", "right"))


def with_days_at_work(frame: pd.DataFrame, found: Exposure | None, dataset: DataSet) -> pd.DataFrame:
    """Add ``days_at_work`` to the panel's frame: by the data set's own measure if it names one, else by ``found``.

    Where the own measure is missing, so are the days: it may count hours, which days cannot stand in for.
    """
    worked = count_days_at_work(found, frame, dataset.grain, dataset.week_start)
    own = dataset.exposure
    if isinstance(own, str):
        worked = frame[own].to_numpy(float)
    elif own is not None:
        worked = np.maximum(frame["workdays"] - frame[own.absent].fillna(0), 0).to_numpy(float)
    return frame.assign(**{DAYS_AT_WORK: worked})


def count_days_at_work(
    found: Exposure | None, rows: pd.DataFrame, grain: Grain, week_start: WeekStart = "monday"
) -> np.ndarray:
    """Return (rows,) days at work in each ``rep`` and ``period`` of ``rows``; NaN without dates."""
    if found is None:
        return np.full(len(rows), np.nan)
    until = np.concatenate([np.zeros((len(found.reps), 1)), np.cumsum(found.at_work, axis=1)], axis=1)
    rep = pd.Index(found.reps).get_indexer(rows[REP])
    ends = period_ends(rows[PERIOD], grain, week_start).to_numpy("datetime64[D]")
    first = np.searchsorted(found.days, rows[PERIOD].to_numpy("datetime64[D]"))
    last = np.searchsorted(found.days, ends, side="right")
    return np.where(rep >= 0, until[rep, last] - until[rep, first], np.nan)


def infer_days_at_work(active: np.ndarray, inside: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Infer on which days a rep was at work, from pauses that are too long to be chance.

    Parameters
    ----------
    active : (reps, days) any event on that workday. inside : (reps, days) within the rep's known dates.

    Returns
    -------
    at_work : (reps, days) bool, empty days inside a spell of work included.
    pause : (reps,) k = max(5, ⌈ln 1e-5 ÷ ln p⌉), the run of empty workdays that counts as absence, p the rep's own
        share of empty days outside of such runs (found in three rounds); infinite where every day is empty.
    """
    active = active & inside
    empty, run = inside & ~active, _run_lengths(active, inside)
    between = (
        inside & (np.maximum.accumulate(active, axis=1)) & (np.maximum.accumulate(active[:, ::-1], axis=1)[:, ::-1])
    )
    pause, absent = np.full(len(active), np.inf), np.zeros_like(active)
    for _ in range(ROUNDS):
        counted = between & ~absent
        share = np.divide((counted & empty).sum(axis=1), counted.sum(axis=1), out=np.ones(len(active)),
                          where=counted.sum(axis=1) > 0)  # fmt: skip
        with np.errstate(divide="ignore"):
            pause = np.where(share < 1, np.maximum(SHORTEST_ABSENCE, np.ceil(np.log(CHANCE) / np.log(share))), np.inf)
        absent = empty & (run >= pause[:, None])
    return inside & ~absent, pause


def _run_lengths(active: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """Return (reps, days) the length of the run of days without events that each day lies in; 0 outside."""
    stop, place = active | ~inside, np.arange(active.shape[1], dtype=np.int32)
    before = np.maximum.accumulate(np.where(stop, place, -1), axis=1)
    after = np.minimum.accumulate(np.where(stop, place, active.shape[1])[:, ::-1], axis=1)[:, ::-1]
    return np.where(stop, 0, after - before - 1)


def _event_mask(dated: Sequence[pd.DataFrame], reps: np.ndarray, days: np.ndarray) -> np.ndarray:
    """Return (reps, days) whether there was any event; one on a day off counts for the workday before."""
    out = np.zeros((len(reps), len(days)), dtype=bool)
    for frame in dated:
        row = pd.Index(reps).get_indexer(frame[REP])
        place = np.searchsorted(days, frame["day"].to_numpy("datetime64[D]"), side="right") - 1
        seen = (row >= 0) & frame["active"].to_numpy(bool)
        out[row[seen], np.maximum(place[seen], 0)] = True
    return out
