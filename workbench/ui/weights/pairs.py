"""Weights from pairwise comparison of KPIs, with the worst contradiction."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import streamlit as st

from workbench.charts.palette import kpi_colours
from workbench.data.model.panel import Panel
from workbench.design.model import Design
from workbench.design.weighted_kpis import weighted_kpis
from workbench.errors import InputError
from workbench.ui.weights.parts import coloured_name
from workbench.weights.pairwise import Pairwise, weights_from_comparisons
from workbench.weights.proposal import Proposal
from workbench.words import weights as words
from workbench.words.markdown import plain

FEW = 6
KpiPair = tuple[str, str]


def pairwise_form(panel: Panel, design: Design, names: Mapping[str, str]) -> Proposal | None:
    """The comparisons, what they come to, and the worst contradiction."""
    on = weighted_kpis(design)
    if len(on) < 2:
        st.info("Give two KPIs a weight to compare them.")
        return None
    given = _answers(on, f"weights.pair.{panel.key}", kpi_colours(design.kpis))
    try:
        found = weights_from_comparisons(on, given)
    except InputError:
        st.caption("Answer until every KPI has been compared. The other pairs can stay open.")
        return None
    _consistency(found)
    note = "" if len(on) < 3 else f"consistency ratio {found.consistency:.2f}"
    return Proposal(found.weights, "pairwise", note)


def _answers(on: list[str], key: str, colours: Mapping[str, str]) -> dict[KpiPair, float]:
    """Neighbours first, since they link all KPIs; where there are many pairs, the others are folded away."""
    pairs = list(combinations(on, 2))
    chain = [(a, b) for a, b in pairs if on.index(b) == on.index(a) + 1] if len(pairs) > FEW else pairs
    given = {pair: _ask(pair, key, colours) for pair in chain}
    others = [pair for pair in pairs if pair not in chain]
    if others:
        with st.expander(f"{len(others)} more pairs, for firmer weights", icon=":material/add:"):
            given |= {pair: _ask(pair, key, colours) for pair in others}
    return {pair: times for pair, times in given.items() if times is not None}


def _ask(pair: KpiPair, key: str, colours: Mapping[str, str]) -> float | None:
    """One row: the two KPIs at the ends of a scale, and the answer in words."""
    said = words.comparison_answers(*pair)
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            for name in pair:
                st.markdown(coloured_name(name, colours[name]), width="content")
        times = st.segmented_control(plain(f"{pair[0]} or {pair[1]}?"), list(said), key=f"{key}.{pair[0]}.{pair[1]}",
                                     persist_state="session", format_func=words.scale_mark, width="stretch",
                                     label_visibility="collapsed")  # fmt: skip
        st.caption(plain(said[times]) if times else "Which matters more?")
    return times


def _consistency(found: Pairwise) -> None:
    st.markdown(plain(words.consistency_sentence(found)))
    if not found.acceptable:
        st.warning(plain(words.contradiction_sentence(found.triads[0])), icon=":material/compare_arrows:")
