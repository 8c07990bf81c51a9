"""The team's rate of a phase by month: as counted with its range, and on one mix of calls."""

from __future__ import annotations

import altair as alt
import pandas as pd

from workbench.charts.layers import LAST_LABEL, layered
from workbench.charts.palette import BOX_TICKER, HIT_BOTH, MUTED
from workbench.phases.span_rates import MonthlyRates
from workbench.words.lists import list_names
from workbench.words.numbers import percent
from workbench.words.panels import period_name

HEIGHT, MOST_MONTHS = 300, 12


def phase_month_rows(rates: MonthlyRates) -> pd.DataFrame:
    """One row per month with calls: ``month when rate low high alike n``; shares."""
    rows = pd.DataFrame({
        "month": [f"{month}-01" for month in rates.months], "rate": rates.raw, "low": rates.low, "high": rates.high,
        "alike": rates.alike, "n": rates.tries.astype(int),
    })  # fmt: skip
    rows.insert(1, "when", [period_name(pd.Timestamp(month), "month") for month in rows["month"]])
    return rows[rows["n"] > 0].reset_index(drop=True)


def phase_months_chart(
    rows: pd.DataFrame, since: str = "", dashed: str = "Like for like", coached: pd.DataFrame | None = None
) -> alt.LayerChart:
    """A line with its range, a dashed line, and a rule where coaching began (``2025-04``).

    ``dashed`` says what the column ``alike`` has; ``coached`` are rows of the coached reps together, a line of its own.
    """
    shown = rows["month"].tolist()[:: max(-(-len(rows) // MOST_MONTHS), 1)]
    labels = "{" + ", ".join(f"'{each}': '{pd.Timestamp(each):%b %Y}'" for each in shown) + "}[datum.value]"
    x = alt.X("month:O", title=None, scale=alt.Scale(type="point"),
              axis=alt.Axis(values=shown, labelExpr=labels, labelAngle=0, grid=False, ticks=False))  # fmt: skip
    scale = alt.Scale(domain=[0, min(1.0, max(float(rows[["high", "alike"]].max(axis=None)), 0.05) * 1.1)], nice=False)
    title = "share of calls that go on"
    y = alt.Y("rate:Q", title=title, scale=scale, axis=alt.Axis(format="%", tickCount=5))
    tooltip = [alt.Tooltip("when:N", title="Month"), alt.Tooltip("rate:Q", format=".1%", title="As counted"),
               alt.Tooltip("low:Q", format=".1%", title="from"), alt.Tooltip("high:Q", format=".1%", title="to"),
               alt.Tooltip("alike:Q", format=".1%", title=dashed),
               alt.Tooltip("n:Q", format=",", title="Calls")]  # fmt: skip
    base = alt.Chart(rows).encode(x=x, tooltip=tooltip)
    parts: list[alt.Chart] = [
        base.mark_area(color=HIT_BOTH, opacity=0.18).encode(y=alt.Y("low:Q", title=title, scale=scale),
                                                          y2=alt.Y2("high:Q")),
        base.mark_line(color=HIT_BOTH, strokeWidth=3, point=alt.OverlayMarkDef(size=60, color=HIT_BOTH)).encode(y=y),
    ]  # fmt: skip
    if rows["alike"].notna().any():
        parts.append(base.mark_line(color=MUTED, strokeWidth=2, strokeDash=[6, 4]).encode(
            y=alt.Y("alike:Q", title=title, scale=scale)))  # fmt: skip
    if coached is not None and not coached.empty:
        theirs = alt.Chart(coached).encode(x=x, y=alt.Y("rate:Q", title=title, scale=scale), tooltip=tooltip)
        parts.append(theirs.mark_line(color=BOX_TICKER, strokeWidth=3,
                                      point=alt.OverlayMarkDef(size=60, color=BOX_TICKER)))  # fmt: skip
    if since and f"{since}-01" in set(rows["month"]):
        begun = alt.Chart(pd.DataFrame({"month": [f"{since}-01"]})).encode(x=x)
        parts.append(begun.mark_rule(color=MUTED, strokeWidth=2))
    return layered(*parts).properties(height=HEIGHT, padding=LAST_LABEL)


def phase_months_alt(rows: pd.DataFrame, phase: str) -> str:
    """The picture in words, from the values drawn."""
    told = [f"{row.when} {percent(row.rate)}" for row in rows.itertuples()]
    return f"Share of calls that go on at {phase}, by month: {list_names(told, 36)}."
