"""All stories, and how far one is in each."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from workbench.data.library.data_sets import DataSetEntry, list_data_sets, workspace_folder
from workbench.learn.lesson import LessonPlan
from workbench.learn.predictions import Prediction
from workbench.learn.progress_store import LearnerProgress
from workbench.learn.truth_file import TruthFile
from workbench.ui.learn import place
from workbench.ui.learn.lesson_at_hand import lesson_of
from workbench.ui.learn.strip import to_step
from workbench.ui.session import state
from workbench.ui.widgets.parts import FIRST_SAMPLE, primary_label
from workbench.words import learn as words
from workbench.words.markdown import plain
from workbench.words.samples import teaser


def show_stories(progress: LearnerProgress) -> None:
    """A card for each data set with a story."""
    entries = [entry for entry in list_data_sets(workspace_folder()) if lesson_of(entry)]
    entries.sort(key=lambda entry: (entry.kind != "sample", entry.id != FIRST_SAMPLE))
    for start in range(0, len(entries), 4):
        for column, entry in zip(st.columns(4), entries[start : start + 4], strict=False):
            lesson = lesson_of(entry)
            if lesson is not None:
                with column.container(border=True, height="stretch", vertical_alignment="distribute"):
                    _show_card(entry, *lesson, progress)


def _show_card(entry: DataSetEntry, truth: TruthFile, plan: LessonPlan, progress: LearnerProgress) -> None:
    done = len(progress.of(entry.id))
    about = teaser(truth.story, "")
    with st.container(gap="xsmall"):
        st.markdown(f"**{about.icon} {plain(entry.name)}**")
        st.markdown(plain(about.text))
        st.caption(words.answered_words(done, len(plan.steps)))
    label = words.BEGIN if not done else words.GO_ON if done < len(plan.steps) else words.AGAIN
    first = not done and entry.id == FIRST_SAMPLE
    if st.button(primary_label(label, first), key=f"learn.open.{entry.id}", icon=":material/play_arrow:",
                 width="stretch", type="primary" if first else "secondary"):  # fmt: skip
        open_on_pages(entry, plan, progress.of(entry.id))
    if done < len(plan.steps):
        st.button(words.ON_ONE_PAGE, key=f"learn.here.{entry.id}", width="stretch", type="tertiary",
                  on_click=_open, args=(entry.id,))  # fmt: skip


def open_on_pages(entry: DataSetEntry, plan: LessonPlan, said: Mapping[str, Prediction]) -> None:
    """Open the story on the page of its question at hand."""
    _open(entry.id)
    place.play_on_pages(entry.id)
    to_step(entry, plan, place.place_in(entry, plan, said))


def _open(entry_id: str) -> None:
    """Callback: open the story's data set, and the story."""
    state.open_dataset(entry_id)
    st.session_state["learn.all"] = False
