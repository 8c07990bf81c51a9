"""Rates of reps like for like: within strata and months, standardised to the team's mix."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

ROUNDS, EXACT = 30, 1e-6
LIGHT = 1e-3  # precision (log-odds) that keeps the effect of a rep without successes finite
OWN_STRATA = 0.5  # of the reps: with more groups of strata than that, strata belong to reps


def mantel_haenszel(hits: np.ndarray, tries: np.ndarray, other_hits: np.ndarray, other_tries: np.ndarray) -> float:
    """Return the odds ratio of one group against another over (strata,); NaN where no stratum has both.

    Mantel & Haenszel (1959).
    """
    total = tries + other_tries
    there = total > 0
    n = np.where(there, total, 1.0)
    above = np.sum(hits * (other_tries - other_hits) / n)
    below = np.sum(other_hits * (tries - hits) / n)
    return float(above / below) if below > 0 else float("nan")


@dataclass(frozen=True, eq=False)
class CellLayout:
    """The cells of one phase, and which of their effects can be told apart.

    Attributes
    ----------
    rep, stratum, month : (cells,) places. n_reps : how many reps. group : (reps,) reps of one group can be compared;
        they share strata with one another. own_strata : the strata belong to reps, so that they explain nothing: they
        are left out of the comparison, and vary at random within a rep.
    nuisance : (cells, columns) what a call's chance depends on beside its rep: strata and months, first column 1.
    """

    rep: np.ndarray
    stratum: np.ndarray
    month: np.ndarray
    n_reps: int
    group: np.ndarray
    own_strata: bool
    nuisance: np.ndarray

    @property
    def reps(self) -> np.ndarray:
        """(cells, reps) whose cell it is."""
        return (self.rep[:, None] == np.arange(self.n_reps)).astype(float)


def lay_out(rep: np.ndarray, stratum: np.ndarray, month: np.ndarray, n_reps: int, tries: np.ndarray) -> CellLayout:
    """Look which reps share strata, and build the columns of what else a chance depends on."""
    worked = tries > 0
    n_strata = int(stratum.max()) + 1
    links = coo_array((np.ones(worked.sum()), (rep[worked], n_reps + stratum[worked])), shape=(n_reps + n_strata,) * 2)
    group = connected_components(links, directed=False)[1][:n_reps]
    own = n_strata > 1 and len(np.unique(group)) > OWN_STRATA * n_reps
    parts = [np.ones((len(rep), 1))]
    if not own:
        parts.append(_dummies(stratum))
    parts.append(_dummies(month))
    return CellLayout(rep, stratum, month, n_reps, np.zeros(n_reps, int) if own else group, own, np.hstack(parts))


def _dummies(places: np.ndarray) -> np.ndarray:
    return (places[:, None] == np.unique(places)[1:]).astype(float)


def fit_chances(columns: np.ndarray, hits: np.ndarray, tries: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Fit a logistic model; return (columns,) effects and (cells,) chances.

    Newton's method on grouped binomial counts, all effects but the first lightly drawn to 0 (``LIGHT``).
    """
    start = (hits.sum() + 0.5) / (tries.sum() + 1)
    effects = np.zeros(columns.shape[1])
    effects[0] = np.log(start / (1 - start))
    light = np.full(len(effects), LIGHT)
    light[0] = 1e-9
    chance = np.full(len(tries), start)
    for _ in range(ROUNDS):
        weight = tries * chance * (1 - chance)
        slope = columns.T @ (hits - tries * chance) - light * effects
        step = np.linalg.solve(columns.T @ (columns * weight[:, None]) + np.diag(light), slope)
        effects = effects + np.clip(step, -2, 2)
        chance = 1 / (1 + np.exp(-np.clip(columns @ effects, -30, 30)))
        if np.abs(step).max() < EXACT:
            break
    return effects, chance


def adjust_rates(layout: CellLayout, hits: np.ndarray, tries: np.ndarray, mix: np.ndarray) -> np.ndarray:
    """Return (reps,) each rep's rate on the mix of strata and months that the whole team worked; NaN without attempts.

    Logistic regression with effects of reps, strata and months, directly standardised to the team's mix (Lane & Nelder
    1982). Reps are compared with reps of their group alone: groups are taken to be alike.

    Parameters
    ----------
    hits, tries : (cells,) as they count. mix : (cells,) calls, the team's mix.
    """
    effects, _ = fit_chances(np.hstack([layout.nuisance, layout.reps]), hits, tries)
    n_other = layout.nuisance.shape[1]
    mine, attempts = effects[n_other:], tries @ layout.reps
    same = (layout.group[:, None] == layout.group) * attempts
    level = (same @ mine) / np.maximum(same.sum(axis=1), 1e-9)
    base = layout.nuisance @ effects[:n_other] + level[layout.rep]
    logits = base[None, :] + (mine - level)[:, None]
    rates = (1 / (1 + np.exp(-np.clip(logits, -30, 30)))) @ mix / mix.sum()
    return np.where(attempts > 0, rates, np.nan)
