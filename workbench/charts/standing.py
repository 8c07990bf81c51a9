"""The ranking as a picture for everybody: scores as bars, and places by score beside places in the goal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import altair as alt
import pandas as pd

from workbench.charts.amount_bars import amount_bars_alt, amount_bars_chart
from workbench.charts.layers import as_shown, layered
from workbench.charts.palette import ACCENT, BOX_TICKER, MUTED
from workbench.data.model.panel import REP
from workbench.scoring.classification import Awards
from workbench.words.lists import MOST_NAMES, list_names

ROW = 24
ON_TOP, BELOW, OTHERS = "best seller on top", "best seller further down", "other reps"
LOOKS = {ON_TOP: ACCENT, BELOW: BOX_TICKER, OTHERS: MUTED}


def score_bars_chart(standing: pd.DataFrame, names: Mapping[str, str], ink: str) -> alt.LayerChart:
    """A bar per rep, the highest score first; says nothing of the goal. ``standing`` as of ``rank_reps``."""
    return amount_bars_chart(_scores(standing, names), "score (points)", ink)


def score_bars_alt(standing: pd.DataFrame, names: Mapping[str, str]) -> str:
    """The bars in words, from the values drawn."""
    return amount_bars_alt(_scores(standing, names), "score, the highest first")


def _scores(standing: pd.DataFrame, names: Mapping[str, str]) -> dict[str, float]:
    ranked = standing.dropna(subset=["score"])
    return {names[rep]: float(score) for rep, score in zip(ranked[REP], ranked["score"], strict=True)}


def places_chart(
    standing: pd.DataFrame, awards: Awards, names: Mapping[str, str], goal: str, ink: str, *, named: bool = True
) -> alt.LayerChart:
    """A line per rep from the place by score to the place in the goal, the best sellers coloured.

    Parameters
    ----------
    goal : its name. named : whether every rep is named at both ends; otherwise nobody is.
    """
    rows = _place_rows(standing, awards, names, goal)
    ends = ["score", goal]
    shown = [look for look in LOOKS if look in set(rows["look"])]
    colours = alt.Scale(domain=shown, range=[LOOKS[look] for look in shown])
    base = alt.Chart(as_shown(rows)).encode(
        x=alt.X("end:N", sort=ends, title=None, scale=alt.Scale(type="point", padding=0.7),
                axis=alt.Axis(orient="top", labelAngle=0, labelFontSize=13, labelFontWeight="bold", domain=False,
                              ticks=False, labelExpr="'place by ' + datum.value", labelLimit=300)),
        y=alt.Y("spot:Q", axis=None, scale=alt.Scale(domain=[max(len(rows) // 2, 2), 1], nice=False, padding=14)),
        detail=alt.Detail("name:N"),
        color=alt.Color("look:N", scale=colours, legend=alt.Legend(title=None, orient="bottom", symbolType="stroke")),
        tooltip=[alt.Tooltip("name:N", title="Rep"), alt.Tooltip("end:N", title="Place by"),
                 alt.Tooltip("place:Q", title="Place")],
    )  # fmt: skip
    best = "datum.look !== '" + OTHERS + "'"
    parts = [
        base.mark_line().encode(strokeWidth=alt.condition(best, alt.value(4), alt.value(2)),
                                opacity=alt.condition(best, alt.value(1), alt.value(0.5))),
        base.mark_circle(size=60, opacity=1),
    ]  # fmt: skip
    sides: tuple[tuple[str, Literal["left", "right"], int], ...] = ((ends[0], "right", -12), (ends[1], "left", 12))
    if named:
        parts += [
            base.transform_filter(alt.FieldEqualPredicate(field="end", equal=end))
            .mark_text(align=align, dx=dx, fontSize=13)
            .encode(text=alt.Text("said:N"), color=alt.ColorValue(ink))
            for end, align, dx in sides
        ]
    return layered(*parts).properties(data=as_shown(rows), height=max(ROW * len(standing), 160))


def places_alt(standing: pd.DataFrame, awards: Awards, names: Mapping[str, str], goal: str) -> str:
    """The lines in words, from the values drawn."""
    rows = _place_rows(standing, awards, names, goal)
    one = rows[rows["end"] == goal].sort_values("spot")
    said = {look: list_names(one[one["look"] == look]["name"].tolist(), MOST_NAMES) for look in (ON_TOP, BELOW)}
    on_top, below = said[ON_TOP] or "none", said[BELOW] or "none"
    return f"Places by score and in {goal}. Best sellers on top: {on_top}; further down: {below}."


def _place_rows(standing: pd.DataFrame, awards: Awards, names: Mapping[str, str], goal: str) -> pd.DataFrame:
    """Two rows per rep with both places; equal places one below the other, so that every name can be read."""
    ranked = standing.dropna(subset=["score_rank", "goal_rank"])
    best, winners = set(awards.best_sellers), set(awards.winners)
    look = [OTHERS if rep not in best else ON_TOP if rep in winners else BELOW for rep in ranked[REP]]
    ranked = ranked.assign(name=ranked[REP].map(names), look=look)
    parts = []
    for end, field, other in (("score", "score_rank", "goal_rank"), (goal, "goal_rank", "score_rank")):
        part = ranked.sort_values([field, other, REP])
        place = part[field].astype(int)
        said = part["name"] + " " + place.astype(str) if end == "score" else place.astype(str) + " " + part["name"]
        parts.append(part.assign(end=end, place=place, spot=range(1, len(part) + 1), said=said))
    return pd.concat(parts, ignore_index=True)[[REP, "name", "look", "end", "place", "spot", "said"]]
