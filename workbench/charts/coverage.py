"""Grid of reps by periods that shows where there is data, under the team's total of each period."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from workbench.charts.layers import as_shown
from workbench.charts.palette import ACCENT, GOAL
from workbench.data.model.dataset import ADDITIVE, Grain
from workbench.data.model.panel import PERIOD, REP, MeasureInfo, Panel
from workbench.scoring.aggregate import aggregate_measures
from workbench.words.kpis import title_with_unit, unit_of_measure
from workbench.words.numbers import pluralize
from workbench.words.panels import period_name

_TALLEST, _SHORTEST, _ALL_ROWS = 18, 3, 560
_READABLE = 9
_FREQUENCY = {"day": "D", "week": "7D", "month": "MS", "quarter": "QS"}
_MOST_LABELS = 24


def coverage_rows(panel: Panel, measure: str, names: Mapping[str, str]) -> pd.DataFrame:
    """One row per (rep, period) of the panel: name as shown, ``value`` in the measure's unit (NaN missing), ``state``.

    Reps come in the order in which they begin, so that joiners and leavers make a staircase.
    """
    frame = panel.frame[[REP, PERIOD, measure]].rename(columns={measure: "value"})
    first = frame.groupby(REP)[PERIOD].min()
    order = sorted(first.index, key=lambda rep: (first[rep], names[rep]))
    drawn = frame.assign(
        name=frame[REP].map(names),
        place=frame[REP].map({rep: place for place, rep in enumerate(order)}),
        state=frame["value"].eq(0).map({True: "zero", False: "number"}).where(frame["value"].notna(), "missing"),
    )
    return _with_periods(drawn, panel).sort_values(["place", PERIOD], ignore_index=True)


def period_total_rows(panel: Panel, measure: str) -> pd.DataFrame:
    """One row per period: ``value`` the team's total, ``partial`` where the data covers the period only in part."""
    summed = aggregate_measures(panel, PERIOD, "totals")[measure].rename("value").reset_index()
    return _with_periods(summed, panel)


def coverage_chart(panel: Panel, measure: str, names: Mapping[str, str]) -> alt.VConcatChart:
    """Blank for no data, hollow for 0, a stronger colour for more; the team's totals above, pale in partial periods."""
    title = _title(panel.info(measure), panel.grain)
    parts = (
        _bars(period_total_rows(panel, measure), panel, title),
        _grid(coverage_rows(panel, measure, names), panel, title),
    )
    return alt.vconcat(*parts, spacing=4).resolve_scale(x="shared")


def coverage_grid_chart(panel: Panel, measure: str, names: Mapping[str, str]) -> alt.Chart:
    """The grid of reps by periods alone."""
    return _grid(coverage_rows(panel, measure, names), panel, _title(panel.info(measure), panel.grain))


def coverage_alt(panel: Panel, measure: str, names: Mapping[str, str]) -> str:
    """The picture in words, from the values drawn."""
    drawn = coverage_rows(panel, measure, names)
    n_reps, n_periods = drawn[REP].nunique(), len(_all_periods(panel))
    n, title = drawn["state"].value_counts(), _title(panel.info(measure), panel.grain)
    return (
        f"{title} of {pluralize(n_reps, 'rep')} in {pluralize(n_periods, panel.grain)}: "
        f"{n.get('number', 0):,} cells hold a number, {n.get('zero', 0):,} are 0, {n.get('missing', 0):,} are missing, "
        f"{n_reps * n_periods - len(drawn):,} are blank because the rep was not there."
    )


def _with_periods(frame: pd.DataFrame, panel: Panel) -> pd.DataFrame:
    said = {start: period_name(start, panel.grain) for start in frame[PERIOD].unique()}
    partial = frame[PERIOD].isin(panel.partial)
    when = frame[PERIOD].map(said) + partial.map({True: " (in part)", False: ""})
    return frame.assign(start=frame[PERIOD].dt.strftime("%Y-%m-%d"), when=when, partial=partial)


def _all_periods(panel: Panel) -> list[str]:
    """Periods without any data included: a gap must be seen."""
    first, last = panel.frame[PERIOD].min(), panel.frame[PERIOD].max()
    return pd.date_range(first, last, freq=_FREQUENCY[panel.grain]).strftime("%Y-%m-%d").tolist()


def _grid(drawn: pd.DataFrame, panel: Panel, title: str) -> alt.Chart:
    order = drawn.drop_duplicates(REP)["name"].tolist()
    height = max(_SHORTEST, min(_TALLEST, _ALL_ROWS // max(len(order), 1)))
    reps = alt.Axis(title=None, labels=height >= _READABLE, ticks=False, domain=False, labelLimit=140)
    weight = {
        "test": "datum.state === 'number'", "field": "value", "type": "quantitative",
        "scale": alt.Scale(type="sqrt", range=[0.12, 1]), "legend": None,
    }  # fmt: skip
    hollow = {"test": "datum.state === 'zero'", "value": 0.5}
    return (
        alt.Chart(as_shown(drawn), height=alt.Step(height))
        .mark_rect(color=ACCENT, stroke=ACCENT, cornerRadius=1)
        .encode(
            x=_period_axis(panel, drawn_axis=True),
            y=alt.Y("name:N", sort=order, axis=reps, scale=alt.Scale(paddingInner=0.12)),
            fillOpacity=alt.FillOpacityValue(0, condition=weight),
            strokeOpacity=alt.StrokeOpacityValue(0, condition=hollow),
            tooltip=_tooltip(title, "name:N"),
        )
    )


def _bars(summed: pd.DataFrame, panel: Panel, title: str) -> alt.Chart:
    value = alt.Y("value:Q", axis=alt.Axis(title=None, tickCount=2, format="~s", domain=False, grid=False))
    heading = alt.TitleParams(f"{title}, team", anchor="start", fontSize=13, fontWeight="normal", color=GOAL)
    return (
        alt.Chart(summed, height=64, title=heading)
        .mark_bar(color=GOAL, cornerRadius=1)
        .encode(
            x=_period_axis(panel, drawn_axis=False),
            y=value,
            opacity=alt.OpacityValue(1, condition={"test": "datum.partial", "value": 0.4}),
            tooltip=_tooltip(f"{title}, team"),
        )
    )


def _tooltip(title: str, *more: str) -> list[alt.Tooltip]:
    named = [alt.Tooltip(field, title="Rep") for field in more]
    return [*named, alt.Tooltip("when:N", title="Period"), alt.Tooltip("value:Q", title=title, format=",.6~r")]


def _period_axis(panel: Panel, *, drawn_axis: bool) -> alt.X:
    starts = _all_periods(panel)
    labels = axis_labels(starts[:: -(-len(starts) // _MOST_LABELS)], panel.grain)
    expression = f"{json.dumps(labels)}[datum.value]"
    axis = alt.Axis(title=None, labelExpr=expression, values=list(labels), labelAngle=0, ticks=False, domain=False)
    return alt.X("start:O", scale=alt.Scale(domain=starts, paddingInner=0.12), axis=axis if drawn_axis else None)


def axis_labels(starts: Sequence[str], grain: Grain) -> dict[str, list[str]]:
    """Short label by period start (ISO); the year stands below the first label of each year."""
    years = [start[:4] for start in starts]
    return {
        start: [_short(pd.Timestamp(start), grain), year if place == years.index(year) else ""]
        for place, (start, year) in enumerate(zip(starts, years, strict=True))
    }


def _short(start: pd.Timestamp, grain: Grain) -> str:
    return {"quarter": f"Q{start.quarter}", "month": f"{start:%b}"}.get(grain, f"{start.day} {start:%b}")


def _title(info: MeasureInfo, grain: Grain) -> str:
    per = f"per {grain}" if info.aggregate in ADDITIVE else unit_of_measure(info)
    return title_with_unit(info.label or info.name, info.unit or per)
