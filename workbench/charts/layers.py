"""Layer charts over one another, and keep real names out of what they draw from."""

from __future__ import annotations

import altair as alt
import pandas as pd

from workbench.data.model.panel import REP

LAST_LABEL = {"left": 5, "top": 5, "bottom": 5, "right": 14}
"""Padding that leaves room for half of the last label of an axis."""

FOUR_OR_FEWER = alt.ExprRef("width < 300 ? 1 : width < 500 ? 2 : 4")
"""Columns of a legend of four entries, by the width of the picture: on a phone it would be cut."""


def layered(*charts: alt.Chart | alt.LayerChart) -> alt.LayerChart:
    """Layer charts, the first at the bottom. Altair's own ``layer`` facets charts that name facets."""
    return alt.LayerChart(layer=list(charts))


def as_shown(drawn: pd.DataFrame) -> pd.DataFrame:
    """Drop the reps' real names, which anybody could download; pictures know reps by ``name``, as shown."""
    return drawn.drop(columns=REP, errors="ignore")
