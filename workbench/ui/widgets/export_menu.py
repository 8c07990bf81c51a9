"""Export a design: a page to print, a workbook or JSON, made when it is asked for."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import get_args

import streamlit as st

from workbench.data.model.panel import Panel
from workbench.design.model import Design
from workbench.design.rules import check_design
from workbench.errors import errors
from workbench.export.content import Audience, gather_export
from workbench.export.write_export import FORMATS
from workbench.ui.session import decision_log, documents, state
from workbench.ui.session.noted_download import noted
from workbench.ui.widgets.parts import quiet_label
from workbench.words import export as words
from workbench.words.designs import file_name
from workbench.words.markdown import plain
from workbench.words.panels import day_words

_AUDIENCES: tuple[Audience, ...] = get_args(Audience)
_KINDS = {
    "html": ("text/html", ":material/print:"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ":material/table:"),
    "json": ("application/json", ":material/data_object:"),
}


def show_export_menu(panel: Panel, design: Design, key: str) -> None:
    """A popover with a button for each format; names are hidden in the file where they are hidden on screen."""
    with st.popover(quiet_label(words.EXPORT), icon=":material/download:", type="tertiary"):
        if errors(check_design(design, panel)):
            st.caption(words.NOT_YET)
            return
        hidden = bool(st.session_state.get(state.HIDE_NAMES, False))
        audience: Audience = st.segmented_control(
            words.AUDIENCE, list(_AUDIENCES), default="leaders", required=True, key=f"{key}.export.for",
            format_func=words.AUDIENCES.__getitem__, label_visibility="collapsed",
        )  # fmt: skip
        if audience == "reps":
            st.caption(words.REPS_ALONE)
        else:
            st.caption(words.EXPORT_HELP)
            st.caption(words.NAMES_HIDDEN if hidden else words.NAMES_SHOWN)
        if unsaid := words.missing_reasons_line(design):
            st.caption(f":orange[:material/warning:] {plain(decision_log.shown_text(panel, unsaid))}")
        current = documents.current_scorecard()
        if current is not None and errors(check_design(current, panel)):
            current = None
            if audience == "leaders":
                st.caption(words.CURRENT_LEFT_OUT)
        for ending, (mime, icon) in _KINDS.items():
            name = export_file_name(panel, design, ending, audience)
            made = partial(_made, ending, panel, design, current, hidden, audience)
            st.download_button(words.FORMATS[ending],
                               noted(made, name),
                               name, mime, icon=icon, on_click="ignore", key=f"{key}.export.{ending}",
                               width="stretch")  # fmt: skip


def export_file_name(panel: Panel, design: Design, ending: str, audience: Audience = "leaders") -> str:
    """The name of the file, without a rep's name while these are hidden; what is for reps says so."""
    called = file_name(decision_log.shown_text(panel, design.name))
    return f"{called}-for-reps.{ending}" if audience == "reps" else f"{called}.{ending}"


def _made(ending: str, panel: Panel, design: Design, current: Design | None, hidden: bool, audience: Audience) -> bytes:
    """Runs on click, outside the page."""
    content = gather_export(panel, design, hidden=hidden, current=current, audience=audience)
    return FORMATS[ending](content, day_words(f"{dt.date.today()}"))
