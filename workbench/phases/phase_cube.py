"""Counts of phases as arrays: how many calls of each cell got how far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from workbench.phases.month_cover import cover_of_months
from workbench.phases.phase_counts import PhaseCounts
from workbench.phases.phase_file import JOIN
from workbench.phases.ramp import RAMP_MONTHS, split_ramp


@dataclass(frozen=True, eq=False)
class PhaseCube:
    """How many calls reached each phase, by cell of rep, stratum and month.

    Attributes
    ----------
    reps, strata, months, phases : names in order. rep, stratum, month : (cells,) places in these.
    reached : (phases + 1, cells) calls that got at least so far; the first row has every call. The attempts of a phase
        are the row before it, its successes its own.
    covered : (reps, months) share of each month's workdays that the log covers for the rep; None where days are not
        known and every month with calls counts as whole.
    """

    reps: tuple[str, ...]
    strata: tuple[str, ...]
    months: tuple[str, ...]
    phases: tuple[str, ...]
    rep: np.ndarray
    stratum: np.ndarray
    month: np.ndarray
    reached: np.ndarray
    covered: np.ndarray | None = None

    def by_rep(self, values: np.ndarray) -> np.ndarray:
        """Add up (..., cells) to (..., reps)."""
        return values @ (self.rep[:, None] == np.arange(len(self.reps)))

    def of_reps(self, *reps: int) -> PhaseCube:
        """The cells of the reps at these places."""
        mine = np.isin(self.rep, reps)
        return replace(self, rep=self.rep[mine], stratum=self.stratum[mine], month=self.month[mine],
                       reached=self.reached[:, mine])  # fmt: skip


def cube_of_phases(counts: PhaseCounts, ramp_months: int = RAMP_MONTHS) -> PhaseCube:
    """Arrange counts; a phase that nothing proves, or that no call ends in, is one with the phase after it.

    Parameters
    ----------
    ramp_months : how many first months of a new rep are left out, where days are known; 0 leaves none out.
    """
    cells = (
        split_ramp(counts.frame, counts.spans, ramp_months)[0]
        .pivot_table(index=["rep", "stratum", "month"], columns="phase", values="n", aggfunc="sum", fill_value=0)
        .reindex(columns=range(len(counts.phases) + 1), fill_value=0)
    )
    reached = cells.to_numpy(float)[:, ::-1].cumsum(axis=1)[:, ::-1].T
    levels = [cells.index.get_level_values(name) for name in cells.index.names]
    (reps, rep), (strata, stratum), (months, month) = (_coded(level) for level in levels)
    names = tuple(f"{each:.7}" for each in months)
    covered = None if counts.spans is None else cover_of_months(counts.spans, reps, names)
    return _without_empty_phases(PhaseCube(reps, strata, names, counts.phases, rep, stratum, month, reached, covered))


def _coded(values: Iterable[object]) -> tuple[tuple[str, ...], np.ndarray]:
    places, names = pd.factorize(np.array([str(each) for each in values], dtype=object), sort=True)
    return tuple(names), places


def _without_empty_phases(cube: PhaseCube) -> PhaseCube:
    """Drop phases after the last one reached, and merge those that nothing separates from the next."""
    totals = cube.reached.sum(axis=1)
    last = int(np.flatnonzero(totals[1:] > 0)[-1]) + 1
    cube = replace(cube, phases=cube.phases[:last], reached=cube.reached[: last + 1])
    for k in range(last - 1, 0, -1):
        if totals[k] == totals[k + 1]:
            cube = merge_phases(cube, k)
    return cube


def merge_phases(cube: PhaseCube, first: int) -> PhaseCube:
    """Make one phase of the phase at place ``first`` (from 1) and the one after it: the step between is not counted."""
    names = cube.phases
    joined = (*names[: first - 1], JOIN.join(names[first - 1 : first + 1]), *names[first + 1 :])
    return replace(cube, phases=joined, reached=np.delete(cube.reached, first, axis=0))
