"""How much the hour of a call changes the rates of reps, where hours are not among what is compared alike."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from workbench.phases.like_for_like import adjust_rates, lay_out
from workbench.phases.phase_file import JOIN

USUAL_SHARE, FEWEST_HOURS, MOST_HOURS = 0.02, 3, 14
"""An hour is usual with this share of the middle rep's calls; with fewer, or more, of them times are not real."""
FEWEST_TRIES = 30


MOSTLY = 0.5
"""The share of the gap of coached reps from which the gap is put down to the hour first."""
IN_REACH = 0.9
"""The level in reach is the rate above which one tenth of the reps are, as in the plan."""


@dataclass(frozen=True, eq=False)
class HourCells:
    """How far calls got, per rep and hour.

    Attributes
    ----------
    names : reps. rep, hour : (cells,) places. reached : (phases + 1, cells) calls that got at least so far.
    """

    names: tuple[str, ...]
    rep: np.ndarray
    hour: np.ndarray
    reached: np.ndarray

    def rates(self, begin: int, end: int) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
        """Return (reps,) the own rate from place ``begin`` to ``end``, the rate on the team's hours, and the attempts.

        None where nobody, or everybody, gets through.
        """
        there = self.reached[begin] > 0
        tries, hits = self.reached[begin][there], self.reached[end][there]
        if not there.any() or hits.sum() in (0, tries.sum()):
            return None
        layout = lay_out(self.rep[there], self.hour[there], np.zeros(there.sum(), int), len(self.names), tries)
        counted, got = tries @ layout.reps, hits @ layout.reps
        return got / np.maximum(counted, 1), adjust_rates(layout, hits, tries, tries), counted


@dataclass(frozen=True, eq=False)
class HourEffect:
    """What comparing calls of the same hour would change.

    Attributes
    ----------
    phase : at which a rep's rate changes most. change : by how much, a share. n_reps : compared there, with
        ``FEWEST_TRIES`` attempts at least. phases : in order. cells : what this is computed from.
    """

    phase: str
    change: float
    n_reps: int
    phases: tuple[str, ...]
    cells: HourCells

    def named(self, names: Mapping[str, str]) -> HourEffect:
        """The same with the reps' names as they are shown."""
        shown = tuple(names.get(rep, rep) for rep in self.cells.names)
        return replace(self, cells=replace(self.cells, names=shown))

    def share_of_gap(self, phase: str, coached: Collection[str]) -> float | None:
        """Return which share of the gap between coached reps and the level in reach the hour of calls explains.

        Parameters
        ----------
        phase : a phase, or phases that were joined. coached : reps by name.

        Returns
        -------
        The gap is the rate that one tenth of the reps exceed, less the mean rate of the coached reps. The share is 1 −
        the gap on the team's mix of hours ÷ the gap as counted, within 0 to 1. None where there is no gap to explain.
        """
        place = next(((i, j) for i in range(len(self.phases)) for j in range(i + 1, len(self.phases) + 1)
                      if JOIN.join(self.phases[i:j]) == phase), None)  # fmt: skip
        rates = self.cells.rates(*place) if place else None
        if rates is None:
            return None
        own, alike, counted = rates
        enough = counted >= FEWEST_TRIES
        chosen = np.isin(self.cells.names, list(coached)) & enough
        if not chosen.any():
            return None
        gap, left = (float(np.quantile(each[enough], IN_REACH) - each[chosen].mean()) for each in (own, alike))
        return float(np.clip(1 - left / gap, 0, 1)) if gap > 0 and np.isfinite(left) else None


def hours_are_real(hours: pd.DataFrame) -> bool:
    """Whether times of day can be told apart: neither one time for all rows, nor a clock that runs at random.

    Parameters
    ----------
    hours : counts ``n`` by ``rep`` and ``hour``.
    """
    if hours.empty:
        return False
    wide = hours.pivot_table(index="rep", columns="hour", values="n", aggfunc="sum", fill_value=0)
    shares = wide.div(wide.sum(axis=1), axis=0)
    return bool(FEWEST_HOURS <= (shares.median() >= USUAL_SHARE).sum() <= MOST_HOURS)


def hour_effect(hours: pd.DataFrame, phases: tuple[str, ...]) -> HourEffect | None:
    """Return how much a rep's rate at some phase changes at most, on the team's mix of hours instead of the own one.

    Parameters
    ----------
    hours : counts ``n`` by ``rep``, ``hour`` and ``phase`` (int: the place of the furthest phase, 0 for none).

    Returns
    -------
    None where times are not real. Rates as in ``adjust_rates``, over all months.
    """
    if not hours_are_real(hours):
        return None
    cells = hours.pivot_table(index=["rep", "hour"], columns="phase", values="n", aggfunc="sum", fill_value=0)
    cells = cells.reindex(columns=range(len(phases) + 1), fill_value=0)
    reached = cells.to_numpy(float)[:, ::-1].cumsum(axis=1)[:, ::-1].T
    rep, names = pd.factorize(cells.index.get_level_values("rep"))
    hour, _ = pd.factorize(cells.index.get_level_values("hour"))
    counted = HourCells(tuple(names), rep, hour, reached)
    found: list[HourEffect] = []
    for place, phase in enumerate(phases):
        rates = counted.rates(place, place + 1)
        if rates is None:
            continue
        own, alike, tries = rates
        enough = tries >= FEWEST_TRIES
        if enough.sum() > 1:
            change = np.abs(alike - own)[enough]
            found.append(HourEffect(phase, float(change.max()), int(enough.sum()), phases, counted))
    return max(found, key=lambda one: one.change, default=None)
