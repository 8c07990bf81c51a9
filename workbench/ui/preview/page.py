"""The Preview page: one ranking, and beside it weights set by hand, found in another way, or looked into."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from workbench.data.aggregate.downloads import spreadsheet_csv
from workbench.data.model.panel import REP, Panel
from workbench.design.model import Design
from workbench.errors import InputError
from workbench.scoring.backtest import KpiAgreement
from workbench.scoring.classification import count_cut_periods
from workbench.scoring.preview import Preview
from workbench.ui.preview import sections
from workbench.ui.preview.weights_place import FIND, HAND, MATTER, show_place_choice, weights_place
from workbench.ui.session import cached_scores, cached_weights, state
from workbench.ui.session.cached_scores import Shown
from workbench.ui.session.navigation import page
from workbench.ui.session.noted_download import noted
from workbench.ui.weights.matter import show_weight_impact, show_weight_impact_details
from workbench.ui.weights.ways import show_ways
from workbench.ui.widgets.caution_line import show_design_cautions
from workbench.ui.widgets.filters import filter_popover
from workbench.ui.widgets.parts import end_page, how_computed, require_design, show_issues
from workbench.ui.widgets.save_option import show_save_popover
from workbench.words import preview as words
from workbench.words.cut_periods import cut_periods_method, cut_periods_sentence
from workbench.words.markdown import plain
from workbench.words.preview_tables import scores_table
from workbench.words.weights import draft_awards_sentence
from workbench.words.weights_matter import short_ties_sentence


def show_preview(opens_with: str = HAND) -> None:
    """Show the whole page; ``opens_with`` is what stands beside the ranking unless the link says something else."""
    panel, design = require_design(words.QUESTION)
    names = state.display_names(panel)
    top = st.container(horizontal=True, vertical_alignment="center")
    said = top.container(gap="xxsmall")
    with top:
        shown = filter_popover(panel, "preview")
    with st.container(horizontal=True, vertical_alignment="center"):
        show_place_choice(opens_with)
        tied = st.container()
        keeping = st.container(width="content")
    place = weights_place(opens_with)
    try:
        kpis = cached_scores.cached_kpi_agreements(panel, design, shown)
        today = cached_scores.cached_preview(panel, design, shown)
        if today.standing.empty:
            st.info(words.NOBODY, icon=":material/filter_alt_off:")
            end_page()
        warned = st.container()
        seen, draft = _show_weights_and_ranking(place, panel, design, shown, today, kpis, names)
    except InputError as error:
        show_issues(error.issues)
        st.page_link(page("kpis"), label="Fix it on the KPIs page", icon=":material/build:")
        end_page()
    with keeping:
        show_save_popover(seen.history.design)
    with said:
        sections.show_headline(panel, seen, kpis, draft)
        if fewer := words.shown_reps_words(len(seen.standing), panel.frame[REP].nunique()):
            st.caption(fewer)
    with warned:
        sections.show_goal_inside(panel, seen.history.design, kpis, seen)
    _show_below_ranking(panel, seen, names)
    if place == MATTER:
        show_weight_impact_details(panel, design, names)
    sections.show_kpis_alone(panel, seen, kpis, names, shown)
    sections.show_misjudged(panel, seen, names, shown)
    sections.show_rep(panel, seen, names)
    if seen.n_ranked > 1 and shown == cached_scores.everything(panel):
        with tied:  # last, since all pairs of 200 reps take a second or two
            ranges = cached_weights.cached_rank_ranges(panel, seen.history.design, "both")
            st.markdown(plain(short_ties_sentence(ranges, names, panel.grain)))


def _show_weights_and_ranking(
    place: str, panel: Panel, design: Design, shown: Shown, today: Preview, kpis: tuple[KpiAgreement, ...],
    names: Mapping[str, str],
) -> tuple[Preview, str]:  # fmt: skip
    """The chosen place on the left, the ranking on the right.

    Returns what is ranked, which is a draft as soon as there is one, and the sentence about a draft.
    """
    if place == HAND:
        sections.show_live_view(panel, today, kpis, names)
        return today, ""
    left, right = st.columns([4, 5], gap="medium")
    drafted = None
    with left:
        if place == FIND:
            drafted = show_ways(panel, design, names)
        else:
            show_weight_impact(panel, design, names)
    seen = today if drafted is None else cached_scores.cached_preview(panel, drafted, shown)
    with right:
        sections.show_live_ranking(panel, seen, design, names)
    if drafted is None:
        return today, ""
    return seen, draft_awards_sentence(seen.awards, today.awards if design.total_weight else None)


def _show_below_ranking(panel: Panel, seen: Preview, names: Mapping[str, str]) -> None:
    cut = count_cut_periods(seen.history, panel)
    if said_of_cut := cut_periods_sentence(cut, panel.grain):
        st.caption(said_of_cut)
    show_design_cautions(panel, seen.history.design)
    with st.container(horizontal=True, vertical_alignment="center"):
        how_computed(words.ranks_method(seen.history.design.scoring) + cut_periods_method(cut, panel.grain))
        scores = noted(lambda: spreadsheet_csv(scores_table(seen, names)), "scores.csv")
        st.download_button("Scores", scores, "scores.csv", "text/csv",
                           icon=":material/download:", type="tertiary", on_click="ignore")  # fmt: skip
