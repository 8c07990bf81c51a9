"""A bar per KPI for a share from 0 to 100%."""

from __future__ import annotations

import math
from collections.abc import Mapping

import altair as alt
import pandas as pd

from workbench.charts.layers import layered
from workbench.words.numbers import percent

ROW = 34


def share_bars_chart(shares: Mapping[str, float], colours: Mapping[str, str], title: str, ink: str) -> alt.LayerChart:
    """The KPIs in the order given; a KPI whose share is not known (NaN) has no bar and says so."""
    rows = _share_rows(shares)
    scale = alt.Scale(domain=list(shares), range=[colours[name] for name in shares])
    base = alt.Chart(rows, height=alt.Step(ROW)).encode(
        y=alt.Y("kpi:N", sort=None, title=None,
                axis=alt.Axis(ticks=False, domain=False, labelLimit=220, labelFontSize=15)),
        x=alt.X("drawn:Q", title=title, scale=alt.Scale(domain=[0, 1.12], nice=False),
                axis=alt.Axis(format="~%", values=[0, 0.25, 0.5, 0.75, 1])),
        tooltip=[alt.Tooltip("kpi:N", title="KPI"), alt.Tooltip("said:N", title="Share")],
    )  # fmt: skip
    bars = base.mark_bar(cornerRadiusEnd=3).encode(color=alt.Color("kpi:N", scale=scale, legend=None))
    said = base.mark_text(align="left", dx=6, fontSize=14, color=ink).encode(text=alt.Text("said:N"))
    return layered(bars, said).properties(data=rows)


def share_bars_alt(shares: Mapping[str, float], title: str) -> str:
    """The bars in words, from the values drawn."""
    said = ", ".join(f"{row['kpi']} {row['said']}" for row in _share_rows(shares).to_dict("records"))
    return f"{title}: {said}."


def _share_rows(shares: Mapping[str, float]) -> pd.DataFrame:
    known = [math.isfinite(share) for share in shares.values()]
    said = [percent(share) if there else "not known" for share, there in zip(shares.values(), known, strict=True)]
    drawn = [share if there else 0.0 for share, there in zip(shares.values(), known, strict=True)]
    return pd.DataFrame({"kpi": list(shares), "drawn": drawn, "said": said})
