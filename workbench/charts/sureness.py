"""How sure one was beside how often one was right, with the line on which the two are the same."""

from __future__ import annotations

import altair as alt
import pandas as pd

from workbench.charts.layers import layered
from workbench.charts.palette import ACCENT, MUTED
from workbench.words.learn import times_sentence

SIDE = 300
_PERCENT = [0, 25, 50, 75, 100]


def sureness_chart(table: pd.DataFrame, ink: str) -> alt.LayerChart:
    """A dot for each sureness, as large as the predictions are many; ``table`` as of ``judge_predictions``."""
    rows = _sureness_rows(table)
    same = pd.DataFrame({"sure": [50, 100], "right": [50, 100]})
    x = alt.X("sure:Q", title="how sure, %", scale=alt.Scale(domain=[45, 105], nice=False),
              axis=alt.Axis(values=[50, 60, 70, 80, 90, 100], grid=False))  # fmt: skip
    y = alt.Y("right:Q", title="how often right, %", scale=alt.Scale(domain=[-5, 108], nice=False),
              axis=alt.Axis(values=_PERCENT))  # fmt: skip
    line = alt.Chart(same).mark_line(strokeDash=[5, 4], color=MUTED).encode(x=x, y=y)
    dots = alt.Chart(rows).encode(
        x=x, y=y, tooltip=[alt.Tooltip("said:N", title="So far")],
        size=alt.Size("n:Q", legend=None, scale=alt.Scale(domain=[1, 12], range=[80, 500], clamp=True)),
    )  # fmt: skip
    counts = dots.mark_text(dy=-16, fontSize=13, color=ink).encode(text=alt.Text("of:N"), size=alt.SizeValue(13))
    return layered(line, dots.mark_circle(color=ACCENT, opacity=0.9), counts).properties(height=SIDE)


def sureness_alt(table: pd.DataFrame) -> str:
    """The dots in words, from the values drawn."""
    return " ".join(_sureness_rows(table)["said"])


def _sureness_rows(table: pd.DataFrame) -> pd.DataFrame:
    said = [times_sentence(row.sure, row.n_right, row.n) for row in table.itertuples()]
    of = [f"{row.n_right} of {row.n}" for row in table.itertuples()]
    return table.assign(right=100 * table["n_right"] / table["n"], said=said, of=of)
