"""The first screen: whether anything needs a conversation, with a few figures."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from workbench.data.library.data_sets import DataSetEntry
from workbench.data.model.panel import Panel
from workbench.design.model import Design
from workbench.design.rules import check_design
from workbench.errors import InputError, errors
from workbench.integrity.suspect_share import activity_in_question, standing_out
from workbench.ui.integrity.without import changed_prizes
from workbench.ui.session.activity_link import show_activity_links
from workbench.ui.session.cached_integrity import CountsWithFlags, cached_outcome, cached_panel_without
from workbench.ui.widgets.first_words import show_heading
from workbench.ui.widgets.parts import how_computed
from workbench.words import integrity as words
from workbench.words import integrity_limits as limits
from workbench.words.markdown import plain
from workbench.words.numbers import NONE, percent


def show_conversations(found: CountsWithFlags) -> None:
    """The one sentence; without any check that could run, the way to what is missing."""
    with st.container(horizontal=True, vertical_alignment="center"):
        show_heading(plain(words.integrity_headline(found.flags)), width="content")
        how_computed(words.METHOD)
    if not found.flags.n_judged:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(limits.what_would_help(found.flags.cannot_tell)))
            if not limits.is_too_small(found.flags.cannot_tell):
                show_activity_links(limits.tables_to_describe(found.flags.cannot_tell))


def show_integrity_figures(found: CountsWithFlags) -> DeltaGenerator | None:
    """At most five figures; the place of the one that takes longest, which ``show_changed_prizes`` fills."""
    if not found.flags.n_judged:
        return None
    total = activity_in_question(found.counts, found.flags)
    values = {
        "Reps worth a conversation": f"{len(found.flags.named)} of {found.flags.n_reps}",
        "Activity in question": percent(total),
        **({"Began": began} if (began := words.began_words(found.flags)) else {}),
        words.PRIZES: None,
        "Checks that could look": f"{len(found.counts.checks)} of {len(words.CHECKS)}",
    }
    waiting = None
    for (label, value), place in zip(values.items(), st.columns(len(values), gap="small"), strict=True):
        with place.container(border=True, gap="xsmall", height="stretch"):
            if value is None:
                waiting = st.empty()
                waiting.metric(label, NONE, label_visibility="collapsed")
            else:
                st.metric(label, value, label_visibility="collapsed")
            st.markdown(plain(label))
    return waiting


def show_changed_prizes(
    place: DeltaGenerator | None, entry: DataSetEntry, panel: Panel, design: Design, found: CountsWithFlags
) -> None:
    """Fill in how many prizes change hands, once everything else stands: the panel is counted again for it."""
    if place is not None:
        place.metric(words.PRIZES, _changed(entry, panel, design, found), label_visibility="collapsed")


def _changed(entry: DataSetEntry, panel: Panel, design: Design, found: CountsWithFlags) -> str:
    """How many prizes change hands without the activity on which somebody stands out."""
    checks = standing_out(found.flags)
    ranked = design.goal is not None and design.total_weight and not errors(check_design(design, panel))
    if not ranked:
        return NONE
    try:
        before = cached_outcome(panel, design)
        after = cached_outcome(cached_panel_without(entry, panel, checks), design) if checks else before
    except InputError:
        return NONE
    return f"{len(changed_prizes(before, after)[0])} of {len(before.awards.winners)}"
