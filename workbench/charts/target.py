"""Histogram of a KPI over the rep-periods, with the part that meets a target that can be dragged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import altair as alt
import numpy as np
import pandas as pd

from workbench.charts.layers import layered
from workbench.charts.palette import GOAL
from workbench.charts.value_axis import axis_format
from workbench.design.model import Direction, Within
from workbench.scoring.targets import round_to_three_figures

AIM = "aim"
BINS, MOST_WHOLE, HEIGHT, PLACES = 40, 40, 200, 240
FAR = 99.0  # what lies beyond this percentile is drawn at the edge, or one large deal would flatten all the rest
HEADROOM = 1.25  # above the highest bar, for the words beside the line
SHARES = 1000  # at most so many quantiles go to the browser, to say there how many would have met the target


@dataclass(frozen=True)
class TargetStyle:
    """How the picture looks: the colour of what meets the target, the ink for words, the axis title, the grain."""

    colour: str
    ink: str
    title: str
    grain: str = "month"
    unit: str | None = ""  # None: a share, in per cent


def histogram_bins(values: np.ndarray) -> pd.DataFrame:
    """One row per bar: ``low``, ``high``, ``n`` rep-periods, ``whole`` the one whole number it stands for, or NaN.

    Few different whole numbers get a bar each, anything else ``BINS`` bars of equal width.
    """
    known = _drawn(values)
    if not len(known):
        return pd.DataFrame({"low": [], "high": [], "n": [], "whole": []}, dtype=float)
    if (known % 1 == 0).all() and known.max() - known.min() <= MOST_WHOLE:
        whole, n = np.unique(known, return_counts=True)
        return pd.DataFrame({"low": whole - 0.5, "high": whole + 0.5, "n": n, "whole": whole})
    n, edges = np.histogram(known, bins=BINS)
    return pd.DataFrame({"low": edges[:-1], "high": edges[1:], "n": n, "whole": np.nan})


def target_chart(
    values: np.ndarray, target: float | None, direction: Direction, look: TargetStyle, draggable: bool = True
) -> alt.LayerChart:
    """Histogram, the part that meets the target in colour, and the target as a line with the share that meets it.

    Drag the line, and colour and share follow in the browser; the selection ``AIM`` holds its place as ``value``.
    Without a target there are only bars; a range is drawn without a line.
    """
    low, high = _extent(values, target, direction)
    drawn = histogram_bins(values)
    base = alt.Chart(drawn, height=HEIGHT)
    axis = alt.Axis(
        format=axis_format(pd.Series(values), look.unit), grid=False, tickCount=6, domain=False, ticks=False
    )
    x = alt.X("low:Q", title=look.title, scale=alt.Scale(domain=[low, high], nice=False), axis=axis)
    room = alt.Scale(domain=[0, HEADROOM * max(drawn["n"].max() if len(drawn) else 1, 1)])
    y = {"y": alt.Y("n:Q", axis=None, scale=room), "y2": alt.Y2Datum(0)}
    tip = [alt.Tooltip("low:Q", title="from", format=",.3~r"), alt.Tooltip("high:Q", title="to", format=",.3~r"),
           alt.Tooltip("n:Q", title=f"rep-{look.grain}s")]  # fmt: skip
    bars = base.mark_bar(color=GOAL, opacity=0.3, clip=True).encode(x=x, x2=alt.X2("high:Q"), tooltip=tip, **y)
    met = _met_bars(base, target, direction)
    if met is None:
        return layered(bars)
    coloured = met.mark_bar(color=look.colour, clip=True).encode(
        alt.X("from:Q", title=look.title), x2=alt.X2("to:Q"), **y
    )
    if target is None or isinstance(direction, Within):
        return layered(bars, coloured)
    return layered(bars, coloured, *_line(values, direction, look, (low, high)),
                     _handle(target, (low, high), draggable))  # fmt: skip


def target_alt(values: np.ndarray, target: float | None, direction: Direction, look: TargetStyle) -> str:
    """The picture in words, from the values drawn."""
    known = values[np.isfinite(values)]
    if not len(known):
        return f"{look.title}: no values to draw."
    spread = f"from {known.min():,.4g} to {known.max():,.4g}, half of them at or below {np.median(known):,.4g}"
    said = f"{look.title} in {len(known):,} rep-{look.grain}s: {spread}."
    if isinstance(direction, Within):
        low, high = direction.within
        return f"{said} {((known >= low) & (known <= high)).sum():,} lie from {low:,.4g} to {high:,.4g}."
    if target is None:
        return said
    met = (known <= target).sum() if direction == "lower" else (known >= target).sum()
    return f"{said} {met:,} hit the target of {target:,.4g}."


def _met_bars(base: alt.Chart, target: float | None, direction: Direction) -> alt.Chart | None:
    """The bars cut to the part that meets the target; the bar of one whole number is met whole or not at all."""
    if isinstance(direction, Within):
        low, high = direction.within
        return _cut(base, f"{low!r}", f"{high!r}")
    if target is None:
        return None
    aim = f"{AIM}.value[0]"
    return _cut(base, "-1e300", aim) if direction == "lower" else _cut(base, aim, "1e300")


def _cut(base: alt.Chart, low: str, high: str) -> alt.Chart:
    whole = f"isValid(datum.whole) && datum.whole >= {low} && datum.whole <= {high}"
    part = f"!isValid(datum.whole) && datum.high > {low} && datum.low < {high}"
    return base.transform_filter(f"({whole}) || ({part})").transform_calculate(
        **{"from": f"isValid(datum.whole) ? datum.low : max(datum.low, {low})",
           "to": f"isValid(datum.whole) ? datum.high : min(datum.high, {high})"}
    )  # fmt: skip


def _line(values: np.ndarray, direction: Direction, look: TargetStyle, extent: tuple[float, float]) -> list[alt.Chart]:
    """The line at the target and, beside it on the roomier side, the share that meets it."""
    better = "<=" if direction == "lower" else ">="
    middle = sum(extent) / 2
    number = ",.3~p" if axis_format(pd.Series(values), look.unit) == "~%" else ",.3~r"
    known = pd.DataFrame({"value": _quantiles(values)})
    told = (
        alt.Chart(known)
        .transform_calculate(met=f"datum.value {better} {AIM}.value[0] ? 1 : 0")
        .transform_aggregate(share="mean(met)")
        .transform_calculate(
            at=f"{AIM}.value[0]",
            said=f"format({AIM}.value[0], '{number}') + '  ·  ' + format(100 * datum.share, '.0f') + '% hit it'",
        )
    )
    sides: tuple[tuple[str, Literal["left", "right"], int], ...] = (("<=", "left", 10), (">", "right", -10))
    words = [
        told.transform_filter(f"{AIM}.value[0] {side} {middle}")
        .mark_text(align=align, dx=dx, fontSize=15, fontWeight=600, color=look.ink)
        .encode(x=alt.X("at:Q"), y=alt.YValue(10), text=alt.Text("said:N"))
        for side, align, dx in sides
    ]
    return [told.mark_rule(color=look.ink, strokeWidth=2.5).encode(x=alt.X("at:Q")), *words]


def _handle(target: float, extent: tuple[float, float], draggable: bool) -> alt.Chart:
    """Unseen places that the line snaps to; also what holds its first value."""
    places = sorted({round_to_three_figures(value) for value in np.linspace(*extent, PLACES)} | {float(target)})
    how: dict[str, Any] = (
        {"on": "pointerdown, [pointerdown, window:pointerup] > pointermove", "nearest": True} if draggable else {}
    )
    aim = alt.selection_point(name=AIM, fields=["value"], value=[{"value": float(target)}], toggle=False, clear=False,
                              **how)  # fmt: skip
    marks = alt.Chart(pd.DataFrame({"value": places})).mark_point(opacity=0, tooltip=None)
    return marks.encode(x=alt.X("value:Q"), y=alt.YValue(HEIGHT / 2)).add_params(aim)


def _extent(values: np.ndarray, target: float | None, direction: Direction) -> tuple[float, float]:
    drawn = histogram_bins(values)
    ends = [*drawn["low"], *drawn["high"], *(direction.within if isinstance(direction, Within) else ())]
    ends += [target] if target is not None else []
    low, high = (min(ends), max(ends)) if ends else (0.0, 1.0)
    return (low, high) if low < high else (low - 0.5, low + 0.5)


def _drawn(values: np.ndarray) -> np.ndarray:
    known = values[np.isfinite(values)]
    if not len(known):
        return known
    low, high = np.percentile(known, [100 - FAR, FAR], method="nearest")
    return np.clip(known, low, high)


def _quantiles(values: np.ndarray) -> np.ndarray:
    known = np.sort(values[np.isfinite(values)])
    if len(known) <= SHARES:
        return known
    return known[np.linspace(0, len(known) - 1, SHARES).astype(int)]
