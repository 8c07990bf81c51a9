"""A story on the pages where it happens: a strip on top asks, and the page below is covered until one has committed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from workbench.data.library.data_sets import DataSetEntry
from workbench.data.model.panel import Panel
from workbench.learn.lesson import LessonPlan
from workbench.learn.predictions import Prediction
from workbench.learn.truth_file import TruthFile
from workbench.ui.learn import asking, place, reveal
from workbench.ui.learn.lesson_at_hand import asked, lesson_of
from workbench.ui.learn.remember import remember_learner
from workbench.ui.session import state
from workbench.ui.session.learner_progress import progress_at_hand
from workbench.ui.session.navigation import PAGES, page
from workbench.ui.session.part_link import forget_part
from workbench.ui.session.switch import switch_to
from workbench.ui.widgets.parts import primary_label, quiet_label
from workbench.words import learn as words
from workbench.words.markdown import plain

LEARN = "learn"
"""The page without a strip: it asks the questions itself."""
START = "start"
"""The page that is drawn while a question waits, and withholds by itself what it draws from the open data."""


@dataclass(frozen=True)
class _Open:
    """The story that is open on the pages, and where one is in it."""

    entry: DataSetEntry
    panel: Panel
    truth: TruthFile
    plan: LessonPlan
    done: Mapping[str, Prediction]
    names: Mapping[str, str]
    at: int

    @property
    def waits(self) -> bool:
        """Whether the question that one is at has no prediction yet."""
        return self.at < len(self.plan.steps) and self.plan.steps[self.at].id not in self.done

    def covered_until(self, shown: str) -> int | None:
        """The place of the question until which a page stays covered, since it answers that one too."""
        step = self.plan.steps[self.at] if self.at < len(self.plan.steps) else None
        return self.plan.still_covered(step, self.done) if step and step.page == shown else None


def question_waits() -> bool:
    """Whether a story is open whose question has no prediction yet."""
    story = _open_story()
    return story is not None and story.waits


def answer_is_kept_back() -> bool:
    """Whether something is covered on account of the open story, so that nothing may be presented."""
    story = _open_story()
    return story is not None and (story.waits or any(story.covered_until(name) is not None for name in PAGES))


def show_strip(shown: str) -> bool:
    """Show the strip of the open story above a page, and cover the page while its question waits for a prediction.

    Returns whether the page may be drawn. A page that may not is not run at all, so nothing of it is sent. Start may
    always: there is the way to other data.
    """
    story = None if shown == LEARN else _open_story()
    if story is None:
        return True
    if story.waits and asking.take_commitment(story.entry, story.panel, story.plan.steps[story.at]):
        story = _open_story() or story
    over, waiting = story.at >= len(story.plan.steps), story.waits
    covered = None if waiting else story.covered_until(shown)
    st.space("xsmall")
    with st.container(border=True, key="story-strip", gap="xsmall"):
        _show_head(story)
        if over:
            _show_over(story)
        elif not waiting:
            _show_answer(story, openly=covered is not None)
        elif story.plan.steps[story.at].page == shown:
            _show_question(story)
        else:
            _show_way(story, shown)
    if waiting and story.plan.steps[story.at].page == shown:
        _show_cover(story)
    if covered is not None:
        _show_covered(words.STILL_COVERED.format(page=PAGES[shown][0], n=covered + 1))
    if shown == START:  # where the tour remembers the learner
        return True
    remember_learner()
    if waiting or covered is not None:
        forget_part()
    return not waiting and covered is None


def _open_story() -> _Open | None:
    entry = state.current_entry()
    if entry is None:
        return None
    progress = progress_at_hand()
    if progress.playing != entry.id:
        return None
    panel, lesson = state.current_panel(), lesson_of(entry)
    if panel is None or lesson is None:
        return None
    done = progress.of(entry.id)
    at = place.place_in(entry, lesson[1], done)
    return _Open(entry, panel, *lesson, done, state.display_names(panel), at)


def _show_head(story: _Open) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f":material/school: {plain(words.strip_place(story.truth.title, story.at, len(story.plan.steps)))}")
        if story.at > 0 and st.button(words.BACK, key="strip.back", icon=":material/arrow_back:", type="tertiary"):
            to_step(story.entry, story.plan, story.at - 1)
        with st.popover(quiet_label(words.OPENING), icon=":material/menu_book:", type="tertiary"):
            st.markdown(plain(story.truth.opening))
            st.page_link(page("learn"), label=words.ON_ONE_PAGE, icon=":material/school:")
        st.button(words.LEAVE, key="strip.leave", icon=":material/close:", type="tertiary",
                  on_click=place.leave_pages, args=(story.entry.id,))  # fmt: skip


def _show_question(story: _Open) -> None:
    step = story.plan.steps[story.at]
    place.make_ready(story.entry, story.panel, step)
    if story.at == 0:
        st.markdown(plain(story.truth.opening))
    st.title(plain(asked(story.entry, story.panel, step).ask), anchor=False)
    asking.show_answer_fields(story.entry, story.panel, step, story.names, slim=True)


def _show_way(story: _Open, shown: str) -> None:
    """The question waits on another page."""
    name = PAGES[story.plan.steps[story.at].page][0]
    if shown == START:  # has a title of its own below
        st.markdown(f"**{words.waits_on(story.at, name)}** {words.FIGURES_COVERED}")
    else:
        st.title(words.waits_on(story.at, name), anchor=False)
        st.markdown(words.ALL_COVERED.format(page=PAGES[shown][0]))
    if st.button(primary_label(words.TO_QUESTION), key="strip.go", type="primary", icon=":material/arrow_forward:"):
        to_step(story.entry, story.plan, story.at)


def _show_answer(story: _Open, *, openly: bool) -> None:
    """The verdict, why, and the way on; a drawn line and weights beside what is true, other figures on request.

    ``openly``: all figures, where the page does not show them.
    """
    step = story.plan.steps[story.at]
    place.make_ready(story.entry, story.panel, step)
    looks, said = (story.entry, story.panel, step), story.done[step.id]
    beside = openly or step.play in ("line", "weights")
    left, right = st.columns([1, 1], gap="large") if beside else (st.container(gap="xsmall"), None)
    with left:
        st.markdown(plain(asked(*looks).ask))
        reveal.show_verdict(*looks, said, story.names)
        with st.container(horizontal=True, vertical_alignment="center"):
            label = words.NEXT if story.at + 1 < len(story.plan.steps) else words.END
            if st.button(primary_label(label), key="strip.next", type="primary", icon=":material/arrow_forward:"):
                to_step(story.entry, story.plan, story.at + 1)
            if right is None:
                with st.popover(quiet_label(words.FIGURES_SEEN), icon=":material/bar_chart:", type="tertiary"):
                    reveal.show_answer_figures(*looks, said, story.names)
    if right is not None:
        with right:
            reveal.show_answer_figures(*looks, said, story.names)


def _show_over(story: _Open) -> None:
    if st.button(primary_label(words.END), key="strip.end", type="primary", icon=":material/arrow_forward:"):
        to_step(story.entry, story.plan, story.at)


def _show_cover(story: _Open) -> None:
    """What may be seen of the page before the prediction."""
    step = story.plan.steps[story.at]
    looks = (story.entry, story.panel, step, story.names)
    if step.play == "choice" and step.board and step.page == place.PREVIEW:
        asking.show_board(*looks)
    elif asking.has_looks(asked(*looks[:3])):
        asking.show_looks(*looks)
    _show_covered(words.COVERED.format(page=PAGES[step.page][0]))


def _show_covered(said: str) -> None:
    with st.container(border=True, horizontal_alignment="center"):
        st.caption(f":material/visibility_off: {said}", width="content")


def to_step(entry: DataSetEntry, plan: LessonPlan, at: int) -> None:
    """Go to the page of a step, or to Learn after the last one."""
    place.go_to(entry.id, at)
    if at >= len(plan.steps):
        place.leave_pages(entry.id)
        switch_to("learn")
    step = plan.steps[at]
    st.switch_page(page(step.page), query_params=place.step_link(entry, step))
