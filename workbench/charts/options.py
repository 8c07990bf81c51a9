"""Bump chart of every rep's rank from option to option."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import altair as alt
import pandas as pd

from workbench.charts.layers import as_shown, layered
from workbench.charts.palette import BETTER, BOX_TICKER, MUTED
from workbench.words.numbers import pluralize

ROW, WIDTH = 24, 210
SAME, UP, DOWN = "about the same", "gains", "loses"


def bump_chart(ranks: pd.DataFrame, names: Mapping[str, str], ink: str) -> alt.LayerChart:
    """A line per rep; ``ranks`` as of ``compare.ranks_side_by_side``. Coloured by what the last option does to them."""
    drawn = _rows(ranks, names)
    order = drawn.sort_values("place")["option"].unique().tolist()
    colours = alt.Scale(domain=[UP, DOWN, SAME], range=[BETTER, BOX_TICKER, MUTED])
    base = alt.Chart(as_shown(drawn)).encode(
        x=alt.X("option:N", sort=order, title=None, scale=alt.Scale(type="point", padding=0.15),
                axis=alt.Axis(orient="top", labelAngle=0, labelFontSize=13, labelLimit=WIDTH, domain=False)),
        y=alt.Y("spot:Q", axis=None, scale=alt.Scale(domain=[drawn["spot"].max(), 1], nice=False, padding=12)),
        detail=alt.Detail("name:N"),
        color=alt.Color("moved:N", scale=colours, legend=alt.Legend(title=None, orient="bottom")),
        tooltip=[alt.Tooltip("name:N", title="Rep"), alt.Tooltip("option:N", title="Option"),
                 alt.Tooltip("rank:Q", title="Rank"), alt.Tooltip("goal_rank:Q", title="Rank in the goal")],
    )  # fmt: skip
    lines = base.mark_line(strokeWidth=2, opacity=0.75)
    dots = base.mark_circle(size=70, opacity=1)
    sides: tuple[tuple[str, Literal["left", "right"], int], ...] = ((order[0], "right", -10), (order[-1], "left", 10))
    ends = [
        base.transform_filter(alt.FieldEqualPredicate(field="option", equal=option))
        .mark_text(align=align, dx=dx, fontSize=13)
        .encode(text=alt.Text("name:N"), color=alt.ColorValue(ink))
        for option, align, dx in sides
    ]
    return layered(lines, dots, *ends).properties(height=max(drawn["name"].nunique() * ROW, 160))


def bump_alt(ranks: pd.DataFrame, names: Mapping[str, str]) -> str:
    """The lines in words, from the values drawn: who is first in each option, and how many move."""
    drawn = _rows(ranks, names)
    first = drawn[drawn["rank"] == 1].groupby("option", sort=False)["name"].agg(", ".join)
    moved = drawn.drop_duplicates("rep")["moved"].value_counts()
    said = "; ".join(f"{option}: {who}" for option, who in first.items())
    return f"First in {said}. {pluralize(moved.get(UP, 0), 'rep')} up, {moved.get(DOWN, 0)} down by two ranks or more."


def _rows(ranks: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """With ``name``, ``spot`` and, over the options, ``moved``: two ranks or more between the first and the last.

    Equal ranks get spots one below the other, so that every name can be read.
    """
    by_rep = ranks.sort_values("place").set_index("rep")["rank"].groupby("rep")
    change = by_rep.nth(0) - by_rep.nth(-1)
    moved = change.map(lambda ranks_up: UP if ranks_up >= 2 else DOWN if ranks_up <= -2 else SAME)
    ranked = ranks.dropna(subset=["rank"]).sort_values(["place", "rank", "goal_rank"])
    return ranked.assign(
        name=ranked["rep"].map(names), moved=ranked["rep"].map(moved), spot=ranked.groupby("place").cumcount() + 1
    )
