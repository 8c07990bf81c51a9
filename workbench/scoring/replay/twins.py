"""Pair reps of different styles who sell about the same."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbench.data.model.panel import REP
from workbench.scoring.replay.styles import StyleComparison

MOST = 6
ALMOST_EQUAL = 0.1  # of the larger amount


def pair_twins(guard: StyleComparison, most: int = MOST) -> pd.DataFrame:
    """Pair reps of the favoured style with reps of the others who sold about the same.

    Returns
    -------
    DataFrame
        ``rep``, ``style``, ``goal``, ``score`` of a rep, the same with ``other_`` of the rep of the favoured style
        nearest in the goal, at most a tenth apart, and ``taken``, the points between them; the nearest pairs first,
        each rep of the favoured style beside one only. No rows without styles to compare.
    """
    columns = [REP, "style", "goal", "score"]
    sides = [*columns, *(f"other_{name}" for name in columns), "taken"]
    if guard.styles.empty:
        return pd.DataFrame(columns=sides)
    favoured = guard.styles["style"].iloc[0]
    known = guard.reps[guard.reps["style"].isin(guard.styles["style"])][columns].dropna()
    first, others = known[known["style"] == favoured], known[known["style"] != favoured]
    pairs = [
        (*others.iloc[a], *first.iloc[b]) for a, b in _pair_nearest(others["goal"].to_numpy(), first["goal"].to_numpy())
    ]
    found = pd.DataFrame(pairs, columns=sides[:-1])
    apart, larger = (found["goal"] - found["other_goal"]).abs(), found[["goal", "other_goal"]].abs().max(axis=1)
    found = found[apart <= ALMOST_EQUAL * larger].head(most).reset_index(drop=True)
    return found.assign(taken=found["other_score"] - found["score"])


def _pair_nearest(a: np.ndarray, b: np.ndarray) -> list[tuple[int, int]]:
    """Pair indices of a and b one to one, the smallest distance first."""
    apart, pairs = np.abs(a[:, None] - b), []
    for _ in range(min(apart.shape)):
        i, j = np.unravel_index(np.argmin(apart), apart.shape)
        pairs.append((int(i), int(j)))
        apart[i], apart[:, j] = np.inf, np.inf
    return pairs
