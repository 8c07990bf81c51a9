"""Scatter of reps by one KPI and the goal, with both targets as lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from workbench.charts.beside_dots import GAP, Side, name_sides
from workbench.charts.layers import LAST_LABEL, as_shown, layered
from workbench.charts.palette import GOAL, KINDS
from workbench.charts.value_axis import axis_format, value_format
from workbench.data.model.panel import REP
from workbench.scoring.goal_without_kpi import GoalWithoutKpi
from workbench.words.numbers import pluralize

HEIGHT, PADDING, MOST_NAMES = 320, 14, 8
"""Pixels: of the picture with its axes, and from its edge to the outermost dot."""
LEAST_WIDTH, LEAST_HEIGHT = 340, 250
"""Pixels that are left beside the axes on a laptop."""
LOOKS: dict[Side, dict[str, Any]] = {
    "right": {"align": "left", "dx": GAP}, "left": {"align": "right", "dx": -GAP},
    "above": {"baseline": "bottom", "dy": -GAP}, "below": {"baseline": "top", "dy": GAP},
}  # fmt: skip
APART = "unsung_seller"


def quadrants_chart(
    found: GoalWithoutKpi,
    names: Mapping[str, str],
    kpi_title: str,
    goal_title: str,
    ink: str,
    kpi_unit: str | None = "",
) -> alt.LayerChart:
    """One dot a rep in the colour of its kind; those who made the goal without the KPI are named, if few,
    where no other dot or name is in the way.

    ``kpi_unit``: None for a rate.
    """
    drawn = found.reps.assign(name=found.reps[REP].map(names))
    across = axis_format(drawn["kpi"], kpi_unit)
    tip = [alt.Tooltip("name:N", title="Rep"), alt.Tooltip("kpi:Q", title=kpi_title, format=value_format(across)),
           alt.Tooltip("goal:Q", title=goal_title, format=",.4~r")]  # fmt: skip
    scale = alt.Scale(zero=False, nice=False, padding=PADDING)
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
    """A name beside each dot that has room for one; the highest in the goal come first."""
    across, up = (_shares(drawn, column) for column in ("kpi", "goal"))
    order = np.argsort(-up, kind="stable")
    named = [int(place) for place in order if drawn["kind"].iloc[place] == APART]
    sides = name_sides(across.tolist(), up.tolist(), drawn["name"].tolist(), named, (LEAST_WIDTH, LEAST_HEIGHT))
    layers = []
    for side, look in LOOKS.items():
        places = [place for place, chosen in sides.items() if chosen == side]
        if places:
            text = alt.Chart(as_shown(drawn.iloc[places])).mark_text(fontSize=13, color=ink, **look)
            layers.append(text.encode(alt.X("kpi:Q"), alt.Y("goal:Q"), alt.Text("name:N")))
    return layers


def _shares(drawn: pd.DataFrame, column: str) -> np.ndarray:
    """Where each dot lies between the ends of its axis, which the lines of targets stretch too."""
    values = drawn[column].to_numpy(dtype=float)
    target = drawn[f"{column}_target"]
    ends = [*values, float(target.iloc[0])] if target.min() == target.max() else [*values]
    low, high = min(ends), max(ends)
    edge = PADDING / (LEAST_WIDTH if column == "kpi" else LEAST_HEIGHT)
    return edge + (1 - 2 * edge) * (values - low) / ((high - low) or 1.0)


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
