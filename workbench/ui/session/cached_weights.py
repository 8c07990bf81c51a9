"""Cache what Preview says of finding weights and how much they matter, once per panel and design."""

from __future__ import annotations

import streamlit as st

from workbench.data.model.panel import Panel
from workbench.design.model import Design
from workbench.design.weighted_kpis import unweighted
from workbench.scoring.history import History, score_history
from workbench.weights import rank_ranges
from workbench.weights import weight_impact as pure
from workbench.weights.rank_ranges import RankRanges
from workbench.weights.score_spread import MonthPoints, points_without_months
from workbench.weights.suggest_weights import WeightSuggestion, suggest_weights
from workbench.weights.weight_impact import ChoiceSensitivity, WeightImpact


def cached_history(panel: Panel, design: Design) -> History:
    """The history under the design's weights; the points are shared by all weights."""
    return _points(panel, panel.key, unweighted(design)).weighted([kpi.weight for kpi in design.kpis])


def cached_matter(panel: Panel, design: Design) -> WeightImpact:
    return _matter(panel, panel.key, design)


def cached_rank_ranges(panel: Panel, design: Design, doubt: str) -> RankRanges:
    """Rank ranges under other ``weights``, ``periods`` dealt by chance, or ``both``."""
    return _ranges(panel, panel.key, design, doubt)


def cached_uncertain_choices(panel: Panel, design: Design) -> ChoiceSensitivity:
    return _choices(panel, panel.key, design)


def cached_suggestion(panel: Panel, design: Design) -> WeightSuggestion:
    """Raises InputError where there is too little to fit."""
    return _suggested(panel, panel.key, design)


@st.cache_resource(max_entries=16, show_spinner=False)
def _points(_panel: Panel, panel_key: str, design: Design) -> History:
    return score_history(_panel, design)


@st.cache_resource(max_entries=16, show_spinner=False)
def _months(_panel: Panel, panel_key: str, design: Design) -> MonthPoints:
    return points_without_months(_panel, _points(_panel, panel_key, design))


@st.cache_resource(max_entries=32, show_spinner="Moving every weight")
def _matter(_panel: Panel, panel_key: str, design: Design) -> WeightImpact:
    return pure.measure_weight_impact(cached_history(_panel, design))


@st.cache_resource(max_entries=32, show_spinner="Comparing all pairs of reps")
def _ranges(_panel: Panel, panel_key: str, design: Design, doubt: str) -> RankRanges:
    found = cached_history(_panel, design)
    if doubt == "weights":
        return rank_ranges.rank_ranges_by_weights(found)
    months = _months(_panel, panel_key, unweighted(design))
    by = rank_ranges.rank_ranges_by_both if doubt == "both" else rank_ranges.rank_ranges_by_periods
    return by(_panel, found, month_points=months)


@st.cache_resource(max_entries=32, show_spinner="Trying other rules")
def _choices(_panel: Panel, panel_key: str, design: Design) -> ChoiceSensitivity:
    return pure.measure_choice_sensitivity(_panel, design, cached_history(_panel, design))


@st.cache_resource(max_entries=32, show_spinner="Trying weights on reps they have not seen")
def _suggested(_panel: Panel, panel_key: str, design: Design) -> WeightSuggestion:
    return suggest_weights(_panel, design)
