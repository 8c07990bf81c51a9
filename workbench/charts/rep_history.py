"""One rep by period: what each KPI contributes to the score, and the goal beside its target."""

from __future__ import annotations

import json

import altair as alt
import numpy as np
import pandas as pd

from workbench.charts.coverage import axis_labels
from workbench.charts.palette import GOAL, KINDS, kpi_colours
from workbench.data.model.dataset import Grain
from workbench.data.model.panel import PERIOD, REP
from workbench.scoring.points import hit_line
from workbench.scoring.preview import Preview
from workbench.scoring.scorecard import compute_contributions
from workbench.words.numbers import pluralize
from workbench.words.panels import period_name

HEIGHT = 220
MOST_LABELS = 14


def rep_history_rows(shown: Preview, rep: str, grain: Grain) -> pd.DataFrame:
    """One row per (period, KPI with a weight) of a rep: ``when kpi points brings``, and the period's score and goal."""
    history = shown.history
    rows = np.flatnonzero((history.rep_periods.keys[REP] == rep).to_numpy())
    level, kpis = history.rep_periods, history.design.kpis
    _, parts = compute_contributions(level.points[rows], [kpi.weight for kpi in kpis], history.design.scoring)
    periods = level.keys[PERIOD].iloc[rows]
    wide = pd.DataFrame({
        "start": periods.dt.strftime("%Y-%m-%d"), "when": [period_name(start, grain) for start in periods],
        "score": level.score[rows], "goal": level.goal[rows], "goal_target": level.goal_target[rows],
        "kind": shown.rep_periods["kind"].iloc[rows],
    })  # fmt: skip
    long = [wide.assign(kpi=kpi.name, place=k, points=level.points[rows, k], brings=parts[:, k])
            for k, kpi in enumerate(kpis) if kpi.weight > 0]  # fmt: skip
    return pd.concat(long, ignore_index=True) if long else wide.assign(kpi="", place=0, points=np.nan, brings=np.nan)


def score_by_period_chart(told: pd.DataFrame, shown: Preview, grain: Grain) -> alt.LayerChart:
    """Stacked contributions per period, from floor to cap, with the score from which the scorecard is hit."""
    rules, colours = shown.history.design.scoring, kpi_colours(shown.history.design.kpis)
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    bars = (
        alt.Chart(told, height=HEIGHT)
        .mark_bar()
        .encode(
            x=_periods(told, grain),
            y=alt.Y("brings:Q", title="score (points)", scale=alt.Scale(domain=[min(0, rules.floor), rules.cap])),
            color=alt.Color("kpi:N", scale=scale, legend=None),
            order=alt.Order("place:Q"),
            tooltip=[alt.Tooltip("when:N", title="Period"), alt.Tooltip("kpi:N", title="KPI"),
                     alt.Tooltip("points:Q", title="Points", format=",.1f"),
                     alt.Tooltip("brings:Q", title="Brings", format=",.1f"),
                     alt.Tooltip("score:Q", title="Score", format=",.1f")],
        )
    )  # fmt: skip
    return bars + alt.Chart().mark_rule(color=GOAL, strokeDash=[5, 4]).encode(y=alt.YDatum(hit_line(rules)))


def goal_by_period_chart(told: pd.DataFrame, goal: str, grain: Grain) -> alt.LayerChart:
    """The goal per period in the colour of its kind, a mark at the target."""
    each = told.drop_duplicates("start")
    base = alt.Chart(each, height=HEIGHT).encode(x=_periods(each, grain))
    tooltip = [alt.Tooltip("when:N", title="Period"), alt.Tooltip("goal:Q", title=goal, format=",.4~r"),
               alt.Tooltip("goal_target:Q", title="Target", format=",.4~r")]  # fmt: skip
    colour = alt.Color("kind:N", scale=alt.Scale(domain=list(KINDS), range=list(KINDS.values())), legend=None)
    bars = base.mark_bar().encode(
        y=alt.Y("goal:Q", title=goal, axis=alt.Axis(format="~s")), color=colour, tooltip=tooltip
    )
    return bars + base.mark_tick(color=GOAL, thickness=2.5, bandSize=18).encode(
        y=alt.Y("goal_target:Q"), tooltip=tooltip
    )


def rep_history_alt(told: pd.DataFrame, name: str) -> str:
    """The pictures in words, from the values drawn."""
    each = told.drop_duplicates("start")
    if each.empty or each["score"].isna().all():
        return f"No score of {name} in any period."
    reached, score = int((each["goal"] >= each["goal_target"]).sum()), each["score"]
    return (
        f"{name} over {pluralize(len(each), 'period')}: score from {score.min():.1f} to {score.max():.1f}, "
        f"goal reached in {reached}."
    )


def _periods(drawn: pd.DataFrame, grain: Grain) -> alt.X:
    starts = sorted(drawn["start"].unique())
    labels = axis_labels(starts[:: max(-(-len(starts) // MOST_LABELS), 1)], grain)
    axis = alt.Axis(
        title=None, labelExpr=f"{json.dumps(labels)}[datum.value]", values=list(labels), labelAngle=0, ticks=False
    )
    return alt.X("start:O", scale=alt.Scale(domain=starts), axis=axis)
