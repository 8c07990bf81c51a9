"""A strip for each date column of a source: the periods that it covers, and those with rows."""

from __future__ import annotations

import json
from collections.abc import Sequence

import altair as alt
import pandas as pd

from workbench.charts.coverage import axis_labels
from workbench.charts.palette import ACCENT, MUTED
from workbench.data.model.dataset import Grain
from workbench.data.model.source_coverage import SourceCoverage, overall_periods
from workbench.words.gaps import strip_names
from workbench.words.numbers import pluralize
from workbench.words.panels import period_name

ROWS, COVERED, UNKNOWN = "rows", "no rows: counts 0", "not covered: unknown"
PALE = "#8FC1DA"  # of the accent
_FREQUENCY = {"day": "D", "week": "7D", "month": "MS", "quarter": "QS"}
_HEIGHT, _MOST_LABELS = 22, 12


def strip_rows(coverage: Sequence[SourceCoverage], grain: Grain) -> pd.DataFrame:
    """One row per strip and period: ``strip``, ``start`` (ISO), ``when``, ``n`` rows and ``state``."""
    overall = overall_periods(coverage)
    if overall is None:
        return pd.DataFrame(columns=["strip", "start", "when", "n", "state"])
    rows = []
    for each, name in zip(coverage, strip_names(coverage), strict=True):
        counts = dict(each.rows)
        for period in pd.date_range(*overall, freq=_FREQUENCY[grain]):
            n = counts.get(period, 0)
            inside = each.first <= period <= each.last
            state = (ROWS if n else COVERED) if inside else UNKNOWN
            rows.append((name, f"{period:%Y-%m-%d}", period_name(period, grain), n, state))
    return pd.DataFrame(rows, columns=["strip", "start", "when", "n", "state"])


def strip_chart(coverage: Sequence[SourceCoverage], grain: Grain) -> alt.Chart:
    """Full where there are rows, pale where a period without rows counts 0, grey where nothing is known."""
    drawn = strip_rows(coverage, grain)
    starts = drawn["start"].drop_duplicates().tolist()
    labels = axis_labels(starts[:: -(-len(starts) // _MOST_LABELS)], grain)
    axis = alt.Axis(title=None, labelExpr=f"{json.dumps(labels)}[datum.value]", values=list(labels), labelAngle=0,
                    ticks=False, domain=False)  # fmt: skip
    names = alt.Axis(title=None, ticks=False, domain=False, labelLimit=220)
    states = alt.Scale(domain=[ROWS, COVERED, UNKNOWN], range=[ACCENT, PALE, MUTED])
    legend = alt.Legend(title=None, orient="bottom", symbolType="square")
    return (
        alt.Chart(drawn, height=alt.Step(_HEIGHT))
        .mark_rect(cornerRadius=1)
        .encode(
            x=alt.X("start:O", scale=alt.Scale(domain=starts, paddingInner=0.12), axis=axis),
            y=alt.Y("strip:N", sort=drawn["strip"].drop_duplicates().tolist(), axis=names,
                    scale=alt.Scale(paddingInner=0.3)),
            color=alt.Color("state:N", scale=states, legend=legend),
            opacity=alt.OpacityValue(1, condition={"test": f"datum.state === '{UNKNOWN}'", "value": 0.2}),
            tooltip=[alt.Tooltip("strip:N", title="File"), alt.Tooltip("when:N", title="Period"),
                     alt.Tooltip("n:Q", title="Rows", format=","), alt.Tooltip("state:N", title="Means")],
        )
    )  # fmt: skip


def strip_alt(coverage: Sequence[SourceCoverage], grain: Grain) -> str:
    """The picture in words, from the values drawn."""
    drawn = strip_rows(coverage, grain)
    said = []
    for name, strip in drawn.groupby("strip", sort=False):
        n = strip["state"].value_counts()
        said.append(f"{name}: rows in {pluralize(int(n.get(ROWS, 0)), grain)} of {len(strip)}, "
                    f"{int(n.get(UNKNOWN, 0))} not covered")  # fmt: skip
    return "; ".join(said) + "."
