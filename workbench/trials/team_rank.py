"""One team against a few others: a counterfactual mixed from them, and the rank of its gap (Abadie et al. 2010)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import nnls

from workbench.trials.trial_finding import TeamRank

FEWEST_TEAMS = 3
"""Teams to compare one team with."""
_SUM = 1e4


@dataclass(frozen=True, eq=False)
class MixedTeams:
    """The treated team's counterfactual, (T,), and its rank."""

    expected: np.ndarray
    rank: TeamRank


def rank_one_team(
    values: np.ndarray, treated: np.ndarray, names: np.ndarray, before: np.ndarray, after: np.ndarray
) -> MixedTeams | None:
    """Mix the counterfactual of the one treated team, do the same for every other team, and rank the gaps.

    A gap is the root mean square after the start ÷ that before it, so that a team that is matched badly does not seem
    changed; the treated team is no part of the others' mixes. Every team is taken from its own level before, so that
    none lies outside the others' reach (Ferman & Pinto 2021). The conformal p shifts blocks of the gaps under no
    effect (Chernozhukov, Wüthrich & Zhu 2021).

    Parameters
    ----------
    values : (U, T) by team and period, NaN where missing. treated : (U,) bool, one of them. before, after : (T,) bool.

    Returns
    -------
    MixedTeams or None
        None with fewer than three other teams, or without a period in which all have values, before and after.
    """
    whole = np.isfinite(values).all(axis=0)
    early, late = before & whole, after & whole
    if treated.sum() != 1 or len(values) < FEWEST_TEAMS + 1 or early.sum() < 2 or not late.any():
        return None
    me = int(np.flatnonzero(treated)[0])
    levels = values[:, early].mean(axis=1)
    values = values - levels[:, None]
    mixes = [_mix(values, team, early, ~treated) for team in range(len(values))]
    size = float(np.abs(levels).mean())
    ratios = [_ratio(values[team] - mix @ values, early, late, size) for team, mix in enumerate(mixes)]
    rank = 1 + sum(ratio > ratios[me] for team, ratio in enumerate(ratios) if team != me)
    donors = tuple((str(names[team]), float(mixes[me][team])) for team in range(len(values)) if team != me)
    found = TeamRank(rank, len(values), _conformal(values, me, early | late, late), donors)
    return MixedTeams(np.where(whole, levels[me] + mixes[me] @ np.nan_to_num(values), np.nan), found)


def _mix(values: np.ndarray, team: int, early: np.ndarray, donors: np.ndarray) -> np.ndarray:
    """Return (U,) shares of the donors, none negative, of sum 1, that come nearest before the start."""
    others = donors & (np.arange(len(values)) != team)
    size = max(float(np.abs(values[:, early]).mean()), 1e-300)
    rows = np.vstack([values[others][:, early].T / size, np.full((1, int(others.sum())), _SUM)])
    shares, _ = nnls(rows, np.append(values[team, early] / size, _SUM))
    out = np.zeros(len(values))
    out[others] = shares / max(shares.sum(), 1e-300)
    return out


def _ratio(gap: np.ndarray, early: np.ndarray, late: np.ndarray, size: float) -> float:
    floor = (1e-6 * size) ** 2
    return float(np.sqrt((gap[late] ** 2).mean() / max((gap[early] ** 2).mean(), floor)))


def _conformal(values: np.ndarray, me: int, used: np.ndarray, late: np.ndarray) -> float:
    """Return the share of circular shifts of the gaps with as large a mean gap in the last periods."""
    mix = _mix(values, me, used, np.ones(len(values), dtype=bool))
    gap = (values[me] - mix @ np.nan_to_num(values))[used]
    n_late = int(late[used].sum())
    found = np.array([np.abs(np.roll(gap, shift)[-n_late:]).mean() for shift in range(len(gap))])
    return float(np.mean(found >= found[0] * (1 - 1e-9)))
