"""The smallest effect that a trial would find, over its length and for different numbers of reps who change."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from workbench.charts.layers import layered
from workbench.charts.palette import HIT_BOTH, MUTED
from workbench.charts.value_axis import axis_format, value_format
from workbench.trials.planned_effect import planned_effect
from workbench.trials.trial_finding import DetectableEffect, TrialFinding
from workbench.words.lists import list_names
from workbench.words.trial_amounts import amount, moves_by_points, per_what, periods_words, units_words

DETECTABLE_HEIGHT, MATTERS = 300, "what matters"
ROOM_FOR_LABELS = {"left": 5, "top": 12, "bottom": 5, "right": 100}


def detectable_rows(found: TrialFinding) -> pd.DataFrame:
    """One row per number of units and length: ``n periods effect said mine``; ``mine`` as many as take part.

    More than half is left out: as many who work as before find the same.
    """
    seen = planned_effect(found)
    rows = [
        (each.n_treated, each.n_periods, each.effect, units_words(found, each.n_treated),
         _is_mine(each, seen))
        for each in found.detectable
        if np.isfinite(each.effect) and (each.n_treated <= each.n_comparison or _is_mine(each, seen))
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["n", "periods", "effect", "said", "mine"]).sort_values(["n", "periods"])


def _is_mine(each: DetectableEffect, seen: DetectableEffect | None) -> bool:
    return seen is not None and each.n_treated == seen.n_treated


def detectable_chart(found: TrialFinding, ink: str) -> alt.LayerChart:
    """A falling line per number of units, named at its end, over the smallest effect that matters."""
    rows = detectable_rows(found)
    last = int(rows["periods"].max())
    form = axis_format(rows["effect"], None if moves_by_points(found) else "")
    top = max(float(rows["effect"].max()), found.smallest if np.isfinite(found.smallest) else 0) * 1.06
    scale = alt.Scale(domain=[0, top], nice=False)
    x = alt.X("periods:Q", title=f"{found.grain}s after the start", scale=alt.Scale(domain=[0.5, last], nice=False),
              axis=alt.Axis(values=sorted(rows["periods"].unique().tolist()), format="d", grid=False))  # fmt: skip
    y = alt.Y("effect:Q", title=[f"smallest effect found on {found.label}", per_what(found)], scale=scale,
              axis=alt.Axis(format=form, tickCount=5))  # fmt: skip
    colour = alt.condition("datum.mine", alt.value(HIT_BOTH), alt.value(MUTED))
    base = alt.Chart(rows).encode(
        x=x, y=y, detail=alt.Detail("n:N"), color=colour,
        tooltip=[alt.Tooltip("said:N", title="Changed"), alt.Tooltip("periods:Q", title=f"{found.grain}s"),
                 alt.Tooltip("effect:Q", title="Smallest effect", format=value_format(form))],
    )  # fmt: skip
    parts: list[alt.Chart] = [
        base.mark_line(strokeWidth=2.5),
        base.mark_circle(size=60, opacity=1),
        *_line_ends(rows, x, scale, top, ink),
    ]
    if np.isfinite(found.smallest):
        parts.extend(_what_matters(found.smallest, last, x, scale, ink))
    return layered(*parts).properties(height=DETECTABLE_HEIGHT, padding=ROOM_FOR_LABELS)


def _line_ends(rows: pd.DataFrame, x: alt.X, scale: alt.Scale, top: float, ink: str) -> list[alt.Chart]:
    ends = rows.groupby("n").tail(1).sort_values("effect")
    parts, lowest = [], -np.inf
    for row in ends.itertuples():
        place = max(float(row.effect), lowest + 0.07 * top)
        lowest = place
        at = pd.DataFrame([{"periods": row.periods, "place": place, "said": row.said}])
        parts.append(alt.Chart(at).mark_text(align="left", dx=10, fontSize=13, fontWeight=600 if row.mine else 400,
                                             color=ink).encode(
            x=x, y=alt.Y("place:Q", scale=scale), text=alt.Text("said:N")))  # fmt: skip
    return parts


def _what_matters(smallest: float, last: int, x: alt.X, scale: alt.Scale, ink: str) -> tuple[alt.Chart, alt.Chart]:
    line = alt.Chart(pd.DataFrame({"effect": [smallest]})).mark_rule(color=ink, strokeDash=[6, 4], strokeWidth=1.5)
    text = alt.Chart(pd.DataFrame([{"periods": 0.5, "effect": smallest, "said": MATTERS}])).mark_text(
        align="left", dx=4, dy=-8, color=ink, fontSize=13)  # fmt: skip
    y = alt.Y("effect:Q", scale=scale)
    return line.encode(y=y), text.encode(x=x, y=y, text=alt.Text("said:N"))


def detectable_alt(found: TrialFinding) -> str:
    """The picture in words, from the values drawn."""
    rows = detectable_rows(found)
    ends = rows.groupby("n").agg(first=("periods", "first"), from_=("effect", "first"), last=("periods", "last"),
                                 to=("effect", "last"), said=("said", "first"))  # fmt: skip
    told = [f"{row.said}: {amount(found, row.from_)} after {periods_words(found, row.first)}, "
            f"{amount(found, row.to)} after {periods_words(found, row.last)}" for row in ends.itertuples()]  # fmt: skip
    return f"Smallest effect a trial would find. {list_names(told)}."
