"""Pictures of a replay: the team's calendar strip, prizes beside sales, the link as it was known at the time."""

from __future__ import annotations

import json
from collections.abc import Mapping

import altair as alt
import pandas as pd

from workbench.charts.coverage import axis_labels
from workbench.charts.palette import ACCENT, BOX_TICKER, GOAL, HIT_BOTH, MISSED_BOTH, MUTED, UNSUNG_SELLER
from workbench.data.panel import PERIOD, REP
from workbench.data.spec import Grain
from workbench.scoring.replay.as_of import LEAST_LINK, StopSignal
from workbench.scoring.replay.prizes import Prizes
from workbench.words.panels import counted, period_name
from workbench.words.replay import OUTCOMES, SCORECARD

OUTCOME_COLOURS = {
    "both_hit": HIT_BOTH,
    "goal_only": UNSUNG_SELLER,
    "kpi_only": BOX_TICKER,
    "both_missed": MISSED_BOTH,
}
UNKNOWN = "cannot be said"
MOST_LABELS = 18
ROW = 34


def strip(outcomes: pd.DataFrame, grain: Grain) -> alt.Chart:
    """A row for the scorecard and each KPI, a cell for each period, coloured by KPI hit × goal hit.

    ``outcomes`` as of ``team_outcomes``; partial periods are pale.
    """
    drawn = _strip_rows(outcomes, grain)
    starts = sorted(drawn["start"].unique())
    labels = axis_labels(starts[:: -(-len(starts) // MOST_LABELS)], grain)
    axis = alt.Axis(title=None, labelExpr=f"{json.dumps(labels)}[datum.value]", values=list(labels), labelAngle=0,
                    ticks=False, domain=False)  # fmt: skip
    colours = alt.Scale(domain=[*OUTCOMES.values(), UNKNOWN], range=[*OUTCOME_COLOURS.values(), "#D9DFE5"])
    return (
        alt.Chart(drawn, height=alt.Step(ROW))
        .mark_rect(cornerRadius=3)
        .encode(
            x=alt.X("start:O", scale=alt.Scale(paddingInner=0.08), axis=axis),
            y=alt.Y("name:N", sort=None, title=None, scale=alt.Scale(paddingInner=0.15),
                    axis=alt.Axis(ticks=False, domain=False, labelLimit=220)),
            color=alt.Color("outcome:N", scale=colours,
                            legend=alt.Legend(title=None, orient="top", symbolType="square", labelLimit=260)),
            opacity=alt.condition("datum.partial", alt.value(0.35), alt.value(1)),
            tooltip=[alt.Tooltip("name:N", title="KPI"), alt.Tooltip("when:N", title="Period"),
                     alt.Tooltip("outcome:N", title="Outcome"), alt.Tooltip("partial:N", title="Partial period")],
        )
    )  # fmt: skip


def strip_alt(outcomes: pd.DataFrame, grain: Grain) -> str:
    """The strip in words, from the values drawn."""
    drawn = _strip_rows(outcomes, grain)
    card = drawn[drawn["name"] == SCORECARD]["outcome"].value_counts()
    said = ", ".join(f"{outcome} in {counted(n, grain)}" for outcome, n in card.items())
    shown = f"{counted(drawn['start'].nunique(), grain)}, a row for each of {', '.join(drawn['name'].unique())}"
    return f"Calendar of {shown}. {SCORECARD}: {said}."


def _strip_rows(outcomes: pd.DataFrame, grain: Grain) -> pd.DataFrame:
    return outcomes.assign(
        name=outcomes["kpi"].fillna(SCORECARD),
        outcome=outcomes["outcome"].map(OUTCOMES).fillna(UNKNOWN),
        start=outcomes[PERIOD].dt.strftime("%Y-%m-%d"),
        when=[period_name(start, grain) for start in outcomes[PERIOD]],
    )[["name", "outcome", "start", "when", "partial"]]


def prizes_and_sales(found: Prizes, names: Mapping[str, str], goal: str) -> alt.HConcatChart:
    """Reps who won or sold most, best sellers first: what they sold beside how often they won."""
    drawn = _prize_rows(found, names)
    colour = alt.condition("datum.odd", alt.value(BOX_TICKER), alt.value(ACCENT))
    tip = [alt.Tooltip("name:N", title="Rep"), alt.Tooltip("wins:Q", title="Prizes"),
           alt.Tooltip("goal:Q", title=goal, format=",.4~r"),
           alt.Tooltip("goal_rank:Q", title="Rank in the goal", format=".0f")]  # fmt: skip
    order = drawn["name"].tolist()
    base = alt.Chart(drawn, height=alt.Step(20), width=260).mark_bar(cornerRadiusEnd=3).encode(tooltip=tip)
    rows = alt.Y("name:N", sort=order, title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=170))
    sold = base.encode(y=rows, x=alt.X("goal:Q", title=f"{goal}, average per round", axis=alt.Axis(format="~s")),
                       color=alt.value(GOAL))  # fmt: skip
    won = base.encode(y=alt.Y("name:N", sort=order, axis=None), color=colour,
                      x=alt.X("wins:Q", title="prizes won", axis=alt.Axis(format="d", tickMinStep=1)))  # fmt: skip
    return alt.hconcat(sold, won, spacing=16)


def prizes_alt(found: Prizes, names: Mapping[str, str]) -> str:
    """The dots in words, from the values drawn."""
    drawn = _prize_rows(found, names)
    odd = drawn[drawn["odd"]]
    return (
        f"Prizes won beside sales of {counted(len(drawn), 'rep')}; {counted(len(odd), 'rep')} won although they sold "
        f"less than the median: {', '.join(odd['name']) or 'none'}."
    )


def _prize_rows(found: Prizes, names: Mapping[str, str]) -> pd.DataFrame:
    reps = found.reps
    drawn = reps.assign(name=reps[REP].map(names), odd=(reps["wins"] > 0) & (reps["goal"] < reps["goal"].median()))
    looked_at = (reps["wins"] > 0) | (reps["goal_rank"] <= found.rule.top)
    return drawn[looked_at].sort_values("goal_rank")[["name", "wins", "goal", "goal_rank", "odd"]]


def link_then(signal: StopSignal, grain: Grain, colour: str) -> alt.LayerChart:
    """The link of one KPI with the goal as it could be read at the end of each period, with its interval."""
    drawn = signal.readings.assign(
        start=signal.readings[PERIOD].dt.strftime("%Y-%m-%d"),
        when=[period_name(start, grain) for start in signal.readings[PERIOD]],
    ).drop(columns=PERIOD)
    labels = axis_labels(drawn["start"].tolist()[:: max(-(-len(drawn) // 8), 1)], grain)
    axis = alt.Axis(title=None, labelExpr=f"{json.dumps(labels)}[datum.value]", values=list(labels), labelAngle=0,
                    ticks=False)  # fmt: skip
    x = alt.X("start:O", axis=axis)
    y = alt.Y("rho:Q", title="ρ with the goal", scale=alt.Scale(domain=[-1, 1]))
    base = alt.Chart(drawn, height=190).encode(x=x, tooltip=["when:N", "rho:Q", "low:Q", "high:Q", "n:Q", "n_reps:Q"])
    band = base.mark_area(opacity=0.22, color=colour).encode(y=alt.Y("low:Q").title(""), y2="high:Q")
    line = base.mark_line(color=colour, strokeWidth=2.5).encode(y=y)
    stops = base.transform_filter("datum.stop").mark_circle(color=BOX_TICKER, size=90, opacity=1).encode(y=y)
    matters = alt.Chart(pd.DataFrame({"y": [LEAST_LINK]})).mark_rule(strokeDash=[4, 4], color=MUTED).encode(y="y:Q")
    return matters + band + line + stops


def link_alt(signal: StopSignal, grain: Grain) -> str:
    """The line in words, from the values drawn."""
    readings = signal.readings.dropna(subset=["rho"])
    if readings.empty:
        return f"{signal.kpi}: no {grain} could be read."
    first, last = readings.iloc[0], readings.iloc[-1]
    said = counted(int(readings["stop"].sum()), grain)
    return (
        f"Link of {signal.kpi} with the goal at the end of {counted(len(readings), grain)}: "
        f"ρ {first['rho']:.2f} at first, {last['rho']:.2f} at last; stop in {said}."
    )
