"""Editor of one KPI: name, formula, target, weight, parts, and commands such as duplicate and remove."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from workbench.charts.team_trend import trend_alt, trend_chart
from workbench.data.model.panel import Panel
from workbench.design import edits
from workbench.design.edits import Path
from workbench.design.kpi_edits import (
    duplicate_kpi_with_path,
    inner_shares,
    make_part,
    move_kpi_with_path,
    possible_parts,
)
from workbench.design.model import Design, Kpi
from workbench.design.rules import check_design
from workbench.errors import Where
from workbench.scoring.targets import team_averages
from workbench.ui.goal_and_kpis import editing
from workbench.ui.goal_and_kpis.measuring import write_formula
from workbench.ui.goal_and_kpis.target_editor import Subject, direction_of_form, target_fields, target_view
from workbench.ui.session import state
from workbench.ui.session.cached_targets import cached_reach
from workbench.ui.widgets.bound import bound_number_input, bound_segmented_control, bound_selectbox, bound_text_input
from workbench.ui.widgets.formula_field import formula_field
from workbench.ui.widgets.parts import quiet_label
from workbench.ui.widgets.picture import show_chart
from workbench.words.glossary import explain
from workbench.words.issues import describe_issue
from workbench.words.kpis import DIRECTIONS, ROLES, direction_form, kpi_unit, title_with_unit
from workbench.words.markdown import plain
from workbench.words.numbers import percent

DUPLICATE, UP, DOWN, APART, REMOVE = "Duplicate", "Move up", "Move down", "Take apart", "Remove"
MARKS = {
    "error": ":red[:material/error:]",
    "warning": ":orange[:material/warning:]",
    "info": ":gray[:material/lightbulb:]",
}


def kpi_editor(panel: Panel, design: Design, path: Path) -> None:
    """Everything about the KPI but the question whether it is necessary."""
    kpi = edits.kpi_at(design, path)
    key = f"kpis.{'.'.join(map(str, path))}"
    _heading(design, path, kpi)
    _basics(path, kpi, key)
    if kpi.kpis:
        _parts(design, path, kpi, key)
    else:
        formula_field("Formula", kpi.formula, lambda text: write_formula(panel, path, text), f"{key}.formula", panel,
                      placeholder="meetings / workdays")  # fmt: skip
        _measured(panel, design, path, kpi, key)
    _advice(panel, design, kpi)


def _heading(design: Design, path: Path, kpi: Kpi) -> None:
    colour = editing.all_kpi_colours(design)[kpi.name]
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        dot = f':color[●]{{foreground="{colour}"}}'
        st.header(f"{dot} {plain(kpi.name)}", anchor=False, width="stretch")
        doing = [DUPLICATE, UP, DOWN, *([APART] if kpi.kpis else []), REMOVE]
        st.menu_button("More", doing, icon=":material/more_horiz:", type="tertiary", key="kpis.more", on_click=_do,
                       args=(path,))  # fmt: skip


def _do(path: Path) -> None:
    """Callback of the menu."""
    design, what = state.current_design(), st.session_state["kpis.more"]
    name = edits.kpi_at(design, path).name
    moves = {UP: -1, DOWN: 1}
    if what in moves:
        after, path = move_kpi_with_path(design, path, moves[what])
    elif what == DUPLICATE:
        after, path = duplicate_kpi_with_path(design, path)
    else:
        after = {APART: edits.ungroup_kpi, REMOVE: edits.remove_kpi}[what](design, path)
    state.change_design(after, f"{name}: {what.lower()}")
    editing.select_path(path)


def _basics(path: Path, kpi: Kpi, key: str) -> None:
    name, unit, weight, more = st.columns([5, 4, 3, 2], vertical_alignment="bottom")
    with name:
        bound_text_input("Name", kpi.name, lambda text: editing.rename_kpi(path, text), f"{key}.name", max_chars=60)
    with unit:
        bound_text_input(
            "Unit",
            kpi.unit,
            lambda text: editing.change_kpi(path, "unit", unit=text or None),
            f"{key}.unit",
            max_chars=24,
            placeholder="per month",
        )
    with weight:
        bound_number_input(
            "Weight",
            kpi.weight,
            lambda value: editing.change_kpi(path, "weight", weight=value),
            f"{key}.weight",
            min_value=0.0,
            step=5.0,
            format="%.4g",
            help=f"{explain('Weight')} Its share is its weight ÷ all weights.",
        )
    with more, st.popover(quiet_label("Details"), type="tertiary", icon=":material/tune:"):
        _details(path, kpi, key)


def _details(path: Path, kpi: Kpi, key: str) -> None:
    def field(what: str) -> Any:
        return lambda value: editing.change_kpi(path, what, **{what: value or None})

    bound_selectbox("Role", list(ROLES), kpi.role, field("role"), f"{key}.role", ROLES.__getitem__, clearable=False)
    bound_text_input("Owner", kpi.owner, field("owner"), f"{key}.owner", max_chars=60)
    bound_number_input(
        "Minutes each takes",
        kpi.minutes_each,
        field("minutes_each"),
        f"{key}.minutes",
        min_value=0.0,
        step=5.0,
        format="%.4g",
    )
    bound_text_input("Note", kpi.note, field("note"), f"{key}.note", max_chars=300)


def _measured(panel: Panel, design: Design, path: Path, kpi: Kpi, key: str) -> None:
    """Target and values side by side."""
    colour = editing.all_kpi_colours(design)[kpi.name]
    subject = Subject(f"{key}.target", kpi, colour, lambda **fields: editing.change_kpi(path, "target", **fields))
    left, right = st.columns([5, 6], gap="medium")
    with left:
        bound_segmented_control(
            "Better when",
            list(DIRECTIONS),
            direction_form(kpi.direction),
            lambda form: editing.change_kpi(
                path, "direction", direction=direction_of_form(form, cached_reach(panel, kpi))
            ),
            f"{key}.direction",
            DIRECTIONS.__getitem__,
            labelled=True,
        )
        target_fields(panel, subject)
        found = cached_reach(panel, kpi)
        if found is not None and len(found.values):
            average = team_averages(found)
            show_chart(
                trend_chart(
                    average,
                    panel.grain,
                    colour,
                    title_with_unit("Average of the team", kpi_unit(kpi, panel, found.values)),
                    unit=kpi.unit,
                ),
                key=f"{key}.course",
                alt=trend_alt(average, panel.grain, kpi.name),
            )
    with right:
        target_view(panel, subject)


def _parts(design: Design, path: Path, kpi: Kpi, key: str) -> None:
    """What a composite is made of, with the weights inside it."""
    st.markdown("The points of this KPI are the weighted points of its parts.")
    for place, (part, part_share) in enumerate(zip(kpi.kpis, inner_shares(kpi), strict=True)):
        inner = (*path, place)
        name, weight, share, opened = st.columns([5, 3, 2, 2], vertical_alignment="center")
        name.markdown(plain(part.name))
        with weight:
            bound_number_input("Weight inside", part.weight, partial(_weigh, inner),
                   f"{key}.inner.{place}", min_value=0.0, step=5.0, format="%.4g",
                   label_visibility="collapsed")  # fmt: skip
        share.markdown("–" if part_share is None else percent(part_share))
        opened.button("Open", key=f"{key}.open.{place}", type="tertiary", on_click=editing.select_path, args=(inner,))
    bound_selectbox(
        "Add a part",
        possible_parts(design, kpi),
        None,
        lambda name: _take_in(path, name),
        f"{key}.take",
        placeholder="Another KPI",
        width=320,
    )


def _weigh(path: Path, value: float | None) -> None:
    editing.change_kpi(path, "weight", weight=value)


def _take_in(path: Path, name: str | None) -> None:
    """A KPI of its own becomes a part, keeping its weight."""
    made = make_part(state.current_design(), name, path) if name else None
    if made is not None:
        after, home = made
        state.change_design(after, f"{name} into {edits.kpi_at(after, home).name}")
        editing.select_path(home)


def _advice(panel: Panel, design: Design, kpi: Kpi) -> None:
    """What the design checks say about this KPI."""
    about = (Where(kpi=kpi.name), Where(kpi=kpi.name, path=("target",)))
    for issue in check_design(design, panel):
        if issue.where in about and issue.code not in ("formula", "no_formula", "no_necessity"):
            said = describe_issue(issue)
            st.markdown(f"{MARKS[issue.level]} {plain(said.message)} {plain(said.fix)}")
