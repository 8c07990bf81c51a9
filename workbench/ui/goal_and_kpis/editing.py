"""The selected KPI, and changes of KPIs as steps of the draft."""

from __future__ import annotations

from typing import Any

import streamlit as st

from workbench.charts.palette import kpi_colours
from workbench.design import edits
from workbench.design.edits import Path
from workbench.design.even_weights import keep_even
from workbench.design.kpi_edits import add_kpi_with_path
from workbench.design.model import Design, Kpi
from workbench.ui.session import state

_CHOSEN = "kpis.chosen"


def selected_path(design: Design) -> Path | None:
    """The KPI worked on: the one chosen, else the first; None while there is none."""
    places = [path for path, _ in edits.kpi_paths(design)]
    wanted = st.session_state.get(_CHOSEN)
    return wanted if wanted in places else places[0] if places else None


def select_path(path: Path | None) -> None:
    st.session_state[_CHOSEN] = path


def amend_design(new: Design, what: str) -> None:
    """A step of the draft; several of one kind in a row become one, so that a drag is undone at once."""
    if state.current_draft().undoes == what:
        state.undo()
    state.change_design(new, what)


def change_kpi(path: Path, what: str = "changed", **fields: Any) -> None:
    """Callback: some fields of a KPI changed."""
    design = state.current_design()
    name = edits.kpi_at(design, path).name
    amend_design(edits.update_kpi(design, path, **fields), f"{name}: {what}")


def rename_kpi(path: Path, name: str) -> None:
    """Callback: rename a KPI; a taken name gets a number, an empty one changes nothing."""
    design = state.current_design()
    kpi = edits.kpi_at(design, path)
    if name and name != kpi.name:
        others = edits.remove_kpi(design, path)
        change_kpi(path, "renamed", name=edits.unique_kpi_name(others, name))


def add_and_select(kpi: Kpi, inside: Path = ()) -> None:
    """Callback: one more KPI, which is then the one worked on."""
    before = state.current_design()
    design, path = add_kpi_with_path(before, kpi, inside)
    state.change_design(keep_even(before, design), f"{kpi.name} added")
    select_path(path)


def all_kpi_colours(design: Design) -> dict[str, str]:
    """A colour for every KPI by name; parts wear the colour of what they are part of."""
    tops = kpi_colours(design.kpis)
    return {each.name: tops[top.name] for top in design.kpis for each in top.everything()}
