"""What else moved: every other KPI by the same permutation of units, corrected together (Westfall & Young 1993)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from workbench.trials.estimate_effect import FEWEST_UNITS, estimate_effects, joint_claim, scaled_past
from workbench.trials.permutation import SAMPLED, SEED, permute_coefficient, sampled_orders
from workbench.trials.trial_finding import SideEffect
from workbench.trials.unit_means import UnitMeans


@dataclass(frozen=True, eq=False)
class SideMeasure:
    """Another KPI of a trial by unit. ``label``, ``unit``: how it is called and counted."""

    formula: str
    label: str
    unit: str | None
    units: UnitMeans


def judge_side_effects(
    measures: Sequence[SideMeasure], drawn: bool, seed: int = SEED, sampled: int = SAMPLED
) -> tuple[SideEffect, ...]:
    """Estimate every side effect; p is that of the largest statistic of all that were looked at (step-down max-t).

    Ranges are of each alone. Units that lack a KPI are left out of it, and the others are permuted as everywhere.
    """
    if not measures:
        return ()
    every = sorted({name for each in measures for name in each.units.names})
    keys = sampled_orders(len(every), seed, sampled)
    found = []
    for each in measures:
        there = np.isin(np.array(every, dtype=object), each.units.names)
        found.append(_statistics(each.units, keys.of(there), drawn))
    adjusted = [step_down(np.array(group)) for group in zip(*found, strict=True)]
    joint = np.max(adjusted, axis=0)
    return tuple(_side_effect(each, float(p), drawn, seed, sampled) for each, p in zip(measures, joint, strict=True))


def step_down(statistics: np.ndarray) -> np.ndarray:
    """Return (m,) p of m statistics, each adjusted for those not larger than itself.

    Parameters
    ----------
    statistics : (m, P) by permutation, the first column as observed; a row of NaN cannot be judged and stays out.
    """
    sizes = np.abs(statistics)
    known = np.flatnonzero(np.isfinite(sizes).all(axis=1))
    out = np.full(len(sizes), np.nan)
    order = known[np.argsort(-sizes[known, 0], kind="stable")]
    least = 0.0
    for place, row in enumerate(order):
        largest = sizes[order[place:]].max(axis=0)
        least = max(least, float(np.mean(largest >= sizes[row, 0] * (1 - 1e-9))))
        out[row] = least
    return out


def _statistics(units: UnitMeans, orders: np.ndarray, drawn: bool) -> list[np.ndarray]:
    """Return the statistics of ANCOVA, and with units not drawn at random those of differences too."""
    nothing = np.full(len(orders), np.nan)
    if min(units.n) < FEWEST_UNITS:
        return [nothing] if drawn else [nothing, nothing]
    n, effect = len(units.names), units.treated.astype(float)
    level = np.column_stack([np.ones(n), scaled_past(units.before)])
    ways = [(units.after, level)]
    if not drawn:
        ways.append((units.after - units.before, np.ones((n, 1))))
    found = [permute_coefficient(values, effect, nuisance, orders) for values, nuisance in ways]
    return [nothing if each is None else each.statistics() for each in found]


def _side_effect(each: SideMeasure, p: float, drawn: bool, seed: int, sampled: int) -> SideEffect:
    units = each.units
    if not len(units.names):
        return SideEffect(each.formula, each.label, each.unit, np.nan, np.nan, np.nan, np.nan, np.nan, (0, 0))
    found = estimate_effects(units, drawn, seed, sampled)
    claim = joint_claim(tuple(one for one in found if one.method != "ratios"))
    p = max(p, claim.p) if np.isfinite(claim.p) else np.nan
    before = float(units.before[units.treated].mean()) if units.treated.any() else np.nan
    out = SideEffect(each.formula, each.label, each.unit, claim.value, claim.low, claim.high, p, before, units.n)
    return out if np.isfinite(claim.value) else replace(out, p=np.nan)
