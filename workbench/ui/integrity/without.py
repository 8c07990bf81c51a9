"""The ranking without a class of activity, and the change of the KPI that leaves it out for good."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import streamlit as st

from workbench.charts.options import bump_alt, bump_chart
from workbench.data.library.data_sets import DataSetEntry
from workbench.data.model.panel import Panel
from workbench.design.model import Design
from workbench.errors import InputError
from workbench.integrity.suspect_counts import CheckName
from workbench.integrity.suspect_share import standing_out
from workbench.scoring.compare import OptionOutcome, ranks_side_by_side
from workbench.ui.integrity.leave_out import show_leave_out
from workbench.ui.session.cached_integrity import CountsWithFlags, cached_outcome, cached_panel_without
from workbench.ui.session.names_allowed import may_see_named_flags
from workbench.ui.widgets.first_words import show_heading
from workbench.ui.widgets.parts import how_computed, show_issues, text_colour
from workbench.ui.widgets.picture import show_chart
from workbench.words import integrity as words
from workbench.words.markdown import plain

TODAY, WITHOUT = "Today", "Without this activity"
_CHOSEN = "integrity.without"


def show_without(
    entry: DataSetEntry, panel: Panel, design: Design, found: CountsWithFlags, names: Mapping[str, str]
) -> None:
    """Ranks side by side, and the prizes that change hands."""
    there = found.counts.can_be_left_out
    if not there:
        st.info("No check could look at single events, so nothing can be left out.", icon=":material/help:")
        return
    if not design.total_weight:
        st.info("No KPI has a weight, so nobody is ranked.", icon=":material/balance:")
        return
    default = [check for check in standing_out(found.flags) if check in there]
    chosen = st.pills(
        "Leave out, for everybody", there, selection_mode="multi", default=default, key=_CHOSEN,
        format_func=lambda name: words.CHECKS[cast(CheckName, name)].capitalize(),
    )  # fmt: skip
    if not chosen:
        st.caption("Nothing stands out. Choose a kind of activity to see the ranking without it.")
        return
    checks = [check for check in there if check in chosen]
    try:
        before = cached_outcome(panel, design)
        after = cached_outcome(cached_panel_without(entry, panel, checks), design)
    except InputError as error:
        show_issues(error.issues)
        return
    winners, losers = changed_prizes(before, after)
    with st.container(horizontal=True, vertical_alignment="center"):
        show_heading(plain(words.without_sentence(len(winners), len(before.awards.winners), checks)), "subheader",
                     width="content")  # fmt: skip
        how_computed(words.WITHOUT_METHOD)
    may_see = may_see_named_flags()
    said = words.moved_sentence(winners, losers, names) if may_see else words.NAMES_NOT_SHOWN
    if said:
        st.markdown(plain(said))
    show_leave_out(entry, panel, checks)
    if not may_see:  # who falls without the activity is who has it
        return
    ranks = ranks_side_by_side({TODAY: before, WITHOUT: after})
    show_chart(bump_chart(ranks, names, text_colour()), alt=bump_alt(ranks, names))


def changed_prizes(before: OptionOutcome, after: OptionOutcome) -> tuple[list[str], list[str]]:
    """Who wins a prize only without the activity, and who only with it, in order of rank."""
    then, now = before.awards.winners, after.awards.winners
    return [rep for rep in now if rep not in then], [rep for rep in then if rep not in now]
