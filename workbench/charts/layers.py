"""Charts drawn over one another."""

from __future__ import annotations

import altair as alt


def layered(*charts: alt.Chart | alt.LayerChart) -> alt.LayerChart:
    """The first chart at the bottom. Altair's own ``layer`` makes a chart in panels of charts that name panels."""
    return alt.LayerChart(layer=list(charts))
