"""Estimate the effect of a trial by unit: adjusted for the own past, as differences, and as ratios."""

from __future__ import annotations

import numpy as np

from workbench.trials.permutation import (
    SAMPLED,
    SEED,
    PermutedCoefficient,
    assignment_orders,
    permute_coefficient,
    sampled_orders,
)
from workbench.trials.trial_finding import EstimateMethod, TrialEstimate
from workbench.trials.unit_means import UnitMeans

FEWEST_UNITS = 4
"""Treated and compared each; with fewer no assignment could have been judged unusual."""
OFFSET = 0.1  # of the level, added before logarithms where somebody has none


def estimate_effects(
    units: UnitMeans, drawn: bool, seed: int = SEED, sampled: int = SAMPLED
) -> tuple[TrialEstimate, ...]:
    """Return the estimates on which a claim rests: ANCOVA; with units not drawn at random also differences and ratios.

    Adjusting for the own past is misled where abler units were picked, differences where lucky or unlucky ones were
    (Ding & Li 2019), and both where a change for all is larger for bigger units; ratios are not misled by that.

    Parameters
    ----------
    units : means before and after. drawn : whether chance alone chose the treated. sampled : permutations.
    """
    first = adjusted_estimate(units, seed, sampled)
    if drawn:
        return (first,)
    ratios = _ratios(units, seed, sampled)
    return (first, difference_estimate(units, seed, sampled), *([ratios] if ratios is not None else []))


def adjusted_estimate(units: UnitMeans, seed: int = SEED, sampled: int = SAMPLED) -> TrialEstimate:
    """Return the effect given each unit's mean before (ANCOVA), residuals permuted over units."""
    orders = sampled_orders(len(units.names), seed, sampled)
    nuisance = np.column_stack([np.ones(len(units.names)), scaled_past(units.before)])
    found = permute_coefficient(units.after, units.treated.astype(float), nuisance, orders.whole)
    return estimate_of("ancova", found, units, len(orders.keys), exact=False)


def difference_estimate(units: UnitMeans, seed: int = SEED, sampled: int = SAMPLED) -> TrialEstimate:
    """Return the difference in differences; every assignment is tried where there are few enough."""
    return _changes("differences", units.after - units.before, units, seed, sampled)


def _changes(method: EstimateMethod, changes: np.ndarray, units: UnitMeans, seed: int, sampled: int) -> TrialEstimate:
    orders = assignment_orders(units.treated, seed, sampled)
    constant = np.ones((len(units.names), 1))
    found = permute_coefficient(changes, units.treated.astype(float), constant, orders.whole)
    return estimate_of(method, found, units, len(orders.keys), orders.exact)


def _ratios(units: UnitMeans, seed: int, sampled: int) -> TrialEstimate | None:
    """Return the effect on the log scale, put back to the unit at the level that the treated would have had.

    None where a value is negative. A tenth of the level is added where a unit has nothing.
    """
    both = np.concatenate([units.before, units.after])
    if not len(both) or both.min() < 0 or both.max() <= 0 or not units.treated.any():
        return None
    more = 0.0 if both.min() > 0 else OFFSET * float(both.mean())
    found = _changes("ratios", np.log((units.after + more) / (units.before + more)), units, seed, sampled)
    reached = float(units.after[units.treated].mean()) + more
    level = reached / np.exp(found.value)
    value, low, high = (float(level * np.expm1(each)) for each in (found.value, found.low, found.high))
    return TrialEstimate("ratios", value, low, high, found.p, found.n_permutations, found.exact, found.n_units)


def estimate_of(
    method: EstimateMethod, found: PermutedCoefficient | None, units: UnitMeans, n_orders: int, exact: bool
) -> TrialEstimate:
    """Return a permuted coefficient as an estimate; without p and interval where there are too few units."""
    if found is None:
        return TrialEstimate(method, _plain(units), np.nan, np.nan, np.nan, n_units=units.n)
    if min(units.n) < FEWEST_UNITS:
        return TrialEstimate(method, found.value, np.nan, np.nan, np.nan, n_units=units.n)
    low, high = found.bounds()
    return TrialEstimate(method, found.value, low, high, found.p(), n_orders, exact, units.n)


def joint_claim(estimates: tuple[TrialEstimate, ...]) -> TrialEstimate:
    """Return what all estimates allow: the first one's value, the widest range, the largest p (1 if signs differ)."""
    first = estimates[0]
    signs = {np.sign(each.value) for each in estimates}
    ps = [each.p for each in estimates]
    p = np.nan if np.isnan(ps).any() else max(ps) if len(signs) == 1 else 1.0
    low = float(np.min([each.low for each in estimates]))
    high = float(np.max([each.high for each in estimates]))
    return TrialEstimate(first.method, first.value, low, high, p, first.n_permutations, first.exact, first.n_units)


def _plain(units: UnitMeans) -> float:
    """Return the difference of the changes; NaN where a group is empty."""
    changes = units.after - units.before
    if not (units.treated.any() and (~units.treated).any()):
        return np.nan
    return float(changes[units.treated].mean() - changes[~units.treated].mean())


def scaled_past(values: np.ndarray) -> np.ndarray:
    """Return (n,) values centred and of size one, so that no unit of measure decides what counts as constant."""
    rest = values - values.mean() if len(values) else values
    size = float(np.abs(rest).max(initial=0))
    return rest / size if size > 1e-9 * max(float(np.abs(values).max(initial=0)), 1e-300) else np.zeros(len(values))
