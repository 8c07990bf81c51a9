"""The team's rate of a phase by month, and before and after a date: as counted, and on one mix of lists and hours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.special import expit

from workbench.phases.like_for_like import LIGHT, fit_chances
from workbench.phases.phase_cube import PhaseCube
from workbench.phases.phase_findings import PhaseFindings
from workbench.phases.rep_spread import SpreadTest

CONFIDENCE = 0.975
MOSTLY = 0.5  # of a change, from which it is said to come from the mix


@dataclass(frozen=True, eq=False)
class MonthlyRates:
    """The team's rate of one phase, month by month.

    Attributes
    ----------
    months : ``2025-01``, in order. tries, hits : (months,) counts.
    raw, low, high : (months,) share of hits with its 95 % interval, for luck and what each rep varies by.
    alike, alike_low, alike_high : (months,) the same on the whole team's mix of strata over all months; NaN where
        months share no strata.
    """

    phase: str
    months: tuple[str, ...]
    tries: np.ndarray
    hits: np.ndarray
    raw: np.ndarray
    low: np.ndarray
    high: np.ndarray
    alike: np.ndarray
    alike_low: np.ndarray
    alike_high: np.ndarray

    @property
    def comparable(self) -> bool:
        """Whether months share strata, so that they can be compared on one mix."""
        return bool(np.isfinite(self.alike).any())


@dataclass(frozen=True)
class RateChange:
    """How the team's rate of one phase changed between two spans of months.

    Attributes
    ----------
    n_before, n_after : calls. before, after : rates as counted. change, low, high : after − before, with 95 % interval.
    alike, alike_low, alike_high : the same on one mix of strata; NaN where the spans share none.
    n_strata : how many strata are known; with a single one no change of the mix can be seen.
    """

    phase: str
    start: str
    n_before: int
    n_after: int
    before: float
    after: float
    change: float
    low: float
    high: float
    alike: float
    alike_low: float
    alike_high: float
    n_strata: int

    @property
    def moved(self) -> bool:
        """Whether the rate as counted changed by more than luck."""
        return self.low > 0 or self.high < 0

    @property
    def from_mix(self) -> bool:
        """Whether most of a change beyond luck is another mix of calls."""
        gone = self.change - self.alike
        return self.moved and bool(gone * self.change > 0 and abs(gone) >= MOSTLY * abs(self.change))


@dataclass(frozen=True, eq=False)
class _Spans:
    """Rates of spans, the logit scale's errors of those as counted, and the covariance of those on one mix."""

    tries: np.ndarray
    hits: np.ndarray
    rate: np.ndarray
    error: np.ndarray
    alike: np.ndarray
    cov: np.ndarray
    factor: float


def rates_by_month(found: PhaseFindings, k: int) -> MonthlyRates:
    """Return the rate of the phase at place ``k`` (from 0) by month.

    Notes
    -----
    A rep's log-odds vary between blocks as the test of the spread found them to (Williams 1982); the rate as counted
    has Jeffreys' interval on as many calls as that leaves. On one mix: logistic regression with effects of months and
    strata, directly standardised to the team's mix of strata (Lane & Nelder 1982), interval by the delta method.
    """
    cube = found.cube
    spans = _rates_of_spans(found, k, cube.month, len(cube.months))
    size = spans.rate * (1 - spans.rate) / np.maximum(spans.error**2, 1e-12)
    there = spans.tries > 0
    hits, misses = spans.rate * size + 0.5, (1 - spans.rate) * size + 0.5
    low, high = (np.where(there, stats.beta.ppf(q, hits, misses), np.nan) for q in (1 - CONFIDENCE, CONFIDENCE))
    slope = np.maximum(spans.alike * (1 - spans.alike), 1e-12)
    center, error = np.log(spans.alike) - np.log1p(-spans.alike), np.sqrt(np.diag(spans.cov)) / slope
    ends = [expit(center + side * spans.factor * error) for side in (-1, 1)]
    return MonthlyRates(
        cube.phases[k], cube.months, spans.tries, spans.hits, _ratio(spans.hits, spans.tries), low, high,
        spans.alike, *ends,
    )  # fmt: skip


def change_of_rate(found: PhaseFindings, k: int, start: str) -> RateChange:
    """Return how the rate of the phase at place ``k`` (from 0) changed with the month ``start`` (``2025-07``)."""
    cube = found.cube
    after = np.array([month >= start for month in cube.months])[cube.month].astype(int)
    spans = _rates_of_spans(found, k, after, 2, several_months=True)
    raw = _ratio(spans.hits, spans.tries)
    change, error = raw[1] - raw[0], spans.factor * np.hypot(*spans.error)
    alike = spans.alike[1] - spans.alike[0]
    wide = spans.factor * np.sqrt(max(spans.cov[0, 0] + spans.cov[1, 1] - 2 * spans.cov[0, 1], 0.0))
    return RateChange(
        cube.phases[k], start, int(spans.tries[0]), int(spans.tries[1]), float(raw[0]), float(raw[1]), float(change),
        float(change - error), float(change + error), float(alike), float(alike - wide), float(alike + wide),
        len(cube.strata),
    )  # fmt: skip


def _ratio(hits: np.ndarray, tries: np.ndarray) -> np.ndarray:
    return np.divide(hits, tries, out=np.full(len(tries), np.nan), where=tries > 0)


def _rates_of_spans(
    found: PhaseFindings, k: int, span: np.ndarray, n_spans: int, several_months: bool = False
) -> _Spans:
    cube, test = found.cube, found.phases[k].test
    there = cube.reached[k] > 0
    tries, hits, span, stratum = cube.reached[k][there], cube.reached[k + 1][there], span[there], cube.stratum[there]
    n, x = np.bincount(span, tries, n_spans), np.bincount(span, hits, n_spans)
    usual = (x + 0.5) / (n + 1)
    weight = span_weights(cube, k, test, span, several_months)
    # Each call's variance counts as many times as its block makes it.
    variance = np.bincount(span, tries / weight, n_spans) * usual * (1 - usual)
    error = np.divide(np.sqrt(variance), n, out=np.full(n_spans, np.inf), where=n > 0)
    alike, cov = _on_one_mix(stratum, span, n_spans, hits, tries, weight)
    return _Spans(n, x, usual, error, alike, cov, _factor(test))


def _factor(test: SpreadTest) -> float:
    """Return how many standard errors an interval is wide: luck measured on few blocks is itself uncertain."""
    return float(stats.t.ppf(CONFIDENCE, test.df_luck) if test.wobble > 0 else stats.norm.ppf(CONFIDENCE))


def span_weights(cube: PhaseCube, k: int, test: SpreadTest, span: np.ndarray, several_months: bool) -> np.ndarray:
    """Return what each call of a cell counts, given what a rep varies by between blocks within a span.

    Parameters
    ----------
    test : of the spread, which says what a rep varies by.
    span : (cells with attempts at the phase at place ``k``,) the place of the cell's span.
    several_months : spans have more than one, so that luck that lasts makes their mean vary more.
    """
    there = cube.reached[k] > 0
    tries, rep = cube.reached[k][there], cube.rep[there]
    block = (cube.stratum if test.block == "stratum" else cube.month)[there]
    places = np.unique(np.stack([rep, block, span]), axis=1, return_inverse=True)[1].ravel()
    rate = (cube.reached[k + 1][there].sum() + 0.5) / (tries.sum() + 1)
    information = np.bincount(places, tries * rate * (1 - rate))[places]
    lasting = (1 + test.lasting) / 2 if several_months else 1.0  # spans are shorter, and next to one another
    return 1 / (1 + test.wobble * information) / lasting


def _on_one_mix(
    stratum: np.ndarray, span: np.ndarray, n_spans: int, hits: np.ndarray, tries: np.ndarray, weight: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return (spans,) rates on the team's mix of strata, and their covariance; NaN where spans share no strata."""
    n_strata = int(stratum.max()) + 1
    links = coo_array((np.ones(len(span)), (span, n_spans + stratum)), shape=(n_spans + n_strata,) * 2)
    used = np.unique(span)
    if len(np.unique(connected_components(links, directed=False)[1][used])) > 1:
        return np.full(n_spans, np.nan), np.full((n_spans, n_spans), np.nan)
    cell, at = np.unique(span * n_strata + stratum, return_inverse=True)
    counted, x = np.bincount(at, weight * tries), np.bincount(at, weight * hits)
    strata = np.unique(stratum)
    columns = np.hstack([_marks(cell // n_strata, used), _marks(cell % n_strata, strata)[:, 1:]])
    columns[:, 0] = 1
    effects, chance = fit_chances(columns, x, counted)
    light = np.diag(np.r_[1e-9, np.full(len(effects) - 1, LIGHT)])
    spread = np.linalg.inv(columns.T @ (columns * (counted * chance * (1 - chance))[:, None]) + light)
    mix = np.bincount(stratum, tries)[strata] / tries.sum()
    alike, slopes = np.full(n_spans, np.nan), np.full((n_spans, len(effects)), np.nan)
    for place, each in enumerate(used):
        rows = np.hstack([np.zeros((len(strata), len(used))), _marks(strata, strata)[:, 1:]])
        rows[:, 0], rows[:, place] = 1, 1
        rates = 1 / (1 + np.exp(-(rows @ effects)))
        alike[each] = rates @ mix
        slopes[each] = (mix * rates * (1 - rates)) @ rows
    return alike, slopes @ spread @ slopes.T


def _marks(places: np.ndarray, known: np.ndarray) -> np.ndarray:
    return (places[:, None] == known).astype(float)
