"""How sure one was over all stories, and how often right."""

from __future__ import annotations

import streamlit as st

from workbench.charts.sureness import sureness_alt, sureness_chart
from workbench.learn.predictions import judge_predictions
from workbench.learn.progress_store import LearnerProgress
from workbench.ui.widgets.parts import how_computed, text_colour
from workbench.ui.widgets.picture import show_chart
from workbench.words import learn as words


def show_sureness(progress: LearnerProgress) -> None:
    """The picture, its sentences, and what guessing would have got."""
    found = judge_predictions(progress.predictions)
    if found.brier is None:
        st.header(words.NOTHING_YET, anchor=False)
        st.markdown(words.NOTHING_YET_HELP)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(words.sureness_sentence(found), anchor=False, width="content")
        how_computed(words.BRIER_METHOD)
    left, right = st.columns(2, gap="large")
    with left:
        show_chart(sureness_chart(found.table, text_colour()), sureness_alt(found.table))
    with right:
        if found.n >= words.FEWEST_PREDICTIONS:
            st.subheader(words.brier_sentence(found.brier), anchor=False)
        st.caption(words.brier_small_print(found))
        for row in found.table.itertuples():
            st.markdown(words.times_sentence(row.sure, row.n_right, row.n))
