"""Live preview of the panel that a mapping gives, and the button that saves the mapping."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from workbench.data.mapping.fixes import suggest_fixes
from workbench.data.mapping.open_questions import open_questions
from workbench.data.model.dataset import DataSet
from workbench.data.model.panel import BUILT_IN, PERIOD, REP, Panel
from workbench.errors import InputError, Issue
from workbench.ui.data_page import mapping
from workbench.ui.session import cache, state
from workbench.ui.session.cache import Built
from workbench.ui.widgets.issue_list import issue_list
from workbench.ui.widgets.measures_table import measures_table
from workbench.ui.widgets.parts import primary_label, show_issues
from workbench.words.issues import data_quality_words
from workbench.words.numbers import NONE
from workbench.words.panels import panel_size, panel_span, period_name, rows_used


def build_mapped_panel(dataset: DataSet, folder: Path) -> Built:
    """The panel of the data set in hand, or what is still missing."""
    missing = open_questions(dataset)
    return Built(None, missing) if missing else cache.cached_draft_panel(dataset, folder)


def use_button(dataset: DataSet, folder: Path) -> None:
    """Keeps the data set with its files and opens it; can be pressed once there is a panel."""
    ready = build_mapped_panel(dataset, folder).panel is not None
    if st.button(
        primary_label("Use this data set", ready),
        key="data.keep",
        type="primary",
        icon=":material/check:",
        disabled=not ready,
    ):
        try:
            mapping.save_mapping()
        except InputError as error:
            show_issues(error.issues)
        else:
            st.rerun()


ASKED = ("coverage",)
"""Issues that the questions beside the files ask about."""


def show_mapping_result(dataset: DataSet, folder: Path) -> Panel | None:
    """Size, measures and first rows of the panel, then what was found on the way; returns the panel if there is one."""
    made = build_mapped_panel(dataset, folder)
    shown = [issue for issue in made.issues if made.panel is None or issue.code not in ASKED]
    if made.panel is None:
        st.markdown("**No result yet.** Fix this first:")
    else:
        asked = [issue for issue in made.issues if issue.code in ASKED][:1]  # one question, whatever it is about
        _panel(made.panel, [*shown, *asked])
    issue_list(shown, lambda issue: suggest_fixes(issue, dataset), lambda fix: mapping.change_dataset(fix.dataset))
    return made.panel


def _panel(panel: Panel, issues: Sequence[Issue]) -> None:
    st.markdown(f"**{panel_size(panel)}**, {panel_span(panel)}, from {rows_used(panel)}; {data_quality_words(issues)}.")
    measures_table(panel)
    labels = {info.name: info.label or info.name for info in panel.measures if info.name not in BUILT_IN}
    shown = state.display_names(panel)
    rows = panel.frame[[REP, PERIOD, *labels]].head(5)
    rows = rows.assign(rep=rows[REP].map(shown), period=[period_name(start, panel.grain) for start in rows[PERIOD]])
    named: dict[str, Any] = {REP: "Rep", PERIOD: panel.grain.capitalize(), **labels}
    st.dataframe(rows, hide_index=True, column_config=named, row_height=30, placeholder=NONE)
    st.caption(f"The first rows of the result, one per rep and {panel.grain}; {NONE} is unknown.")
