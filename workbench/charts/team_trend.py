"""Line of the team's average of one KPI over time: a sparkline on a card, or a small chart with axes."""

from __future__ import annotations

import altair as alt
import pandas as pd

from workbench.charts.coverage import axis_labels
from workbench.charts.palette import GOAL
from workbench.charts.value_axis import axis_format
from workbench.data.model.dataset import Grain
from workbench.data.model.panel import PERIOD
from workbench.words.numbers import pluralize
from workbench.words.panels import period_name

SPARK, HEIGHT = 40, 150
SPARK_ROOM = {"left": 0, "right": 4, "top": 4, "bottom": 0}
MOST_LABELS = 8


def trend_chart(
    average: pd.DataFrame,
    grain: Grain,
    colour: str,
    title: str,
    spark: bool = False,
    unit: str | None = "",
) -> alt.LayerChart:
    """Line of one row per period (``period value n``), its last value as a dot, with gaps where no rep has a value.

    ``unit``: None is a share, shown in per cent.
    """
    drawn = average.assign(
        start=average[PERIOD].dt.strftime("%Y-%m-%d"), when=[period_name(start, grain) for start in average[PERIOD]]
    )
    y = alt.Y(
        "value:Q",
        title=None,
        scale=alt.Scale(zero=False),
        axis=None if spark else _value_axis(average["value"], unit),
    )
    tip = [alt.Tooltip("when:N", title="Period"), alt.Tooltip("value:Q", title=title, format=",.3~r"),
           alt.Tooltip("n:Q", title="reps")]  # fmt: skip
    base = alt.Chart(drawn, height=SPARK if spark else HEIGHT).encode(x=_periods(drawn, grain, spark), y=y, tooltip=tip)
    line = base.mark_line(color=colour, strokeWidth=2)
    last = base.transform_filter(alt.FieldEqualPredicate(field="start", equal=_last(drawn)))
    drawing = line + last.mark_point(color=colour, filled=True, size=45, opacity=1)
    if spark:
        return drawing.properties(padding=SPARK_ROOM)
    return drawing.properties(
        title=alt.TitleParams(title, anchor="start", fontSize=13, fontWeight="normal", color=GOAL)
    )


def trend_alt(average: pd.DataFrame, grain: Grain, title: str) -> str:
    """The line in words, from the values drawn."""
    known = average.dropna(subset=["value"])
    if known.empty:
        return f"{title}: no values in any {grain}."
    ends = f"{known['value'].iloc[0]:,.3g} at first, {known['value'].iloc[-1]:,.3g} at last"
    return f"{title}, team average over {pluralize(len(known), grain)}: {ends}, {known['value'].max():,.3g} at most."


def _last(drawn: pd.DataFrame) -> str:
    known = drawn.dropna(subset=["value"])
    return known["start"].iloc[-1] if len(known) else ""


def _periods(drawn: pd.DataFrame, grain: Grain, spark: bool) -> alt.X:
    if spark:
        return alt.X("start:O", axis=None)
    starts = drawn["start"].tolist()
    labels = axis_labels(starts[:: max(-(-len(starts) // MOST_LABELS), 1)], grain)
    expression = "{" + ", ".join(f"'{start}': {list(said)!r}" for start, said in labels.items()) + "}[datum.value]"
    axis = alt.Axis(title=None, labelExpr=expression, values=list(labels), labelAngle=0, ticks=False, domain=False)
    return alt.X("start:O", axis=axis)


def _value_axis(values: pd.Series, unit: str | None) -> alt.Axis:
    return alt.Axis(
        format=axis_format(values, unit),
        tickCount=3,
        domain=False,
        ticks=False,
        titleColor=GOAL,
        titleFontWeight="normal",
    )
