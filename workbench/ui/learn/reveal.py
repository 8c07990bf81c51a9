"""A question after the prediction: whether it was right, why, and the figures behind the answer."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from workbench.charts.answer_bars import answer_bars_alt, answer_bars_chart
from workbench.charts.drawn_line import drawn_line_alt, drawn_line_chart
from workbench.data.library.data_sets import DataSetEntry
from workbench.data.model.panel import Panel
from workbench.learn.lesson import LessonStep, StepAnswer, StepPlan
from workbench.learn.plays import split_line, split_reps
from workbench.learn.predictions import Prediction
from workbench.ui.learn.asking import goal_figures_title, line_title, unit_of, was_answered_elsewhere
from workbench.ui.learn.lesson_at_hand import answered, asked, marked, picture_of
from workbench.ui.widgets.parts import text_colour
from workbench.ui.widgets.picture import show_chart
from workbench.words import learn as words
from workbench.words import learn_plays as plays
from workbench.words.markdown import plain
from workbench.words.rep_names import without_rep_names


def show_verdict(entry: DataSetEntry, panel: Panel, step: StepPlan, said: Prediction, names: Mapping[str, str]) -> None:
    """Whether the prediction was right, what there was to see, and the reason."""
    told, found = asked(entry, panel, step), answered(entry, panel, step)
    if was_answered_elsewhere(entry, step):
        st.info(words.ELSEWHERE, icon=":material/tab:")
    box, icon = (st.success, ":material/check:") if said.right else (st.warning, ":material/lightbulb:")
    box(plain(_outcome(entry, panel, step, told, found, said, names)), icon=icon)
    st.markdown(f"**{plain(without_rep_names(found.why, names))}**")


def show_answer_figures(
    entry: DataSetEntry, panel: Panel, step: StepPlan, said: Prediction, names: Mapping[str, str]
) -> None:
    """The figures behind the answer: the drawn line beside the true one, or bars."""
    told, found = asked(entry, panel, step), answered(entry, panel, step)
    if told.play == "line":
        _show_lines(entry, panel, step, told, found, said)
        return
    title = goal_figures_title(entry, panel, found.kind)
    bars = {words.figure_name(name, found, names): amount for name, amount in found.figures}
    own = [words.figure_name(name, found, names) for name in split_reps(found.key)]
    show_chart(answer_bars_chart(bars, own, title, text_colour()), answer_bars_alt(bars, title))


def show_after(entry: DataSetEntry, panel: Panel, step: StepPlan, names: Mapping[str, str]) -> None:
    """The picture that tells more, with its sentence; nothing where there is none."""
    found = answered(entry, panel, step)
    if found.after is None:
        return
    drawn = picture_of(entry, panel, step.page, found.after, names)
    st.caption(plain(drawn.sentence))
    if drawn.chart is not None:
        show_chart(drawn.chart, drawn.alt)


def _outcome(
    entry: DataSetEntry, panel: Panel, step: StepPlan, told: LessonStep, found: StepAnswer, said: Prediction,
    names: Mapping[str, str],
) -> str:  # fmt: skip
    if told.play == "choice":
        shown = {choice.key: words.choice_words(choice, names) for choice in told.choices}
        return words.outcome_sentence(shown[found.key], said.right, said.sure)
    mark = marked(entry, panel, step, said.choice)
    sentence = plays.played_outcome(told, mark, said.right, said.sure, unit_of(entry, panel, step))
    if told.play == "reps":
        return f"{sentence} {plays.picked_sentences(said.choice, found, names)}".strip()
    if told.play == "weights":
        before = marked(entry, panel, step, found.naive)
        return f"{sentence} {plays.weights_sentence(found, round(before.amount), round(before.of))}"
    return sentence


def _show_lines(
    entry: DataSetEntry, panel: Panel, step: StepPlan, told: LessonStep, found: StepAnswer, said: Prediction
) -> None:
    labels, title = [choice.text for choice in told.choices], line_title(entry, panel, step)
    drawn, true, both = split_line(said.choice), split_line(found.key), (plays.YOURS, plays.TRUE)
    show_chart(drawn_line_chart(labels, drawn, true, title, both, text_colour()),
               drawn_line_alt(labels, drawn, true, title, both))  # fmt: skip
