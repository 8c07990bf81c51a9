"""Pictures of weights: stated beside real share, the strip of one KPI's weight, and every rep's plausible ranks."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from workbench.charts.palette import ACCENT, GOAL, MUTED, kpi_colours
from workbench.weights.rank_ranges import RankRanges
from workbench.weights.sweep import Sweep
from workbench.words.numbers import MINUS, percent, signed
from workbench.words.panels import counted

STRIP_HEIGHT, ROW = 190, 20
STATED, REAL = "stated", "real"


def influence(found: pd.DataFrame, ink: str) -> alt.LayerChart:
    """Two bars per KPI: the stated share pale, under it the real one; ``found`` as of ``weights.influence``."""
    drawn = _bars(found)
    colours = kpi_colours(found["kpi"])
    base = alt.Chart(drawn, height=alt.Step(ROW)).encode(
        y=alt.Y("kpi:N", sort=None, title=None,
                axis=alt.Axis(ticks=False, domain=False, labelLimit=240, labelFontSize=13)),
        yOffset=alt.YOffset("kind:N", sort=[STATED, REAL], scale=alt.Scale(paddingInner=0.1)),
        x=alt.X("share:Q", title=None, axis=alt.Axis(format="~%", grid=False, tickCount=5)),
        tooltip=[alt.Tooltip("kpi:N", title="KPI"), alt.Tooltip("kind:N", title="Share"),
                 alt.Tooltip("share:Q", title="of the whole", format=".1%")],
    )  # fmt: skip
    bars = base.mark_bar(cornerRadius=2).encode(
        color=alt.Color("kpi:N", scale=alt.Scale(domain=list(colours), range=list(colours.values())), legend=None),
        opacity=alt.condition(alt.datum.kind == STATED, alt.value(0.4), alt.value(1)),
    )
    said = base.mark_text(align="left", dx=5, color=ink, fontSize=12).encode(
        x=alt.X("end:Q"), text="said:N", tooltip=alt.value(None)
    )
    return bars + said


def influence_alt(found: pd.DataFrame) -> str:
    """The bars in words, from the values drawn."""
    rows = found.to_dict("records")
    return "; ".join(f"{r['kpi']}: stated {percent(r['share'])}, real {_percent(r['effective'])}" for r in rows) + "."


def _percent(share: float) -> str:
    """A real share can be below 0: with a real minus."""
    return percent(share).replace("-", MINUS)


def _bars(found: pd.DataFrame) -> pd.DataFrame:
    stated = found.assign(kind=STATED)[["kpi", "kind", "share"]]
    real = found.assign(kind=REAL, share=found["effective"])[["kpi", "kind", "share"]]
    both = pd.concat([stated, real], ignore_index=True)
    return both.assign(
        end=both["share"].clip(lower=0).fillna(0),
        said=[
            f"{percent(share).replace('-', MINUS)} {kind}"
            for share, kind in zip(both["share"], both["kind"], strict=True)
        ],
    )


def sweep(found: Sweep, top: int, colour: str) -> alt.LayerChart:
    """Agreement over the weight from 0 to 100 %, today's share as a line, the span of an unchanged top shaded."""
    drawn = pd.DataFrame({
        "share": 100 * found.shares, "rho": found.next_period,
        "top": ["the same" if same else "other reps" for same in found.same_top],
    })  # fmt: skip
    x = alt.X("share:Q", title="weight, %", scale=alt.Scale(domain=[0, 100], nice=False),
              axis=alt.Axis(tickCount=5, grid=False))  # fmt: skip
    y = alt.Y("rho:Q", title="ρ, next period", scale=alt.Scale(domain=_around(found), nice=False),
              axis=alt.Axis(tickCount=4))  # fmt: skip
    span = pd.DataFrame({"low": [100 * found.low], "high": [100 * found.high]})
    safe = alt.Chart(span).mark_rect(color=colour, opacity=0.18).encode(x=alt.X("low:Q").scale(domain=[0, 100]),
                                                                        x2="high:Q")  # fmt: skip
    line = alt.Chart(drawn).mark_line(color=colour, strokeWidth=2.5).encode(x=x, y=y)
    points = (
        alt.Chart(drawn)
        .mark_circle(size=60, opacity=0)
        .encode(x=x, y=y, tooltip=[alt.Tooltip("share:Q", title="Weight, %", format=".0f"),
                                   alt.Tooltip("rho:Q", title="ρ, next period", format=".2f"),
                                   alt.Tooltip("top:N", title=f"Top {top}")])
    )  # fmt: skip
    today = pd.DataFrame({"share": [100 * found.share]})
    now = alt.Chart(today).mark_rule(color=MUTED, strokeDash=[4, 3], strokeWidth=2).encode(x="share:Q")
    return alt.layer(safe, now, line, points).properties(height=STRIP_HEIGHT)


def sweep_alt(found: Sweep, top: int) -> str:
    """The strip in words, from the values drawn."""
    return (
        f"{found.kpi} from 0 to 100 %: link with the next period ρ {signed(found.next_period[0])} at 0, "
        f"{signed(found.next_period[-1])} at 100 %. Today {percent(found.share)}; the top {top} stays the same from "
        f"{percent(found.low)} to {percent(found.high)}."
    )


def _around(found: Sweep) -> list[float]:
    """An axis that holds the line and 0.2 at least, so that small wiggles look small."""
    known = found.next_period[pd.notna(found.next_period)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 0.0)
    spare = max(0.2 - (high - low), 0.04) / 2
    return [round(low - spare, 3), round(high + spare, 3)]


def rank_ranges(found: RankRanges, names: Mapping[str, str]) -> alt.LayerChart:
    """A bar per rep from the 5th to the 95th percentile of its ranks, a dot at today's, tiers in turning colours."""
    drawn = _range_rows(found, names)
    y = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=200))
    axis = alt.Axis(orient="top", tickMinStep=1, format="d")
    scale = alt.Scale(domain=[1, max(len(drawn), 2)], nice=False, padding=8)
    tooltip = [alt.Tooltip("name:N", title="Rep"), alt.Tooltip("rank:Q", title="Rank today", format=".0f"),
               alt.Tooltip("low:Q", title="Plausibly from", format=".0f"),
               alt.Tooltip("high:Q", title="to", format=".0f"),
               alt.Tooltip("tier:Q", title="Tier", format=".0f")]  # fmt: skip
    base = alt.Chart(drawn, height=alt.Step(ROW)).encode(y=y, tooltip=tooltip)
    turning = alt.condition("datum.tier % 2 == 1", alt.value(ACCENT), alt.value(GOAL))
    bars = base.mark_bar(height=9, cornerRadius=4, opacity=0.45).encode(
        x=alt.X("left:Q", title="rank", axis=axis, scale=scale), x2="right:Q", color=turning
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
    return f"Plausible ranks of {counted(len(found.reps), 'rep')} in {counted(len(found.tiers()), 'tier')}: {said} …"


def _range_rows(found: RankRanges, names: Mapping[str, str]) -> pd.DataFrame:
    rows = pd.DataFrame({"name": [names[rep] for rep in found.reps], "rank": found.rank, "low": found.low,
                         "high": found.high, "tier": found.tier})  # fmt: skip
    rows = rows[rows["rank"].notna()]
    opens = rows["tier"].ne(rows["tier"].shift()) & (rows["tier"] > 1)
    return rows.assign(left=rows["low"] - 0.15, right=rows["high"] + 0.15, opens=opens)
