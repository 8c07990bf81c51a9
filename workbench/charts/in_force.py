"""What was in force when, as coloured stretches of time over the course of the team's goal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import altair as alt
import pandas as pd

from workbench.charts.layers import layered
from workbench.charts.palette import GOAL, KPI_COLOURS
from workbench.charts.value_axis import axis_format
from workbench.data.model.dataset import Grain
from workbench.data.model.panel import PERIOD
from workbench.data.model.periods import ends_of_periods
from workbench.design.in_force import InForceSpan
from workbench.words.decisions import span_heading
from workbench.words.kpis import title_with_unit
from workbench.words.numbers import pluralize, short_number
from workbench.words.panels import period_name

HEIGHT, ROOM, LONGEST = 260, 1.25, 28
STEP = 0.09
"""Every second name stands lower, so that short stretches do not cover each other's names."""
AHEAD = dt.timedelta(days=45)
PART_AHEAD = 0.18
"""How far the picture goes on after the last date that is known, at least, and as a part of what came before."""


def in_force_chart(
    sums: pd.DataFrame | None, spans: Sequence[InForceSpan], goal: str, unit: str, grain: Grain, ink: str
) -> alt.LayerChart:
    """Draw a coloured stretch per design in force behind a bar per period of the team's goal.

    ``sums`` as of ``team_goal_by_period``; None for a goal that does not add up, which draws no bars.
    """
    bars = _bar_rows(sums, grain)
    stretches = _span_rows(spans, bars)
    low, top = _reach(bars)
    stretches["level"] = [top - (top - low) * STEP * (place % 2) for place in range(len(stretches))]
    named = stretches["design"].drop_duplicates().tolist()
    colours = alt.Scale(domain=named, range=[KPI_COLOURS[place % len(KPI_COLOURS)] for place in range(len(named))])
    days = pd.concat([bars["start"], bars["end"], stretches["start"], stretches["end"]])
    x = alt.Scale(domain=[days.min(), days.max()], nice=False)
    y_axis = alt.Axis(format=axis_format(bars["value"]), tickCount=5) if len(bars) else None
    y = alt.Scale(domain=[low, top], nice=False)
    title = title_with_unit(f"{goal}, team", unit) if len(bars) else None
    whole = alt.Chart(stretches, height=HEIGHT).encode(
        x=alt.X("start:T", scale=x, title=None, axis=alt.Axis(tickCount=8, labelOverlap=True, grid=False)),
        tooltip=[alt.Tooltip("design:N", title="Design"), alt.Tooltip("when:N", title="In force")],
    )
    behind = whole.mark_rect(opacity=0.22).encode(
        x2=alt.X2("end:T"), y=alt.YDatum(top, scale=y, axis=y_axis, title=title), y2=alt.Y2Datum(low),
        color=alt.Color("design:N", scale=colours, legend=None),
    )  # fmt: skip
    edges = whole.mark_rule(strokeWidth=3).encode(color=alt.Color("design:N", scale=colours, legend=None))
    labels = whole.mark_text(align="left", baseline="top", dx=7, dy=6, fontSize=13, fontWeight="bold").encode(
        y=alt.Y("level:Q", scale=y, axis=y_axis, title=title), text=alt.Text("label:N"), color=alt.ColorValue(ink)
    )
    if not len(bars):
        return layered(behind, edges, labels)
    drawn = alt.Chart(bars, height=HEIGHT).mark_bar(color=GOAL).encode(
        x=alt.X("inner:T", scale=x), x2=alt.X2("outer:T"),
        y=alt.Y("value:Q", scale=y, axis=y_axis, title=title), y2=alt.Y2Datum(0),
        tooltip=[alt.Tooltip("when:N", title="Period"), alt.Tooltip("value:Q", title=goal, format=",.4~r")],
    )  # fmt: skip
    return layered(behind, drawn, edges, labels)


def _reach(bars: pd.DataFrame) -> tuple[float, float]:
    """Return the ends of the scale: 0 and whatever lies beyond, with room for the names above the bars."""
    if not len(bars):
        return 0.0, 1.0
    low, high = min(float(bars["value"].min()), 0.0), max(float(bars["value"].max()), 0.0)
    return low, high + ((high - low) * (ROOM - 1) or 1.0)


def in_force_alt(sums: pd.DataFrame | None, spans: Sequence[InForceSpan], goal: str, grain: Grain) -> str:
    """The picture in words, from the values drawn."""
    bars = _bar_rows(sums, grain)
    said = "; ".join(f"{name}: {span_heading(span)}" for name, span in zip(_names(spans), spans, strict=True))
    if not len(bars):
        return f"In force: {said}."
    last = bars.iloc[-1]
    return (
        f"{goal} of the team in {pluralize(len(bars), grain)}, {short_number(last['value'])} in {last['when']}. "
        f"In force: {said}."
    )


def _bar_rows(sums: pd.DataFrame | None, grain: Grain) -> pd.DataFrame:
    """One row per period: ``start``, ``end``, where its bar begins and ends, ``when`` and ``value``."""
    if sums is None or sums.empty:
        return pd.DataFrame({name: pd.Series(dtype="datetime64[us]") for name in ("start", "end", "inner", "outer")}
                            | {"when": pd.Series(dtype=object), "value": pd.Series(dtype=float)})  # fmt: skip
    start = sums[PERIOD]
    end = ends_of_periods(start, grain) + pd.Timedelta(days=1)
    gap = (end - start) * 0.12
    return pd.DataFrame({
        "start": start, "end": end, "inner": start + gap, "outer": end - gap,
        "when": [period_name(each, grain) for each in start], "value": sums["value"].astype(float),
    }).dropna(subset=["value"])  # fmt: skip


def _span_rows(spans: Sequence[InForceSpan], bars: pd.DataFrame) -> pd.DataFrame:
    """One row per stretch, cut to what is drawn; the open one ends a little after the last date known."""
    known = [span.start for span in spans] + ([bars["end"].max().date()] if len(bars) else [])
    begin = min([*(span.start for span in spans), *([bars["start"].min().date()] if len(bars) else [])])
    until = max(known) + max(AHEAD, (max(known) - begin) * PART_AHEAD)
    names = _names(spans)
    return pd.DataFrame({
        "start": pd.to_datetime([max(span.start, begin) for span in spans]),
        "end": pd.to_datetime([span.end or until for span in spans]), "design": names,
        "label": [name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…" for name in names],
        "when": [span_heading(span) for span in spans],
    })  # fmt: skip


def _names(spans: Sequence[InForceSpan]) -> list[str]:
    """What each stretch is called: where one name stands for several designs, with the place of its design."""
    designs: dict[str, list[str]] = {}
    for decision in (span.decision for span in spans):
        seen = designs.setdefault(decision.called, [])
        if decision.design not in seen:
            seen.append(decision.design)
    return [
        f"{each.called}, version {seen.index(each.design) + 1}"
        if len(seen := designs[each.called]) > 1
        else each.called
        for each in (span.decision for span in spans)
    ]
