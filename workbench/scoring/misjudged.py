"""Rep-periods that score and goal judge, those furthest from the goal's target first."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

DISAGREEING_KINDS = ("box_ticker", "unsung_seller")


def furthest_from_target(rep_periods: pd.DataFrame, kinds: Collection[str] = DISAGREEING_KINDS) -> pd.DataFrame:
    """The rows of some kinds, ordered by |goal ÷ target − 1|, the largest first.

    ``rep_periods``: one row per rep-period with ``kind``, ``goal`` and ``goal_target``, as ``classify_rep_periods``.
    """
    rows = rep_periods[rep_periods["kind"].isin(kinds)]
    far = (rows["goal"] / rows["goal_target"] - 1).abs()
    return rows.loc[far.sort_values(ascending=False).index]
