"""Layer charts over one another."""

from __future__ import annotations

import altair as alt

LAST_LABEL = {"left": 5, "top": 5, "bottom": 5, "right": 14}
"""Padding that leaves room for half of the last label of an axis."""


def layered(*charts: alt.Chart | alt.LayerChart) -> alt.LayerChart:
    """Layer charts, the first at the bottom. Altair's own ``layer`` facets charts that name facets."""
    return alt.LayerChart(layer=list(charts))
