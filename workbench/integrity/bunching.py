"""Whether a team's values crowd just at a KPI's target: effort or timing, never a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.design.model import Design, Kpi, Within
from workbench.formula.formula import parse_formula
from workbench.integrity.density_bump import AROUND, Bump, chance_of_bump, measure_bump, usual_excess
from workbench.scoring.values import rep_period_values

BUNCHING_SOURCE = (
    "The target's bin against a parabola through the log density of four bins on each side (Kleven 2016; Frandsen "
    "2017), never below the variance over reps, beyond the excess at other numbers as round"
)
FEWEST_REPS, FEWEST_NEAR, FEWEST_BELOW = 8, 40, 10
NEAR_PLACEBO, FEWEST_PLACEBOS = 20, 2
HEAPED = 1.645  # standard errors, one-sided 5 %
CHANCE = 0.05
LATTICE = 0.2  # share of equal values off the target from which rates of small counts make bumps of their own
SPEAKABLE = 10.0  # targets from which on people think in whole units

Unseen = Literal["no_target", "composite", "band", "few_reps", "few_values", "none_below", "lattice", "no_placebo"]
"""Why nobody can see whether values bunch."""


@dataclass(frozen=True)
class Bunching:
    """Values of all reps at the target.

    Attributes
    ----------
    kpi : its name. n : whole rep-periods with a value and a target. n_below : in the bins just below the target.
    width : of a bin, in the KPI's unit, at least one unit. share, expected : share of the rep-periods in the target's
        bin, found and expected, 0 to 1. z, p : one-sided, of so many.
    heaped : whether other numbers as round hold too many as well. n_placebos : how many were looked at; 0 for a target
        that is not round.
    lacking : why there is no finding, None where there is one.
    """

    kpi: str
    n: int = 0
    n_below: int = 0
    width: float = np.nan
    share: float = np.nan
    expected: float = np.nan
    z: float = np.nan
    p: float = np.nan
    heaped: bool = False
    n_placebos: int = 0
    lacking: Unseen | None = None
    source: str = BUNCHING_SOURCE

    @property
    def found(self) -> bool:
        """Whether more values than chance lie at the target."""
        return self.lacking is None and self.p <= CHANCE


def find_bunching(panel: Panel, design: Design, kpi_index: int, since: pd.Timestamp | None = None) -> Bunching:
    """Return whether the ``kpi_index``-th KPI's values crowd at its target.

    Parameters
    ----------
    since : first day of the periods used, such as that from which the target was in force; default all with a target.

    Notes
    -----
    Rep-periods that were not worked as a whole are left out: their target is no round number. A target by formula or
    dated steps is its own for every rep-period; values are laid out by their distance from it.
    """
    kpi = design.kpis[kpi_index]
    if kpi.kpis or isinstance(kpi.direction, Within) or kpi.target is None:
        return Bunching(kpi.name, lacking="composite" if kpi.kpis else "no_target" if kpi.target is None else "band")
    value, target, keys = _values_with_target(panel, kpi, since)
    return judge_values_at_target(kpi, value, target, keys[REP].to_numpy(), _is_counted_row_by_row(panel, kpi))


def rep_periods_by_target(
    panel: Panel, design: Design, kpi_index: int, width: float, since: pd.Timestamp | None = None
) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the rep-periods that ``find_bunching`` uses, and which of them just reach the target: in a bin so wide."""
    kpi = design.kpis[kpi_index]
    value, target, keys = _values_with_target(panel, kpi, since)
    bins = np.floor(_beyond(kpi, value, target) / width + 1e-9)
    return keys, bins == 0


def _values_with_target(
    panel: Panel, kpi: Kpi, since: pd.Timestamp | None
) -> tuple[np.ndarray, np.ndarray, pd.DataFrame]:
    """Return values and targets of rep-periods worked as a whole, and whose and when they are."""
    found = rep_period_values(panel, [kpi])
    value, target = found.values[:, 0], found.targets[:, 0]
    used = np.isfinite(value) & np.isfinite(target) & (found.worked[:, 0] == 1)
    if since is not None:
        used &= (found.keys[PERIOD] >= since).to_numpy()
    return value[used], target[used], found.keys[used].reset_index(drop=True)


def _beyond(kpi: Kpi, value: np.ndarray, target: np.ndarray) -> np.ndarray:
    return target - value if kpi.direction == "lower" else value - target


def judge_values_at_target(
    kpi: Kpi, value: np.ndarray, target: np.ndarray, reps: np.ndarray, counted: bool
) -> Bunching:
    """Return whether values (values,) of reps crowd at their targets; ``counted`` : they cannot have been rounded."""
    offsets = _beyond(kpi, value, target)
    n = len(offsets)
    if n < FEWEST_NEAR:
        return Bunching(kpi.name, n, lacking="few_values")
    if len(np.unique(reps)) < FEWEST_REPS:
        return Bunching(kpi.name, n, lacking="few_reps")
    steps = _round_steps(target)
    width = _bin_width(value, target)
    if steps and not counted:
        width = max(min(width, steps[0] / (AROUND + 1)), _unit(value, target))  # or its neighbours hold heaps as well
    steps = [step for step in steps if step > width]
    bump = measure_bump(offsets, reps, width)
    placebos = _measure_placebos(offsets, reps, width, steps if counted else steps[:1])
    wanted = bool(steps) and not counted
    lacking = _cannot_tell(bump, value, offsets) or ("no_placebo" if wanted and not placebos else None)
    if lacking:
        return Bunching(kpi.name, n, bump.below, width, lacking=lacking)
    z, p = chance_of_bump(bump, placebos)
    more, error = usual_excess(placebos)
    heaped = bool(placebos) and more > HEAPED * error
    return Bunching(
        kpi.name, n, bump.below, width, bump.at / n, bump.expected / n, z, p, heaped, len(placebos)
    )  # fmt: skip


def _is_counted_row_by_row(panel: Panel, kpi: Kpi) -> bool:
    """Whether a formula is over counts of events alone, days aside: nobody can have written down a round number."""
    names = parse_formula(kpi.formula or "0", panel.measure_names).names
    return all(panel.info(name).aggregate in ("count", "distinct", "built_in") for name in names)


def _cannot_tell(bump: Bump, value: np.ndarray, offsets: np.ndarray) -> Unseen | None:
    if bump.at + bump.below + bump.above < FEWEST_NEAR:
        return "few_values"
    if bump.below < FEWEST_BELOW:
        return "none_below"
    off_target = value[np.abs(offsets) > 1e-9]
    repeated = 1 - len(np.unique(off_target)) / max(len(off_target), 1)
    return "lattice" if not _are_whole(value) and repeated > LATTICE else None


def _are_whole(values: np.ndarray) -> bool:
    return bool((values % 1 == 0).all())


def _unit(value: np.ndarray, target: np.ndarray) -> float:
    """Return the unit in which values are counted or spoken of; 0 for rates and the like."""
    return 1.0 if _are_whole(value) or np.abs(target).min() >= SPEAKABLE else 0.0


def _bin_width(value: np.ndarray, target: np.ndarray) -> float:
    """Return half the width of Freedman and Diaconis (1981), at least a unit."""
    quarter, three_quarters = np.quantile(value, [0.25, 0.75])
    width = float((three_quarters - quarter) * len(value) ** (-1 / 3))
    return max(_unit(value, target), float(np.ceil(width)) if _are_whole(value) else width) or 1.0


def _measure_placebos(offsets: np.ndarray, reps: np.ndarray, width: float, steps: list[float]) -> list[Bump]:
    """Return bumps at other multiples of the first step that has enough of them.

    What was written down by hand is heaped most at the roundest numbers, so only those as round as the target say what
    is usual; counts of events may be held against less round ones.
    """
    for step in steps:
        reach = int(np.ceil((np.abs(offsets).max() + step) / step))
        lines = [k * step for k in range(-reach, reach + 1) if abs(k) * step > AROUND * width]
        found = [measure_bump(offsets, reps, width, line) for line in lines]
        usable = [one for one in found if one.below >= 1 and one.at + one.below + one.above >= NEAR_PLACEBO]
        if len(usable) >= FEWEST_PLACEBOS:
            return usable
    return []


def _round_steps(target: np.ndarray) -> list[float]:
    """List what targets are multiples of, the roundest first: 10, 5, 1 for 50; a number is not its own."""
    most = float(np.abs(target).max()) / 2
    if most <= 0:
        return []
    top = int(np.floor(np.log10(most)))
    steps = [m * 10.0**k for k in range(top, top - 3, -1) for m in (5, 1) if m * 10.0**k <= most]
    return [step for step in steps if (np.abs(target / step - np.round(target / step)) < 1e-9).all()]
