"""Draft of weights beside today's: adjusted by typing, accepted by a click."""

from __future__ import annotations

import streamlit as st

from workbench.charts import weights as charts
from workbench.charts.palette import kpi_colours
from workbench.design.model import Design
from workbench.ui.session import state
from workbench.ui.weights.parts import coloured_name
from workbench.ui.widgets.parts import primary_label, text_colour
from workbench.ui.widgets.picture import show_chart
from workbench.weights.accept import accept_weights
from workbench.weights.proposal import Proposal, apply_typed_weights, has_current_shares, has_current_way, shares_of
from workbench.words import weights as words
from workbench.words.markdown import plain

DECIMALS = 1


def show_draft(design: Design, found: Proposal | None) -> Design | None:
    """Today's shares beside the draft, and the button that accepts it.

    Returns the design under the weights as they were typed over; None without a draft, or where they are today's.
    """
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown("**Draft**", width="content")
            accepting = st.container(width="content")
        if found is None:
            st.caption("Your weights appear here, beside today's.")
            return None
        typed = {kpi.name: _row(design, kpi.name, found) for kpi in design.kpis if kpi.name in found.weights}
        _picture(design, typed)
        total, same = sum(typed.values()), has_current_shares(design, typed)
        made = apply_typed_weights(found, typed, DECIMALS)
        with accepting:
            _accept_button(total == 0 or (same and has_current_way(design, found)), typed, made)
        if said := words.draft_problem(total, same):
            st.caption(said)
    return None if same or not total else accept_weights(design, typed, made.way, made.note or None)


def _picture(design: Design, typed: dict[str, float]) -> None:
    shares, today = shares_of(typed), design.shares()
    if shares:
        colours = kpi_colours(design.kpis)
        show_chart(
            charts.draft_chart(today, shares, {name: colours[name] for name in shares}, text_colour()),
            alt=charts.draft_alt(today, shares),
        )


def _row(design: Design, name: str, found: Proposal) -> float:
    content = "-".join(f"{weight:.1f}" for weight in found.weights.values())
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(coloured_name(name, kpi_colours(design.kpis)[name]), width="stretch")
        start = round(float(found.weights[name]), DECIMALS)
        typed = st.number_input(f"Weight of {plain(name)}", 0.0, None, start, 1.0, "%.1f",
                                key=f"weights.draft.{found.way}.{content}.{name}", label_visibility="collapsed",
                                width=140)  # fmt: skip
    return float(typed)


def _accept_button(off: bool, typed: dict[str, float], made: Proposal) -> None:
    st.button(primary_label("Accept these weights", not off), type="primary", icon=":material/check:",
              key="weights.accept", on_click=_accept, args=(off, typed, made), disabled=off)  # fmt: skip


def _accept(off: bool, weights: dict[str, float], found: Proposal) -> None:
    if off:  # a press that meets an older drawing, in which there was nothing to accept
        return
    label = words.WAYS[found.way].name if found.way in words.WAYS else found.way.capitalize()
    state.change_design(
        accept_weights(state.current_design(), weights, found.way, found.note or None), f"Weights: {label}"
    )
    st.toast("Weights accepted. Undo is at the top of the page.", icon=":material/check:")
