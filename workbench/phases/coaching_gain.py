"""What coaching would bring: more meetings per month if a rep came up to the team's median or achievable level."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.phases.phase_findings import PhaseFinding, PhaseFindings
from workbench.phases.true_rates import HIGH, LOW

FEWEST_FOR_SLOPE = 5
SEED = 97
LEAST_MONTH = 1 / 21  # a workday


@dataclass(frozen=True)
class Survival:
    """The share of extra early successes that get as far as usual ones do.

    ``value`` is 1 + the slope of log(later success) on log(rate of the phase) across reps, kept within 0 to 1; ``low``
    and ``high`` are its 95 % interval. 1 for the last phase.
    """

    value: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class CoachingGain:
    """Extra successes of the last phase per month from coaching one phase.

    Attributes
    ----------
    to_top, to_median : (draws, reps) if the rep came up to the achievable level, or to the median rep; at least 0.
    survival : the share of extra successes that survive.
    """

    phase: int
    to_top: np.ndarray
    to_median: np.ndarray
    survival: Survival

    @property
    def total(self) -> float:
        """Expected gain of the whole team at the achievable level."""
        return float(self.to_top.mean(axis=0).sum())

    def interval(self, reps: np.ndarray) -> tuple[float, float]:
        """Return the 95 % interval of the gain at the achievable level of some reps together."""
        together = self.to_top[:, reps].sum(axis=1)
        return float(np.quantile(together, LOW)), float(np.quantile(together, HIGH))


def calls_per_month(found: PhaseFindings) -> np.ndarray:
    """Return (reps,) calls per month in which the rep made any; a month covered in part counts in part."""
    cube = found.cube
    cells = np.zeros((len(cube.reps), len(cube.months)))
    np.add.at(cells, (cube.rep, cube.month), cube.reached[0])
    months = (cells > 0) * (1.0 if cube.covered is None else cube.covered)
    return cells.sum(axis=1) / np.maximum(months.sum(axis=1), LEAST_MONTH)


def coaching_gain(found: PhaseFindings, k: int, here: np.ndarray | None = None) -> CoachingGain | None:
    """Return what coaching the phase at place ``k`` (from 0) would bring; None for a phase that is unreadable.

    Calls per month × rates of the phases before × (level − own rate, at least 0) × survival × rates of the phases
    after, all from the same draw. Nothing is gained from a rep who is not ``here`` (reps,); everybody is by default.
    """
    phases = found.phases
    if not phases[k].readable:
        return None
    own = phases[k].rates
    flow = calls_per_month(found) * np.prod([each.rates.draws for j, each in enumerate(phases) if j != k], axis=0)
    survival, survives = _survival(phases, k, len(own.draws))
    flow = flow * survives[:, None] * (1.0 if here is None else here)
    return CoachingGain(
        k,
        flow * np.clip(own.top[:, None] - own.draws, 0, None),
        flow * np.clip(own.median[:, None] - own.draws, 0, None),
        survival,
    )


def _survival(phases: tuple[PhaseFinding, ...], k: int, draws: int) -> tuple[Survival, np.ndarray]:
    """Estimate the share of extra successes that survive, and draw (draws,) from it."""
    if k == len(phases) - 1:
        return Survival(1.0, 1.0, 1.0), np.ones(draws)
    later = np.sum([np.log(_positive(each)) for each in phases[k + 1 :]], axis=0)
    early = np.log(phases[k].rates.shrunk)
    slope, error, df = _slope(early, later)
    drawn = np.clip(1 + slope + error * np.random.default_rng(SEED + k).standard_t(max(df, 1), draws), 0, 1)
    return Survival(float(drawn.mean()), float(np.quantile(drawn, LOW)), float(np.quantile(drawn, HIGH))), drawn


def _positive(phase: PhaseFinding) -> np.ndarray:
    """Return (reps,) rates like for like, half a success at least."""
    floor = 0.5 / np.maximum(phase.tries, 1)
    return np.maximum(np.where(np.isfinite(phase.adjusted), phase.adjusted, phase.conversion), floor)


def _slope(x: np.ndarray, y: np.ndarray) -> tuple[float, float, int]:
    """Return least squares' slope, its standard error and its degrees of freedom."""
    df = len(x) - 2
    spread = float(np.sum((x - x.mean()) ** 2))
    if len(x) < FEWEST_FOR_SLOPE or spread <= 0:
        return 0.0, np.inf, df
    slope = float(np.sum((x - x.mean()) * (y - y.mean())) / spread)
    left = y - y.mean() - slope * (x - x.mean())
    return slope, float(np.sqrt(np.sum(left**2) / df / spread)), df
