"""The course of a trial: both groups, the start, and where the changed group would be without the change."""

from __future__ import annotations

import json
from typing import cast

import altair as alt
import numpy as np
import pandas as pd

from workbench.charts.coverage import axis_labels
from workbench.charts.layers import layered
from workbench.charts.palette import HIT_BOTH, MUTED, REACHABLE
from workbench.charts.value_axis import axis_format, value_format
from workbench.data.model.dataset import Grain
from workbench.trials.trial_finding import TrialFinding
from workbench.words.numbers import pluralize
from workbench.words.panels import period_name
from workbench.words.trial_amounts import level, measured_title, moves_by_points

COURSE_HEIGHT, MOST_LABELS = 320, 9
CHANGED, AS_BEFORE, WITHOUT, START, WAVE = "changed", "as before", "without the change", "start", "wave 1"
ROOM = {"left": 5, "top": 5, "bottom": 5, "right": 5}
"""Pixels: Streamlit cannot draw one number for all sides. Names at the ends of lines make their own room."""
LABELLED = 4
"""Periods over which a name beside the end of a line reaches."""
LEAST_APART = 19
"""Pixels: labels at the ends of lines that are nearer are pushed apart."""
LEAST_TITLED, HEADING = 220, 25
"""Pixels of a picture whose axis has room for its title; in a smaller one it stands above, and takes so many."""
AXES = 55
"""Pixels of the height that the axes take."""


def trial_course_rows(found: TrialFinding) -> pd.DataFrame:
    """One row per period: ``period when after changed as_before expected low high``; empty without a course.

    What would be without the change is not drawn below what the measure can be.
    """
    course = found.course
    if course is None:
        return pd.DataFrame(columns=["period", "when", "after", CHANGED, AS_BEFORE, "expected", "low", "high"])
    starts, grain = pd.to_datetime(pd.Series(course.periods)), cast(Grain, found.grain)
    return pd.DataFrame({
        "period": starts.dt.strftime("%Y-%m-%d"), "when": [period_name(each, grain) for each in starts],
        "after": course.after, CHANGED: course.treated, AS_BEFORE: course.comparison,
        **{name: np.fmax(getattr(course, name), np.where(np.isfinite(getattr(course, name)), found.floor, np.nan))
           for name in ("expected", "low", "high")},
    })  # fmt: skip


def trial_course_chart(found: TrialFinding, ink: str, height: int = COURSE_HEIGHT) -> alt.LayerChart:
    """Two lines with names at their ends, a rule at the start, and the band without the change after it."""
    rows = trial_course_rows(found)
    starts = rows["period"].tolist()
    labels = axis_labels(starts[:: max(-(-len(starts) // MOST_LABELS), 1)], cast(Grain, found.grain))
    axis = alt.Axis(title=None, labelExpr=f"{json.dumps(labels)}[datum.value]", values=list(labels), labelAngle=0,
                    ticks=False, domain=False)  # fmt: skip
    x = alt.X("period:O", axis=axis, scale=alt.Scale(type="point", domain=starts, padding=0.3))
    values = rows[[CHANGED, AS_BEFORE, "expected", "low", "high"]]
    scale = _value_scale(values)
    form = axis_format(pd.Series(values.to_numpy(float).ravel()), None if moves_by_points(found) else "")
    title = measured_title(found) if height >= LEAST_TITLED else None
    y = _y(f"{CHANGED}:Q", scale, form, title)
    tip = _tooltip(found, form)
    base = alt.Chart(rows).encode(x=x, tooltip=tip)
    late = base.transform_filter("datum.after")
    parts = [
        late.mark_area(color=REACHABLE, opacity=0.2).encode(
            y=alt.Y("low:Q", title=title, scale=scale), y2=alt.Y2("high:Q")),
        *_start_rules(found, rows, x, ink),
        base.mark_line(color=MUTED, strokeWidth=2.5).encode(y=_y(f"{AS_BEFORE}:Q", scale, form, title)),
        late.mark_line(color=REACHABLE, strokeWidth=2.5, strokeDash=[6, 4]).encode(
            y=_y("expected:Q", scale, form, title)),
        base.mark_line(color=HIT_BOTH, strokeWidth=3.5, point=alt.OverlayMarkDef(size=45, color=HIT_BOTH)).encode(y=y),
        *_end_labels(rows, x, scale, height, ink),
    ]  # fmt: skip
    drawn = layered(*parts).properties(height=height, padding=ROOM)
    return drawn if title else drawn.properties(title=_heading(found), height=height + HEADING)


def _heading(found: TrialFinding) -> alt.TitleParams:
    """What the axis of a picture counts that is too small for a title beside it."""
    return alt.TitleParams(measured_title(found), anchor="start", fontSize=13, fontWeight="normal", color=MUTED)


def _y(shorthand: str, scale: alt.Scale, form: str, title: str | None) -> alt.Y:
    return alt.Y(shorthand, title=title, scale=scale, axis=alt.Axis(format=form, tickCount=5))


def _value_scale(values: pd.DataFrame) -> alt.Scale:
    """From zero unless all values lie in the upper half of the axis, so that the band stays visible."""
    low, high = _span(values)
    return alt.Scale(domain=[low, high], nice=False, zero=False)


def _span(values: pd.DataFrame) -> tuple[float, float]:
    known = values.to_numpy(float)
    known = known[np.isfinite(known)]
    if not len(known):
        return 0.0, 1.0
    low, high = float(known.min()), float(known.max())
    room = 0.06 * ((high - low) or abs(high) or 1.0)
    low = min(low - room, 0.0) if low < 0 or low < high / 2 else low - room
    return (0.0 if 0 > low > -room * 1.01 and known.min() >= 0 else low), high + room


def _tooltip(found: TrialFinding, form: str) -> list[alt.Tooltip]:
    shown = value_format(form)
    names = {CHANGED: CHANGED, AS_BEFORE: AS_BEFORE, "expected": WITHOUT, "low": "from", "high": "to"}
    return [alt.Tooltip("when:N", title="Period"),
            *(alt.Tooltip(f"{column}:Q", format=shown, title=said) for column, said in names.items())]  # fmt: skip


def _start_rules(found: TrialFinding, rows: pd.DataFrame, x: alt.X, ink: str) -> tuple[alt.Chart, alt.Chart]:
    """A rule at the start, or at the first period of each wave, named by its place."""
    firsts = start_periods(found, rows)
    base = alt.Chart(pd.DataFrame(firsts, columns=["period", "said"])).encode(x=x)
    rule = base.mark_rule(color=ink, strokeWidth=1.5, strokeDash=[2, 3], opacity=0.7)
    text = base.mark_text(align="left", dx=5, baseline="top", color=ink, fontSize=13).encode(
        y=alt.value(2), text=alt.Text("said:N"))  # fmt: skip
    return rule, text


def start_periods(found: TrialFinding, rows: pd.DataFrame) -> list[tuple[str, str]]:
    """The first period of the trial, or of each wave that the data hold, with what is written there."""
    late = rows.loc[rows["after"].astype(bool), "period"]
    days = sorted(set(found.file.starts.values()))
    if found.kind != "staggered" or len(days) < 2:
        return [(each, START) for each in late.head(1)]
    begun = [(later.iloc[0], n) for n, day in enumerate(days, start=1)
             if len(later := late[late >= day.isoformat()])]  # fmt: skip
    return [(period, WAVE if n == 1 else str(n)) for period, n in begun]


def _end_labels(rows: pd.DataFrame, x: alt.X, scale: alt.Scale, height: int, ink: str) -> list[alt.Chart]:
    """Names at the ends of the lines, pushed apart where lines end in one period close to each other."""
    low, high = scale.to_dict()["domain"]
    apart = LEAST_APART / (height - AXES) * (high - low)
    ends: dict[str, list[tuple[float, str]]] = {}
    for column, said in ((CHANGED, CHANGED), (AS_BEFORE, AS_BEFORE), ("expected", WITHOUT)):
        known = rows[rows[column].notna() & (rows["after"] | (column != "expected"))]
        if len(known):
            ends.setdefault(str(known["period"].iloc[-1]), []).append((float(known[column].iloc[-1]), said))
    parts = []
    for period, names in ends.items():
        goes_on = rows.loc[rows["period"] > period, CHANGED].head(LABELLED).dropna()
        for place, said in _apart(sorted(names), goes_on, apart):
            at = pd.DataFrame([{"period": period, "place": place, "said": said}])
            parts.append(alt.Chart(at).mark_text(align="left", dx=10, fontSize=13, fontWeight=600, color=ink,
                                                 clip=False).encode(
                x=x, y=alt.Y("place:Q", scale=scale), text=alt.Text("said:N")))  # fmt: skip
    return parts


def _apart(names: list[tuple[float, str]], goes_on: pd.Series, apart: float) -> list[tuple[float, str]]:
    """Places of names from low to high; below or above the line that goes on where these lines end before it."""
    out: list[tuple[float, str]] = []
    least = -np.inf
    if len(goes_on) and goes_on.mean() >= names[-1][0]:
        top = min(float(goes_on.min()), names[0][0]) - apart
        return [(top - apart * (len(names) - 1 - place), said) for place, (_, said) in enumerate(names)]
    if len(goes_on):
        least = float(goes_on.max()) + apart
    for value, said in names:
        out.append((max(value, least), said))
        least = out[-1][0] + apart
    return out


def trial_course_alt(found: TrialFinding) -> str:
    """The picture in words, from the values drawn."""
    rows = trial_course_rows(found)
    if rows.empty:
        return f"{found.label}: no course to draw."
    last, before = rows.iloc[-1], rows[~rows["after"].astype(bool)]
    drawn = ((CHANGED, CHANGED), (AS_BEFORE, AS_BEFORE), ("expected", WITHOUT))
    ends = [f"{said} {level(found, last[column])}" for column, said in drawn if np.isfinite(last[column])]
    return (f"{found.label} over {pluralize(len(rows), found.grain)}, {len(before)} before the start. "
            f"In {last['when']}: {', '.join(ends)}.")  # fmt: skip
