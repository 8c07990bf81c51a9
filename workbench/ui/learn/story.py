"""One story on Learn: its questions one at a time, each answered only after a prediction."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from workbench.data.library.data_sets import DataSetEntry
from workbench.data.model.panel import Panel
from workbench.learn.lesson import LessonPlan, StepPlan
from workbench.learn.predictions import Prediction
from workbench.learn.truth_file import TruthFile
from workbench.ui.learn import asking, place, reveal
from workbench.ui.learn.dice import show_other_dice
from workbench.ui.learn.lesson_at_hand import asked
from workbench.ui.learn.strip import to_step
from workbench.ui.session.learner_progress import progress_at_hand
from workbench.ui.session.navigation import PAGES, page
from workbench.ui.widgets.parts import primary_label, quiet_label
from workbench.words import learn as words
from workbench.words.markdown import plain
from workbench.words.rep_names import without_rep_names


def show_story(entry: DataSetEntry, panel: Panel, truth: TruthFile, plan: LessonPlan, names: Mapping[str, str]) -> None:
    """The question at hand, or how the story ended."""
    done = progress_at_hand().of(entry.id)
    at = place.place_in(entry, plan, done)
    if at < len(plan.steps) and plan.steps[at].id not in done and asking.take_commitment(entry, panel, plan.steps[at]):
        done = progress_at_hand().of(entry.id)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(plain(truth.title), anchor=False, width="content")
        if at < len(plan.steps):
            st.caption(words.step_place(at, len(plan.steps)), width="content")
        with st.popover(quiet_label(words.OPENING), icon=":material/menu_book:", type="tertiary"):
            st.markdown(plain(truth.opening))
        if done:
            st.button(words.OVER, key="learn.over", icon=":material/restart_alt:", type="tertiary",
                      on_click=place.start_over, args=(entry.id,))  # fmt: skip
        show_other_dice(truth.story)
        st.button(words.OTHER_STORIES, key="learn.close", icon=":material/apps:", type="tertiary", on_click=close_story)
        if at < len(plan.steps) and st.button(words.ON_PAGES, key="learn.pages", icon=":material/web:",
                                              help=words.ON_PAGES_HELP):  # fmt: skip
            place.play_on_pages(entry.id)
            to_step(entry, plan, at)
    st.progress(len(done) / len(plan.steps))
    if at == 0:
        st.markdown(plain(truth.opening))
    if at >= len(plan.steps):
        _show_end(entry, truth, plan, done, names)
        return
    step = plan.steps[at]
    st.subheader(plain(asked(entry, panel, step).ask), anchor=False)
    if step.id in done:
        reveal.show_verdict(entry, panel, step, done[step.id], names)
        _show_ways(entry, plan, at, done)
        _show_pictures(entry, panel, step, done[step.id], names)
    else:
        _ask(entry, panel, step, names)
        _show_ways(entry, plan, at, done)


def close_story() -> None:
    """Callback: show all stories."""
    st.session_state["learn.all"] = True


def _ask(entry: DataSetEntry, panel: Panel, step: StepPlan, names: Mapping[str, str]) -> None:
    if step.play != "choice":
        if step.play == "weights":
            place.make_ready(entry, panel, step)
        asking.show_answer_fields(entry, panel, step, names, slim=True)
        asking.show_looks(entry, panel, step, names)
        return
    looks, answers = st.columns([3, 2], gap="large") if step.before or step.look else (st.empty(), st.container())
    with looks:
        asking.show_looks(entry, panel, step, names)
    with answers:
        asking.show_answer_fields(entry, panel, step, names, slim=False)


def _show_pictures(
    entry: DataSetEntry, panel: Panel, step: StepPlan, said: Prediction, names: Mapping[str, str]
) -> None:
    """The figures behind the answer, and the picture that tells more."""
    left, right = st.columns(2, gap="large")
    with left:
        reveal.show_answer_figures(entry, panel, step, said, names)
    with right:
        reveal.show_after(entry, panel, step, names)


def _show_ways(entry: DataSetEntry, plan: LessonPlan, at: int, done: Mapping[str, Prediction]) -> None:
    """Back, on, and to the page that shows the answer at the right place, unless it answers a later question too."""
    step = plan.steps[at]
    with st.container(horizontal=True, vertical_alignment="center"):
        if at > 0:
            st.button(
                words.BACK,
                key="learn.back",
                icon=":material/arrow_back:",
                on_click=place.go_to,
                args=(entry.id, at - 1),
            )
        if step.id not in done:
            return
        label = words.NEXT if at + 1 < len(plan.steps) else words.END
        st.button(primary_label(label), key="learn.next", type="primary", icon=":material/arrow_forward:",
                  on_click=place.go_to, args=(entry.id, at + 1))  # fmt: skip
        if plan.still_covered(step, done) is not None:
            return
        said = words.see_on(PAGES[step.page][0], words.months_words(step.first, step.last))
        st.page_link(page(step.page), label=said, icon=PAGES[step.page][1], query_params=place.step_link(entry, step))


def _show_end(
    entry: DataSetEntry, truth: TruthFile, plan: LessonPlan, done: Mapping[str, Prediction], names: Mapping[str, str]
) -> None:
    n_right = sum(done[step.id].right for step in plan.steps)
    st.subheader(words.right_words(n_right, len(plan.steps)), anchor=False)
    st.markdown(plain(without_rep_names(truth.reveal, names)))
    with st.container(horizontal=True):
        st.button(words.BACK, key="learn.back", icon=":material/arrow_back:", on_click=place.go_to,
                  args=(entry.id, len(plan.steps) - 1))  # fmt: skip
        st.button(primary_label(words.TABS[1]), key="learn.sureness", type="primary", icon=":material/target:",
                  on_click=_open_sureness)  # fmt: skip


def _open_sureness() -> None:
    """Callback: open the part on how sure one was."""
    st.session_state["learn.part"] = words.TABS[1]
