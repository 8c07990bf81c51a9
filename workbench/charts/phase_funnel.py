"""One rep phase by phase, against the team's spread and the level that the team can reach."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from workbench.charts.layers import LAST_LABEL, layered
from workbench.charts.palette import BETTER, BOX_TICKER, MUTED, REACHABLE
from workbench.phases.coaching_plan import rep_to_learn_from
from workbench.phases.phase_findings import PhaseFindings
from workbench.words.lists import list_names
from workbench.words.numbers import percent

HEIGHT = 340
LOW, HIGH = 0.1, 0.9


def rep_funnel_rows(found: PhaseFindings, rep: int) -> pd.DataFrame:
    """One row per phase: ``phase rate low high n team_low usual team_high reachable best``; shares, NaN where unknown.

    ``team_low`` to ``team_high`` has eight of ten reps. ``rate`` is the rep's, at place ``rep``; ``best`` that of who
    is surely ahead.
    """
    rows = []
    for phase in found.phases:
        rates = phase.rates
        low, usual, high = np.quantile(rates.shrunk, [LOW, 0.5, HIGH])
        own = (rates.shrunk[rep], rates.low[rep], rates.high[rep]) if phase.tries[rep] > 0 else (np.nan,) * 3
        reach = float(phase.achievable.mean()) if phase.readable else np.nan
        ahead = rep_to_learn_from(found, phase)
        best = rates.shrunk[found.cube.reps.index(ahead)] if ahead else np.nan
        rows.append((phase.name, *own, int(phase.tries[rep]), low, usual, high, reach, best))
    columns = ["phase", "rate", "low", "high", "n", "team_low", "usual", "team_high", "reachable", "best"]
    return pd.DataFrame(rows, columns=columns)


def rep_funnel_chart(rows: pd.DataFrame, ink: str) -> alt.LayerChart:
    """A line over the phases for the rep, bars for the team, ticks for the level that the team can reach."""
    order = rows["phase"].tolist()
    x = alt.X("phase:N", sort=order, title=None, axis=alt.Axis(labelAngle=0, labelLimit=150, labelFontSize=13,
                                                               ticks=False, grid=False))  # fmt: skip
    top = min(1.0, float(np.nanmax(rows[["high", "team_high", "reachable", "best"]].to_numpy(float))) * 1.08)
    scale = alt.Scale(domain=[0, top], nice=False)
    y = alt.Y("rate:Q", title="share of calls that go on", scale=scale, axis=alt.Axis(format="%", tickCount=6))
    tooltip = [alt.Tooltip("phase:N", title="Phase"), alt.Tooltip("rate:Q", format=".0%", title="This rep"),
               alt.Tooltip("low:Q", format=".0%", title="from"), alt.Tooltip("high:Q", format=".0%", title="to"),
               alt.Tooltip("n:Q", format=",", title="Calls"), alt.Tooltip("usual:Q", format=".0%", title="Middle rep"),
               alt.Tooltip("reachable:Q", format=".0%", title="This team can reach"),
               alt.Tooltip("best:Q", format=".0%", title="Who is ahead")]  # fmt: skip
    base = alt.Chart(rows).encode(x=x, tooltip=tooltip)
    mine = alt.Chart(rows[rows["rate"].notna()]).encode(x=x, tooltip=tooltip)
    reach = alt.Chart(rows[rows["reachable"].notna()]).encode(x=x, tooltip=tooltip)
    parts: list[alt.Chart] = [
        base.mark_bar(size=34, color=MUTED, opacity=0.35).encode(
            y=alt.Y("team_low:Q", title="share of calls that go on", scale=scale), y2=alt.Y2("team_high:Q")),
        base.mark_tick(size=34, thickness=2, color=MUTED).encode(y=alt.Y("usual:Q", scale=scale)),
        reach.mark_tick(size=44, thickness=3, color=REACHABLE).encode(y=alt.Y("reachable:Q", scale=scale)),
        alt.Chart(rows[rows["best"].notna()]).encode(x=x, tooltip=tooltip).mark_circle(
            color=BETTER, size=90, opacity=1).encode(y=alt.Y("best:Q", scale=scale)),
        mine.mark_line(color=BOX_TICKER, strokeWidth=2, opacity=0.7).encode(y=y),
        mine.mark_rule(color=BOX_TICKER, strokeWidth=2).encode(y=alt.Y("low:Q", scale=scale), y2=alt.Y2("high:Q")),
        mine.mark_circle(color=BOX_TICKER, size=120, opacity=1).encode(y=y),
        mine.mark_text(align="left", dx=22, fontSize=13, color=ink).encode(
            y=y, text=alt.Text("rate:Q", format=".0%")),
    ]  # fmt: skip
    return layered(*parts).properties(height=HEIGHT, padding=LAST_LABEL)


def rep_funnel_alt(rows: pd.DataFrame, name: str) -> str:
    """The picture in words, from the values drawn."""
    told = [
        f"{row.phase} {percent(row.rate)}, the middle rep {percent(row.usual)}"
        for row in rows[rows["rate"].notna()].itertuples()
    ]
    return f"{name} phase by phase: {list_names(told)}."
