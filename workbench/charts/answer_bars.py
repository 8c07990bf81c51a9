"""The figures behind an answer: a bar for each name, below zero to the left, the answer's own in colour."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import altair as alt
import pandas as pd

from workbench.charts.layers import layered
from workbench.charts.palette import ACCENT, MUTED
from workbench.words.lists import list_names
from workbench.words.numbers import short_number

ROW, LOW_ROW = 26, 19
MANY = 12
"""From so many bars on they are drawn lower, so that a screen holds them."""
ROOM = 0.16
"""Share of the span kept free beyond the longest bar, for its number."""


def answer_bars_chart(amounts: Mapping[str, float], answer: Collection[str], title: str, ink: str) -> alt.LayerChart:
    """The names in the order given; those of the ``answer`` are in colour, all are where none of them is there."""
    rows = _answer_rows(amounts, answer)
    low, high = min([0.0, *amounts.values()]), max([0.0, *amounts.values()])
    room = ROOM * ((high - low) or 1.0)
    digits = "~s" if high >= 1_000 else alt.Undefined  # 0.3 would be 300m
    row = ROW if len(amounts) <= MANY else LOW_ROW
    scale = alt.Scale(domain=[low - (room if low < 0 else 0), high + room], nice=False)
    base = alt.Chart(rows, height=alt.Step(row)).encode(
        y=alt.Y("name:N", sort=None, title=None,
                axis=alt.Axis(ticks=False, domain=False, labelLimit=220, labelOverlap=False)),
        x=alt.X("amount:Q", title=title, scale=scale, axis=alt.Axis(tickCount=5, format=digits)),
        tooltip=[alt.Tooltip("name:N", title="Name"), alt.Tooltip("said:N", title="Amount")],
    )  # fmt: skip
    colour = alt.Color("is_answer:N", scale=alt.Scale(domain=[True, False], range=[ACCENT, MUTED]), legend=None)
    right = base.mark_text(align="left", dx=6, fontSize=13, color=ink).transform_filter("datum.amount >= 0")
    left = base.mark_text(align="right", dx=-6, fontSize=13, color=ink).transform_filter("datum.amount < 0")
    said = [each.encode(text=alt.Text("said:N")) for each in (left, right)]
    return layered(base.mark_bar().encode(color=colour), *said).properties(data=rows)


def answer_bars_alt(amounts: Mapping[str, float], title: str) -> str:
    """The bars in words, from the values drawn."""
    rows = _answer_rows(amounts, ()).to_dict("records")
    said = [f"{row['name']} {row['said']}" for row in rows]
    return f"{title[0].upper()}{title[1:]}: {list_names(said, len(said))}."


def _answer_rows(amounts: Mapping[str, float], answer: Collection[str]) -> pd.DataFrame:
    own = bool(set(answer) & set(amounts))
    return pd.DataFrame({
        "name": list(amounts), "amount": list(amounts.values()),
        "is_answer": [not own or name in answer for name in amounts],
        "said": [short_number(amount) for amount in amounts.values()],
    })  # fmt: skip
