"""Judge each phase: rates like for like, a real spread or none, and merge phases whose rates run against each other."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np

from workbench.phases.like_for_like import CellLayout, adjust_rates, lay_out, mantel_haenszel
from workbench.phases.phase_cube import PhaseCube, merge_phases
from workbench.phases.phase_findings import PhaseFinding, PhaseFindings, WhyUnreadable
from workbench.phases.rep_spread import (
    MORE_LOOKS,
    REAL,
    SpreadTest,
    adjust_for_many,
    attempts_needed,
    chance_of_opposite,
    judge_spread,
)
from workbench.phases.true_rates import DRAWS, draw_true_rates

FEWEST_REPS = 5
SEED = 20
SPELLS = 1.5  # times the variance of months without memory, from which a difference is put down to spells
SEEMS = 0.2  # one-sided p up to which rates seem to run against each other
HARDLY = 0.1  # a colleague's share of a stratum's calls under which the stratum is somebody's own


def judge_phases(cube: PhaseCube, draws: int = DRAWS) -> PhaseFindings:
    """Judge every phase, and merge until no two neighbours with a real spread run against each other.

    Coding habits (a conversation logged one step lower) and selection (who reaches more reaches colder people) look
    like a real spread in two phases with opposite rates: only both together can be read.
    """
    merged: set[str] = set()
    while True:
        found = _all_phases(cube, merged, draws)
        pair = _first_pair_to_merge(cube, found)
        if pair is None:
            return PhaseFindings(cube, found, _own_strata_shares(cube))
        cube = merge_phases(cube, pair)
        merged.add(cube.phases[pair - 1])


def _first_pair_to_merge(cube: PhaseCube, found: tuple[PhaseFinding, ...]) -> int | None:
    """Return the place (from 1) of the earlier one of two neighbours to merge."""
    pairs = pairwise(found)
    return next((k for k, (one, two) in enumerate(pairs, start=1) if _inseparable(cube, k, one, two)), None)


def _inseparable(cube: PhaseCube, k: int, one: PhaseFinding, two: PhaseFinding) -> bool:
    """Whether rates run against each other, or seem to and leave no spread when both phases are taken together."""
    if not (one.real or two.real):
        return False
    opposite = chance_of_opposite(two.adjusted, one.adjusted)
    if opposite <= REAL or opposite > SEEMS:
        return opposite <= REAL
    return not _spread_of(merge_phases(cube, k), k)[0].p <= REAL


def _all_phases(cube: PhaseCube, merged: set[str], draws: int) -> tuple[PhaseFinding, ...]:
    found = [_one_phase(cube, k, merged, draws) for k in range(1, len(cube.phases) + 1)]
    adjusted = adjust_for_many(np.array([each.p for each in found]))
    looks = len(found) + MORE_LOOKS
    return tuple(_read(each, p, len(cube.reps), looks) for each, p in zip(found, adjusted, strict=True))


def _one_phase(cube: PhaseCube, k: int, merged: set[str], draws: int) -> PhaseFinding:
    """Judge the phase at place ``k`` (from 1) by itself; p is not adjusted yet."""
    test, layout, hits, tries = _spread_of(cube, k)
    adjusted = adjust_rates(layout, test.weight * hits, test.weight * tries, tries)
    n, x = cube.by_rep(cube.reached[k - 1]), cube.by_rep(cube.reached[k])
    counted = (test.weight * tries) @ layout.reps
    rates = draw_true_rates(np.nan_to_num(adjusted) * counted, counted, np.random.default_rng(SEED + k), draws)
    odds = _odds_ratios(cube, k)
    return PhaseFinding(
        name=cube.phases[k - 1], merged=cube.phases[k - 1] in merged, tries=n, hits=x,
        raw=np.divide(x, n, out=np.full(len(n), np.nan), where=n > 0), adjusted=adjusted,
        odds_raw=odds[0], odds_alike=odds[1], conversion=float(x.sum() / n.sum()), rates=rates, test=test, p=test.p,
        real=False, why=None, needed=attempts_needed(float(x.sum() / n.sum()), test, len(cube.phases) + MORE_LOOKS),
    )  # fmt: skip


def _spread_of(cube: PhaseCube, k: int) -> tuple[SpreadTest, CellLayout, np.ndarray, np.ndarray]:
    """Test the spread at the phase at place ``k``; return also the layout, successes and attempts of its cells."""
    there = cube.reached[k - 1] > 0
    tries, hits = cube.reached[k - 1][there], cube.reached[k][there]
    layout = lay_out(cube.rep[there], cube.stratum[there], cube.month[there], len(cube.reps), tries)
    return judge_spread(layout, hits, tries), layout, hits, tries


def _odds_ratios(cube: PhaseCube, k: int) -> np.ndarray:
    """Return (2, reps) each rep's odds over those of all colleagues: pooled, and within strata."""
    shape = len(cube.reps), len(cube.strata)
    tries, hits = np.zeros(shape), np.zeros(shape)
    np.add.at(tries, (cube.rep, cube.stratum), cube.reached[k - 1])
    np.add.at(hits, (cube.rep, cube.stratum), cube.reached[k])
    other_tries, other_hits = tries.sum(axis=0) - tries, hits.sum(axis=0) - hits
    within = [mantel_haenszel(*each) for each in zip(hits, tries, other_hits, other_tries, strict=True)]
    sums = [each.sum(axis=1, keepdims=True) for each in (hits, tries, other_hits, other_tries)]
    pooled = [mantel_haenszel(*each) for each in zip(*sums, strict=True)]
    return np.array([pooled, within])


def _read(found: PhaseFinding, p: float, n_reps: int, looks: int) -> PhaseFinding:
    """Say whether a phase is readable, given its p adjusted for the number of phases."""
    real = bool(p <= REAL)
    why = _why_unreadable(found, found.test, real, n_reps, looks)
    return replace(found, p=float(p), real=real, why=why)


def _why_unreadable(found: PhaseFinding, test: SpreadTest, real: bool, n_reps: int, looks: int) -> WhyUnreadable | None:
    if n_reps < FEWEST_REPS:
        return "few_reps"
    if np.isnan(found.p):
        return "one_month" if test.df_luck <= 0 and test.block == "month" else "own_strata"
    if real:
        return None
    if test.lasting >= SPELLS and test.p_of_months * looks <= REAL:
        return "spells"
    return "few_attempts" if np.median(found.tries) < found.needed else "alike"


def _own_strata_shares(cube: PhaseCube) -> np.ndarray:
    """Return (reps,) the share of each rep's calls in strata that colleagues hardly work."""
    cells = np.zeros((len(cube.reps), len(cube.strata)))
    np.add.at(cells, (cube.rep, cube.stratum), cube.reached[0])
    total = cells.sum(axis=0)
    own = (total - cells) < HARDLY * total
    return (cells * own).sum(axis=1) / np.maximum(cells.sum(axis=1), 1)
