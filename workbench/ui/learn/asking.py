"""A question before the prediction: what is looked at or played with, how sure one is, and the commitment."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from workbench.charts.answer_bars import answer_bars_alt, answer_bars_chart
from workbench.data.library.data_sets import DataSetEntry, workspace_folder
from workbench.data.model.panel import Panel
from workbench.learn.lesson import LessonStep, StepPlan
from workbench.learn.plays import join_line, join_reps, join_weights
from workbench.learn.predictions import SURE, Prediction
from workbench.learn.progress_store import keep_prediction
from workbench.ui.learn.lesson_at_hand import asked, marked, own_goal, picture_of
from workbench.ui.learn.played import draw_line, pick_reps
from workbench.ui.preview.covered import show_covered_ranking
from workbench.ui.session import state
from workbench.ui.session.learner import current_learner
from workbench.ui.widgets.parts import primary_label, text_colour
from workbench.ui.widgets.picture import show_chart
from workbench.words import learn as words
from workbench.words import learn_plays as plays
from workbench.words.kpis import goal_name, unit_of_goal
from workbench.words.learn_looks import look_title
from workbench.words.markdown import plain
from workbench.words.numbers import aligned_numbers

_FAILED = "learn.failed"
USUALLY_SURE = 70
"""How sure one is, in percent, where nothing else was chosen."""


def show_answer_fields(
    entry: DataSetEntry, panel: Panel, step: StepPlan, names: Mapping[str, str], *, slim: bool
) -> None:
    """The choices, how sure one is, and the button; ``slim``: side by side."""
    st.session_state[_key("asking", entry, step)] = True
    told, chosen_key, sure = asked(entry, panel, step), _key("choice", entry, step), _key("sure", entry, step)
    with st.container(horizontal=slim, vertical_alignment="bottom", gap="medium"):
        if told.play == "choice":
            shown = [words.choice_words(choice, names) for choice in told.choices]
            st.radio(words.PREDICTION, range(len(shown)), index=None, key=chosen_key, horizontal=slim,
                     format_func=lambda place: plain(shown[place]), persist_state="session")  # fmt: skip
        st.select_slider(words.SURE, SURE, value=USUALLY_SURE, key=sure, format_func=words.sure_words,
                         help=words.SURE_HELP, width=320 if slim else 420, persist_state="session")  # fmt: skip
        can = said_so_far(entry, panel, step) is not None
        st.button(primary_label(words.COMMIT, can), key="learn.commit", type="primary", icon=":material/lock:",
                  disabled=not can, on_click=_commit, args=(entry, step))  # fmt: skip
    if hint := plays.how_to_play(told, unit_of(entry, panel, step)):
        st.caption(hint)
    if st.session_state.pop(_FAILED, False):
        st.error(words.NOT_SAVED, icon=":material/error:")


def show_looks(entry: DataSetEntry, panel: Panel, step: StepPlan, names: Mapping[str, str]) -> None:
    """What is looked at before the prediction, or played with; nothing of the answer."""
    told = asked(entry, panel, step)
    if told.play == "reps":
        _show_reps(entry, step, told, names)
    elif told.play == "line":
        _show_line(entry, panel, step, told)
    elif told.play == "weights":
        show_board(entry, panel, step, names)
    elif told.before is not None:
        drawn = picture_of(entry, panel, step.page, told.before, names)
        if drawn.chart is not None:
            show_chart(drawn.chart, drawn.alt)
    elif told.look is not None:
        goal = own_goal(entry, panel)
        title = look_title(told.look, goal_name(goal, panel), unit_of_goal(goal, panel), panel.grain)
        bars = {words.bar_name(name, told.look.reps, names): amount for name, amount in told.look.figures}
        show_chart(answer_bars_chart(bars, (), title, text_colour()), answer_bars_alt(bars, title))


def show_board(entry: DataSetEntry, panel: Panel, step: StepPlan, names: Mapping[str, str]) -> None:
    """The live ranking of Preview without the goal."""
    goal = goal_name(own_goal(entry, panel), panel)
    show_covered_ranking(panel, state.current_design(), (step.first, step.last), names,
                         plays.COVERED.format(goal=goal))  # fmt: skip


def has_looks(told: LessonStep) -> bool:
    """Whether there is something to look at before the prediction."""
    return told.play != "choice" or told.before is not None or told.look is not None


def said_so_far(entry: DataSetEntry, panel: Panel, step: StepPlan) -> str | None:
    """The prediction as it stands; None while there is none."""
    told, said = asked(entry, panel, step), st.session_state.get(_key("said", entry, step))
    if told.play == "choice":
        place = st.session_state.get(_key("choice", entry, step))
        return None if place is None else told.choices[place].key
    if told.play == "weights":
        design = state.current_design()
        return join_weights({kpi.name: kpi.weight for kpi in design.kpis}) if design.total_weight else None
    if told.task is None or said is None:
        return None
    if told.play == "line":
        return join_line(said)
    return join_reps([told.task.bars[place][0] for place in said]) if len(said) == told.task.n else None


def was_answered_elsewhere(entry: DataSetEntry, step: StepPlan) -> bool:
    """Whether another tab answered a question that was asked here too; what was committed there stays."""
    keys = (_key("elsewhere", entry, step), _key("asking", entry, step))
    return any(st.session_state.get(key) for key in keys)


def unit_of(entry: DataSetEntry, panel: Panel, step: StepPlan) -> str | None:
    """The unit of a line's amounts."""
    return words.UNITS[step.kind] if step.kind in words.UNITS else own_goal(entry, panel).unit


def line_title(entry: DataSetEntry, panel: Panel, step: StepPlan) -> str:
    """What the axis of a line counts."""
    return goal_figures_title(entry, panel, step.kind)


def goal_figures_title(entry: DataSetEntry, panel: Panel, kind: str) -> str:
    """What figures of a kind count, in the unit of the data set's own goal."""
    goal = own_goal(entry, panel)
    return words.figures_title(kind, goal_name(goal, panel), unit_of_goal(goal, panel), panel.grain)


def _show_reps(entry: DataSetEntry, step: StepPlan, told: LessonStep, names: Mapping[str, str]) -> None:
    if told.task is None:
        return
    said, key = _key("said", entry, step), _key("picking", entry, step)
    scores = [score for _, score in told.task.bars]
    rows = [(names[rep], score, text) for (rep, score), text in zip(told.task.bars, aligned_numbers(scores),
                                                                  strict=True)]  # fmt: skip
    pick_reps(rows, st.session_state.get(said, ()), told.task.n, lambda: _take(said, key, "picked"), key,
              plays.reps_words(words.months_words(step.first, step.last)))  # fmt: skip


def _show_line(entry: DataSetEntry, panel: Panel, step: StepPlan, told: LessonStep) -> None:
    if told.task is None:
        return
    said, key = _key("said", entry, step), _key("drawing", entry, step)
    unit = None if step.kind in words.UNITS else unit_of(entry, panel, step)
    labels = [choice.text for choice in told.choices]
    around = plays.line_words(unit, line_title(entry, panel, step))
    draw_line(labels, st.session_state.get(said, told.task.start), told.task.high, told.task.step,
              lambda: _take(said, key, "drawn"), key, around)  # fmt: skip


def _take(said: str, key: str, what: str) -> None:
    """Callback: what was picked or drawn, kept where both places find it."""
    st.session_state[said] = tuple(st.session_state[key][what])


def take_commitment(entry: DataSetEntry, panel: Panel, step: StepPlan) -> bool:
    """Keep the prediction that was committed to, if one was; only then is the answer computed for the page.

    Called before the page is drawn, and again by the next run where another change of the page interrupts this one.
    """
    if not st.session_state.get(_key("committing", entry, step)):
        return False
    said, sure = said_so_far(entry, panel, step), st.session_state.get(_key("sure", entry, step), USUALLY_SURE)
    if said is not None:
        right = marked(entry, panel, step, said).right
        told = Prediction(story=entry.id, step=step.id, choice=said, sure=sure, right=right)
        try:
            kept = keep_prediction(workspace_folder(), current_learner(), told).of(entry.id)[step.id]
        except OSError:
            st.session_state[_FAILED] = True
        else:
            st.session_state.pop(_key("asking", entry, step), None)
            st.session_state[_key("elsewhere", entry, step)] = (kept.choice, kept.sure) != (told.choice, told.sure)
    st.session_state.pop(_key("committing", entry, step), None)
    return True


def _commit(entry: DataSetEntry, step: StepPlan) -> None:
    """Callback: only a mark, since a callback that takes long is broken off by the next change of the page."""
    st.session_state[_key("committing", entry, step)] = True


def _key(what: str, entry: DataSetEntry, step: StepPlan) -> str:
    return f"learn.{what}.{entry.id}.{step.id}"
