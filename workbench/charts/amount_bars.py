"""A bar for each name, the amount written at its end."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from workbench.charts.layers import layered
from workbench.charts.palette import ACCENT
from workbench.words.lists import MOST_NAMES, list_names
from workbench.words.numbers import short_number

ROW = 24


def amount_bars_chart(amounts: Mapping[str, float], title: str, ink: str) -> alt.LayerChart:
    """The names in the order given."""
    rows = _amount_rows(amounts)
    base = alt.Chart(rows, height=alt.Step(ROW)).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=200)),
        x=alt.X("amount:Q", title=title, axis=alt.Axis(tickCount=5, format="~s"),
                scale=alt.Scale(domainMin=0, domainMax=1.12 * max([*amounts.values(), 1.0]))),
    )  # fmt: skip
    said = base.mark_text(align="left", dx=6, fontSize=13, color=ink).encode(text=alt.Text("said:N"))
    return layered(base.mark_bar(color=ACCENT, cornerRadiusEnd=3), said).properties(data=rows)


def amount_bars_alt(amounts: Mapping[str, float], title: str) -> str:
    """The bars in words, from the values drawn."""
    rows = _amount_rows(amounts).to_dict("records")
    said = list_names([f"{row['name']} {row['said']}" for row in rows], MOST_NAMES)
    return f"{title[0].upper()}{title[1:]}: {said}."


def _amount_rows(amounts: Mapping[str, float]) -> pd.DataFrame:
    said = [short_number(amount) for amount in amounts.values()]
    return pd.DataFrame({"name": list(amounts), "amount": list(amounts.values()), "said": said})
