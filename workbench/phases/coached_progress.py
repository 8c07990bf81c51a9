"""Progress of coached reps: their rate now, against their shrunk past and what the other reps did meanwhile."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from scipy import stats

from workbench.phases.like_for_like import adjust_rates, lay_out
from workbench.phases.phase_cube import PhaseCube
from workbench.phases.phase_findings import PhaseFindings
from workbench.phases.rep_spread import WORTH, SpreadTest, judge_spread
from workbench.phases.span_rates import span_weights
from workbench.phases.true_rates import DRAWS, HIGH, LOW, draw_true_rates

FEWEST_OTHERS = 3
SEED = 31
HALVINGS, FARTHEST = 40, 8.0
WhyNoProgress = Literal["few_others", "no_past", "no_after"]
ProgressVerdict = Literal["improved", "fell", "as_expected", "too_early"]


@dataclass(frozen=True)
class RepProgress:
    """One coached rep at one phase, or all coached reps together.

    Attributes
    ----------
    n_before, n_after : attempts. raw_before, raw_after : rates as counted.
    past : the true rate before, shrunk towards the team: a low one is in part bad luck.
    expected : where that past would be now if the rep had changed as the others did. now : the rate since, like for
        like. change, low, high : now − expected, with 95 % interval.
    why : why it cannot be said: fewer than ``FEWEST_OTHERS`` other reps, or no attempts before or since; None else.
    """

    rep: str
    n_before: int
    n_after: int
    raw_before: float
    raw_after: float
    past: float = np.nan
    expected: float = np.nan
    now: float = np.nan
    change: float = np.nan
    low: float = np.nan
    high: float = np.nan
    why: WhyNoProgress | None = None

    @property
    def verdict(self) -> ProgressVerdict:
        """Beyond luck or not; too early while a gain worth coaching would not show yet."""
        if self.low > 0:
            return "improved"
        if self.high < 0:
            return "fell"
        return "as_expected" if self.high < WORTH * self.expected else "too_early"


@dataclass(frozen=True)
class CoachedProgress:
    """Progress at one phase since a date.

    Attributes
    ----------
    start : the first month after. n_others : reps who were not coached and worked before and since.
    others_before, others_after : their rates, like for like. together : all coached reps as one; None for a single rep.
    """

    phase: str
    start: str
    reps: tuple[RepProgress, ...]
    together: RepProgress | None
    n_others: int
    others_before: float
    others_after: float


def progress_since(
    found: PhaseFindings,
    k: int,
    coached: Collection[str],
    start: str,
    others: Collection[str] | None = None,
    draws: int = DRAWS,
) -> CoachedProgress:
    """Return what coached reps did at the phase at place ``k`` (from 0) since ``start``.

    Parameters
    ----------
    start : first month, or day, of coaching; the month of a day that is not its first belongs to neither side.
    others : reps to compare with; by default everybody who is not coached.

    Notes
    -----
    The worst rep of a team improves by luck alone (regression to the mean), so the past is the posterior of the true
    rate, with the uncertainty of the team's mean and spread (``draw_true_rates``). The others' change is measured from
    their own shrunk past too. Reps who are not coached change differently from one another: the variance of that
    (DerSimonian & Laird 1986) widens the interval. Both sides are like for like in strata, months within each side.
    """
    cube, side = _sides(found.cube, k, start)
    tries, hits = (_by_side(cube, values, side) for values in (cube.reached[k], cube.reached[k + 1]))
    comparing = [i for i, rep in enumerate(cube.reps) if rep not in coached and (others is None or rep in others)]
    worked: np.ndarray = np.all(tries > 0, axis=1)
    them = np.array([i for i in comparing if worked[i]], dtype=int)
    mine = [i for i, rep in enumerate(cube.reps) if rep in coached]
    bare = [_bare(cube.reps[i], tries[i], hits[i]) for i in mine]
    if len(them) < FEWEST_OTHERS:
        return CoachedProgress(
            cube.phases[k],
            start,
            tuple(replace(one, why="few_others") for one in bare),
            None,
            len(them),
            np.nan,
            np.nan,
        )
    rates, counted = _two_rates(cube, k, side, _luck_of(cube, k, them, found.phases[k].test))
    past, expected, now = _draw(rates, counted, them, draws)
    reps = tuple(
        replace(one, why="no_past" if not one.n_before else "no_after")
        if not worked[i]
        else _filled(one, past[:, i], expected[:, i], now[:, i])
        for one, i in zip(bare, mine, strict=True)
    )
    there = np.array([i for i in mine if worked[i]], dtype=int)
    together = None
    if len(there) > 1:
        share = tries[there, 1] / tries[there, 1].sum()
        one = _bare("", tries[there].sum(axis=0), hits[there].sum(axis=0))
        together = _filled(one, past[:, there] @ share, expected[:, there] @ share, now[:, there] @ share)
    weight = counted[them, 1] / counted[them, 1].sum()
    before, after = float(past[:, them].mean(axis=0) @ weight), float(now[:, them].mean(axis=0) @ weight)
    return CoachedProgress(cube.phases[k], start, reps, together, len(them), before, after)


def _filled(one: RepProgress, past: np.ndarray, expected: np.ndarray, now: np.ndarray) -> RepProgress:
    change = now - expected
    low, high = np.quantile(change, [LOW, HIGH])
    return replace(
        one, past=float(past.mean()), expected=float(expected.mean()), now=float(now.mean()),
        change=float(change.mean()), low=float(low), high=float(high),
    )  # fmt: skip


def _bare(rep: str, tries: np.ndarray, hits: np.ndarray) -> RepProgress:
    """Return the counts of a rep, (2,) before and since."""
    raw = np.divide(hits, tries, out=np.full(2, np.nan), where=tries > 0)
    return RepProgress(rep, int(tries[0]), int(tries[1]), float(raw[0]), float(raw[1]))


def _sides(cube: PhaseCube, k: int, start: str) -> tuple[PhaseCube, np.ndarray]:
    """Return the cells with attempts before or since, and (cells,) 0 before and 1 since."""
    split = start[:7] if len(start) > 7 and start[8:10] != "01" else None
    month = np.array(cube.months)[cube.month]
    used = (cube.reached[k] > 0) & (month != split)
    kept = replace(
        cube, rep=cube.rep[used], stratum=cube.stratum[used], month=cube.month[used], reached=cube.reached[:, used]
    )
    return kept, (month[used] >= start[:7]).astype(int)


def _by_side(cube: PhaseCube, values: np.ndarray, side: np.ndarray) -> np.ndarray:
    found = np.zeros((len(cube.reps), 2))
    np.add.at(found, (cube.rep, side), values)
    return found


def _luck_of(cube: PhaseCube, k: int, reps: np.ndarray, usual: SpreadTest) -> SpreadTest:
    """Return what reps vary by: of those who were not coached, as coaching that works is no luck."""
    mine = np.isin(cube.rep, reps)
    places = np.searchsorted(reps, cube.rep[mine])
    tries, hits = cube.reached[k][mine], cube.reached[k + 1][mine]
    test = judge_spread(lay_out(places, cube.stratum[mine], cube.month[mine], len(reps), tries), hits, tries)
    return test if test.df_luck > 0 and test.block == usual.block else usual


def _two_rates(cube: PhaseCube, k: int, side: np.ndarray, test: SpreadTest) -> tuple[np.ndarray, np.ndarray]:
    """Return (reps, 2) rates like for like before and since, and the attempts that count behind them."""
    n, tries, hits = len(cube.reps), cube.reached[k], cube.reached[k + 1]
    weight = span_weights(cube, k, test, side, several_months=True)
    layout = lay_out(cube.rep + n * side, cube.stratum, np.zeros(len(side), int), 2 * n, tries)
    layout = replace(layout, nuisance=np.hstack([layout.nuisance, *_months_within(cube.month, side, tries)]))
    rates = adjust_rates(layout, weight * hits, weight * tries, tries)
    return np.nan_to_num(rates.reshape(2, n).T), _by_side(cube, weight * tries, side)


def _months_within(month: np.ndarray, side: np.ndarray, tries: np.ndarray) -> list[np.ndarray]:
    """Return columns of how months of one side differ from that side's mean month."""
    columns = []
    for each in (0, 1):
        mine = side == each
        for one in np.unique(month[mine])[1:]:
            here = mine & (month == one)
            columns.append(here - mine * (tries[here].sum() / tries[mine].sum()))
    return [np.column_stack(columns)] if columns else []


def _draw(
    rates: np.ndarray, counted: np.ndarray, others: np.ndarray, draws: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw (draws, reps) true rates before, what they would be now, and true rates since."""
    rng = np.random.default_rng(SEED)
    hits = rates * counted
    past = draw_true_rates(hits[:, 0], counted[:, 0], rng, draws).draws
    now = rng.beta(hits[:, 1] + 0.5, counted[:, 1] - hits[:, 1] + 0.5, size=(draws, len(rates)))
    odds = np.log(past) - np.log1p(-past)
    own = _variance_of_changes(odds[:, others], hits[others, 1], counted[others, 1])
    n = counted[others, 1]
    moved = _common_change(odds[:, others], n, now[:, others] @ n)
    luck = np.sqrt(own) * stats.t.rvs(len(others) - 1, size=(draws, len(rates) + 1), random_state=rng)
    shift = moved + luck[:, 0] * np.sqrt(np.sum(n**2)) / n.sum()
    return past, 1 / (1 + np.exp(-(odds + shift[:, None] + luck[:, 1:]))), now


def _common_change(odds: np.ndarray, tries: np.ndarray, hits: np.ndarray) -> np.ndarray:
    """Return (draws,) the change of log-odds, the same for all, at which so many successes are expected."""
    low, high = np.full(len(odds), -FARTHEST), np.full(len(odds), FARTHEST)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        few = (1 / (1 + np.exp(-(odds + middle[:, None])))) @ tries < hits
        low, high = np.where(few, middle, low), np.where(few, high, middle)
    return (low + high) / 2


def _variance_of_changes(odds: np.ndarray, hits: np.ndarray, tries: np.ndarray) -> float:
    """Return the variance of the reps' own changes of log-odds beyond luck (DerSimonian & Laird 1986)."""
    rate = (hits + 0.5) / (tries + 1)
    change = np.log(rate) - np.log1p(-rate) - odds.mean(axis=0)
    weight = 1 / (1 / (tries * rate * (1 - rate)) + odds.var(axis=0))
    mean = weight @ change / weight.sum()
    surplus = weight @ (change - mean) ** 2 - (len(change) - 1)
    return float(max(surplus / (weight.sum() - np.sum(weight**2) / weight.sum()), 0.0))
