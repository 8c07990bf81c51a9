"""Show how much the weights matter: what changes a decision first, everything else behind one click."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from workbench.charts import weights as charts
from workbench.charts.palette import kpi_colours
from workbench.data.model.panel import Panel
from workbench.design.model import Design
from workbench.ui.session import cached_weights
from workbench.ui.weights.parts import coloured_name
from workbench.ui.widgets.first_words import show_heading
from workbench.ui.widgets.parts import how_computed, text_colour
from workbench.ui.widgets.picture import show_chart
from workbench.weights.sweep import Sweep
from workbench.weights.weight_impact import WeightImpact
from workbench.words import weights_matter as words
from workbench.words.markdown import plain
from workbench.words.numbers import percent

STRIPS_A_ROW, LEAST_STRIPS = 4, 3
MOST_ROWS, SCROLL = 40, 800


def show_weight_impact(panel: Panel, design: Design, names: Mapping[str, str]) -> None:
    """Who is tied, which KPI decides, and how far each weight can go before others are on top."""
    if not design.total_weight:
        st.info("Give a KPI some weight to see how much the weights matter.")
        return
    found = cached_weights.cached_matter(panel, design)
    ranges = cached_weights.cached_rank_ranges(panel, design, "both")
    _short(words.TIED, words.ties_sentence(ranges, names, panel.grain), words.ranges_method(ranges.draws))
    _short(words.DECIDES, words.deciding_kpi_sentence(found.weighted_influence), words.INFLUENCE_METHOD)
    _short(words.HOW_FAR, words.safe_span_sentence(found.sweeps, found.top, names), words.SWEEP_METHOD)
    colours, spans = kpi_colours(design.kpis), {each.kpi: (each.low, each.share, each.high) for each in found.sweeps}
    allowed = words.SPAN_MEANS.format(top=found.top)
    show_chart(charts.share_ranges_chart(spans, {name: colours[name] for name in spans}, text_colour(), allowed),
               alt=charts.share_ranges_alt(spans, allowed))  # fmt: skip
    st.caption(f"Bar: {allowed}. Dot: today's weight.")


def _short(heading: str, sentence: str, method: str) -> None:
    with st.container(gap="xxsmall"):
        _heading(heading, method)
        st.markdown(plain(sentence))


def show_weight_impact_details(panel: Panel, design: Design, names: Mapping[str, str]) -> None:
    """The rest, once it is asked for."""
    if not design.total_weight or not st.toggle(words.DETAILS, key="weights.details", persist_state="session"):
        return
    found = cached_weights.cached_matter(panel, design)
    _influence(found, design)
    _sweeps(found, design, names)
    _ranges(panel, design, names)
    _dropped(found)
    _choices(panel, design)


def _influence(found: WeightImpact, design: Design) -> None:
    _heading("Stated weight and actual influence", words.INFLUENCE_METHOD)
    on = found.weighted_influence
    left, right = st.columns([3, 2], gap="large")
    colours = kpi_colours(design.kpis)
    show_chart(charts.influence_chart(on, colours, text_colour()), alt=charts.influence_alt(on), place=left)
    odd = words.influence_warnings(on)
    with right:
        for said in odd:
            st.warning(plain(said), icon=":material/scale:")
        if not odd:
            st.markdown(plain(words.furthest_influence_sentence(on)))


def _sweeps(found: WeightImpact, design: Design, names: Mapping[str, str]) -> None:
    _heading("Each weight from 0 to 100%", words.SWEEP_METHOD)
    st.caption(
        f"Dashed line: today's weight. Shaded: the same reps stay in the top {found.top}. Lower chart: how many of "
        f"them stay."
    )
    colours = kpi_colours(design.kpis)
    for start in range(0, len(found.sweeps), STRIPS_A_ROW):
        row = found.sweeps[start : start + STRIPS_A_ROW]
        for strip, place in zip(row, st.columns(max(len(row), LEAST_STRIPS), gap="medium"), strict=False):
            with place:
                _strip(strip, found.top, colours[strip.kpi], names)


def _strip(found: Sweep, top: int, colour: str, names: Mapping[str, str]) -> None:
    with st.container(gap="xsmall"):
        st.markdown(f"{coloured_name(found.kpi, colour)}, today {percent(found.share)}")
        show_chart(charts.sweep_chart(found, colour), alt=charts.sweep_alt(found, top))
        show_chart(charts.sweep_top_chart(found, top, colour), alt=charts.sweep_alt(found, top))
        st.caption(plain(words.nearest_change_sentence(found, names)))


def _ranges(panel: Panel, design: Design, names: Mapping[str, str]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        show_heading("The ranks that each rep could have", width="content")
        doubt = st.segmented_control("Doubt", list(words.RANGES), default="both", required=True, key="weights.doubt",
                                     persist_state="session", label_visibility="collapsed",
                                     format_func=words.RANGES.__getitem__)  # fmt: skip
        found = cached_weights.cached_rank_ranges(panel, design, doubt)
        how_computed(words.ranges_method(found.draws))
    show_heading(plain(words.ties_sentence(found, names, panel.grain)), "subheader")
    if len(told := words.rank_pairs_table(found, names)):
        with st.expander(f"The {int(found.above.sum()):,} pairs with a clear order", icon=":material/stairs:"):
            st.dataframe(told, hide_index=True)
    st.caption(words.ONE_BY_ONE)
    with st.container(height=SCROLL if len(found.reps) > MOST_ROWS else "content", border=False):
        show_chart(charts.rank_ranges_chart(found, names), alt=charts.rank_ranges_alt(found, names))


def _dropped(found: WeightImpact) -> None:
    _heading("Leaving out one KPI", words.DROP_METHOD)
    on = found.weighted_dropped
    st.dataframe(words.drop_table(on, found.top), hide_index=True)


def _choices(panel: Panel, design: Design) -> None:
    found = cached_weights.cached_uncertain_choices(panel, design)
    _heading("Which choice moves the ranks most?", words.CHOICES_METHOD)
    left, right = st.columns([1, 2], gap="large")
    with left:
        st.markdown(plain(words.sensitivity_sentence(found.weights)))
        if found.weights["total"].notna().any():
            colours = kpi_colours(design.kpis)
            shown = {name: colours[name] for name in found.weights["kpi"]}
            show_chart(
                charts.sensitivity_chart(found.weights, shown, text_colour()), alt=charts.sensitivity_alt(found.weights)
            )
    with right:
        st.markdown(plain(words.other_rules_sentence(found.rules)))
        st.caption(plain(words.other_rules_small_print(found.rules)))
        st.dataframe(words.rules_table(found.rules), hide_index=True)


def _heading(text: str, method: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        show_heading(text, width="content")
        how_computed(method)
