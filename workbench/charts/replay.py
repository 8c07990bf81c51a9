"""Charts of a replay: the team's outcomes by period, prizes beside sales, the link over a rolling window."""

from __future__ import annotations

import json
from collections.abc import Mapping

import altair as alt
import pandas as pd

from workbench.charts.coverage import axis_labels
from workbench.charts.layers import FOUR_OR_FEWER, layered
from workbench.charts.palette import ACCENT, BOX_TICKER, GOAL, HIT_BOTH, KIND_MARKS, MISSED_BOTH, MUTED, UNSUNG_SELLER
from workbench.data.model.dataset import Grain
from workbench.data.model.panel import PERIOD, REP
from workbench.scoring.replay.prizes import Prizes
from workbench.scoring.replay.stop_signal import LEAST_LINK, StopSignal
from workbench.words.numbers import pluralize, short_number, signed_number, with_unit
from workbench.words.panels import period_name
from workbench.words.replay import OUTCOMES, SCORECARD

OUTCOME_COLOURS = {
    "both_hit": HIT_BOTH,
    "goal_only": UNSUNG_SELLER,
    "kpi_only": BOX_TICKER,
    "both_missed": MISSED_BOTH,
}
KINDS_OF_OUTCOMES = {"both_hit": "hit_both", "goal_only": "unsung_seller", "kpi_only": "box_ticker",
                     "both_missed": "missed_both"}  # fmt: skip
OUTCOME_MARKS = {OUTCOMES[outcome]: KIND_MARKS[kind] for outcome, kind in KINDS_OF_OUTCOMES.items()}
UNKNOWN = "not enough data"
WON, WON_BELOW, NEVER = "won", "won, but did worse than the middle rep", "never won"
MOST_LABELS, MOST_REPS = 18, 30
ROW = 34


def outcomes_chart(outcomes: pd.DataFrame, grain: Grain) -> alt.LayerChart:
    """A row for the scorecard and each KPI, a cell for each period, coloured and marked by KPI hit × goal hit.

    ``outcomes`` as of ``team_outcomes``; partial periods are pale.
    """
    drawn = _strip_rows(outcomes, grain)
    starts = sorted(drawn["start"].unique())
    labels = axis_labels(starts[:: -(-len(starts) // MOST_LABELS)], grain)
    axis = alt.Axis(title=None, labelExpr=f"{json.dumps(labels)}[datum.value]", values=list(labels), labelAngle=0,
                    ticks=False, domain=False)  # fmt: skip
    every = dict(zip([*OUTCOMES.values(), UNKNOWN], [*OUTCOME_COLOURS.values(), "#D9DFE5"], strict=True))
    shown = {name: colour for name, colour in every.items() if name in set(drawn["outcome"])}
    colours = alt.Scale(domain=list(shown), range=list(shown.values()))
    base = alt.Chart(drawn, height=alt.Step(ROW)).encode(
        x=alt.X("start:O", scale=alt.Scale(paddingInner=0.08), axis=axis),
        y=alt.Y("name:N", sort=None, title=None, scale=alt.Scale(paddingInner=0.15),
                axis=alt.Axis(ticks=False, domain=False, labelLimit=220, labelFlush=False)),
        opacity=alt.OpacityValue(1, condition={"test": "datum.partial", "value": 0.35}),
        tooltip=[alt.Tooltip("name:N", title="KPI"), alt.Tooltip("when:N", title="Period"),
                 alt.Tooltip("outcome:N", title="Outcome"), alt.Tooltip("partial:N", title="Partial period")],
    )  # fmt: skip
    marked = json.dumps({name: f"{OUTCOME_MARKS.get(name, '')} {name}".strip() for name in shown})
    key = alt.Legend(
        title=None,
        orient="top",
        columns=FOUR_OR_FEWER,
        symbolType="square",
        labelLimit=260,
        labelExpr=f"{marked}[datum.label]",
    )
    cells = base.mark_rect(cornerRadius=3).encode(color=alt.Color("outcome:N", scale=colours, legend=key))
    marks = base.mark_text(fontSize=13, baseline="middle", color="#000000").encode(text=alt.Text("mark:N"))
    return layered(cells, marks).properties(data=drawn)


def outcomes_alt(outcomes: pd.DataFrame, grain: Grain) -> str:
    """The strip in words, from the values drawn."""
    drawn = _strip_rows(outcomes, grain)
    card = drawn[drawn["name"] == SCORECARD]["outcome"].value_counts()
    said = ", ".join(f"{outcome} in {pluralize(n, grain)}" for outcome, n in card.items())
    shown = f"{pluralize(drawn['start'].nunique(), grain)}, a row for each of {', '.join(drawn['name'].unique())}"
    return f"Calendar of {shown}. {SCORECARD}: {said}."


def _strip_rows(outcomes: pd.DataFrame, grain: Grain) -> pd.DataFrame:
    return outcomes.assign(
        name=outcomes["kpi"].fillna(SCORECARD),
        outcome=outcomes["outcome"].map(OUTCOMES).fillna(UNKNOWN),
        start=outcomes[PERIOD].dt.strftime("%Y-%m-%d"),
        when=[period_name(start, grain) for start in outcomes[PERIOD]],
        mark=outcomes["outcome"].map(OUTCOMES).map(OUTCOME_MARKS).fillna(""),
    )[["name", "outcome", "start", "when", "partial", "mark"]]


def prizes_chart(found: Prizes, names: Mapping[str, str], goal: str, unit: str | None, ink: str) -> alt.LayerChart:
    """A bar of prizes for each rep who won or sold most, best sellers first, with what they sold at its end."""
    drawn = _prize_rows(found, names, unit)
    tip = [alt.Tooltip("name:N", title="Rep"), alt.Tooltip("wins:Q", title="Prizes"),
           alt.Tooltip("goal:Q", title=goal, format=",.4~r"),
           alt.Tooltip("goal_rank:Q", title="Rank in the goal", format=".0f")]  # fmt: skip
    base = alt.Chart(drawn, height=alt.Step(22)).encode(
        y=alt.Y("name:N", sort=None, title=None,
                axis=alt.Axis(ticks=False, domain=False, labelLimit=170, labelFlush=False)),
        x=alt.X("wins:Q", title="prizes", axis=alt.Axis(format="d", tickMinStep=1, tickCount=6),
                scale=alt.Scale(domainMax=_room(drawn["wins"], 1.5))),
        tooltip=tip,
    )  # fmt: skip
    kinds = {WON: ACCENT, WON_BELOW: BOX_TICKER, NEVER: GOAL}
    shown = [kind for kind in kinds if kind in set(drawn["kind"])]
    bars = base.mark_bar(cornerRadiusEnd=3).encode(
        color=alt.Color("kind:N", scale=alt.Scale(domain=shown, range=[kinds[kind] for kind in shown]),
                        legend=alt.Legend(title=None, orient="top", symbolType="square", labelLimit=300))
    )  # fmt: skip
    said = base.mark_text(align="left", dx=6, fontSize=13).encode(text=alt.Text("said:N"), color=alt.ColorValue(ink))
    return layered(bars, said).properties(data=drawn)


def prizes_alt(found: Prizes, names: Mapping[str, str]) -> str:
    """The bars in words, from the values drawn."""
    drawn = _prize_rows(found, names)
    odd = drawn[drawn["kind"] == WON_BELOW]
    return (
        f"Prizes of {pluralize(len(drawn), 'rep')}, best sellers first; {pluralize(len(odd), 'rep')} won although they "
        f"did worse than the middle rep: {', '.join(odd['name']) or 'none'}."
    )


def _prize_rows(found: Prizes, names: Mapping[str, str], unit: str | None = None) -> pd.DataFrame:
    reps = found.reps
    kind = reps["wins"].gt(0).map({True: WON, False: NEVER}).mask((reps["wins"] > 0) & reps["below_median"], WON_BELOW)
    prizes = [pluralize(int(wins), "prize") if wins else "no prize" for wins in reps["wins"]]
    said = [f"{won} · {with_unit(sold, unit)}" for won, sold in zip(prizes, reps["goal"], strict=True)]
    drawn = reps.assign(name=reps[REP].map(names), kind=kind, said=said)
    looked_at = (reps["wins"] > 0) | (reps["goal_rank"] <= found.rule.top)
    drawn = drawn[looked_at].sort_values("goal_rank").head(MOST_REPS)
    return drawn[["name", "wins", "goal", "goal_rank", "kind", "said"]]


def _room(values: pd.Series, times: float) -> float:
    """The end of an axis with room for a label behind the longest bar; 1 without a bar, since JSON knows no NaN."""
    largest = float(values.max())
    return times * largest if largest > 0 else 1.0


def equal_sales_chart(styles: pd.DataFrame, goal: str, ink: str) -> alt.LayerChart:
    """A bar per style, the favoured one first: its score at equal amounts of the goal, and the points lost."""
    drawn = _style_rows(styles)
    base = alt.Chart(drawn, height=alt.Step(30)).encode(
        y=alt.Y("style:N", sort=None, title=None,
                axis=alt.Axis(ticks=False, domain=False, labelLimit=200, labelFontSize=13, labelFlush=False)),
        x=alt.X("score:Q", title=f"score at equal {goal} (points)", axis=alt.Axis(tickCount=6),
                scale=alt.Scale(domainMax=_room(drawn["score"], 1.35))),
    )  # fmt: skip
    bars = base.mark_bar(cornerRadiusEnd=3).encode(
        color=alt.ColorValue(ACCENT, condition={"test": "datum.taken > 0", "value": UNSUNG_SELLER})
    )
    return bars + base.mark_text(align="left", dx=6, fontSize=13).encode(
        text=alt.Text("said:N"), color=alt.ColorValue(ink)
    )


def equal_sales_alt(styles: pd.DataFrame, goal: str) -> str:
    """The bars in words, from the values drawn."""
    return f"Score at equal {goal}: " + "; ".join(
        f"{r['style']} {r['said']}" for r in _style_rows(styles).to_dict("records")
    )


def _style_rows(styles: pd.DataFrame) -> pd.DataFrame:
    said = [
        f"{short_number(score)}"
        + (f", {short_number(taken)} points lost" if taken > 0 else "")
        + f" ({pluralize(int(n), 'rep')})"
        for score, taken, n in zip(styles["at_equal_sales"], styles["taken"], styles["n_reps"], strict=True)
    ]
    return styles[["style", "taken"]].assign(score=styles["at_equal_sales"], said=said)


def rolling_link_chart(signal: StopSignal, grain: Grain, colour: str) -> alt.LayerChart:
    """The link of one KPI with the goal as it could be read at the end of each period, with its interval."""
    drawn = signal.readings.assign(
        start=signal.readings[PERIOD].dt.strftime("%Y-%m-%d"),
        when=[period_name(start, grain) for start in signal.readings[PERIOD]],
    ).drop(columns=PERIOD)
    labels = axis_labels(drawn["start"].tolist()[:: max(-(-len(drawn) // 8), 1)], grain)
    axis = alt.Axis(title=None, labelExpr=f"{json.dumps(labels)}[datum.value]", values=list(labels), labelAngle=0,
                    ticks=False)  # fmt: skip
    x = alt.X("start:O", axis=axis)
    y = alt.Y("rho:Q", title="link with the goal (ρ)", scale=alt.Scale(domain=[-1, 1]))
    said = {"rho": ("ρ", ".2f"), "low": ("from", ".2f"), "high": ("to", ".2f"), "n": ("pairs", ".0f"),
            "n_reps": ("reps", ".0f")}  # fmt: skip
    tip = [alt.Tooltip("when:N", title="At the end of"),
           *(alt.Tooltip(f"{name}:Q", title=title, format=form) for name, (title, form) in said.items())]  # fmt: skip
    base = alt.Chart(drawn, height=190).encode(x=x, tooltip=tip)
    band = base.mark_area(opacity=0.22, color=colour).encode(y=alt.Y("low:Q").title(""), y2=alt.Y2("high:Q"))
    line = base.mark_line(color=colour, strokeWidth=2.5).encode(y=y)
    stops = base.transform_filter("datum.stop").mark_circle(color=BOX_TICKER, size=90, opacity=1).encode(y=y)
    matters = (
        alt.Chart(pd.DataFrame({"y": [LEAST_LINK]})).mark_rule(strokeDash=[4, 4], color=MUTED).encode(y=alt.Y("y:Q"))
    )
    return matters + band + line + stops


def rolling_link_alt(signal: StopSignal, grain: Grain) -> str:
    """The line in words, from the values drawn."""
    readings = signal.readings.dropna(subset=["rho"])
    if readings.empty:
        return f"{signal.kpi}: no {grain} could be read."
    first, last = readings.iloc[0], readings.iloc[-1]
    said = pluralize(int(readings["stop"].sum()), grain)
    return (
        f"Link of {signal.kpi} with the goal at the end of {pluralize(len(readings), grain)}: "
        f"{signed_number(first['rho'])} at first, {signed_number(last['rho'])} at last; gone in {said}."
    )
