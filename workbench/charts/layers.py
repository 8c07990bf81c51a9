"""Layer charts over one another."""

from __future__ import annotations

import altair as alt


def layered(*charts: alt.Chart | alt.LayerChart) -> alt.LayerChart:
    """Layer charts, the first at the bottom. Altair's own ``layer`` facets charts that name facets."""
    return alt.LayerChart(layer=list(charts))
