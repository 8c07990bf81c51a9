"""Say on a page about the past whether its rules were in force then."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from workbench.data.model.panel import Panel
from workbench.design.in_force import rules_in_force
from workbench.design.model import Design
from workbench.scoring.known_figures import period_days, stretches_in_force
from workbench.ui.session import decision_log
from workbench.ui.session.navigation import page
from workbench.words.decisions import SCOPE, scope_words, what_if_sentence
from workbench.words.markdown import plain


def in_force_scope(panel: Panel, design: Design, key: str) -> Panel:
    """Offer the whole past as a what-if, or a time in which these rules were in force; the panel of what is chosen.

    Nothing is offered where they were in force always or never.
    """
    parts = _scopes(panel, design)
    if len(parts) < 2:
        return panel
    labels = {each: scope_words(part, whole=each == panel.key) for each, part in parts.items()}
    chosen = st.segmented_control(SCOPE, list(parts), default=panel.key, required=True, persist_state="session",
                                  key=_scope_key(panel, parts, key), label_visibility="collapsed",
                                  format_func=labels.__getitem__)  # fmt: skip
    return parts.get(chosen, panel)


def chosen_scope(panel: Panel, design: Design, key: str) -> Panel:
    """The same as it was last chosen, where nothing is offered."""
    parts = _scopes(panel, design)
    return parts.get(st.session_state.get(_scope_key(panel, parts, key), panel.key), panel)


def _scopes(panel: Panel, design: Design) -> dict[str, Panel]:
    """The whole past, and each time in which these rules were in force, by their keys; the whole alone where always."""
    flags = rules_in_force(decision_log.current_log(), period_days(panel), design)
    stretches = () if all(flags) or not any(flags) else stretches_in_force(panel, flags)
    return {part.key: part for part in (panel, *stretches)}


def _scope_key(panel: Panel, parts: Mapping[str, Panel], key: str) -> str:
    return f"{key}.scope.{panel.key}.{len(parts)}"


def show_in_force_line(panel: Panel, design: Design, until: pd.Timestamp | None = None) -> None:
    """``What-if: …`` or ``As in force: …`` with the way to Decide; what the design notes of itself while no decision
    reaches into the past."""
    found = rules_in_force(decision_log.current_log(), period_days(panel, until), design)
    if said := what_if_sentence(found, panel.grain):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(plain(said), width="content")
            st.page_link(page("decide"), label="What was in force when", icon=":material/gavel:")
    elif design.note:
        st.caption(plain(design.note))
