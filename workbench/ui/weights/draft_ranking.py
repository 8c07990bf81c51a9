"""The ranking under a draft of weights, which follows every answer before anything is accepted."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from workbench.charts.standing import places_alt, places_chart
from workbench.data.model.panel import Panel
from workbench.design.edits import set_weights
from workbench.design.model import Design
from workbench.scoring.classification import give_awards, rank_reps
from workbench.ui.session import cached_weights
from workbench.ui.widgets.parts import text_colour
from workbench.ui.widgets.picture import show_chart
from workbench.words.kpis import goal_name
from workbench.words.markdown import plain
from workbench.words.weights import draft_awards_sentence

MOST_ROWS, SCROLL = 30, 760


def show_draft_ranking(
    panel: Panel, design: Design, drafted: Mapping[str, float] | None, names: Mapping[str, str]
) -> None:
    """Who would be on top, and how many best sellers among them; under today's weights while nothing is drafted."""
    today = rank_reps(cached_weights.cached_history(panel, design))
    standing = today
    if drafted is not None and any(weight > 0 for weight in drafted.values()):
        standing = rank_reps(cached_weights.cached_history(panel, set_weights(design, dict(drafted))))
    awards = give_awards(standing)
    if standing["score_rank"].notna().sum() < 2:
        return
    before = give_awards(today) if standing is not today and design.total_weight else None
    st.header(plain(draft_awards_sentence(awards, before, standing is not today)), anchor=False)
    if not awards.goal_known:
        return
    goal = goal_name(design.required_goal)
    with st.container(height=SCROLL if len(standing) > MOST_ROWS else "content", border=False):
        show_chart(places_chart(standing, awards, names, goal, text_colour()),
                   alt=places_alt(standing, awards, names, goal))  # fmt: skip
