"""Scatter of one KPI, or of the score, against the goal, for each reading of their agreement."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd

from workbench.charts.layers import LAST_LABEL, as_shown, layered
from workbench.charts.palette import CHOSEN, GOAL
from workbench.charts.value_axis import axis_format, value_format
from workbench.data.model.dataset import Grain
from workbench.data.model.panel import PERIOD, REP
from workbench.scoring.agreement import Pairs
from workbench.scoring.history import History
from workbench.words.numbers import pluralize
from workbench.words.panels import period_name

HEIGHT = 190
FEW = 60


def scatter_rows(pairs: Pairs, history: History, names: Mapping[str, str], grain: Grain) -> pd.DataFrame:
    """One row per pair: ``rep`` (real name), ``name`` as shown, ``when`` (empty for a whole rep), ``x``, ``y``."""
    said = dict(zip(history.rows.periods.tolist(), history.rep_periods.keys[PERIOD], strict=True))
    reps = history.reps.keys[REP].to_numpy()[pairs.rows.reps]
    at_rep_level = len(np.unique(pairs.rows.reps)) == len(pairs.x)
    when = "" if at_rep_level else [period_name(said[number], grain) for number in pairs.rows.periods.tolist()]
    drawn = pd.DataFrame({"rep": reps, "x": pairs.x, "y": pairs.goal, "when": when})
    return drawn.assign(name=drawn["rep"].map(names))


def scatter_chart(
    drawn: pd.DataFrame, colour: str, x_title: str, y_title: str, chosen: str | None = None, x_unit: str | None = ""
) -> alt.LayerChart:
    """The dots of ``scatter_rows``, the selected rep's in front; ``x_unit`` None is a share."""
    few = len(drawn) <= FEW
    across = axis_format(drawn["x"], x_unit)
    tooltip = [alt.Tooltip("name:N", title="Rep"), alt.Tooltip("x:Q", title=x_title, format=value_format(across)),
               alt.Tooltip("y:Q", title=y_title, format=",.4~r")]  # fmt: skip
    if not few and drawn["when"].ne("").any():
        tooltip.insert(1, alt.Tooltip("when:N", title="Period"))
    scale = alt.Scale(zero=False, nice=True, padding=10)
    base = alt.Chart(as_shown(drawn), height=HEIGHT).encode(
        x=alt.X("x:Q", title=x_title, scale=scale, axis=_axis(across)),
        y=alt.Y("y:Q", title=y_title, scale=scale, axis=_axis(axis_format(drawn["y"]))),
        tooltip=tooltip,
    )
    others = base.mark_circle(color=colour, size=70 if few else 16, opacity=0.75 if few else 0.4)
    if chosen is None or not drawn["rep"].eq(chosen).any():
        return layered(others).properties(padding=LAST_LABEL)
    shown = drawn["name"][drawn["rep"].eq(chosen)].iloc[0]
    front = base.transform_filter(alt.FieldEqualPredicate(field="name", equal=shown))
    ring = front.mark_point(color=CHOSEN, filled=False, size=160 if few else 60, strokeWidth=3, opacity=1)
    return layered(others, ring).properties(padding=LAST_LABEL)


def scatter_alt(drawn: pd.DataFrame, x_title: str, y_title: str) -> str:
    """The picture in words, from the values drawn."""
    if drawn.empty:
        return f"No pairs of {x_title} and {y_title} to draw."
    x, y = drawn["x"], drawn["y"]
    reps = pluralize(drawn["rep"].nunique(), "rep")
    return (
        f"Scatter of {pluralize(len(drawn), 'dot')} of {reps}: {x_title} from {x.min():,.4g} to {x.max():,.4g} across, "
        f"{y_title} from {y.min():,.4g} to {y.max():,.4g} upwards."
    )


def _axis(form: str) -> alt.Axis:
    return alt.Axis(tickCount=4, format=form, titleColor=GOAL, titleFontWeight="normal",
                    domain=False, grid=True, labelFlush=True)  # fmt: skip
