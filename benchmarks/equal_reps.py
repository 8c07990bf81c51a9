"""How often equal reps are told apart, and how often a rep's range holds the true rank, in teams drawn anew."""

from __future__ import annotations

import numpy as np
from scipy import stats

from workbench.weights.multiple_comparisons import critical_distances, is_proven_above, rank_intervals
from workbench.weights.score_spread import ScoreSpread, spread_from_month_parts

NAME = "equal-reps"
HELP = "false pairs among equal reps at 12 and 24 months, and coverage of each rep's range, 1,000 teams a world"
TEAMS, REPS, SEED = 1000, 20, 41
MONTHS = (12, 24)
WORLDS = {"independent months": (0.0, 0.0, 0), "memory .3": (0.3, 0.0, 0), "memory .5": (0.5, 0.0, 0),
          "memory .3, uneven reps": (0.3, 0.4, 0), "memory .3, a third joins late": (0.3, 0.0, 1),
          "memory .5, uneven, heavy tails": (0.5, 0.4, 2)}  # fmt: skip
SKILL, NOISE, RANGED = 0.15, 0.2, 100


def run() -> str:
    """A line per world."""
    lines = ["world                            any false pair at 12 / 24 months   range holds the true rank at 12 / 24 "
             "  pairs told apart at 12 / 24   of those in the wrong order"]  # fmt: skip
    for place, (name, world) in enumerate(WORLDS.items()):
        rng = np.random.default_rng([SEED, place])
        false = [false_pairs(rng, TEAMS, months, *world) for months in MONTHS]
        held = [ranges_and_pairs(rng, RANGED, months, *world) for months in MONTHS]
        lines.append(f"{name:32} {false[0]:22.3f} / {false[1]:.3f} {held[0][0]:34.3f} / {held[1][0]:.3f} "
                     f"{held[0][1]:21.3f} / {held[1][1]:.3f} {held[0][2]:21.4f} / {held[1][2]:.4f}")  # fmt: skip
    return "\n".join(lines)


def false_pairs(rng: np.random.Generator, teams: int, months: int, memory: float, uneven: float, kind: int) -> float:
    """Share of teams of equal reps in which any pair is told apart."""
    found = scores(rng, np.zeros((teams, REPS)), months, memory, uneven, kind)
    return float(is_proven_above(found.level, found.variance, found.score, found.free).any(axis=(1, 2)).mean())


def ranges_and_pairs(
    rng: np.random.Generator, teams: int, months: int, memory: float, uneven: float, kind: int
) -> tuple[float, float, float]:
    """Share of ranges that hold the true rank, of pairs told apart, and of these in the wrong order."""
    skill = rng.normal(0, SKILL, (teams, REPS))
    found = scores(rng, skill, months, memory, uneven, kind)
    true, held = stats.rankdata(-skill, axis=1), []
    for team in range(teams):
        one = found.level[team], found.variance[team]
        level, variance = (each[None] for each in one)
        low, high = rank_intervals(level, variance, found.score[team][None], critical_distances(*one, found.free))
        held.append(np.mean((low[0] <= true[team]) & (true[team] <= high[0])))
    told = is_proven_above(found.level, found.variance, found.score, found.free)
    wrong = (told & (true[:, :, None] > true[:, None, :])).sum() / max(told.sum(), 1)
    return float(np.mean(held)), float(told.sum() / (teams * REPS * (REPS - 1) / 2)), float(wrong)


def scores(
    rng: np.random.Generator, skill: np.ndarray, months: int, memory: float, uneven: float, kind: int
) -> ScoreSpread:
    """Log-normal monthly scores of (teams, reps) reps with a common season; the spread is that of their averages.

    ``uneven`` is the spread of reps' own noise; ``kind`` 1: a third of the reps joins after a third of the time, 2: t₄.
    """
    shape = (*skill.shape, months + 20)
    noise = rng.standard_t(4, shape) / np.sqrt(2) if kind == 2 else rng.normal(size=shape)
    for at in range(1, shape[2]):
        noise[..., at] = memory * noise[..., at - 1] + np.sqrt(1 - memory**2) * noise[..., at]
    own = NOISE * np.exp(rng.normal(0, uneven, skill.shape))[..., None] if uneven else NOISE
    season = 0.2 * np.sin(2 * np.pi * np.arange(months) / 12)
    values = np.clip(np.exp(skill[..., None] + own * np.clip(noise[..., -months:], -6, 6) + season - own**2 / 2), 0, 9)
    if kind == 1:
        values[:, : skill.shape[1] // 3, : months // 3] = np.nan
    count, total = np.isfinite(values).sum(axis=-1, keepdims=True), np.nansum(values, axis=-1, keepdims=True)
    score = np.log(total / count)
    return spread_from_month_parts(count * score - (count - 1) * np.log((total - values) / (count - 1)), score[..., 0])
