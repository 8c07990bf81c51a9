"""Chart of one link: its likely range on a strip from negative to very strong."""

from __future__ import annotations

import json
import math

import altair as alt
import pandas as pd

from workbench.charts.evidence import LINE, link_within_reps
from workbench.charts.layers import layered
from workbench.charts.palette import MUTED
from workbench.evidence.report import KpiEvidence
from workbench.evidence.verdict import Fact
from workbench.scoring.correlation import Correlation
from workbench.words.links import has_interval, link_figures, link_words

HEIGHT = 66  # with the axis
MARKS = {-0.6: "negative", 0: "weak", 0.3: "moderate", 0.5: "strong", 0.7: "very strong"}
"""Each name stands where its part of the strip begins."""
_X = alt.Scale(domain=[-0.6, 1], clamp=True, nice=False)


def link_behind(one: KpiEvidence, fact: Fact) -> Correlation:
    """The link that a fact is about: across reps, or within reps at the clearest delay."""
    found = one.findings
    if found.scope == "one period" or fact == "trait":
        return found.validity.across_reps
    return link_within_reps(found)


def link_strip(link: Correlation, smallest: float) -> alt.LayerChart:
    """The likely range of a link as a bar and the estimate as a dot; in the grey band it is too small to matter."""
    named = json.dumps({f"{at:g}": name for at, name in MARKS.items()})
    axis = alt.Axis(values=list(MARKS), labelExpr=f"{named}[datum.value]", labelAlign="left", labelOverlap=False,
                    labelFontSize=12, grid=True, ticks=False, domain=False, title=None)  # fmt: skip
    known = [{"low": link.low, "high": link.high, "rho": link.rho}] if has_interval(link) else []
    rows = pd.DataFrame(known, columns=["low", "high", "rho"])
    band = alt.Chart(pd.DataFrame({"from": [-smallest], "to": [smallest]})).mark_rect(color=MUTED, opacity=0.22)
    base = alt.Chart(rows)
    return layered(
        band.encode(x=alt.X("from:Q", scale=_X, axis=axis), x2="to:Q"),
        base.mark_rule(strokeWidth=6, strokeCap="round", color=LINE, opacity=0.75).encode(
            x=alt.X("low:Q", scale=_X, axis=axis), x2="high:Q"
        ),
        base.mark_point(size=130, filled=True, color=LINE, opacity=1).encode(x=alt.X("rho:Q", scale=_X, axis=axis)),
    ).properties(height=HEIGHT)


def link_strip_alt(link: Correlation) -> str:
    """The strip in words, from the values drawn."""
    figures = f": {link_figures(link)}" if math.isfinite(link.rho) else ""
    return f"{link_words(link).capitalize()}{figures}."
