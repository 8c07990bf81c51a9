"""One story: its questions one at a time, each answered only after a prediction."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from workbench.charts.answer_bars import answer_bars_alt, answer_bars_chart
from workbench.data.library.data_sets import DataSetEntry, workspace_folder
from workbench.data.model.panel import Panel
from workbench.learn.lesson import LessonPlan, LessonStep, StepAnswer, StepPlan
from workbench.learn.predictions import SURE, Prediction
from workbench.learn.progress_store import keep_prediction, start_story_over
from workbench.learn.truth_file import TruthFile
from workbench.ui.learn.dice import show_other_dice
from workbench.ui.learn.lesson_at_hand import answered, asked, own_goal, picture_of
from workbench.ui.session import state
from workbench.ui.session.learner import current_learner
from workbench.ui.session.learner_progress import progress_at_hand
from workbench.ui.session.navigation import PAGES, page
from workbench.ui.session.saving import saving
from workbench.ui.widgets.parts import primary_label, text_colour
from workbench.ui.widgets.picture import show_chart
from workbench.words import learn as words
from workbench.words.kpis import goal_name
from workbench.words.markdown import plain
from workbench.words.rep_names import without_rep_names

_AT, _FAILED = "learn.at", "learn.failed"


def show_story(entry: DataSetEntry, panel: Panel, truth: TruthFile, plan: LessonPlan, names: Mapping[str, str]) -> None:
    """The question at hand, or how the story ended."""
    done = progress_at_hand().of(entry.id)
    at = _place(entry, plan, done)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(plain(truth.title), anchor=False, width="content")
        if at < len(plan.steps):
            st.caption(words.step_place(at, len(plan.steps)), width="content")
        with st.popover(words.OPENING, icon=":material/menu_book:", type="tertiary"):
            st.markdown(plain(truth.opening))
        if done:
            st.button(words.OVER, key="learn.over", icon=":material/restart_alt:", type="tertiary",
                      on_click=_start_over, args=(entry.id,))  # fmt: skip
        show_other_dice(truth.story)
        st.button(words.OTHER_STORIES, key="learn.close", icon=":material/apps:", type="tertiary", on_click=close_story)
    st.progress(len(done) / len(plan.steps))
    if at == 0:
        st.markdown(plain(truth.opening))
    if at >= len(plan.steps):
        _show_end(entry, truth, plan, done, names)
        return
    step = plan.steps[at]
    told = asked(entry, panel, step)
    st.subheader(plain(told.ask), anchor=False)
    if step.id in done:
        _show_verdict(entry, panel, step, told, done[step.id], names)
        _show_ways(entry, plan, at, is_done=True)
        _show_pictures(entry, panel, step, names)
    else:
        _ask(entry, panel, step, told, names)
        _show_ways(entry, plan, at, is_done=False)


def close_story() -> None:
    """Callback: show all stories."""
    st.session_state["learn.all"] = True


def _place(entry: DataSetEntry, plan: LessonPlan, done: Mapping[str, Prediction]) -> int:
    """The question looked at; the first without a prediction when the story is opened. None is looked at ahead."""
    first_open = next((at for at, step in enumerate(plan.steps) if step.id not in done), len(plan.steps))
    return min(st.session_state.setdefault(_AT, {}).setdefault(entry.id, first_open), first_open)


def _ask(entry: DataSetEntry, panel: Panel, step: StepPlan, told: LessonStep, names: Mapping[str, str]) -> None:
    drawn = picture_of(entry, panel, step.page, told.before, names) if told.before else None
    shown = {choice.key: words.choice_words(choice, names) for choice in told.choices}
    picked, sure = f"learn.choice.{entry.id}.{step.id}", f"learn.sure.{entry.id}.{step.id}"
    looks, answers = st.columns([3, 2], gap="large") if drawn else (st.empty(), st.container())
    if drawn and drawn.chart is not None:
        with looks:
            show_chart(drawn.chart, drawn.alt)
    with answers:
        chosen = st.radio(words.PREDICTION, range(len(shown)), index=None, key=picked,
                          format_func=lambda place: plain([*shown.values()][place]))  # fmt: skip
        st.select_slider(words.SURE, SURE, value=70, key=sure, format_func=words.sure_words, help=words.SURE_HELP,
                         width=420)  # fmt: skip
        if st.session_state.pop(_FAILED, False):
            st.error(words.NOT_SAVED, icon=":material/error:")
        st.button(primary_label(words.COMMIT, chosen is not None), key="learn.commit", type="primary",
                  icon=":material/lock:", disabled=chosen is None, on_click=_commit,
                  args=(entry, panel, step, [*shown], picked, sure))  # fmt: skip


def _commit(entry: DataSetEntry, panel: Panel, step: StepPlan, keys: list[str], picked: str, sure: str) -> None:
    """Callback: keep the prediction. Only then is the answer computed for the page."""
    place = st.session_state.get(picked)
    if place is None:
        return
    right = answered(entry, panel, step).key == keys[place]
    said = Prediction(story=entry.id, step=step.id, choice=keys[place], sure=st.session_state[sure], right=right)
    try:
        keep_prediction(workspace_folder(), current_learner(), said)
    except OSError:
        st.session_state[_FAILED] = True


def _show_verdict(
    entry: DataSetEntry, panel: Panel, step: StepPlan, told: LessonStep, said: Prediction, names: Mapping[str, str]
) -> None:
    """Whether the prediction was right, the reason, and the way to the page that shows it."""
    found = answered(entry, panel, step)
    shown = {choice.key: words.choice_words(choice, names) for choice in told.choices}
    box, icon = (st.success, ":material/check:") if said.right else (st.warning, ":material/lightbulb:")
    box(plain(words.outcome_sentence(shown[found.key], said.right, said.sure)), icon=icon)
    st.markdown(f"**{plain(without_rep_names(found.why, names))}**")


def _show_pictures(entry: DataSetEntry, panel: Panel, step: StepPlan, names: Mapping[str, str]) -> None:
    """The figures behind the answer, and the picture that tells more."""
    found = answered(entry, panel, step)
    left, right = st.columns(2, gap="large")
    with left:
        _show_figures(found, entry, panel, names)
    if found.after is not None:
        with right:
            drawn = picture_of(entry, panel, step.page, found.after, names)
            st.caption(plain(drawn.sentence))
            if drawn.chart is not None:
                show_chart(drawn.chart, drawn.alt)


def _show_figures(found: StepAnswer, entry: DataSetEntry, panel: Panel, names: Mapping[str, str]) -> None:
    goal = goal_name(own_goal(entry, panel), panel)
    title = words.figures_title(found, goal, panel.grain)
    bars = {words.figure_name(name, found, names): amount for name, amount in found.figures}
    own = words.figure_name(found.key, found, names)
    show_chart(answer_bars_chart(bars, own, title, text_colour()), answer_bars_alt(bars, title))


def _show_ways(entry: DataSetEntry, plan: LessonPlan, at: int, *, is_done: bool) -> None:
    """Back, on, and to the page that shows the answer at the right place."""
    step = plan.steps[at]
    with st.container(horizontal=True, vertical_alignment="center"):
        if at > 0:
            st.button(words.BACK, key="learn.back", icon=":material/arrow_back:", on_click=_go, args=(entry.id, at - 1))
        if not is_done:
            return
        label = words.NEXT if at + 1 < len(plan.steps) else words.END
        st.button(primary_label(label), key="learn.next", type="primary", icon=":material/arrow_forward:",
                  on_click=_go, args=(entry.id, at + 1))  # fmt: skip
        carried = {name: st.query_params[name] for name in state.PARAMETERS if name in st.query_params}
        carried |= {"data": entry.id} | ({"part": step.part} if step.part else {})
        said = words.see_on(PAGES[step.page][0], words.months_words(step.first, step.last))
        st.page_link(page(step.page), label=said, icon=PAGES[step.page][1], query_params=carried)


def _show_end(
    entry: DataSetEntry, truth: TruthFile, plan: LessonPlan, done: Mapping[str, Prediction], names: Mapping[str, str]
) -> None:
    n_right = sum(done[step.id].right for step in plan.steps)
    st.subheader(words.right_words(n_right, len(plan.steps)), anchor=False)
    st.markdown(plain(without_rep_names(truth.reveal, names)))
    with st.container(horizontal=True):
        st.button(words.BACK, key="learn.back", icon=":material/arrow_back:", on_click=_go,
                  args=(entry.id, len(plan.steps) - 1))  # fmt: skip
        st.button(primary_label(words.TABS[1]), key="learn.sureness", type="primary", icon=":material/target:",
                  on_click=_open_sureness)  # fmt: skip


def _go(story: str, to: int) -> None:
    """Callback: look at another question of the story."""
    st.session_state.setdefault(_AT, {})[story] = to


def _start_over(story: str) -> None:
    """Callback: begin the story anew; what was predicted before still says how sure one was."""
    with saving():
        start_story_over(workspace_folder(), current_learner(), story)
    typed = (f"learn.choice.{story}.", f"learn.sure.{story}.")
    for key in [key for key in st.session_state if str(key).startswith(typed)]:
        del st.session_state[key]
    _go(story, 0)
    st.toast(words.ASK_AGAIN, icon=":material/restart_alt:")


def _open_sureness() -> None:
    """Callback: open the part on how sure one was."""
    st.session_state["learn.part"] = words.TABS[1]
