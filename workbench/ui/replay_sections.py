"""The sections of the Replay page, each from one part of a finished replay."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from workbench.charts import replay as charts
from workbench.charts.palette import kpi_colours
from workbench.data.panel import PERIOD, REP, Panel
from workbench.design.model import Design
from workbench.scoring.replay.prizes import PrizeRule
from workbench.scoring.replay.replay import Replay, replay
from workbench.scoring.replay.reprimands import reprimands
from workbench.ui.parts import how_computed, plain
from workbench.words import replay as words
from workbench.words.panels import period_name

Names = Mapping[str, str]
WINNERS = {"top": "the highest scores", "over": "everybody over the line"}
STOPS_A_ROW = 3
EVERY = {"period": "every {grain}", "quarter": "every quarter", "all": "once, at the end"}


@st.cache_resource(max_entries=64, show_spinner="Replaying history")
def _replay(_panel: Panel, panel_key: str, design: Design, rule: PrizeRule, until: pd.Timestamp) -> Replay:
    return replay(_panel, design, rule, until)


def replayed(panel: Panel, design: Design, rule: PrizeRule, until: pd.Timestamp) -> Replay:
    """The replay as it stood at the end of a period, once per content."""
    return _replay(panel, panel.key, design, rule, until)


def as_of(panel: Panel) -> pd.Timestamp:
    """The slider that rewinds to what was known at the end of a period."""
    periods = sorted(panel.frame[PERIOD].unique())
    if len(periods) < 2:
        return periods[-1]
    return st.select_slider(
        "As of the end of", periods, periods[-1], key=f"replay.as_of.{panel.key}", persist_state="session",
        format_func=lambda start: period_name(start, panel.grain),
        help="Everything below is what could be known then: nothing later.")  # fmt: skip


def prize_rule(panel: Panel) -> PrizeRule:
    """Who gets a prize, and how often."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.segmented_control("The prize goes to", ["top", "over"], default="top", required=True,
                                    key="replay.kind", persist_state="session", format_func=WINNERS.get)  # fmt: skip
        top = st.number_input("How many", 1, 50, 3, key="replay.top", persist_state="session", width=120,
                              disabled=kind == "over")  # fmt: skip
        every = st.segmented_control("How often", list(EVERY), default="period", required=True, key="replay.every",
                                     persist_state="session",
                                     format_func=lambda name: EVERY[name].format(grain=panel.grain))  # fmt: skip
    return PrizeRule(int(top), kind == "over", every)


def headline(found: Replay, panel: Panel) -> None:
    """The three sentences people repeat: the run, the prizes, the reprimands."""
    said = [words.run_sentence(found.runs[0], found.history.design, panel.grain)] if found.runs else []
    said += [words.prizes_sentence(found.prizes), words.called_in_sentence(found.called_in, panel.grain)]
    st.markdown("##### " + plain(said[0]) + "\n\n" + plain(" ".join(said[1:])))


def team(found: Replay, panel: Panel) -> None:
    """Each period by KPI hit × goal hit, and the runs found in it."""
    _heading("Did the team hit the KPI and miss the goal?", words.TEAM_METHOD)
    st.altair_chart(charts.strip(found.outcomes, panel.grain), alt=charts.strip_alt(found.outcomes, panel.grain))
    for run in found.runs:
        st.warning(plain(words.run_sentence(run, found.history.design, panel.grain)), icon=":material/event_busy:")
    if not found.runs:
        st.caption(f"No run of three or more {panel.grain}s with the KPI hit and the goal missed.")


def prizes(found: Replay, names: Names) -> None:
    """Who would have won, what they sold, and who sold most and won nothing."""
    _heading("Who would have been rewarded?", words.PRIZES_METHOD)
    st.markdown(plain(" ".join([words.prizes_sentence(found.prizes), words.forgotten_sentence(found.prizes, names)])))
    goal, unit = _goal(found)
    left, right = st.columns([3, 2], gap="medium")
    left.altair_chart(charts.prizes_and_sales(found.prizes, names, f"{goal} ({unit})" if unit else goal),
                      alt=charts.prizes_alt(found.prizes, names))  # fmt: skip
    reps = found.prizes.reps
    table = reps.assign(rep=reps[REP].map(names))[[REP, "wins", "rounds", "goal", "goal_rank"]]
    right.dataframe(table.set_axis(["Rep", "Prizes", "Rounds", goal, f"Rank in {goal}"], axis=1), hide_index=True,
                    height=330, column_config={goal: st.column_config.NumberColumn(format="compact")})  # fmt: skip


def called_in(found: Replay, names: Names, panel: Panel) -> None:
    """Who would have been called in, and how often with the goal made."""
    _heading("Who would have been called in?", words.CALLED_IN_METHOD)
    st.markdown(plain(words.called_in_sentence(found.called_in, panel.grain)))
    left, right = st.columns([2, 3], gap="medium")
    table = found.called_in.assign(rep=found.called_in[REP].map(names))
    table = table.set_axis(["Rep", f"{panel.grain.capitalize()}s", "Called in", "With the goal made"], axis=1)
    left.dataframe(table[table["Called in"] > 0], hide_index=True, height=370)
    with right:
        _one_by_one(found, names, panel)


def _one_by_one(found: Replay, names: Names, panel: Panel) -> None:
    """Every reprimand of a rep who had made the goal, for missing the scorecard or one KPI."""
    kpis = [kpi.name for kpi in found.history.design.kpis]
    goal, _ = _goal(found)
    what = st.selectbox("For missing", [words.SCORECARD, *kpis], key="replay.missing", width=280)
    rows = reprimands(found.history, None if what == words.SCORECARD else kpis.index(what))
    rows = rows[rows["made_goal"].fillna(False)].sort_values([PERIOD, REP])
    table = rows.assign(rep=rows[REP].map(names), period=[period_name(start, panel.grain) for start in rows[PERIOD]])
    table = table[[PERIOD, REP, "value", "target", "goal", "goal_target"]]
    number = st.column_config.NumberColumn
    st.dataframe(
        table.set_axis(["Period", "Rep", what, "Asked", goal, f"{goal} asked"], axis=1), hide_index=True, height=280,
        column_config={name: number(format="compact") for name in (what, "Asked", goal, f"{goal} asked")})  # fmt: skip


def styles(found: Replay, names: Names) -> None:
    """What the scorecard does to each way of selling."""
    guard = found.styles
    _heading("Does it leave reps their style?", words.STYLES_METHOD)
    (st.warning if guard.raised else st.info)(plain(words.styles_sentence(guard)), icon=":material/diversity_3:")
    if guard.styles.empty:
        return
    goal, _ = _goal(found)
    shown = guard.styles[["style", "n_reps", "goal", "score", "at_equal_sales", "taken"]].round(2)
    left, right = st.columns([3, 2], gap="medium")
    left.dataframe(shown.set_axis(["Leads on", "Reps", goal, "Score", "Score at equal sales", "Points taken"], axis=1),
                   hide_index=True)  # fmt: skip
    reps = guard.reps.assign(rep=guard.reps[REP].map(names)).sort_values("goal", ascending=False)
    right.dataframe(reps[[REP, "style", "goal", "score"]].set_axis(["Rep", "Leads on", goal, "Score"], axis=1),
                    hide_index=True, height=260,
                    column_config={goal: st.column_config.NumberColumn(format="compact"),
                                   "Score": st.column_config.NumberColumn(format="%.1f")})  # fmt: skip


def stops(found: Replay, panel: Panel) -> None:
    """When the numbers would have said stop, KPI by KPI."""
    _heading("When would the numbers have said stop?", words.STOP_METHOD)
    colours = kpi_colours(kpi.name for kpi in found.history.design.kpis)
    for start in range(0, len(found.stops), STOPS_A_ROW):
        places = st.columns(STOPS_A_ROW, gap="medium")
        for signal, place in zip(found.stops[start : start + STOPS_A_ROW], places, strict=False):
            with place:
                st.markdown(plain(words.stop_sentence(signal, panel.grain)))
                if not signal.readings.empty:
                    st.altair_chart(charts.link_then(signal, panel.grain, colours[signal.kpi]),
                                    alt=charts.link_alt(signal, panel.grain))  # fmt: skip


def leavers(found: Replay, names: Names, panel: Panel) -> None:
    """What those who left had sold, and how the scorecard had treated them."""
    gone = found.leavers.reps
    if gone.empty:
        return
    goal, unit = _goal(found)
    _heading("Who left?", words.LEAVERS_METHOD)
    st.markdown(plain(words.leavers_sentence(found.leavers, unit, panel.grain)))
    table = gone.assign(rep=gone[REP].map(names), end=gone["end"].dt.date)
    table = table[[REP, "end", "goal_rank", "score_rank", "last_goal", "last_score", "unsung"]]
    st.dataframe(table.set_axis(["Rep", "Left", f"Rank in {goal}", "Rank in score", f"Last {goal}", "Last score",
                                 "Goal made, score missed"], axis=1), hide_index=True,
                 column_config={f"Last {goal}": st.column_config.NumberColumn(format="compact"),
                                "Last score": st.column_config.NumberColumn(format="%.1f")})  # fmt: skip


def effort(found: Replay) -> None:
    """Hours a week the scorecard asks, and what an hour of each KPI earns."""
    _heading("What does it ask of a rep's week?", words.EFFORT_METHOD)
    st.markdown(plain(words.effort_sentence(found.hours)))
    known = found.hours.dropna(subset=["hours_asked"])
    if not known.empty:
        table = known[["kpi", "asked", "done", "hours_asked", "hours_done", "points_per_hour"]]
        st.dataframe(table.round(1).set_axis(["KPI", "Asked a week", "Done a week", "Hours asked", "Hours done",
                                              "Points per hour"], axis=1), hide_index=True)  # fmt: skip


def _heading(text: str, method: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(text, anchor=False, width="content")
        how_computed(method)


def _goal(found: Replay) -> tuple[str, str | None]:
    goal = found.history.design.goal
    return goal.label or goal.measure, goal.unit
