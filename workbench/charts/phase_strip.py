"""The spread of reps at each phase: a strip of dots per phase, and one phase rep by rep."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import altair as alt
import numpy as np
import pandas as pd

from workbench.charts.layers import LAST_LABEL, layered
from workbench.charts.palette import BETTER, BOX_TICKER, MUTED, REACHABLE
from workbench.phases.phase_findings import PhaseFinding, PhaseFindings
from workbench.words.lists import list_names
from workbench.words.numbers import percent

ROW, DOT = 84, 110
REACH = "this team can reach"
LANES = (-18, 24, -32, 38)  # px below the dots
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
    """Each rep a dot per phase; the level that this team can reach as a line. Rows as the two functions above."""
    order = levels["phase"].tolist()
    y = alt.Y(
        "phase:N",
        sort=order,
        title=None,
        axis=alt.Axis(labelLimit=220, labelFontSize=13, ticks=False, labelFlush=False),
    )
    x = alt.X("rate:Q", title="share of calls that go on from the phase before", scale=_shares(rows, levels),
              axis=alt.Axis(format="%", tickCount=6))  # fmt: skip
    dots = alt.Chart(rows).mark_circle(size=DOT, opacity=0.75, stroke="white", strokeWidth=0.5).encode(
        x=x, y=y, color=_role_colour(), order=alt.Order("role:N", sort="descending"), tooltip=_tooltip(),
    )  # fmt: skip
    reach = alt.Chart(levels[levels["reachable"].notna()]).mark_tick(thickness=3, size=34, color=REACHABLE).encode(
        x=alt.X("reachable:Q", scale=_shares(rows, levels)), y=y,
        tooltip=[alt.Tooltip("phase:N", title="Phase"),
                 alt.Tooltip("reachable:Q", format=".0%", title="This team can reach")],
    )  # fmt: skip
    parts = [dots, reach, *_labels(rows, levels, y, ink, named)]
    return layered(*parts).properties(height=ROW * len(order) + 30, padding=LAST_LABEL)


def _labels(rows: pd.DataFrame, levels: pd.DataFrame, y: alt.Y, ink: str, named: bool) -> list[alt.Chart]:
    """Names of the few dots that have a role, then of the first line, as far as each finds a lane of its own."""
    first = levels[levels["reachable"].notna()].head(1).rename(columns={"reachable": "rate"})
    texts = pd.concat([
        rows[rows["label"] != ""].head(MOST_NAMED if named else 0).sort_values("rate").assign(align="center"),
        first.assign(label=REACH, align="left"),
    ])[["phase", "rate", "label", "align"]]  # fmt: skip
    scale, letter = _shares(rows, levels), LETTER / NARROW * _top(rows, levels)
    taken: dict[tuple[str, int], list[tuple[float, float]]] = {}
    parts = []
    for one in texts.itertuples():
        wide = len(one.label) * letter
        span = (one.rate, one.rate + wide) if one.align == "left" else (one.rate - wide / 2, one.rate + wide / 2)
        lane = next((each for each in range(len(LANES)) if _is_free(span, taken.get((one.phase, each), []))), None)
        if lane is not None:
            taken.setdefault((one.phase, lane), []).append(span)
            text = pd.DataFrame([{"phase": one.phase, "rate": one.rate, "label": one.label}])
            parts.append(alt.Chart(text).mark_text(
                dy=LANES[lane], dx=8 if one.align == "left" else 0, align=one.align, fontSize=12, color=ink,
            ).encode(x=alt.X("rate:Q", scale=scale), y=y, text=alt.Text("label:N")))  # fmt: skip
    return parts


def _is_free(span: tuple[float, float], taken: Sequence[tuple[float, float]]) -> bool:
    return all(span[1] < start or span[0] > end for start, end in taken)


def _top(rows: pd.DataFrame, levels: pd.DataFrame) -> float:
    highest = float(np.nanmax([rows["rate"].max(), levels["reachable"].max(), 0.05]))
    return min(1.0, highest * 1.08)


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
        "name:N", sort=order, title=None, axis=alt.Axis(labelLimit=200, labelFontSize=12, ticks=False, labelFlush=False)
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
