"""Sort rep-periods by their distance to the goal's target."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

DISAGREEING_KINDS = ("box_ticker", "unsung_seller")


def sort_by_distance_to_target(rep_periods: pd.DataFrame, kinds: Collection[str] = DISAGREEING_KINDS) -> pd.DataFrame:
    """Return the rows of some kinds, sorted by |goal ÷ target − 1|, the largest first.

    ``rep_periods``: one row per rep-period with ``kind``, ``goal`` and ``goal_target``, as ``classify_rep_periods``.
    """
    rows = rep_periods[rep_periods["kind"].isin(kinds)]
    far = (rows["goal"] / rows["goal_target"] - 1).abs()
    return rows.loc[far.sort_values(ascending=False).index]
