"""The team's goal by period: what was reached as bars, the target as a line."""

from __future__ import annotations

import json

import altair as alt
import pandas as pd

from workbench.charts.coverage import axis_labels
from workbench.charts.layers import layered
from workbench.charts.palette import ACCENT, BOX_TICKER, GOAL, MUTED
from workbench.charts.value_axis import axis_format
from workbench.data.model.dataset import Grain
from workbench.data.model.panel import PERIOD
from workbench.words.kpis import title_with_unit
from workbench.words.numbers import pluralize, short_number
from workbench.words.panels import period_name

HEIGHT, MOST_LABELS = 220, 9
HIT, MISSED, PART, OPEN = "target reached", "target missed", "part of a period", "no target"
LOOKS = {HIT: ACCENT, MISSED: BOX_TICKER, PART: GOAL, OPEN: MUTED}


def team_goal_chart(sums: pd.DataFrame, goal: str, unit: str, grain: Grain, ink: str) -> alt.LayerChart:
    """A bar per period and a line for its target, if there is one; ``sums`` as of ``team_goal_by_period``."""
    rows = _team_goal_rows(sums, grain)
    starts = rows["start"].tolist()
    labels = axis_labels(starts[:: max(-(-len(starts) // MOST_LABELS), 1)], grain)
    axis = alt.Axis(title=None, labelExpr=f"{json.dumps(labels)}[datum.value]", values=list(labels), labelAngle=0,
                    ticks=False, domain=False)  # fmt: skip
    shown = [look for look in LOOKS if look in set(rows["look"])]
    key = alt.Legend(title=None, orient="top", symbolType="square") if len(shown) > 1 else None
    base = alt.Chart(rows, height=HEIGHT).encode(
        x=alt.X("start:O", axis=axis, scale=alt.Scale(paddingInner=0.25)),
        tooltip=[alt.Tooltip("when:N", title="Period"), alt.Tooltip("value:Q", title=goal, format=",.4~r"),
                 alt.Tooltip("target:Q", title="Target", format=",.4~r")],
    )  # fmt: skip
    y = alt.Y(
        "value:Q",
        title=title_with_unit(f"{goal}, team", unit),
        axis=alt.Axis(format=axis_format(rows["value"]), tickCount=5),
    )
    bars = base.mark_bar(cornerRadiusEnd=3).encode(
        y=y, color=alt.Color("look:N", scale=alt.Scale(domain=shown, range=[LOOKS[s] for s in shown]), legend=key)
    )
    targets = (
        base.transform_filter("isValid(datum.target)").mark_tick(color=ink, thickness=4).encode(y=alt.Y("target:Q"))
    )
    return layered(bars, targets).properties(data=rows)


def team_goal_alt(sums: pd.DataFrame, goal: str, grain: Grain) -> str:
    """The bars in words, from the values drawn."""
    rows = _team_goal_rows(sums, grain)
    known = rows[rows["look"].isin([HIT, MISSED])]
    hit = f" The target was reached in {int((known['look'] == HIT).sum())}." if known["target"].notna().any() else ""
    last = rows.iloc[-1]
    return f"{goal} of the team in {pluralize(len(rows), grain)}, {short_number(last['value'])} in {last['when']}.{hit}"


def _team_goal_rows(sums: pd.DataFrame, grain: Grain) -> pd.DataFrame:
    whole = OPEN if sums["met"].notna().any() else HIT  # without any target all bars are alike
    look = sums["met"].map({True: HIT, False: MISSED}).fillna(whole).mask(sums["partial"], PART)
    return pd.DataFrame({
        "start": sums[PERIOD].dt.strftime("%Y-%m-%d"), "when": [period_name(start, grain) for start in sums[PERIOD]],
        "value": sums["value"], "target": sums["target"], "look": look,
    })  # fmt: skip
