"""How much the hour of a call changes the rates of reps, where hours are not among what is compared alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.phases.like_for_like import adjust_rates, lay_out

USUAL_SHARE, FEWEST_HOURS, MOST_HOURS = 0.02, 3, 14
"""An hour is usual with this share of the middle rep's calls; with fewer, or more, of them times are not real."""
FEWEST_TRIES = 30


@dataclass(frozen=True)
class HourEffect:
    """What comparing calls of the same hour would change.

    Attributes
    ----------
    phase : at which a rep's rate changes most. change : by how much, a share. n_reps : compared there, with
        ``FEWEST_TRIES`` attempts at least.
    """

    phase: str
    change: float
    n_reps: int


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
    found: list[HourEffect] = []
    for place, phase in enumerate(phases):
        there = reached[place] > 0
        tries, hits = reached[place][there], reached[place + 1][there]
        if not there.any() or hits.sum() in (0, tries.sum()):
            continue
        layout = lay_out(rep[there], hour[there], np.zeros(there.sum(), int), len(names), tries)
        of_rep, got = tries @ layout.reps, hits @ layout.reps
        enough = of_rep >= FEWEST_TRIES
        if enough.sum() > 1:
            change = np.abs(adjust_rates(layout, hits, tries, tries) - got / np.maximum(of_rep, 1))[enough]
            found.append(HourEffect(phase, float(change.max()), int(enough.sum())))
    return max(found, key=lambda one: one.change, default=None)
