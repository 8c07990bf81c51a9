"""Charts of links: a likely range on a strip from negative to very strong, for one KPI or one below the other."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping

import altair as alt
import pandas as pd

from workbench.charts.evidence import LINE
from workbench.charts.layers import layered
from workbench.charts.palette import MUTED, VERDICTS
from workbench.evidence.report import Evidence, KpiEvidence
from workbench.evidence.verdict import Fact
from workbench.scoring.correlation import Correlation
from workbench.words.evidence_parts import link_question_words
from workbench.words.links import has_interval, link_figures, link_words

HEIGHT = 66  # with the axis
MARKS = {-0.6: "negative", 0: "weak", 0.3: "moderate", 0.5: "strong", 0.7: "very strong"}
"""Each name stands where its part of the strip begins."""
_X = alt.Scale(domain=[-0.6, 1], clamp=True, nice=False)


def link_behind(one: KpiEvidence, fact: Fact) -> Correlation:
    """The link that a fact is about: across reps, or within reps at the clearest delay."""
    found = one.findings
    return found.validity.across_reps if _is_across_reps(one, fact) else found.link_within_reps


def link_compared(one: KpiEvidence, fact: Fact, grain: str) -> str:
    """Which question the link behind a fact answers: ``Same rep, 1 month later``."""
    return link_question_words(_is_across_reps(one, fact), one.findings.lead.best_lag or 0, grain)


def _is_across_reps(one: KpiEvidence, fact: Fact) -> bool:
    return one.findings.scope == "one period" or fact == "trait"


def link_strip(link: Correlation, smallest: float) -> alt.LayerChart:
    """The likely range of a link as a bar and the estimate as a dot; in the grey band it is too small to matter."""
    named = json.dumps({f"{at:g}": name for at, name in MARKS.items()})
    axis = alt.Axis(values=list(MARKS), labelExpr=f"{named}[datum.value]", labelAlign="left", labelOverlap="greedy",
                    labelFontSize=13, grid=True, ticks=False, domain=False, title=None)  # fmt: skip
    known = [{"low": link.low, "high": link.high, "rho": link.rho}] if has_interval(link) else []
    rows = pd.DataFrame(known, columns=["low", "high", "rho"])
    band = alt.Chart(pd.DataFrame({"from": [-smallest], "to": [smallest]})).mark_rect(color=MUTED, opacity=0.22)
    base = alt.Chart(rows)
    return layered(
        band.encode(x=alt.X("from:Q", scale=_X, axis=axis), x2=alt.X2("to:Q")),
        base.mark_rule(strokeWidth=6, strokeCap="round", color=LINE, opacity=0.75).encode(
            x=alt.X("low:Q", scale=_X, axis=axis), x2=alt.X2("high:Q")
        ),
        base.mark_point(size=130, filled=True, color=LINE, opacity=1).encode(x=alt.X("rho:Q", scale=_X, axis=axis)),
    ).properties(height=HEIGHT)


def link_strip_alt(link: Correlation, compared: str) -> str:
    """The strip in words, from the values drawn; ``compared``: which question it answers."""
    figures = f": {link_figures(link)}" if math.isfinite(link.rho) else ""
    return f"{compared}: {link_words(link)}{figures}."


def verdict_links_chart(found: Evidence, facts: Mapping[str, Fact]) -> alt.LayerChart:
    """A row per KPI with its verdict: the likely range of the link behind it; ``facts`` that decided by KPI name."""
    named = json.dumps({f"{at:g}": name for at, name in MARKS.items()})
    axis = alt.Axis(values=list(MARKS), labelExpr=f"{named}[datum.value]", labelAlign="left", labelOverlap="greedy",
                    grid=True, ticks=False, domain=False, title=None)  # fmt: skip
    rows = _verdict_rows(found, facts)
    kpis = alt.Axis(ticks=False, domain=False, labelLimit=300, labelFontSize=15, labelExpr="split(datum.value, '\\n')")
    shown = [name for name in VERDICTS if name in set(rows["verdict"])]
    base = alt.Chart(rows, height=alt.Step(72)).encode(
        y=alt.Y("label:N", sort=None, title=None, axis=kpis),
        color=alt.Color("verdict:N", legend=None,
                        scale=alt.Scale(domain=shown, range=[VERDICTS[name] for name in shown])),
        tooltip=[alt.Tooltip("kpi:N", title="KPI"), alt.Tooltip("verdict:N", title="Verdict"),
                 alt.Tooltip("compared:N", title="Compared"), alt.Tooltip("said:N", title="Link")],
    )  # fmt: skip
    return layered(
        base.transform_filter("isValid(datum.low)")
        .mark_rule(strokeWidth=6, strokeCap="round", opacity=0.75)
        .encode(x=alt.X("low:Q", scale=_X, axis=axis), x2=alt.X2("high:Q")),
        base.mark_point(size=130, filled=True, opacity=1).encode(x=alt.X("rho:Q", scale=_X, axis=axis)),
    ).properties(data=rows)


def verdict_links_alt(found: Evidence, facts: Mapping[str, Fact]) -> str:
    """The rows in words, from the values drawn."""
    rows = _verdict_rows(found, facts).to_dict("records")
    said = (f"{row['kpi']}, {row['verdict']}, {row['said']} ({row['compared'].lower()})" for row in rows)
    return f"Verdicts and links: {'; '.join(said)}."


def _verdict_rows(found: Evidence, facts: Mapping[str, Fact]) -> pd.DataFrame:
    rows = []
    for one in found.kpis:
        link, verdict = link_behind(one, facts[one.kpi]), one.verdict.name
        compared = link_compared(one, facts[one.kpi], found.grain)
        low, high = (link.low, link.high) if has_interval(link) else (math.nan, math.nan)
        rows.append({"kpi": one.kpi, "verdict": verdict, "low": low, "high": high, "rho": link.rho,
                     "label": f"{one.kpi}: {verdict}\n{compared}", "compared": compared,
                     "said": link_words(link)})  # fmt: skip
    return pd.DataFrame(rows)
