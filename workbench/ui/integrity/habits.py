"""How the calls of the reps worth a conversation were made, beside those of all others."""

from __future__ import annotations

import streamlit as st

from workbench.charts.call_habits import GROUP_COLOURS, call_habits_alt, call_habits_chart, call_habits_rows
from workbench.data.library.data_sets import DataSetEntry
from workbench.data.model.panel import Panel
from workbench.integrity.flags import Flags
from workbench.integrity.suspect_share import months_in_question
from workbench.ui.session.cached_integrity import cached_call_habits
from workbench.ui.widgets.parts import how_computed
from workbench.ui.widgets.picture import show_chart
from workbench.words import call_habits as words
from workbench.words.markdown import plain


def show_call_habits(entry: DataSetEntry, panel: Panel, flags: Flags) -> None:
    """The sentence of the widest gap, and a picture for each way that the files tell; nothing without named reps."""
    if not flags.named:
        return
    since, until = months_in_question(flags)
    habits = cached_call_habits(entry, panel, tuple(sorted(flag.rep for flag in flags.named)), since, until)
    if habits is None or not habits.ways or not habits.n_apart or not habits.n_others:
        return
    groups = words.compared_groups(len(flags.named))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(words.HEADING, anchor=False, width="content")
        how_computed(words.METHOD)
    st.markdown(plain(words.widest_gap_sentence(habits, len(flags.named))))
    colours = {group: f':color[■]{{foreground="{colour}"}}' for group, colour in GROUP_COLOURS.items()}
    st.markdown("\u2003".join(f"{colours[group]} {plain(name)}" for group, name in groups.items()))
    for way, place in zip(habits.ways, st.columns(len(habits.ways), gap="medium"), strict=True):
        rows = call_habits_rows(habits.of(way), words.value_labels(habits, way), groups)
        title = words.TITLES[way]
        show_chart(call_habits_chart(rows, title, groups), call_habits_alt(rows, title.capitalize(), groups), place)
    st.caption(words.habits_caption(habits))
