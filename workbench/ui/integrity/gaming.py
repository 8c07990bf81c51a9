"""How easily each KPI could be gamed, and what a counter-metric does about it."""

from __future__ import annotations

import streamlit as st

from workbench.charts.amount_bars import amount_bars_alt, amount_bars_chart
from workbench.data.library.data_sets import DataSetEntry
from workbench.data.model.panel import Panel
from workbench.design.model import Design
from workbench.design.rules import check_design
from workbench.errors import errors
from workbench.integrity.counter_metric import CounterMetric
from workbench.integrity.gameability import Gameability
from workbench.ui.session import state
from workbench.ui.session.cached_gaming import cached_gameability, cached_pair
from workbench.ui.session.navigation import page
from workbench.ui.widgets.first_words import show_heading
from workbench.ui.widgets.parts import how_computed, text_colour
from workbench.ui.widgets.picture import show_chart
from workbench.words import gaming as words
from workbench.words.markdown import plain

CARDS_A_ROW = 2


def can_be_scored(panel: Panel, design: Design) -> bool:
    """Whether the design ranks anybody; otherwise the page says what is missing."""
    if design.goal is not None and design.kpis and not errors(check_design(design, panel)):
        return True
    st.info("Finish the goal and KPIs first: nobody is ranked yet.", icon=":material/flag:")
    st.page_link(page("kpis"), label="Choose KPIs", icon=":material/add_chart:")
    return False


def show_gaming(entry: DataSetEntry, panel: Panel, design: Design) -> None:
    """Which KPI pays most for empty activity, then a card a KPI."""
    if not can_be_scored(panel, design):
        return
    found = cached_gameability(entry, panel, design)
    with st.container(horizontal=True, vertical_alignment="center"):
        show_heading(plain(words.gaming_headline(found)), "subheader", width="content")
        how_computed(words.METHOD)
    drawn = {one.kpi: words.places_won(one) for one in found if one.pays_for_nothing}
    if drawn:
        show_chart(amount_bars_chart(drawn, words.PLACES, text_colour()), alt=amount_bars_alt(drawn, words.PLACES))
    shown = [(k, one) for k, one in enumerate(found) if one.lacking != "no_weight"]
    for start in range(0, len(shown), CARDS_A_ROW):
        row = shown[start : start + CARDS_A_ROW]
        for (k, one), place in zip(row, st.columns(CARDS_A_ROW, gap="medium"), strict=False):
            with place, st.container(border=True, gap="small", height="stretch"):
                _show_kpi(panel, design, k, one)


def _show_kpi(panel: Panel, design: Design, k: int, one: Gameability) -> None:
    st.markdown(f"**{plain(one.kpi)}**")
    st.markdown(plain(words.gaming_sentence(one, panel)))
    if said := words.worth_sentence(one, panel):
        st.caption(plain(said))
    if one.pays_for_nothing and words.places_won(one) >= 1:
        pair = cached_pair(panel, design, k)
        if said := words.pair_sentence(pair):
            st.markdown(plain(said))
        if pair.design is not None and pair.kpi is not None and not pair.present:
            st.button(
                plain(words.pair_label(pair)), icon=":material/add:", key=f"integrity.pair.{one.kpi}",
                help="Adds it to the design with half of the weight. Undo is at the top of the page.",
                on_click=_pair, args=(pair,),
            )  # fmt: skip


def _pair(pair: CounterMetric) -> None:
    """Callback: the design with the counter-metric becomes the one at hand."""
    if pair.design is not None and pair.kpi is not None:
        state.change_design(pair.design, f"{pair.kpi.name} beside {pair.beside}")
