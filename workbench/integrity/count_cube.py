"""Lay the counts of suspect events out as arrays: signal × rep × list × month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from workbench.integrity.suspect_counts import CHECK_NAMES, FAMILIES, CheckName

LEAST_REPS = 8
"""Fewer comparable reps have no spread of their own."""
QUARTER = 3  # months
Signal = tuple[CheckName, str]
"""A check and the source that it reads."""


@dataclass(frozen=True, eq=False)
class CountCube:
    """Counts of the reps of one role.

    Attributes
    ----------
    signals : (check, source) by place. reps, months : by place; months without a gap.
    n, k : (signals, reps, lists, months) events judged, and of these suspect, on lists that at least ``LEAST_REPS``
        reps of the role worked.
    elsewhere : (signals, reps) events judged on other lists. lists_known : most events tell their list.
    """

    signals: tuple[Signal, ...]
    reps: tuple[str, ...]
    months: pd.DatetimeIndex
    n: np.ndarray
    k: np.ndarray
    elsewhere: np.ndarray
    lists_known: bool = True

    @property
    def families(self) -> np.ndarray:
        """(signals,) the family of each signal."""
        return np.array([FAMILIES[check] for check, _ in self.signals], dtype=str)

    def of_check(self, *checks: CheckName) -> np.ndarray:
        """(signals,) whether a signal is of one of the checks."""
        return np.array([check in checks for check, _ in self.signals], dtype=bool)

    def without(self, gone: np.ndarray) -> CountCube:
        """Return the cube with the counts of (reps, months) ``gone`` set to 0."""
        left = ~gone[None, :, None, :]
        return replace(self, n=self.n * left, k=self.k * left, elsewhere=self.elsewhere * ~gone.all(axis=1))


def cube_of_counts(frame: pd.DataFrame) -> CountCube:
    """Lay out the rows of ``SuspectCounts.frame`` of one role; rows of the check ``ANY`` are left out."""
    frame = frame[frame["check"].isin(CHECK_NAMES) & (frame["n"] > 0)]
    signals: tuple[Signal, ...] = tuple(sorted({*zip(frame["check"], frame["source"], strict=True)}, key=usual_order))
    reps = tuple(sorted({str(rep) for rep in frame["rep"]}))
    workers = frame.groupby("list")["rep"].nunique()
    lists = tuple(sorted(str(name) for name in workers.index[workers >= LEAST_REPS]))
    months = pd.DatetimeIndex([])
    if len(frame):
        months = pd.date_range(frame["month"].min(), frame["month"].max(), freq="MS")
    at_signal = _places(signals, zip(frame["check"], frame["source"], strict=True))
    at_rep, at_list = _places(reps, frame["rep"].astype(str)), _places(lists, frame["list"].astype(str))
    at_month = months.get_indexer(pd.DatetimeIndex(frame["month"]))
    events, suspect = frame["n"].to_numpy(float), frame["k"].to_numpy(float)
    n, k = (np.zeros((len(signals), len(reps), len(lists), len(months))) for _ in range(2))
    here = at_list >= 0
    place = (at_signal[here], at_rep[here], at_list[here], at_month[here])
    np.add.at(n, place, events[here])
    np.add.at(k, place, suspect[here])
    elsewhere = np.zeros(n.shape[:2])
    np.add.at(elsewhere, (at_signal[~here], at_rep[~here]), events[~here])
    known = bool(events[(frame["list"] != "").to_numpy()].sum() > events.sum() / 2)
    return CountCube(signals, reps, months, n, k, elsewhere, known)


def usual_order(signal: Signal) -> tuple[int, str]:
    """Sort signals by the order of their checks, then by source."""
    return CHECK_NAMES.index(signal[0]), signal[1]


def quarter_blocks(n_months: int) -> np.ndarray:
    """Return (quarters, months) which months each quarter holds, from the first on; the last one takes the rest."""
    quarters = max(n_months // QUARTER, 1)
    return np.minimum(np.arange(n_months) // QUARTER, quarters - 1) == np.arange(quarters)[:, None]


def _places(values: tuple, of: Iterable) -> np.ndarray:
    """Return the place of each item; -1 for those that are not among the values."""
    places = {value: place for place, value in enumerate(values)}
    return np.array([places.get(item, -1) for item in of], dtype=int)
