"""Scatter of reps by one KPI and the goal, with both targets as lines."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd

from workbench.charts.layers import LAST_LABEL, as_shown, layered
from workbench.charts.palette import GOAL, KINDS
from workbench.charts.value_axis import axis_format, value_format
from workbench.data.model.panel import REP
from workbench.scoring.goal_without_kpi import GoalWithoutKpi
from workbench.words.numbers import pluralize

HEIGHT, MOST_NAMES = 320, 8
LINE, INWARDS = 17, 0.6
"""Pixels of a name with its share of the axis's edges; the part of the width from which names stand inwards."""
APART = "unsung_seller"


def quadrants_chart(
    found: GoalWithoutKpi,
    names: Mapping[str, str],
    kpi_title: str,
    goal_title: str,
    ink: str,
    kpi_unit: str | None = "",
) -> alt.LayerChart:
    """One dot a rep in the colour of its kind; those who made the goal without the KPI are named, if few.

    ``kpi_unit``: None for a rate.
    """
    drawn = found.reps.assign(name=found.reps[REP].map(names))
    across = axis_format(drawn["kpi"], kpi_unit)
    tip = [alt.Tooltip("name:N", title="Rep"), alt.Tooltip("kpi:Q", title=kpi_title, format=value_format(across)),
           alt.Tooltip("goal:Q", title=goal_title, format=",.4~r")]  # fmt: skip
    scale = alt.Scale(zero=False, nice=True, padding=14)
    base = alt.Chart(as_shown(drawn), height=HEIGHT).encode(
        x=alt.X("kpi:Q", title=kpi_title, scale=scale, axis=_axis(across)),
        y=alt.Y("goal:Q", title=goal_title, scale=scale, axis=_axis(axis_format(drawn["goal"]))),
        tooltip=tip,
    )
    kinds = alt.Scale(domain=list(KINDS), range=list(KINDS.values()))
    dots = base.mark_circle(size=110, opacity=0.9).encode(color=alt.Color("kind:N", scale=kinds, legend=None))
    layers = [*_targets(drawn), dots]
    if 0 < len(found.of(APART)) <= MOST_NAMES:
        layers += _name_layers(drawn, ink)
    return layered(*layers).properties(padding=LAST_LABEL)


def quadrants_alt(found: GoalWithoutKpi, kpi_title: str, goal_title: str) -> str:
    """The picture in words, from the reps drawn."""
    return (
        f"{pluralize(len(found.reps), 'rep')} by {kpi_title} and {goal_title}: {len(found.of('hit_both'))} reached "
        "both "
        f"targets, {len(found.of('unsung_seller'))} only the goal, {len(found.of('box_ticker'))} only the KPI's, "
        f"{len(found.of('missed_both'))} neither."
    )


def _name_layers(drawn: pd.DataFrame, ink: str) -> list[alt.Chart]:
    """A name beside each dot, inwards from the right edge, one clear of the other."""
    apart = drawn[drawn["kind"] == APART]
    low, high = drawn["kpi"].min(), drawn["kpi"].max()
    right = apart["kpi"] > low + INWARDS * (high - low)
    layers = []
    for inwards in (False, True):
        side = apart[right == inwards]
        if len(side):
            spots = side.assign(spot=clear_of_each_other(side["goal"], LINE * np.ptp(drawn["goal"]) / HEIGHT))
            text = alt.Chart(as_shown(spots)).mark_text(align="right" if inwards else "left", dx=-9 if inwards else 9,
                                              fontSize=13, color=ink)  # fmt: skip
            layers.append(text.encode(alt.X("kpi:Q"), alt.Y("spot:Q"), alt.Text("name:N")))
    return layers


def clear_of_each_other(places: pd.Series, least: float) -> pd.Series:
    """The places moved apart to at least that distance, in their order, about where they were."""
    order = places.sort_values().index
    moved = places[order].to_numpy(dtype=float).copy()
    for _ in range(len(moved) ** 2):
        short = np.maximum(least - np.diff(moved), 0)
        if short.max(initial=0) <= least * 1e-6:
            break
        moved[:-1] -= short / 2
        moved[1:] += short / 2
    return pd.Series(moved, order)[places.index]


def _targets(drawn: pd.DataFrame) -> list[alt.Chart]:
    """A line for each target that is the same for every rep."""
    lines = []
    for column, channel in (("kpi_target", alt.XDatum), ("goal_target", alt.YDatum)):
        if drawn[column].min() == drawn[column].max():
            place = channel(float(drawn[column].iloc[0]))
            lines.append(alt.Chart().mark_rule(color=GOAL, strokeDash=[5, 4]).encode(place))
    return lines


def _axis(form: str) -> alt.Axis:
    return alt.Axis(format=form, tickCount=5, domain=False, titleColor=GOAL, titleFontWeight="normal",
                    grid=False, labelFlush=True)  # fmt: skip
