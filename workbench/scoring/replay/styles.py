"""Compare selling styles at equal sales: how many points each style loses, and through which KPI."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.data.model.panel import REP
from workbench.scoring.history import History, formula_kpis
from workbench.scoring.scorecard import compute_contributions

STANDS_OUT = 1.5
LEAST_REPS = 3
LEAST_POINTS = 5.0
ALPHA = 0.05
DRAWS = 999
SEED = 20170101
NO_STYLE = "no one way"
SAME = 1e-9


@dataclass(frozen=True, eq=False)
class StyleComparison:
    """The comparison of selling styles under a scorecard.

    Attributes
    ----------
    reps : one row per rep: ``rep``, ``style``, ``goal``, ``score``, and one ``mix·NAME`` column per activity: the
        rep's amount ÷ the team's average.
    styles : one row per style, most favoured first: ``style``, ``n_reps``, ``goal`` (average), ``score`` (average),
        ``at_equal_sales`` (the score its reps would have if all styles sold the same), ``taken`` (points below the
        most favoured style), and one ``taken·KPI`` column per KPI, adding up to ``taken``.
    cause : the KPI that carries most of the differences, None if there are none; ``share`` how much of them.
    p : share of reshuffles of reps between styles with differences at least as large; NaN with fewer than two styles.
    """

    reps: pd.DataFrame
    styles: pd.DataFrame
    cause: str | None
    share: float
    p: float

    @property
    def raised(self) -> bool:
        """Whether a style loses at least five points at equal sales, beyond chance."""
        return bool(self.p <= ALPHA) and bool(self.styles["taken"].max() >= LEAST_POINTS)

    @property
    def muted(self) -> tuple[str, ...]:
        """The styles that lose at least five points, if that is beyond chance."""
        losing = self.styles[self.styles["taken"] >= LEAST_POINTS]
        return tuple(losing["style"]) if self.raised else ()


def compare_styles(scored: History, activities: Sequence[str] | None = None, draws: int = DRAWS) -> StyleComparison:
    """Compare selling styles at equal sales.

    A rep's style is the activity of which they do most, compared with the team's average, if that is at least half as
    much again; otherwise they have none and are left out of the comparison, as are styles of fewer than three reps.
    Scores are levelled to equal sales with one common slope for all styles.

    Parameters
    ----------
    activities : names of formulas of the design, parts of composites included; default all where more is better.
    """
    reps = _activity_mixes(scored, activities)
    kept = reps.groupby("style")["style"].transform("size") >= LEAST_REPS
    kept &= (reps["style"] != NO_STYLE) & reps["score"].notna() & reps["goal"].notna()
    names = sorted(reps["style"][kept].unique())
    if len(names) < 2 or kept.sum() < len(names) + 3:
        empty = pd.DataFrame(columns=["style", "n_reps", "goal", "score", "at_equal_sales", "taken"])
        return StyleComparison(reps, empty, None, np.nan, np.nan)
    rows = np.flatnonzero(kept)
    member = reps["style"].to_numpy(dtype=object)[rows][:, None] == np.array(names, dtype=object)
    goal, score = scored.reps.goal[rows], scored.reps.score[rows]
    _, parts = compute_contributions(
        scored.reps.points[rows], [k.weight for k in scored.design.kpis], scored.design.scoring
    )
    levels, part_levels = (
        _levels_at_equal_sales(member, goal, score[:, None])[:, 0],
        _levels_at_equal_sales(member, goal, parts),
    )
    styles = _style_table(scored, names, member, goal, score, levels, part_levels)
    cause, share = _decisive_kpi(scored, member, levels, part_levels)
    return StyleComparison(reps, styles, cause, share, _permutation_p(member, goal, score, draws))


def _activity_mixes(scored: History, activities: Sequence[str] | None) -> pd.DataFrame:
    leaves = formula_kpis(scored.design)
    chosen = [
        i for i, leaf in enumerate(leaves)
        if leaf.formula and (leaf.direction == "higher" if activities is None else leaf.name in activities)
    ]  # fmt: skip
    values = scored.reps.values[:, chosen]
    usual = np.array(
        [column[np.isfinite(column)].mean() if np.isfinite(column).any() else np.nan for column in values.T]
    )
    mix = np.divide(values, usual, out=np.full(values.shape, np.nan), where=usual > 0)
    filled = np.nan_to_num(mix, nan=-np.inf)
    names = np.array([leaves[i].name for i in chosen] or [NO_STYLE], dtype=object)
    most = filled.argmax(axis=1) if chosen else 0
    stands_out = filled.max(axis=1, initial=-np.inf) >= STANDS_OUT
    columns = {f"mix·{leaves[i].name}": mix[:, at] for at, i in enumerate(chosen)}
    return pd.DataFrame(
        {REP: scored.reps.keys[REP], "style": np.where(stands_out, names[most], NO_STYLE), "goal": scored.reps.goal,
         "score": scored.reps.score, **columns}
    )  # fmt: skip


def _levels_at_equal_sales(member: np.ndarray, goal: np.ndarray, outcome: np.ndarray) -> np.ndarray:
    """Return (styles, outcomes) levels at the average goal: least squares on styles and one common slope."""
    design = np.column_stack([member, (goal - goal.mean()) / (goal.std() or 1)])
    return np.linalg.lstsq(design, outcome, rcond=None)[0][:-1]


def _style_table(
    scored: History,
    names: list[str],
    member: np.ndarray,
    goal: np.ndarray,
    score: np.ndarray,
    levels: np.ndarray,
    part_levels: np.ndarray,
) -> pd.DataFrame:
    best, sizes = int(np.argmax(levels)), member.sum(axis=0)
    taken = {f"taken·{kpi.name}": part_levels[best, k] - part_levels[:, k] for k, kpi in enumerate(scored.design.kpis)}
    table = pd.DataFrame(
        {"style": names, "n_reps": sizes, "goal": goal @ member / sizes, "score": score @ member / sizes,
         "at_equal_sales": levels, "taken": levels[best] - levels, **taken}
    )  # fmt: skip
    return table.sort_values("taken", ignore_index=True)


def _decisive_kpi(
    scored: History, member: np.ndarray, levels: np.ndarray, part_levels: np.ndarray
) -> tuple[str | None, float]:
    """Return the KPI with the largest share of the variance between styles (shares add up to 1)."""
    if np.ptp(levels) < SAME:
        return None, np.nan
    sizes = member.sum(axis=0)
    apart = (levels - np.average(levels, weights=sizes)) * sizes
    shares = part_levels.T @ apart / (levels @ apart)
    most = int(np.argmax(shares))
    return scored.design.kpis[most].name, float(shares[most])


def _permutation_p(member: np.ndarray, goal: np.ndarray, score: np.ndarray, draws: int) -> float:
    """Return p of the differences between styles, by permuting residuals between reps (Freedman & Lane 1983)."""

    def spread(outcomes: np.ndarray) -> np.ndarray:
        levels = _levels_at_equal_sales(member, goal, outcomes)
        mean = np.average(levels, axis=0, weights=member.sum(axis=0))
        return member.sum(axis=0) @ (levels - mean) ** 2

    slope = np.column_stack([np.ones(len(goal)), goal])
    explained = slope @ np.linalg.lstsq(slope, score, rcond=None)[0]
    rest = score - explained
    orders = np.argsort(np.random.default_rng(SEED).random((len(rest), draws)), axis=0)
    drawn = spread(explained[:, None] + rest[orders])
    return float((1 + np.sum(drawn >= spread(score[:, None])[0] - SAME)) / (1 + draws))
