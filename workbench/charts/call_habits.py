"""How calls were made: for each length, hour or outcome the share of some reps' calls, beside that of all others."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from workbench.charts.layers import LAST_LABEL
from workbench.charts.palette import BOX_TICKER, MUTED
from workbench.words.lists import list_names
from workbench.words.numbers import percent

GROUP_COLOURS = {True: BOX_TICKER, False: MUTED}
"""By whether a group is the chosen reps."""
BAR = 11
"""Height of a bar, in px; each value has one for both groups."""


def call_habits_rows(way: pd.DataFrame, labels: Mapping[str, str], groups: Mapping[bool, str]) -> pd.DataFrame:
    """One row per value and group: ``label group share n``; ``way`` as ``CallHabits.of``, values in their order."""
    return pd.DataFrame({
        "label": [labels.get(value, value) for value in way["value"]],
        "group": [groups[bool(apart)] for apart in way["apart"]],
        "share": way["share"].astype(float).tolist(), "n": way["n"].astype(int).tolist(),
    })  # fmt: skip


def call_habits_chart(rows: pd.DataFrame, title: str, groups: Mapping[bool, str]) -> alt.Chart:
    """Two bars for each value, the chosen reps' above that of all others; the key stands once above all pictures."""
    order = rows["label"].drop_duplicates().tolist()
    names = [groups[True], groups[False]]
    colour = alt.Scale(domain=names, range=list(GROUP_COLOURS.values()))
    top = alt.Scale(domain=[0, min(1.0, max(float(rows["share"].max()), 0.05) * 1.05)], nice=False)
    return (
        alt.Chart(rows, height=alt.Step(BAR))
        .mark_bar(cornerRadiusEnd=2)
        .encode(
            y=alt.Y("label:N", sort=order, title=None, scale=alt.Scale(paddingInner=0.25),
                    axis=alt.Axis(ticks=False, domain=False, labelLimit=170, labelFontSize=13)),
            yOffset=alt.YOffset("group:N", sort=names),
            x=alt.X("share:Q", title=title, scale=top, axis=alt.Axis(format="%", tickCount=5)),
            color=alt.Color("group:N", scale=colour, legend=None),
            tooltip=[alt.Tooltip("group:N", title="Calls of"), alt.Tooltip("label:N", title="Kind"),
                     alt.Tooltip("share:Q", format=".1%", title="Share"),
                     alt.Tooltip("n:Q", format=",", title="Calls")],
        )
        .properties(padding=LAST_LABEL)
    )  # fmt: skip


def call_habits_alt(rows: pd.DataFrame, title: str, groups: Mapping[bool, str]) -> str:
    """The bars in words, from the values drawn."""
    wide = rows.pivot_table(index="label", columns="group", values="share", sort=False)
    said = [f"{label} {percent(row[groups[True]])} against {percent(row[groups[False]])}"
            for label, row in wide.iterrows()]  # fmt: skip
    return f"{title}, {groups[True]} against {groups[False]}: {list_names(said, len(said))}."
