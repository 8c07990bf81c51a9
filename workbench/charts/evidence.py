"""Charts of the evidence: forest of intervals, links by lag, heat map over time, links by segment."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from workbench.charts.coverage import axis_labels
from workbench.charts.layers import layered
from workbench.charts.palette import BETTER, BOX_TICKER, HIT_BOTH, INK, MUTED
from workbench.data.model.dataset import Grain
from workbench.evidence.report import Evidence, KpiEvidence
from workbench.evidence.shared_shocks import stretch_link
from workbench.scoring.correlation import Correlation
from workbench.words.links import link_small_print
from workbench.words.numbers import pluralize, signed_number
from workbench.words.panels import period_name

LINE = "#1F8FC4"  # stands out on light and on dark
READINGS = {"across": "across reps", "within": "within reps", "next": "next {grain}, pooled",
            "given": "given the others"}  # fmt: skip
COLOURS = {"across": "#E69F00", "within": LINE, "next": BETTER, "given": "#8C6BB1"}
HEAT_KEY = alt.Legend(orient="top", direction="horizontal", gradientLength=200, titleOrient="left")
LINK = alt.Scale(domain=[-1, 1])
ROW, HEAT_ROW, AXES, KEY, SMALL = 118, 34, 70, 50, 380
MOST_LABELS = 18
ROOM = 0.45  # a line that ends before it leaves room for its name
NAME_PLACES: dict[str, dict[str, Any]] = {
    "after": {"end": "high", "align": "left", "dx": 9, "baseline": "middle"},
    "before": {"end": "low", "align": "right", "dx": -9, "baseline": "middle"},
    "above": {"end": "rho", "align": "center", "dy": -12, "baseline": "middle"},
}


def forest_rows(found: Evidence, grain: str) -> pd.DataFrame:
    """One row per KPI and reading: ``kpi verdict reading key rho low high text``; readings without a value left out."""
    rows = []
    for one in found.kpis:
        f = one.findings
        necessity = f.necessity
        given = necessity.partial_across if f.scope == "one period" else necessity.partial_within
        links = {"across": f.validity.across_reps, "within": f.link_within_reps,
                 "next": f.validity.next_period, "given": given}  # fmt: skip
        rows += [
            {"kpi": one.kpi, "verdict": one.verdict.name, "key": key, "reading": READINGS[key].format(grain=grain),
             **_bounds(link)}
            for key, link in links.items() if np.isfinite(link.rho) and (key != "given" or f.necessity.n_beside)
        ]  # fmt: skip
    return pd.DataFrame(rows, columns=["kpi", "verdict", "key", "reading", "rho", "low", "high", "text"])


def _bounds(link: Correlation) -> dict:
    """Without an interval only the point is drawn."""
    low, high = (link.low, link.high) if np.isfinite(link.low) else (link.rho, link.rho)
    return {"rho": link.rho, "low": low, "high": high, "text": link_small_print(link)}


def forest_chart(
    rows: pd.DataFrame, verdicts: Mapping[str, str], smallest: float, ink: str = INK["light"]
) -> alt.LayerChart:
    """Each KPI's intervals on a common axis from −1 to 1, each named where it ends; the band would not matter.

    Parameters
    ----------
    verdicts : every KPI's verdict, in the order of the design; a KPI without any link has an empty row.
    ink : the colour of words drawn inside the picture.
    """
    drawn = rows.assign(label=rows["kpi"] + "\n" + rows["verdict"], place=[_free_side(r) for r in rows.itertuples()])
    labels = [f"{kpi}\n{verdict}" for kpi, verdict in verdicts.items()]
    readings = [reading for key in READINGS for reading in drawn.loc[drawn["key"] == key, "reading"].head(1)]
    keys = list(COLOURS)
    colour = alt.Color("key:N", legend=None, scale=alt.Scale(domain=keys, range=[COLOURS[key] for key in keys]))
    base = alt.Chart(drawn).encode(_kpi_rows(labels), alt.YOffset("reading:N", sort=readings),
                                   tooltip=_tooltip("kpi:N", "KPI"))  # fmt: skip
    intervals = base.mark_rule(strokeWidth=3, opacity=0.9).encode(
        x=_link_axis("low:Q"), x2=alt.X2("high:Q"), color=colour
    )
    points = base.mark_point(size=110, filled=True, opacity=1).encode(x=_link_axis("rho:Q"), color=colour)
    named = [_names(base, ink, place, **look) for place, look in NAME_PLACES.items()]
    return layered(*_zero(smallest), intervals, points, *named).properties(height=ROW * len(labels) + AXES)


def _kpi_rows(labels: list[str]) -> alt.Y:
    """A row for each KPI, with its verdict below its name."""
    axis = alt.Axis(labelLimit=230, labelFontSize=15, ticks=False, domain=False, labelExpr="split(datum.value, '\\n')")
    return alt.Y("label:N", title=None, axis=axis, scale=alt.Scale(domain=labels, paddingInner=0.25, paddingOuter=0.15))


def _free_side(row: Any) -> str:
    """Where the name of a line has room."""
    return "after" if row.high <= ROOM else "before" if row.low >= -ROOM else "above"


def _names(base: alt.Chart, ink: str, place: str, end: str, **look: Any) -> alt.Chart:
    text = base.mark_text(fontSize=13, color=ink, opacity=0.85, **look)
    return text.transform_filter(alt.datum.place == place).encode(x=_link_axis(f"{end}:Q"), text=alt.Text("reading:N"))


def forest_alt(rows: pd.DataFrame) -> str:
    """The picture in words, from the values drawn."""
    told = [f"{r.kpi}, {r.reading}: {r.text}" for r in rows.itertuples()]
    return f"Links with the goal and their intervals, {pluralize(len(rows), 'row')}. " + "; ".join(told) + "."


def _link_axis(field: str) -> alt.X:
    return alt.X(
        field, title="link with the goal (ρ)", scale=LINK, axis=alt.Axis(values=[-1, -0.5, 0, 0.5, 1], grid=True)
    )


def _zero(smallest: float) -> tuple[alt.Chart, alt.Chart]:
    """The line of no link and the band of links too small to matter."""
    band = alt.Chart(pd.DataFrame({"from": [-smallest], "to": [smallest]}))
    line = alt.Chart(pd.DataFrame({"zero": [0.0]}))
    return (
        band.mark_rect(color=MUTED, opacity=0.16).encode(x=alt.X("from:Q", scale=LINK, title=None), x2=alt.X2("to:Q")),
        line.mark_rule(color=MUTED, strokeWidth=1.5).encode(x=alt.X("zero:Q", scale=LINK, title=None)),
    )


def _tooltip(field: str, title: str) -> list[alt.Tooltip]:
    shown = {field: title, "reading:N": "Reading", "text:N": "Link"}
    return [alt.Tooltip(name, title=said) for name, said in shown.items()]


def lag_rows(one: KpiEvidence) -> pd.DataFrame:
    """One row per lag in periods (negative: goal first): ``lag rho low high text side``, links −1 … 1."""
    lead, stretch = one.findings.lead, one.findings.shocks.stretch
    rows = [
        {"lag": lag, "side": "KPI before the goal" if lag > 0 else "same time" if lag == 0 else "goal before the KPI",
         **_bounds(stretch_link(link, stretch))}
        for lag, link in zip(lead.lags, lead.links, strict=True) if np.isfinite(link.rho)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["lag", "side", "rho", "low", "high", "text"])


def lag_chart(rows: pd.DataFrame, grain: str, smallest: float) -> alt.LayerChart:
    """The link within reps at each lag of the goal; ``rows`` as ``lag_rows``."""
    title = f"← {grain}s by which the goal comes first   |   {grain}s by which the KPI comes first →"
    x = alt.X("lag:O", title=title, axis=alt.Axis(labelAngle=0, labelFontSize=13))
    sides = ["goal before the KPI", "same time", "KPI before the goal"]
    colour = alt.Color("side:N", legend=None,
                       scale=alt.Scale(domain=sides, range=[MUTED, HIT_BOTH, BETTER]))  # fmt: skip
    tooltip = [alt.Tooltip("lag:O", title="Delay"), alt.Tooltip("text:N", title="Link")]
    reach = max(0.5, float(np.abs(rows[["low", "high"]]).max().max()) if len(rows) else 0.5)
    scale = alt.Scale(domain=[-min(1.0, reach), min(1.0, reach)])
    base = alt.Chart(rows).encode(x=x, color=colour, tooltip=tooltip)
    bars = base.mark_rule(strokeWidth=4, opacity=0.7).encode(
        y=alt.Y("low:Q", title="link (ρ)", scale=scale), y2=alt.Y2("high:Q")
    )
    points = base.mark_point(size=120, filled=True, opacity=1).encode(y=alt.Y("rho:Q", scale=scale))
    band = alt.Chart(pd.DataFrame({"from": [-smallest], "to": [smallest]})).mark_rect(color=MUTED, opacity=0.16)
    too_small = band.encode(y=alt.Y("from:Q", scale=scale, title="link (ρ)"), y2=alt.Y2("to:Q"))
    return layered(too_small, bars, points).properties(height=SMALL)


def lag_alt(rows: pd.DataFrame, grain: str) -> str:
    """The picture in words, from the values drawn."""
    told = [f"{r.lag} {grain}s: {r.text}" for r in rows.itertuples()]
    return "Link with the goal by delay. " + "; ".join(told) + "."


def heatmap_rows(found: Evidence, grain: Grain) -> pd.DataFrame:
    """One row per KPI and period: ``kpi start when rho text``; periods with too few reps for an interval left out."""
    rows = [
        {"kpi": one.kpi, "start": str(at.period)[:10], "when": period_name(pd.Timestamp(at.period), grain),
         "rho": at.link.rho, "text": link_small_print(at.link)}
        for one in found.kpis for at in one.findings.drift.by_period if np.isfinite(at.link.low)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["kpi", "start", "when", "rho", "text"])


def heatmap_chart(rows: pd.DataFrame, kpis: Sequence[str], grain: Grain, middle: str = "#F2F2F2") -> alt.Chart:
    """The link across reps in each period, each rep's own level removed; ``rows`` as ``heatmap_rows``.

    ``middle``: the colour of no link, near the background.
    """
    scale = alt.Scale(domain=[-0.8, 0, 0.8], range=[BOX_TICKER, middle, HIT_BOTH], clamp=True,
                      interpolate="rgb")  # fmt: skip
    starts = sorted(rows["start"].unique())
    labels = axis_labels(starts[:: max(-(-len(starts) // MOST_LABELS), 1)], grain)
    names = alt.Axis(labelLimit=260, labelFontSize=14, labelOverlap=False)
    months = alt.Axis(labelAngle=0, values=list(labels), labelExpr=f"{json.dumps(labels)}[datum.value]")
    shown = {"kpi:N": "KPI", "when:N": "Period", "text:N": "Link"}
    cells = alt.Chart(rows).mark_rect().encode(
        x=alt.X("start:O", title=None, axis=months),
        y=alt.Y("kpi:N", title=None, sort=list(kpis), axis=names),
        color=alt.Color("rho:Q", title="link", scale=scale, legend=HEAT_KEY),
        tooltip=[alt.Tooltip(name, title=title) for name, title in shown.items()],
    )  # fmt: skip
    return cells.properties(height=HEAT_ROW * rows["kpi"].nunique() + AXES + KEY)


def heatmap_alt(rows: pd.DataFrame) -> str:
    """The picture in words: the strongest and the weakest period of each KPI."""
    told = []
    for kpi, part in rows.groupby("kpi", sort=False):
        high, low = part.loc[part["rho"].idxmax()], part.loc[part["rho"].idxmin()]
        told.append(
            f"{kpi} from {signed_number(low['rho'])} in {low['when']} to {signed_number(high['rho'])} in {high['when']}"
        )
    return f"Link across reps in each of {pluralize(rows['start'].nunique(), 'period')}. " + "; ".join(told) + "."


def segment_rows(one: KpiEvidence) -> pd.DataFrame:
    """One row per segment with a link: ``kpi`` (segment and attribute), ``reading`` (attribute), bounds and text."""
    rows = [
        {"kpi": f"{s.segment} ({s.attribute})", "reading": s.attribute, "key": s.attribute, **_bounds(s.link)}
        for s in one.findings.style.segments.links if np.isfinite(s.link.rho)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["kpi", "reading", "key", "rho", "low", "high", "text"])


def segment_chart(rows: pd.DataFrame, smallest: float, who: str = "Segment") -> alt.LayerChart:
    """The link within reps by segment, or by rep (``who``); ``rows`` as ``segment_rows`` or ``rep_link_rows``."""
    y = alt.Y("kpi:N", title=None, sort=None, axis=alt.Axis(labelLimit=220, ticks=False, domain=False))
    base = alt.Chart(rows).encode(y, tooltip=_tooltip("kpi:N", who))
    intervals = base.mark_rule(strokeWidth=3, color=LINE, opacity=0.75).encode(
        x=_link_axis("low:Q"), x2=alt.X2("high:Q")
    )
    points = base.mark_point(size=90, filled=True, color=LINE, opacity=1).encode(x=_link_axis("rho:Q"))
    return layered(*_zero(smallest), intervals, points).properties(
        height=(30 if len(rows) <= 12 else 20) * len(rows) + AXES
    )
