"""Sections of the Replay page, each from one part of a finished replay."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from workbench.charts import replay as charts
from workbench.charts.palette import kpi_colours
from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.design.model import Design
from workbench.scoring.classification import count_cut_periods
from workbench.scoring.replay.prizes import PrizeRule
from workbench.scoring.replay.replay import Replay, replay_design
from workbench.scoring.replay.replay_tables import known_effort, unjust_reprimands, weighted_outcomes
from workbench.scoring.replay.reprimands import mostly_unjust_reps
from workbench.scoring.replay.runs import group_same_periods
from workbench.scoring.replay.twins import pair_twins
from workbench.ui.session.navigation import page
from workbench.ui.session.part_link import follow_part
from workbench.ui.widgets.first_words import first_help, show_heading
from workbench.ui.widgets.parts import how_computed, text_colour
from workbench.ui.widgets.picture import show_chart
from workbench.words import replay as words
from workbench.words.cut_periods import cut_periods_method, cut_periods_sentence
from workbench.words.markdown import plain
from workbench.words.panels import period_name
from workbench.words.replay_figures import leading_figures
from workbench.words.replay_headline import replay_headline
from workbench.words.replay_leavers import leavers_sentence

STOPS_A_ROW, MOST_RUNS = 3, 4
PART = "replay.part"
WHOLE = 100  # from here on decimals tell nobody anything


@st.cache_resource(max_entries=64, show_spinner="Replaying history")
def _replay(
    _panel: Panel, _whole: Panel | None, keys: tuple[str, str | None], design: Design, rule: PrizeRule,
    until: pd.Timestamp,
) -> Replay:  # fmt: skip
    return replay_design(_panel, design, rule, until, _whole)


def cached_replay(panel: Panel, whole: Panel, design: Design, rule: PrizeRule, until: pd.Timestamp) -> Replay:
    """The replay as it stood at the end of a period, once per content.

    Of a part of the ``whole``, points are those among the whole, as on Decide.
    """
    reference = None if panel.key == whole.key else whole
    return _replay(panel, reference, (panel.key, reference.key if reference else None), design, rule, until)


def show_replay_headline(found: Replay) -> None:
    """The one sentence people repeat."""
    show_heading(plain(replay_headline(found)))


def show_cut_periods(found: Replay, panel: Panel) -> None:
    """Which rep-periods count for less, where some do."""
    if cut := cut_periods_sentence(count_cut_periods(found.history, panel), panel.grain):
        st.caption(cut)


def show_figures(found: Replay) -> None:
    """The few numbers that matter, each with a button that opens its part."""
    figures = leading_figures(found)
    for figure, place in zip(figures, st.columns(len(figures), gap="small"), strict=True):
        with place.container(border=True, gap="xsmall", height="stretch"):
            st.metric(plain(figure.label), figure.value, label_visibility="collapsed")
            st.markdown(plain(figure.label))
            st.button(figure.part, icon=":material/arrow_downward:", type="tertiary", key=f"replay.open.{figure.part}",
                      on_click=_open_part, args=[figure.part])  # fmt: skip


def _open_part(part: str) -> None:
    st.session_state[PART] = part


def show_parts(found: Replay, panel: Panel, names: Mapping[str, str]) -> None:
    """One part at a time, the one that was asked for."""
    drawn: dict[str, Callable[[], None]] = {
        words.HITS: lambda: show_team_outcomes(found, panel),
        words.REWARDED: lambda: show_prizes(found, names),
        words.REPRIMANDED: lambda: show_reprimands(found, names, panel),
        words.STYLES: lambda: show_styles(found, names),
        words.STOPS: lambda: show_stop_signals(found, panel),
        words.LEFT: lambda: show_leavers(found, names, panel),
        words.HOURS: lambda: show_effort(found),
    }
    follow_part(PART, list(drawn))
    for draw, tab in zip(drawn.values(), st.tabs(list(drawn), key=PART, on_change="rerun"), strict=True):
        if tab.open:
            with tab:
                draw()


def show_missing_target(found: Replay) -> None:
    """What cannot be judged without a target of the goal, and the way to one."""
    if said := words.no_target(found.history.design):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.info(plain(said), icon=":material/flag:")
            st.page_link(page("goal"), label="Give it a target", icon=":material/flag:")


def show_team_outcomes(found: Replay, panel: Panel) -> None:
    """Each period by KPI hit × goal hit, and the runs found in it."""
    if words.no_target(found.history.design):
        show_missing_target(found)
        return
    _heading("Did the team hit the KPI and miss the goal?", words.TEAM_METHOD)
    seen = weighted_outcomes(found.outcomes, found.history.design)
    show_chart(charts.outcomes_chart(seen, panel.grain), alt=charts.outcomes_alt(seen, panel.grain))
    said = [
        words.runs_sentence(runs, found.history.design, panel.grain) for runs in group_same_periods(found.runs)[1:]
    ]  # the first is the title
    if said:
        more = [f"And {len(said) - MOST_RUNS} more."] if len(said) > MOST_RUNS else []
        st.warning("  \n".join(plain(each) for each in [*said[:MOST_RUNS], *more]), icon=":material/event_busy:")
    elif not found.runs and seen["outcome"].notna().any():
        st.caption(f"The team never hit a KPI and missed the goal three {panel.grain}s in a row.")


def show_prizes(found: Replay, names: Mapping[str, str]) -> None:
    """Who would have won, what they sold, and who sold most and won nothing."""
    _heading("Who would have been rewarded?", words.prizes_method(found.prizes))
    goal, unit = _goal(found)
    aim = found.history.design.required_goal
    overall = words.overall_sentence(found.overall, names, aim) if found.overall_below else ""
    said = [words.prizes_sentence(found.prizes, aim), words.winners_sentence(found.prizes, names, aim),
            words.forgotten_sentence(found.prizes, names), words.shared_places_sentence(found.prizes),
            overall]  # fmt: skip
    st.markdown(plain(" ".join(filter(None, said))))
    left, right = st.columns([3, 2], gap="medium")
    show_chart(
        charts.prizes_chart(found.prizes, names, goal, unit, text_colour()),
        alt=charts.prizes_alt(found.prizes, names),
        place=left,
    )
    reps = found.prizes.reps
    table = reps.assign(rep=reps[REP].map(names))[[REP, "wins", "rounds", "goal", "goal_rank"]]
    _table(right, table, ["Rep", "Prizes", "Rounds", f"{goal} a round", "Rank"], amounts=[3])


def show_reprimands(found: Replay, names: Mapping[str, str], panel: Panel) -> None:
    """Who would have been reprimanded, and how often despite making the goal."""
    cut = count_cut_periods(found.history, panel)
    _heading("Who would have been reprimanded?", words.CALLED_IN_METHOD + cut_periods_method(cut, panel.grain))
    said = [words.called_in_sentence(found.called_in, panel.grain),
            words.unjust_sentence(mostly_unjust_reps(found.called_in), names, panel.grain)]  # fmt: skip
    st.markdown(plain(" ".join(filter(None, said))))
    left, right = st.columns([2, 3], gap="medium")
    table = found.called_in.assign(rep=found.called_in[REP].map(names))[[REP, "periods", "called_in", "unjust"]]
    _table(left, table[table["called_in"] > 0],
           ["Rep", f"{panel.grain.capitalize()}s", "Reprimands", "Despite making the goal"])  # fmt: skip
    with right:
        _one_by_one(found, names, panel)


def _one_by_one(found: Replay, names: Mapping[str, str], panel: Panel) -> None:
    """Every reprimand of a rep who had made the goal, for missing the scorecard or one KPI."""
    kpis = [kpi.name for kpi in found.history.design.kpis]
    goal, _ = _goal(found)
    what = st.selectbox("Missed", [words.SCORECARD, *kpis], key="replay.missing", width=280)
    rows = unjust_reprimands(found.history, None if what == words.SCORECARD else kpis.index(what))
    table = rows.assign(rep=rows[REP].map(names), period=[period_name(start, panel.grain) for start in rows[PERIOD]])
    table = table[[PERIOD, REP, "value", "target", "goal", "goal_target"]]
    headers = ["Period", "Rep", what, "Target", goal, f"{goal} target"]
    _table(st.container(), table, headers, amounts=[2, 3, 4, 5], most=330)


def show_styles(found: Replay, names: Mapping[str, str]) -> None:
    """What the scorecard does to each way of selling, and reps of different ways who sell alike."""
    guard, goal = found.styles, found.history.design.required_goal
    _heading("Does the scorecard favour one way of selling?", words.STYLES_METHOD)
    (st.warning if guard.raised else st.info)(plain(words.styles_sentence(guard, goal)), icon=":material/diversity_3:")
    st.caption(plain(words.styles_small_print(guard)))
    if guard.styles.empty:
        return
    left, right = st.columns([2, 3], gap="medium")
    with left:
        what = words.goal_words(goal)
        show_chart(charts.equal_sales_chart(guard.styles, what, text_colour()),
                   alt=charts.equal_sales_alt(guard.styles, what))  # fmt: skip
    with right:
        _twins(found, names)


def _twins(found: Replay, names: Mapping[str, str]) -> None:
    goal, _ = _goal(found)
    pairs = pair_twins(found.styles)
    if pairs.empty:
        return
    table = pairs.assign(rep=pairs[REP].map(names), other_rep=pairs["other_rep"].map(names))
    table = table[[REP, "style", "goal", "score", "other_rep", "other_goal", "other_score"]]
    st.caption(plain(words.twins_words(found.styles, found.history.design.required_goal)))
    _table(
        st.container(), table.round(0), ["Rep", "Leads on", goal, "Score", "Second rep", goal, "Score"], amounts=[2, 5]
    )


def show_stop_signals(found: Replay, panel: Panel) -> None:
    """When the data showed that a link was gone, KPI by KPI, and how much earlier than the team acted."""
    _heading("When did each KPI stop predicting the goal?", words.STOP_METHOD)
    in_fact = _in_fact(panel) if any(signal.first is not None for signal in found.stops) else None
    colours = kpi_colours(found.history.design.kpis)
    for start in range(0, len(found.stops), STOPS_A_ROW):
        places = st.columns(STOPS_A_ROW, gap="medium")
        for signal, place in zip(found.stops[start : start + STOPS_A_ROW], places, strict=False):
            with place:
                st.markdown(plain(words.stop_sentence(signal, found.history.design, panel.grain, in_fact)))
                if not signal.readings.empty:
                    show_chart(
                        charts.rolling_link_chart(signal, panel.grain, colours[signal.kpi]),
                        alt=charts.rolling_link_alt(signal, panel.grain),
                    )


def _in_fact(panel: Panel) -> pd.Timestamp | None:
    return st.selectbox("We changed course in", sorted(panel.frame[PERIOD].unique()), None, width=280,
                        key=f"replay.in_fact.{panel.key}", persist_state="session",
                        format_func=lambda start: period_name(start, panel.grain),
                        placeholder="Not yet, or not known")  # fmt: skip


def show_leavers(found: Replay, names: Mapping[str, str], panel: Panel) -> None:
    """What those who left had sold, and how the scorecard had treated them."""
    gone = found.leavers.reps
    goal = _goal(found)[0]
    _heading("Who left?", words.LEAVERS_METHOD)
    if gone.empty:
        st.markdown(words.NOBODY_LEFT)
        return
    st.markdown(plain(leavers_sentence(found.leavers, found.history.design.required_goal, panel.grain)))
    table = gone.assign(rep=gone[REP].map(names), end=gone["end"].dt.date)
    table = table[[REP, "end", "goal_rank", "score_rank", "last_goal", "last_score", "unsung"]].round({"last_score": 0})
    _table(st.container(), table, ["Rep", "Left", f"Rank in {goal}", "Rank in score", f"Last {goal}", "Last score",
                       "Goal made, score missed"], amounts=[4])  # fmt: skip


def show_effort(found: Replay) -> None:
    """Hours a week that the targets take, and what an hour of each KPI earns."""
    _heading("How many hours a week does it take?", words.EFFORT_METHOD)
    st.markdown(plain(words.effort_sentence(found.hours)))
    known = known_effort(found.hours)
    if not known.empty:
        table = known[["kpi", "asked", "done", "hours_asked", "hours_done", "points_per_hour"]].round(1)
        _table(
            st.container(),
            table,
            ["KPI", "Target a week", "Actual a week", "Hours for the target", "Hours spent", "Points per hour"],
        )


def _table(
    place: DeltaGenerator, table: pd.DataFrame, headers: Sequence[str], amounts: Sequence[int] = (), most: int = 430
) -> None:
    """A table as tall as its rows need, up to ``most`` pixels; headers may repeat; ``amounts`` have no long tail."""
    shown = table.set_axis(range(len(headers)), axis=1)
    column = st.column_config
    whole = [i for i in amounts if shown[i].abs().max() >= WHOLE]
    looks = {
        str(i): column.NumberColumn(name, format="localized", help=first_help(name))
        if i in amounts
        else column.Column(name, help=first_help(name))
        for i, name in enumerate(headers)
    }
    shown = shown.round(dict.fromkeys(amounts, 2) | dict.fromkeys(whole, 0))
    place.dataframe(
        shown.rename(columns=str), hide_index=True, column_config=looks, height=min(38 + 35 * len(table), most)
    )


def _heading(text: str, method: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        show_heading(text, width="content")
        how_computed(method)


def _goal(found: Replay) -> tuple[str, str | None]:
    goal = found.history.design.required_goal
    return goal.label or goal.measure, goal.unit
