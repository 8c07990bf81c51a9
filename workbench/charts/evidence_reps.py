"""Charts of single reps: a KPI against the goal with a line per rep, and a KPI by season."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from workbench.charts.evidence import LINE
from workbench.charts.layers import LAST_LABEL
from workbench.charts.palette import BOX_TICKER, MUTED
from workbench.evidence.heterogeneity import RepLink
from workbench.words.numbers import interval_words, pluralize, signed_number

SMALL = 420
MOST_REPS = 60
MOST_DOTS = 5000


def rep_line_rows(
    raw: np.ndarray, goal: np.ndarray, reps: Sequence[str], names: Mapping[str, str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Dots of all rep-periods, and each rep's least-squares line between its smallest and largest value.

    Parameters
    ----------
    raw, goal : (reps, periods), NaN where missing.

    Returns
    -------
    dots : ``name x y``; of more than ``MOST_DOTS`` a random part, always the same.
    lines : ``name x y``, two rows per rep with three periods and any spread.
    """
    dots, lines = [], []
    for rep, x, y in zip(reps, raw, goal, strict=True):
        both = np.isfinite(x) & np.isfinite(y)
        dots.append(pd.DataFrame({"name": names[rep], "x": x[both], "y": y[both]}))
        if both.sum() >= 3 and np.ptp(x[both]) > 0:
            ends = np.array([x[both].min(), x[both].max()])
            slope, level = np.polyfit(x[both], y[both], 1)
            lines.append(pd.DataFrame({"name": names[rep], "x": ends, "y": level + slope * ends}))
    empty = pd.DataFrame({"name": [], "x": [], "y": []})
    cloud = pd.concat(dots or [empty], ignore_index=True)
    if len(cloud) > MOST_DOTS:
        cloud = cloud.sample(MOST_DOTS, random_state=0, ignore_index=True)
    return cloud, pd.concat(lines or [empty], ignore_index=True)


def rep_lines_chart(dots: pd.DataFrame, lines: pd.DataFrame, x_title: str, y_title: str) -> alt.LayerChart:
    """Every rep-period as a dot, and each rep's least-squares line; both as ``rep_line_rows``."""
    x = alt.X("x:Q", title=x_title, scale=alt.Scale(zero=False))
    y = alt.Y("y:Q", title=y_title, scale=alt.Scale(zero=False))
    near = alt.selection_point(fields=["name"], on="pointerover", empty=False, clear="pointerout")
    tooltip = [alt.Tooltip("name:N", title="Rep"), alt.Tooltip("x:Q", title=x_title, format=",.4~r"),
               alt.Tooltip("y:Q", title=y_title, format=",.4~r")]  # fmt: skip
    cloud = alt.Chart(dots).mark_circle(size=22, opacity=0.35, color=MUTED).encode(x, y, tooltip=tooltip)
    rising = alt.Chart(lines).mark_line().encode(
        x, y, detail=alt.Detail("name:N"), tooltip=[tooltip[0]],
        color=alt.condition(near, alt.value(BOX_TICKER), alt.value(LINE)),
        strokeWidth=alt.condition(near, alt.value(4), alt.value(1.8)),
        opacity=alt.condition(near, alt.value(1), alt.value(0.7)),
    ).add_params(near)  # fmt: skip
    return (cloud + rising).properties(height=SMALL, padding=LAST_LABEL)


def rep_lines_alt(dots: pd.DataFrame, lines: pd.DataFrame, x_title: str, y_title: str) -> str:
    """The picture in words, from the values drawn: how many of the reps' lines rise."""
    ends = lines.groupby("name", sort=False)["y"].agg(["first", "last"])
    rising = int((ends["last"] > ends["first"]).sum())
    return (
        f"Scatter of {pluralize(len(dots), 'rep-period')}: {x_title} across, {y_title} upwards, one line per rep. "
        f"{rising} of {pluralize(len(ends), 'line')} rise."
    )


def rep_link_rows(links: Sequence[RepLink], names: Mapping[str, str]) -> pd.DataFrame:
    """One row per rep, strongest link first: ``kpi`` (the name), ``reading rho low high text``.

    Of more than ``MOST_REPS`` reps, half of them from either end.
    """
    order = sorted(links, key=lambda own: -own.link)
    half = MOST_REPS // 2
    shown = order if len(order) <= MOST_REPS else [*order[:half], *order[-half:]]
    rows = [
        {"kpi": names[own.rep], "reading": "rep", "rho": own.link, "low": own.low, "high": own.high,
         "text": f"ρ {signed_number(own.link)}, 95% CI {interval_words(own.low, own.high)}, "
                 f"{pluralize(own.n, 'period')}"}
        for own in shown
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["kpi", "reading", "rho", "low", "high", "text"])


def season_rows(values: np.ndarray, seasons: np.ndarray, reps: Sequence[str], names: Mapping[str, str]) -> pd.DataFrame:
    """One row per rep and season with a value: ``name season value``. ``values`` (reps, seasons)."""
    grid = pd.DataFrame(values, index=[names[rep] for rep in reps], columns=[str(s)[:7] for s in seasons])
    long = grid.rename_axis("name").reset_index().melt("name", var_name="season", value_name="value")
    return long.dropna(subset="value").reset_index(drop=True)


def stability_chart(rows: pd.DataFrame, title: str) -> alt.Chart:
    """One line per rep over the seasons; reps who keep their order have lines that do not cross."""
    near = alt.selection_point(fields=["name"], on="pointerover", nearest=True, empty=False, clear="pointerout")
    base = alt.Chart(rows).encode(
        x=alt.X("season:O", title="season beginning", axis=alt.Axis(labelAngle=0, labelOverlap="greedy")),
        y=alt.Y("value:Q", title=title, scale=alt.Scale(zero=False)),
        detail=alt.Detail("name:N"),
        tooltip=[alt.Tooltip("name:N", title="Rep"), alt.Tooltip("season:O", title="Season"),
                 alt.Tooltip("value:Q", title=title, format=",.4~r")],
    )  # fmt: skip
    lines = base.mark_line(point=alt.OverlayMarkDef(size=30)).encode(
        color=alt.condition(near, alt.value(BOX_TICKER), alt.value(LINE)),
        opacity=alt.condition(near, alt.value(1), alt.value(0.55)),
    )
    return lines.add_params(near).properties(height=SMALL)


def stability_alt(rows: pd.DataFrame, title: str) -> str:
    """The picture in words, from the values drawn."""
    return (
        f"{title} of {pluralize(rows['name'].nunique(), 'rep')} over {pluralize(rows['season'].nunique(), 'season')}."
    )
