"""Charts of weights: stated weight beside actual influence, the sweep of one weight, plausible ranks, sensitivity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from workbench.charts.layers import layered
from workbench.charts.palette import ACCENT, GOAL, MUTED
from workbench.weights.rank_ranges import RankRanges
from workbench.weights.sweep import Sweep
from workbench.words.numbers import percent, pluralize, signed_number
from workbench.words.weights_matter import influence_percent

STRIP_HEIGHT, KEPT_HEIGHT, ROW = 150, 84, 20
STRIP_AXIS: dict[str, Any] = {"minExtent": 30, "maxExtent": 30}
STATED, ACTUAL, TODAY, DRAFT = "weight", "influence", "today", "draft"


def influence_chart(found: pd.DataFrame, colours: Mapping[str, str], ink: str) -> alt.LayerChart:
    """Two bars per KPI: the stated weight pale, under it the actual influence; ``found`` as of ``effective_shares``."""
    return _two_bars(_pairs(found["kpi"], {STATED: found["share"], ACTUAL: found["effective"]}),
                     {name: colours[name] for name in found["kpi"]}, ink)  # fmt: skip


def influence_alt(found: pd.DataFrame) -> str:
    """The bars in words, from the values drawn."""
    return _pairs_alt(_pairs(found["kpi"], {STATED: found["share"], ACTUAL: found["effective"]}))


def draft_chart(today: Mapping[str, float], drafted: Mapping[str, float], colours: Mapping[str, str], ink: str):
    """Two bars per KPI: today's share pale, under it the draft's."""
    return _two_bars(_drafted(today, drafted), colours, ink)


def draft_alt(today: Mapping[str, float], drafted: Mapping[str, float]) -> str:
    """The bars in words, from the values drawn."""
    return _pairs_alt(_drafted(today, drafted))


def _drafted(today: Mapping[str, float], drafted: Mapping[str, float]) -> pd.DataFrame:
    names = list(drafted)
    return _pairs(names, {TODAY: [today[name] for name in names], DRAFT: list(drafted.values())})


def _pairs(kpis: Sequence[str], shares: Mapping[str, Sequence[float]]) -> pd.DataFrame:
    rows = pd.concat([pd.DataFrame({"kpi": list(kpis), "kind": kind, "share": list(values)})
                      for kind, values in shares.items()], ignore_index=True)  # fmt: skip
    said = [_share_words(kind, share) for kind, share in zip(rows["kind"], rows["share"], strict=True)]
    drawn = rows["share"].clip(0, 1)
    return rows.assign(share=drawn, end=drawn.fillna(0), said=said, pale=rows["kind"] == next(iter(shares)))


def _share_words(kind: str, share: float) -> str:
    return f"{kind} {influence_percent(share) if kind == ACTUAL else percent(share)}"


def _pairs_alt(rows: pd.DataFrame) -> str:
    return "; ".join(f"{kpi}: {', '.join(said)}" for kpi, said in rows.groupby("kpi", sort=False)["said"]) + "."


def _two_bars(rows: pd.DataFrame, colours: Mapping[str, str], ink: str) -> alt.LayerChart:
    base = alt.Chart(rows, height=alt.Step(ROW)).encode(
        y=alt.Y("kpi:N", sort=None, title=None,
                axis=alt.Axis(ticks=False, domain=False, labelLimit=150, labelFontSize=13)),
        yOffset=alt.YOffset("kind:N", sort=rows["kind"].unique().tolist(), scale=alt.Scale(paddingInner=0.1)),
        x=alt.X("share:Q", title=None, axis=None),
        tooltip=[alt.Tooltip("kpi:N", title="KPI"), alt.Tooltip("said:N", title="Share")],
    )  # fmt: skip
    bars = base.mark_bar(cornerRadius=2).encode(
        color=alt.Color("kpi:N", scale=alt.Scale(domain=list(colours), range=list(colours.values())), legend=None),
        opacity=alt.OpacityValue(1, condition={"test": "datum.pale", "value": 0.4}),
    )
    said = base.mark_text(align="left", dx=5, color=ink, fontSize=13).encode(
        x=alt.X("end:Q", scale=alt.Scale(domainMax=float(1.25 * max(rows["end"].max(), 0.2)))), text=alt.Text("said:N"),
        tooltip=alt.TooltipValue(None),
    )  # fmt: skip
    return bars + said


def share_ranges_chart(
    open_: Mapping[str, tuple[float, float, float]], colours: Mapping[str, str], ink: str, meaning: str
) -> alt.LayerChart:
    """A bar per KPI from the smallest to the largest share that is possible, a dot at the one taken.

    ``open_`` is (lowest, taken, highest) of each KPI, 0 … 1; ``meaning``: what the bar is.
    """
    rows = pd.DataFrame([(kpi, *ends) for kpi, ends in open_.items()], columns=["kpi", "low", "share", "high"])
    rows = rows.assign(
        said=[f"{percent(low)} to {percent(high)}" for low, high in zip(rows["low"], rows["high"], strict=True)]
    )
    base = alt.Chart(rows, height=alt.Step(26)).encode(
        y=alt.Y("kpi:N", sort=None, title=None,
                axis=alt.Axis(ticks=False, domain=False, labelLimit=150, labelFontSize=13)),
        color=alt.Color("kpi:N", scale=alt.Scale(domain=list(colours), range=list(colours.values())), legend=None),
        tooltip=[alt.Tooltip("kpi:N", title="KPI"), alt.Tooltip("said:N", title=meaning[0].upper() + meaning[1:])],
    )  # fmt: skip
    x = alt.X("low:Q", title=None, scale=alt.Scale(domain=[0, 1.18], nice=False),
              axis=alt.Axis(format="~%", values=[0, 0.25, 0.5, 0.75, 1]))  # fmt: skip
    bars = base.mark_bar(height=10, cornerRadius=5, opacity=0.4).encode(x=x, x2=alt.X2("high:Q"))
    dots = base.mark_circle(size=90, opacity=1).encode(x=alt.X("share:Q"))
    said = base.mark_text(align="left", dx=8, fontSize=13).encode(
        x=alt.X("high:Q"), text=alt.Text("said:N"), color=alt.ColorValue(ink)
    )
    return bars + dots + said


def share_ranges_alt(open_: Mapping[str, tuple[float, float, float]], meaning: str) -> str:
    """The bars in words, from the values drawn."""
    said = (f"{kpi} {percent(low)} to {percent(high)}" for kpi, (low, _, high) in open_.items())
    return f"{meaning[0].upper()}{meaning[1:]}: {'; '.join(said)}."


def sweep_chart(found: Sweep, colour: str) -> alt.LayerChart:
    """Agreement over the weight from 0 to 100%, today's share as a line, the span of an unchanged top shaded."""
    y = alt.Y("rho:Q", title="link, next period (ρ)", axis=alt.Axis(tickCount=4, **STRIP_AXIS),
              scale=alt.Scale(domain=_around(found), nice=False))  # fmt: skip
    base = _strip(found, labels=False)
    line = base.mark_line(color=colour, strokeWidth=2.5).encode(y=y)
    points = base.mark_circle(size=60, opacity=0, clip=True).encode(y=y)  # else the strips differ in width
    return layered(*_around_today(found, colour), line, points).properties(height=STRIP_HEIGHT)


def sweep_top_chart(found: Sweep, top: int, colour: str) -> alt.LayerChart:
    """How many of today's top N are still in it, over the same weights as ``sweep_chart``."""
    most = int(max(top, found.top_kept.max()))  # ties can make it more
    y = alt.Y("kept:Q", title=f"top {top}", axis=alt.Axis(values=[0, most], grid=False, **STRIP_AXIS),
              scale=alt.Scale(domain=[0, most], nice=False))  # fmt: skip
    kept = _strip(found).mark_area(color=colour, opacity=0.45, interpolate="step-after").encode(y=y)
    return layered(*_around_today(found, colour), kept).properties(height=KEPT_HEIGHT)


def _strip(found: Sweep, labels: bool = True) -> alt.Chart:
    drawn = pd.DataFrame({"share": 100 * found.shares, "rho": found.next_period, "kept": found.top_kept})
    return alt.Chart(drawn).encode(
        x=alt.X("share:Q", title=None, scale=alt.Scale(domain=[0, 100], nice=False),
                axis=alt.Axis(tickCount=5, grid=False, labels=labels, ticks=labels, labelExpr="datum.label + '%'")),
        tooltip=[alt.Tooltip("share:Q", title="Weight, %", format=".0f"),
                 alt.Tooltip("rho:Q", title="link with the next period", format=".2f"),
                 alt.Tooltip("kept:Q", title="Of today's top still there", format=".0f")],
    )  # fmt: skip


def _around_today(found: Sweep, colour: str) -> tuple[alt.Chart, alt.Chart]:
    """The span of an unchanged top, and today's share."""
    span = pd.DataFrame({"low": [100 * found.low], "high": [100 * found.high], "share": [100 * found.share]})
    safe = alt.Chart(span).mark_rect(color=colour, opacity=0.18).encode(x=alt.X("low:Q"), x2=alt.X2("high:Q"))
    return safe, alt.Chart(span).mark_rule(color=MUTED, strokeDash=[4, 3], strokeWidth=2).encode(x=alt.X("share:Q"))


def sweep_alt(found: Sweep, top: int) -> str:
    """The strip in words, from the values drawn."""
    return (
        f"{found.kpi} from 0 to 100%: link with the next period ρ {signed_number(found.next_period[0])} at 0, "
        f"{signed_number(found.next_period[-1])} at 100%. Today {percent(found.share)}; the top {top} stays the "
        "same from "
        f"{percent(found.low)} to {percent(found.high)}; {found.top_kept[0]:.0f} of it stay at 0, "
        f"{found.top_kept[-1]:.0f} at 100%."
    )


def _around(found: Sweep) -> list[float]:
    """An axis that holds the line and 0.2 at least, so that small wiggles look small."""
    known = found.next_period[pd.notna(found.next_period)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 0.0)
    spare = max(0.2 - (high - low), 0.04) / 2
    return [round(low - spare, 3), round(high + spare, 3)]


def rank_ranges_chart(found: RankRanges, names: Mapping[str, str]) -> alt.LayerChart:
    """A bar per rep over the ranks it could have, a dot at today's, tiers in turning colours."""
    drawn = _range_rows(found, names)
    y = alt.Y(
        "name:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=200, labelFlush=False)
    )
    axis = alt.Axis(orient="top", tickMinStep=1, format="d", labelFlush=False)
    scale = alt.Scale(domain=[0.5, max(len(drawn), 2) + 0.5], nice=False)
    tooltip = [alt.Tooltip("name:N", title="Rep"), alt.Tooltip("rank:Q", title="Rank today", format=".0f"),
               alt.Tooltip("low:Q", title="Could be from", format=".0f"),
               alt.Tooltip("high:Q", title="to", format=".0f"),
               alt.Tooltip("tier:Q", title="Group", format=".0f")]  # fmt: skip
    base = alt.Chart(drawn, height=alt.Step(ROW)).encode(y=y, tooltip=tooltip)
    turning = alt.ColorValue(GOAL, condition={"test": "datum.tier % 2 == 1", "value": ACCENT})
    bars = base.mark_bar(height=9, cornerRadius=4, opacity=0.5).encode(
        x=alt.X("left:Q", title="rank", axis=axis, scale=scale), x2=alt.X2("right:Q"), color=turning
    )
    dots = base.mark_circle(size=70, opacity=1).encode(x=alt.X("rank:Q", title="rank"), color=turning)
    first = base.transform_filter("datum.opens").mark_rule(color=MUTED, strokeDash=[2, 3]).encode(
        y=alt.Y("name:N", sort=None, bandPosition=0)
    )  # fmt: skip
    return bars + dots + first


def rank_ranges_alt(found: RankRanges, names: Mapping[str, str]) -> str:
    """The bars in words, from the values drawn."""
    rows = _range_rows(found, names).head(5).to_dict("records")
    said = "; ".join(f"{r['name']} {r['low']:.0f} to {r['high']:.0f}" for r in rows)
    return (
        f"Possible ranks of {pluralize(len(found.reps), 'rep')} in {pluralize(len(found.tiers()), 'group')}: {said} …"
    )


def _range_rows(found: RankRanges, names: Mapping[str, str]) -> pd.DataFrame:
    rows = pd.DataFrame({"name": [names[rep] for rep in found.reps], "rank": found.rank, "low": found.low,
                         "high": found.high, "tier": found.tier})  # fmt: skip
    rows = rows[rows["rank"].notna()]
    opens = rows["tier"].ne(rows["tier"].shift()) & (rows["tier"] > 1)
    return rows.assign(left=rows["low"] - 0.15, right=rows["high"] + 0.15, opens=opens)


def sensitivity_chart(found: pd.DataFrame, colours: Mapping[str, str], ink: str) -> alt.LayerChart:
    """A bar per KPI: its part in how far ranks move; ``found`` as of ``weight_sensitivity``."""
    rows = found.assign(said=found["total"].map(percent))
    base = alt.Chart(rows, height=alt.Step(26)).encode(
        y=alt.Y("kpi:N", sort=None, title=None,
                axis=alt.Axis(ticks=False, domain=False, labelLimit=150, labelFontSize=13)),
        x=alt.X("total:Q", title=None, axis=None, scale=alt.Scale(domain=[0, 1.15])),
        color=alt.Color("kpi:N", scale=alt.Scale(domain=list(colours), range=list(colours.values())), legend=None),
        tooltip=[alt.Tooltip("kpi:N", title="KPI"), alt.Tooltip("total:Q", title="With the others", format=".0%"),
                 alt.Tooltip("alone:Q", title="By itself", format=".0%")],
    )  # fmt: skip
    said = base.mark_text(align="left", dx=6, fontSize=13).encode(text=alt.Text("said:N"), color=alt.ColorValue(ink))
    return base.mark_bar(cornerRadius=2) + said


def sensitivity_alt(found: pd.DataFrame) -> str:
    """The bars in words, from the values drawn."""
    said = (f"{row['kpi']} {percent(row['total'])}" for row in found.to_dict("records"))
    return "Part in how far ranks move: " + ", ".join(said) + "."
