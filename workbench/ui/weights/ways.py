"""Choose one of five ways to weights, each leading to a draft that can be adjusted and accepted."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from workbench.charts.palette import kpi_colours
from workbench.data.model.panel import Panel
from workbench.design.model import Design
from workbench.design.weighted_kpis import choose_weighted, is_measurable, weighted_kpis
from workbench.errors import InputError
from workbench.ui.session import cached_weights
from workbench.ui.weights.draft import show_draft
from workbench.ui.weights.order import order_form
from workbench.ui.weights.pairs import pairwise_form
from workbench.ui.weights.parts import coloured_name, store_answers
from workbench.ui.widgets.first_words import show_heading
from workbench.ui.widgets.parts import how_computed, show_issues
from workbench.weights.accept import weight_presets, weights_origin
from workbench.weights.proposal import TODAY, Proposal, leave_out_others, preset_proposal
from workbench.weights.swing import kpi_swings, rank_order_centroid
from workbench.words import weights as words
from workbench.words.lists import list_names, ordinal
from workbench.words.markdown import plain

LIFT = 110
DRAFTS = {"equal": "Equal weights", "data": "The data's weights"}


def show_ways(panel: Panel, design: Design, names: Mapping[str, str]) -> Design | None:
    """The chosen way, and the draft it leads to; returns the design under that draft, None while nothing changes."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(plain(words.weights_origin_sentence(weights_origin(design), design.weights_from)))
        computed = st.container(width="content")
    way = st.pills("Way", list(words.WAYS), default="swing", required=True, key="weights.way", wrap=True,
                   persist_state="session", label_visibility="collapsed",
                   format_func=lambda name: words.WAYS[name].name)  # fmt: skip
    with computed:
        how_computed(words.WAYS[way].method)
    asked = design if way == "typed" else _kpis_to_weigh(panel, design)
    if way != "order":
        st.markdown(words.WAYS[way].asks)
    found = {"swing": _swing, "pairwise": pairwise_form, "order": order_form, "data": _data, "typed": _typed}[way](
        panel, asked, names
    )
    return show_draft(design, found and leave_out_others(found, design))


def _kpis_to_weigh(panel: Panel, design: Design) -> Design:
    """Choose the KPIs that are asked about, those without a weight included; only whether a weight is 0 counts here."""
    measurable = [kpi.name for kpi in design.kpis if is_measurable(kpi)]
    on = weighted_kpis(design)
    if len(measurable) > 1:  # asked with all on too: one that an accepted draft leaves at 0 stays asked about
        on = st.pills("KPIs to weigh", measurable, selection_mode="multi", default=on, wrap=True,
                      key=_asked_key(panel, design), format_func=plain, persist_state="session")  # fmt: skip
    if without := [kpi.name for kpi in design.kpis if not is_measurable(kpi)]:
        st.caption(plain(words.unmeasurable_sentence(without)))
    return choose_weighted(design, on) if on else design


def _asked_key(panel: Panel, design: Design) -> str:
    return f"weights.on.{panel.key}.{'-'.join(kpi.name for kpi in design.kpis if is_measurable(kpi))}"


def _swing(panel: Panel, design: Design, names: Mapping[str, str]) -> Proposal | None:
    key, on = f"weights.swing.{panel.key}", weighted_kpis(design)
    order = [name for name in st.session_state.get(key, []) if name in on]
    table, colours = (
        kpi_swings(cached_weights.cached_history(panel, design)),
        kpi_colours(design.kpis),
    )
    for kpi, row in zip(design.kpis, table.to_dict("records"), strict=True):
        if kpi.name in on:
            _swing_row(kpi.name, words.swing_words(row["worst"], row["best"], kpi), order, key, colours[kpi.name])
    if order:
        with st.container(horizontal=True):
            for label, icon, name, kept in (
                ("Undo last answer", ":material/undo:", "back", order[:-1]),
                ("Start over", ":material/restart_alt:", "over", []),
            ):
                st.button(
                    label, icon=icon, type="tertiary", key=f"{key}.{name}", on_click=store_answers, args=(key, kept)
                )
    last = [name for name in on if name not in order]
    if not order:
        return None
    places = [*order, *([last] if last else [])]
    return Proposal(rank_order_centroid(places), "swing", " before ".join([*order, *filter(None, [list_names(last)])]))


def _swing_row(name: str, said: str, order: list[str], key: str, colour: str) -> None:
    """A KPI with its worst and its best rep, and its place in the order or the button that gives it the next one."""
    placed = name in order
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap=None):
            st.markdown(coloured_name(name, colour))
            st.caption(plain(said))
        label = ordinal(order.index(name) + 1) if placed else "Lift next" if order else "Lift first"
        st.button(label, key=f"{key}.{name}", on_click=store_answers, args=(key, [*order, name]), disabled=placed,
                  type="primary" if placed else "secondary", width=LIFT)  # fmt: skip


def _data(panel: Panel, design: Design, names: Mapping[str, str]) -> Proposal | None:
    try:
        found = cached_weights.cached_suggestion(panel, design)
    except InputError as error:
        show_issues(error.issues)
        return None
    verdict, advice = words.suggestion_sentences(found)
    show_heading(plain(verdict))
    st.markdown(plain(advice))
    columns = ["Link with the goal", "The data's weights", "Equal weights"]
    st.table(pd.DataFrame(words.suggestion_figures(found), columns=columns).set_index(columns[0]))
    notes = [words.FIT_AND_HEADLINE, " ".join(words.suggestion_notes(found)), words.refit_spans(found)]
    for small in filter(None, notes):
        st.caption(plain(small))
    kept = [name for name in weighted_kpis(design) if name not in found.useless]
    if found.recommendation == "equal_weights" and found.useless and kept:
        st.button(plain(words.weigh_without_label(found.useless)), icon=":material/playlist_remove:",
                  key="weights.without", on_click=store_answers, args=(_asked_key(panel, design), kept))  # fmt: skip
    other = "data" if found.recommendation == "suggested_weights" else "equal"
    way = st.segmented_control("Draft from", list(DRAFTS), default=other, required=True,
                               key=f"weights.data.{panel.key}.{other}", persist_state="session",
                               format_func=DRAFTS.__getitem__)  # fmt: skip
    if way == "equal":
        return Proposal(weight_presets(design)["equal"], "equal")
    return Proposal(found.weights, "data", f"recommended: {found.recommendation.replace('_', ' ')}")


def _typed(panel: Panel, design: Design, names: Mapping[str, str]) -> Proposal:
    start = st.segmented_control("Start from", list(words.PRESETS), default=TODAY, required=True,
                                 key="weights.preset",
                                 persist_state="session", format_func=words.PRESETS.__getitem__)  # fmt: skip
    return preset_proposal(design, start)
