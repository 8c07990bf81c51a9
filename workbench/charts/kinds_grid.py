"""Grid of reps by periods, coloured by the kind of each rep-period, such as box ticker or unsung seller."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

import altair as alt
import pandas as pd

from workbench.charts.coverage import axis_labels
from workbench.charts.layers import FOUR_OR_FEWER, as_shown, layered
from workbench.charts.palette import KIND_MARKS, KINDS
from workbench.data.model.dataset import Grain
from workbench.data.model.panel import PERIOD, REP
from workbench.scoring.preview import Preview
from workbench.words.numbers import pluralize
from workbench.words.panels import period_name
from workbench.words.preview import KINDS as WORDS

MOST_LABELS = 18
TALLEST, SHORTEST, ALL_ROWS = 20, 4, 620
READABLE, LEAST_MARKED = 10, 14


def kinds_rows(shown: Preview, names: Mapping[str, str], grain: Grain) -> pd.DataFrame:
    """One row per judged (rep, period): ``name when kind words score goal goal_target``; without a kind left out.

    Reps come in the order of the ranking.
    """
    judged = shown.rep_periods.dropna(subset=["kind"])
    place = {rep: place for place, rep in enumerate(shown.standing[REP])}
    drawn = judged.assign(
        name=judged[REP].map(names),
        place=judged[REP].map(place),
        when=judged[PERIOD].map({start: period_name(start, grain) for start in judged[PERIOD].unique()}),
        start=judged[PERIOD].dt.strftime("%Y-%m-%d"),
        words=judged["kind"].map({kind: words.name for kind, words in WORDS.items()}),
    )
    return drawn.sort_values(["place", PERIOD], ignore_index=True)


def kinds_chart(drawn: pd.DataFrame, looked_at: Collection[str], grain: Grain, goal: str) -> alt.LayerChart:
    """The grid, ``drawn`` as ``kinds_rows``, each kind with its colour and mark; kinds not selected are pale."""
    order = drawn.drop_duplicates("place")["name"].tolist()
    starts = sorted(drawn["start"].unique())
    labels = axis_labels(starts[:: -(-len(starts) // MOST_LABELS)], grain)
    height = max(SHORTEST, min(TALLEST, ALL_ROWS // max(len(order), 1)))
    colours = alt.Scale(domain=[words.name for words in WORDS.values()], range=[KINDS[kind] for kind in WORDS])
    axis = alt.Axis(title=None, labelExpr=f"{json.dumps(labels)}[datum.value]", values=list(labels), labelAngle=0,
                    ticks=False, domain=False)  # fmt: skip
    names = alt.Axis(title=None, labels=height >= READABLE, ticks=False, domain=False, labelLimit=120)
    shown = drawn.assign(strength=_strength(drawn["kind"], looked_at), mark=drawn["kind"].map(KIND_MARKS))
    base = alt.Chart(as_shown(shown), height=alt.Step(height)).encode(
        x=alt.X("start:O", scale=alt.Scale(domain=starts, paddingInner=0.1), axis=axis),
        y=alt.Y("name:N", sort=order, axis=names, scale=alt.Scale(paddingInner=0.12)),
        opacity=alt.Opacity("strength:Q", scale=None),
        tooltip=[alt.Tooltip("name:N", title="Rep"), alt.Tooltip("when:N", title="Period"),
                 alt.Tooltip("words:N", title="Kind"), alt.Tooltip("score:Q", title="Score", format=",.1f"),
                 alt.Tooltip("goal:Q", title=goal, format=",.4~r"),
                 alt.Tooltip("goal_target:Q", title="Target", format=",.4~r")],
    )  # fmt: skip
    marked = json.dumps({words.name: f"{KIND_MARKS[kind]} {words.name}" for kind, words in WORDS.items()})
    key = alt.Legend(
        title=None, orient="top", columns=FOUR_OR_FEWER, symbolType="square", labelExpr=f"{marked}[datum.label]"
    )
    cells = base.mark_rect(cornerRadius=2).encode(color=alt.Color("words:N", scale=colours, legend=key))
    if height < LEAST_MARKED:
        return layered(cells)
    return layered(
        cells, base.mark_text(fontSize=13, baseline="middle", color="#000000").encode(text=alt.Text("mark:N"))
    )


def _strength(kind: pd.Series, looked_at: Collection[str]) -> pd.Series:
    """Where everybody missed there is nothing to see, unless that is what is looked at."""
    quiet = (kind == "missed_both") & (len(looked_at) > 1)
    return kind.isin(looked_at).map({True: 1.0, False: 0.12}).mask(quiet, 0.35)


def kinds_alt(drawn: pd.DataFrame) -> str:
    """The picture in words, from the values drawn."""
    n = drawn["kind"].value_counts()
    said = ", ".join(f"{words.name.lower()} {n.get(kind, 0):,}" for kind, words in WORDS.items())
    return (
        f"Grid of {pluralize(drawn['name'].nunique(), 'rep')} by {pluralize(drawn['start'].nunique(), 'period')}: "
        f"{said}."
    )
