"""Scatter of reps by one KPI and the goal, with both targets as lines."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from workbench.charts.layers import LAST_LABEL, layered
from workbench.charts.palette import GOAL, KINDS
from workbench.charts.value_axis import axis_format
from workbench.data.model.panel import REP
from workbench.scoring.goal_without_kpi import GoalWithoutKpi
from workbench.words.numbers import pluralize

HEIGHT, MOST_NAMES = 320, 8
APART = "unsung_seller"


def quadrants_chart(
    found: GoalWithoutKpi, names: Mapping[str, str], kpi_title: str, goal_title: str, ink: str
) -> alt.LayerChart:
    """One dot a rep in the colour of its kind; those who made the goal without the KPI are named, if few."""
    drawn = found.reps.assign(name=found.reps[REP].map(names))
    tip = [alt.Tooltip("name:N", title="Rep"), alt.Tooltip("kpi:Q", title=kpi_title, format=",.3~r"),
           alt.Tooltip("goal:Q", title=goal_title, format=",.4~r")]  # fmt: skip
    scale = alt.Scale(zero=False, nice=True, padding=14)
    base = alt.Chart(drawn, height=HEIGHT).encode(
        x=alt.X("kpi:Q", title=kpi_title, scale=scale, axis=_axis(drawn["kpi"])),
        y=alt.Y("goal:Q", title=goal_title, scale=scale, axis=_axis(drawn["goal"])),
        tooltip=tip,
    )
    kinds = alt.Scale(domain=list(KINDS), range=list(KINDS.values()))
    dots = base.mark_circle(size=110, opacity=0.9).encode(color=alt.Color("kind:N", scale=kinds, legend=None))
    layers = [*_targets(drawn), dots]
    if 0 < len(found.of(APART)) <= MOST_NAMES:
        apart = base.transform_filter(alt.FieldEqualPredicate(field="kind", equal=APART))
        layers.append(
            apart.mark_text(align="left", dx=8, dy=-4, fontSize=12, color=ink).encode(text=alt.Text("name:N"))
        )
    return layered(*layers).properties(padding=LAST_LABEL)


def quadrants_alt(found: GoalWithoutKpi, kpi_title: str, goal_title: str) -> str:
    """The picture in words, from the reps drawn."""
    return (
        f"{pluralize(len(found.reps), 'rep')} by {kpi_title} and {goal_title}: {len(found.of('hit_both'))} reached "
        "both "
        f"targets, {len(found.of('unsung_seller'))} only the goal, {len(found.of('box_ticker'))} only the KPI's, "
        f"{len(found.of('missed_both'))} neither."
    )


def _targets(drawn: pd.DataFrame) -> list[alt.Chart]:
    """A line for each target that is the same for every rep."""
    lines = []
    for column, channel in (("kpi_target", alt.XDatum), ("goal_target", alt.YDatum)):
        if drawn[column].min() == drawn[column].max():
            place = channel(float(drawn[column].iloc[0]))
            lines.append(alt.Chart().mark_rule(color=GOAL, strokeDash=[5, 4]).encode(place))
    return lines


def _axis(values: pd.Series) -> alt.Axis:
    return alt.Axis(format=axis_format(values), tickCount=5, domain=False, titleColor=GOAL, titleFontWeight="normal",
                    grid=False, labelFlush=True)  # fmt: skip
