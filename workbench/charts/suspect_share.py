"""Share of suspect activity by month: reps worth a conversation as lines over the band of all others."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import altair as alt
import pandas as pd

from workbench.charts.layers import LAST_LABEL, as_shown, layered
from workbench.charts.palette import BOX_TICKER, MUTED
from workbench.data.model.panel import REP
from workbench.words.lists import list_names
from workbench.words.numbers import percent
from workbench.words.panels import period_name

HEIGHT = 260
MOST_LINES, MOST_NAMED, MOST_MONTHS = 8, 3, 8


def suspect_share_rows(counts: pd.DataFrame, check: str) -> pd.DataFrame:
    """One row per rep and month: ``rep month share n``; ``counts`` as ``SuspectCounts.frame``."""
    mine = counts[counts["check"] == check]
    summed = mine.groupby([REP, "month"], as_index=False)[["n", "k"]].sum()
    return summed.assign(share=summed["k"] / summed["n"])


def suspect_share_chart(
    rows: pd.DataFrame, flagged: Collection[str], names: Mapping[str, str], title: str, ink: str, *, named: bool = True
) -> alt.LayerChart:
    """Lines of the flagged reps over the range of all others, named where they are few."""
    drawn = rows.assign(
        start=rows["month"].dt.strftime("%Y-%m-%d"),
        when=[period_name(month, "month") for month in rows["month"]],
        name=rows[REP].map(lambda rep: names.get(rep, rep)),
    )
    named = named and 0 < len(flagged) <= MOST_NAMED
    chosen = drawn[REP].isin(list(flagged))
    lines, rest = as_shown(drawn[chosen]), drawn[~chosen]
    band = rest.groupby(["start", "when"], as_index=False)["share"].agg(low="min", middle="median", high="max")
    y_title = "share of events"
    x = _months(drawn)
    top = alt.Scale(domain=[0, max(float(drawn["share"].max()) * 1.05, 0.05)], nice=False)
    y = alt.Y("share:Q", title=y_title, scale=top, axis=alt.Axis(format="%", tickCount=5))
    base = alt.Chart(band).encode(x=x)
    parts: list[alt.Chart | alt.LayerChart] = [
        base.mark_area(color=MUTED, opacity=0.3).encode(
            y=alt.Y("low:Q", title=y_title, scale=top, axis=alt.Axis(format="%", tickCount=5)), y2=alt.Y2("high:Q"),
            tooltip=[alt.Tooltip("when:N", title="Month"), alt.Tooltip("low:Q", format=".0%", title="others, lowest"),
                     alt.Tooltip("high:Q", format=".0%", title="others, highest")],
        ),
        base.mark_line(color=MUTED, strokeWidth=2).encode(y=alt.Y("middle:Q", scale=top)),
    ]  # fmt: skip
    if not lines.empty:
        shown = alt.Chart(lines).encode(
            x=x, y=y, detail=alt.Detail("name:N"),
            tooltip=[alt.Tooltip("name:N", title="Rep"), alt.Tooltip("when:N", title="Month"),
                     alt.Tooltip("share:Q", format=".0%", title=title), alt.Tooltip("n:Q", format=",", title="of")],
        )  # fmt: skip
        parts.append(shown.mark_line(color=BOX_TICKER, strokeWidth=2, opacity=0.85))
    if named:
        parts.append(alt.Chart(_labels(lines)).mark_text(align="left", dx=6, fontSize=13, color=ink).encode(
            x=x, y=alt.Y("spot:Q", scale=top), text=alt.Text("name:N")))  # fmt: skip
    return layered(*parts).properties(height=HEIGHT, padding=LAST_LABEL | {"right": 120 if named else 14})


def _months(drawn: pd.DataFrame) -> alt.X:
    """The axis of months, at most ``MOST_MONTHS`` of them written."""
    starts = sorted(drawn["start"].unique())
    shown = starts[:: max(-(-len(starts) // MOST_MONTHS), 1)]
    labels = "{" + ", ".join(f"'{each}': '{pd.Timestamp(each):%b %Y}'" for each in shown) + "}[datum.value]"
    axis = alt.Axis(values=shown, labelExpr=labels, labelAngle=0, grid=False, ticks=False)
    return alt.X("start:O", title=None, axis=axis, scale=alt.Scale(type="point"))


def _labels(lines: pd.DataFrame) -> pd.DataFrame:
    """The last point of each line, far enough from the next to be read."""
    last = lines.sort_values("month").groupby("name", as_index=False).tail(1).sort_values("share", ascending=False)
    last = last.head(MOST_LINES)
    gap = float(lines["share"].max()) * 16 / HEIGHT
    spots: list[float] = []
    for share in last["share"]:
        spots.append(min(share, spots[-1] - gap) if spots else share)
    return last.assign(spot=spots)


def suspect_share_alt(rows: pd.DataFrame, flagged: Collection[str], names: Mapping[str, str], title: str) -> str:
    """The picture in words, from the values drawn."""
    total = rows.groupby(REP)[["n", "k"]].sum()
    share = total["k"] / total["n"]
    mine = share[share.index.isin(list(flagged))].sort_values(ascending=False)
    others = share[~share.index.isin(list(flagged))]
    told = [f"{names.get(rep, rep)} {percent(value)}" for rep, value in mine.items()]
    usual = f"all others {percent(others.min())} to {percent(others.max())}" if len(others) else "nobody else"
    return f"Share of {title} by month. {list_names(told, MOST_LINES) or 'Nobody is named'}; {usual}."
