"""The spread of reps at each phase: a strip of dots per phase, and one phase rep by rep."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import altair as alt
import numpy as np
import pandas as pd

from workbench.charts.layers import LAST_LABEL, layered
from workbench.charts.palette import BETTER, BOX_TICKER, MUTED, REACHABLE
from workbench.phases.phase_findings import PhaseFinding, PhaseFindings
from workbench.words.lists import list_names
from workbench.words.numbers import percent

ROW, BAND = 124, 72
"""Of a phase: its height, and that of its dots, in px."""
DOT, SMALL_DOT = 110, 64
REACH = "this team can reach"
BELOW, ABOVE, LINE = (51, 63, -51, -63), (-51, -63, 51, 63), 12
"""Lanes of labels, in px below the middle of a phase: the lowest rates are at its lower end. Height of a line."""
LETTER, NARROW = 7.0, 480  # px of a letter, and of the picture where it is narrow
ROLE_COLOURS = {"coach": BOX_TICKER, "learn from": BETTER, "team": MUTED}
MOST_NAMED = 6


def phase_spread_rows(
    found: PhaseFindings, coached: Collection[str] = (), learn_from: str | None = None, at: str = ""
) -> pd.DataFrame:
    """One row per (phase, rep) with calls: ``phase name rate low high n raw role label``; rates are shares.

    ``coached`` and ``learn_from`` have a role at the phase called ``at`` alone.
    """
    rows = []
    for phase in found.phases:
        rates = phase.rates
        for i, rep in enumerate(found.cube.reps):
            if phase.tries[i] > 0:
                role = _role(rep, coached, learn_from) if phase.name == at else "team"
                rows.append((phase.name, rep, rates.shrunk[i], rates.low[i], rates.high[i], int(phase.tries[i]),
                             phase.raw[i], role, rep if role != "team" else ""))  # fmt: skip
    return pd.DataFrame(rows, columns=["phase", "name", "rate", "low", "high", "n", "raw", "role", "label"])


def _role(rep: str, coached: Collection[str], learn_from: str | None) -> str:
    if rep in coached:
        return "coach"
    return "learn from" if rep == learn_from else "team"


def reachable_rows(found: PhaseFindings) -> pd.DataFrame:
    """One row per phase: ``phase usual reachable``; ``reachable`` is NaN where no level can be called achievable."""
    return pd.DataFrame(
        [(p.name, p.conversion, float(p.achievable.mean()) if p.readable else np.nan) for p in found.phases],
        columns=["phase", "usual", "reachable"],
    )


def phase_strip_chart(rows: pd.DataFrame, levels: pd.DataFrame, ink: str, *, named: bool = True) -> alt.LayerChart:
    """Each rep a dot with its range per phase, the highest rate on top; the level that this team can reach as a line.

    Rows as the two functions above. A range comes to the fore under the pointer.
    """
    order = levels["phase"].tolist()
    rows, band = _places(rows, order), BAND / ROW / 2
    x = alt.X("rate:Q", title="share of calls that go on from the phase before", scale=_shares(rows, levels),
              axis=alt.Axis(format="%", tickCount=6))  # fmt: skip
    near = alt.selection_point(fields=["phase", "place"], on="pointerover", empty=False, clear="pointerout")
    base = alt.Chart(rows).encode(y=_rows_axis(order), tooltip=_tooltip())
    ranges = base.mark_rule(clip=True).encode(
        x=alt.X("low:Q", scale=_shares(rows, levels)), x2=alt.X2("high:Q"), color=_role_colour(),
        strokeWidth=alt.condition(near, alt.value(3), alt.value(1)),
        opacity=alt.condition(near, alt.value(1), alt.value(0.55)),
    )  # fmt: skip
    dots = base.mark_circle(size=SMALL_DOT, opacity=0.9, stroke="white", strokeWidth=0.5).encode(
        x=x, color=_role_colour(), order=alt.Order("role:N", sort="descending"),
    ).add_params(near)  # fmt: skip
    reach = levels.assign(place=range(len(order))).dropna(subset="reachable")
    reach = reach.assign(top=reach["place"] - band, end=reach["place"] + band)
    lines = alt.Chart(reach).mark_rule(strokeWidth=3, color=REACHABLE).encode(
        x=alt.X("reachable:Q", scale=_shares(rows, levels)), y=_rows_axis(order, "top"), y2=alt.Y2("end:Q"),
        tooltip=[alt.Tooltip("phase:N", title="Phase"),
                 alt.Tooltip("reachable:Q", format=".0%", title="This team can reach")],
    )  # fmt: skip
    parts = [ranges, dots, lines, *_labels(rows, levels, ink, named)]
    return layered(*parts).properties(height=ROW * len(order) + 30, padding=LAST_LABEL)


def _places(rows: pd.DataFrame, order: list[str]) -> pd.DataFrame:
    """Add ``place``: the number of the phase, less or more by the rank of the rate within it."""
    rank = rows.groupby("phase")["rate"].rank(method="first", ascending=False) - 1
    reps = rows.groupby("phase")["rate"].transform("size")
    within = (rank / (reps - 1).clip(lower=1) - 0.5).where(reps > 1, 0.0)
    return rows.assign(place=rows["phase"].map(order.index) + within * BAND / ROW)


def _rows_axis(order: list[str], of: str = "place") -> alt.Y:
    """Phases from top to bottom, each as high as its reps one below the other."""
    names = f"({json.dumps(order)})[datum.value]"
    return alt.Y(
        of,
        type="quantitative",
        title=None,
        scale=alt.Scale(domain=[-0.5, len(order) - 0.5], reverse=True, nice=False, zero=False),
        axis=alt.Axis(values=list(range(len(order))), labelExpr=names, labelLimit=220, labelFontSize=13,
                      ticks=False, grid=False, domain=False),
    )  # fmt: skip


def _labels(rows: pd.DataFrame, levels: pd.DataFrame, ink: str, named: bool) -> list[alt.Chart]:
    """Names of the few dots that have a role, then of the first line, as far as each finds a spot of its own."""
    first = levels[levels["reachable"].notna()].head(1).rename(columns={"reachable": "rate"})
    order, scale, letter = levels["phase"].tolist(), _shares(rows, levels), LETTER / NARROW * _top(rows, levels)
    texts = pd.concat([
        rows[rows["label"] != ""].head(MOST_NAMED if named else 0).sort_values("rate"),
        first.assign(label=REACH, role="team", place=first["phase"].map(order.index)),
    ])  # fmt: skip
    taken: list[_Spot] = []
    parts = []
    for one in texts.itertuples():
        wide, gap, middle = len(one.label) * letter, 1.2 * letter, float(order.index(one.phase))
        beside = {
            "coach": [_Spot(one.low - gap, one.place * ROW, "right", wide)],
            "learn from": [_Spot(one.high + gap, one.place * ROW, "left", wide)],
        }
        lanes = [middle * ROW + lane for lane in (BELOW if one.role == "coach" else ABOVE)]
        own = one.role != "team"
        spots = beside.get(one.role, []) + [
            _Spot(one.rate if own else one.rate + gap, lane, "center" if own else "left", wide) for lane in lanes
        ]
        spot = next((each for each in spots if each.fits(_top(rows, levels)) and each.is_free(taken)), None)
        if spot is not None:
            taken.append(spot)
            text = pd.DataFrame([{"place": spot.y / ROW, "rate": spot.x, "label": one.label}])
            parts.append(alt.Chart(text).mark_text(align=spot.align, fontSize=13, color=ink).encode(
                x=alt.X("rate:Q", scale=scale), y=_rows_axis(order), text=alt.Text("label:N")))  # fmt: skip
    return parts


@dataclass(frozen=True)
class _Spot:
    """Where a label may be: ``x`` and ``wide`` in shares, ``y`` in px."""

    x: float
    y: float
    align: Literal["left", "center", "right"]
    wide: float

    @property
    def span(self) -> tuple[float, float]:
        start = self.x - {"left": 0, "center": self.wide / 2, "right": self.wide}[self.align]
        return start, start + self.wide

    def fits(self, top: float) -> bool:
        return self.align == "center" or (self.span[0] >= 0 and self.span[1] <= top)

    def is_free(self, taken: Sequence[_Spot]) -> bool:
        return all(
            abs(self.y - other.y) >= LINE or self.span[1] < other.span[0] or self.span[0] > other.span[1]
            for other in taken
        )


def _top(rows: pd.DataFrame, levels: pd.DataFrame) -> float:
    highest = float(np.nanmax([rows["high"].max(), levels["reachable"].max(), 0.05]))
    return min(1.0, highest * 1.04)


def _shares(rows: pd.DataFrame, levels: pd.DataFrame) -> alt.Scale:
    return alt.Scale(domain=[0, _top(rows, levels)], nice=False)


def _role_colour() -> alt.Color:
    return alt.Color("role:N", scale=alt.Scale(domain=list(ROLE_COLOURS), range=list(ROLE_COLOURS.values())),
                     legend=None)  # fmt: skip


def _tooltip() -> list[alt.Tooltip]:
    return [alt.Tooltip("name:N", title="Rep"), alt.Tooltip("phase:N", title="Phase"),
            alt.Tooltip("rate:Q", format=".0%", title="Likely rate"), alt.Tooltip("low:Q", format=".0%", title="from"),
            alt.Tooltip("high:Q", format=".0%", title="to"), alt.Tooltip("raw:Q", format=".0%", title="As counted"),
            alt.Tooltip("n:Q", format=",", title="Calls")]  # fmt: skip


def phase_strip_alt(found: PhaseFindings, rows: pd.DataFrame) -> str:
    """The picture in words, from the values drawn."""
    said = []
    for phase in found.phases:
        mine = rows[rows["phase"] == phase.name]
        reach = f", this team can reach {percent(float(phase.achievable.mean()))}" if phase.readable else ""
        said.append(f"{phase.name} {percent(mine['rate'].min())} to {percent(mine['rate'].max())}{reach}")
    return f"Rates of the reps at each phase: {list_names(said)}."


def phase_reps_chart(rows: pd.DataFrame, phase: PhaseFinding, ink: str) -> alt.LayerChart:
    """One phase rep by rep: likely rate with its range; ``rows`` as ``phase_spread_rows``, by name."""
    mine = rows[rows["phase"] == phase.name]
    order = sorted(mine["name"])
    scale = alt.Scale(domain=[0, min(1.0, max(float(mine["high"].max()), 0.05) * 1.05)], nice=False)
    y = alt.Y(
        "name:N", sort=order, title=None, axis=alt.Axis(labelLimit=200, labelFontSize=13, ticks=False, labelFlush=False)
    )
    x = alt.X("rate:Q", title="likely share of calls, with its range", scale=scale,
              axis=alt.Axis(format="%", tickCount=6))  # fmt: skip
    base = alt.Chart(mine).encode(y=y, tooltip=_tooltip())
    parts: list[alt.Chart] = [
        base.mark_rule(strokeWidth=2, color=MUTED).encode(x=alt.X("low:Q", scale=scale), x2=alt.X2("high:Q")),
        base.mark_circle(size=DOT, opacity=1).encode(x=x, color=_role_colour()),
        base.mark_point(size=50, shape="diamond", color=ink, opacity=0.6).encode(x=alt.X("raw:Q", scale=scale)),
    ]
    if phase.readable:
        level = pd.DataFrame({"reachable": [float(phase.achievable.mean())]})
        parts.append(alt.Chart(level).mark_rule(strokeWidth=2, strokeDash=[6, 4], color=REACHABLE).encode(
            x=alt.X("reachable:Q", scale=scale)))  # fmt: skip
    return layered(*parts).properties(height=24 * len(order) + 40, padding=LAST_LABEL)


def phase_reps_alt(rows: pd.DataFrame, phase: PhaseFinding) -> str:
    """The picture in words, from the values drawn."""
    mine = rows[rows["phase"] == phase.name].sort_values("name")
    told = [f"{row.name_} {percent(row.rate)}" for row in mine.rename(columns={"name": "name_"}).itertuples()]
    return f"Likely rate at {phase.name}: {list_names(told, 60)}."
