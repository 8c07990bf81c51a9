"""A line as somebody drew it, beside the true one."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from workbench.charts.layers import layered
from workbench.charts.palette import ACCENT, MUTED
from workbench.words.lists import list_names
from workbench.words.numbers import short_number

HEIGHT = 240


def drawn_line_chart(
    labels: Sequence[str], drawn: Sequence[float], true: Sequence[float], title: str, words: tuple[str, str], ink: str
) -> alt.LayerChart:
    """Both lines; ``words`` name the drawn and the true one."""
    rows = _line_rows(labels, drawn, true, words)
    base = alt.Chart(rows, height=HEIGHT).encode(
        x=alt.X("label:N", sort=None, title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("amount:Q", title=title, axis=alt.Axis(tickCount=5, format="~s")),
        tooltip=[alt.Tooltip("label:N", title="Where"), alt.Tooltip("line:N", title="Line"),
                 alt.Tooltip("said:N", title="Amount")],
    )  # fmt: skip
    scale = alt.Scale(domain=list(words), range=[MUTED, ACCENT])
    legend = alt.Legend(orient="top", symbolType="stroke", symbolSize=300, symbolDash=[1, 0])
    colour = alt.Color("line:N", title=None, legend=legend, scale=scale)
    dash = alt.StrokeDash("line:N", legend=None, scale=alt.Scale(domain=list(words), range=[[6, 4], [1, 0]]))
    lines = base.mark_line(strokeWidth=3).encode(color=colour.copy(deep=False), strokeDash=dash)
    points = base.mark_circle(size=70, opacity=1).encode(color=colour)
    said = base.mark_text(dy=-14, fontSize=13, color=ink).encode(text=alt.Text("said:N"))
    truth = alt.datum.line == words[1]
    return layered(lines, points, said.transform_filter(truth)).properties(data=rows)


def drawn_line_alt(
    labels: Sequence[str], drawn: Sequence[float], true: Sequence[float], title: str, words: tuple[str, str]
) -> str:
    """Both lines in words, from the values drawn."""
    rows = _line_rows(labels, drawn, true, words)
    said = [f"{label}: {' and '.join(f'{row.line} {row.said}' for row in part.itertuples())}"
            for label, part in rows.groupby("label", sort=False)]  # fmt: skip
    return f"{title}. {list_names(said, len(said))}."


def _line_rows(
    labels: Sequence[str], drawn: Sequence[float], true: Sequence[float], words: tuple[str, str]
) -> pd.DataFrame:
    rows = [(label, line, float(amount), short_number(amount))
            for line, amounts in zip(words, (drawn, true), strict=True)
            for label, amount in zip(labels, amounts, strict=True)]  # fmt: skip
    return pd.DataFrame(rows, columns=["label", "line", "amount", "said"])
