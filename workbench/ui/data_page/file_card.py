"""Card of one uploaded file: its role, its columns, its measures, its first rows."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from workbench.data.files.reading import reading_of
from workbench.data.files.reshape import has_months_alone
from workbench.data.files.table_locations import TableLocation, location_of
from workbench.data.mapping import edit
from workbench.data.mapping.guess_unpivot import guess_unpivot
from workbench.data.mapping.table_roles import find_part, with_columns, with_unpivot
from workbench.data.model.dataset import DataSet, Source, Unpivot
from workbench.ui.data_page import mapping
from workbench.ui.data_page.file_roles import give_role, names_fields, team_fields
from workbench.ui.data_page.mapping import Mapping
from workbench.ui.data_page.measure_dialog import Slot, measure_dialog
from workbench.ui.data_page.next_part import offer_next_part, show_next_part
from workbench.ui.data_page.owner_choice import owner_from_another_file
from workbench.ui.data_page.reading_panel import is_doubtful, reading_panel
from workbench.ui.session import cached_previews
from workbench.ui.widgets import bound
from workbench.words.issues import describe_issue
from workbench.words.looks import columns_table, inspection_words
from workbench.words.mapping import ROLES, measure_name, measure_words
from workbench.words.markdown import plain


def file_card(mapped: Mapping, dataset: DataSet, place: TableLocation, number: int) -> None:
    """Everything about one table, folded away unless it holds work; ``number`` tells the keys of several apart."""
    role = edit.table_role(dataset, place)
    label = f"**{plain(place.label)}**  ·  {ROLES[role]}"
    further = mapping.next_part_of(place) if role == "unused" else None
    with st.expander(
        label,
        expanded=role == "work" or further is not None or _in_doubt(mapped, dataset, place, role),
        icon=":material/description:",
        key=f"data-file-{number}-{role}",
    ):
        bound.bound_segmented_control("What it holds", list(ROLES), role, lambda wanted: give_role(place, wanted),
                   f"data.role.{number}", ROLES.__getitem__)  # fmt: skip
        stacked = edit.stacked_on(dataset, place)
        if stacked is not None:
            show_next_part(mapped, dataset, place, stacked, number)
        elif role == "work":
            for at, source in enumerate(dataset.sources):
                if location_of(source) == place:
                    _source(mapped, source, at)
        elif role == "team":
            team_fields(mapped, dataset, number)
        elif role == "names":
            names_fields(mapped, dataset, place, number)
        elif further is not None:
            offer_next_part(place, dataset, further, number)
        _file_itself(mapped, dataset, place)
        if role != "unused" and stacked is None:
            reading_panel(mapped, dataset, find_part(dataset, place), place, number)


def _in_doubt(mapped: Mapping, dataset: DataSet, place: TableLocation, role: edit.Role) -> bool:
    """Whether how a file that is used is read is in doubt."""
    return role != "unused" and is_doubtful(mapped, dataset, find_part(dataset, place), place)


def _file_itself(mapped: Mapping, dataset: DataSet, place: TableLocation) -> None:
    """What the reader found, and on demand the columns, the first rows, and the reasons of our guesses."""
    reading = reading_of(find_part(dataset, place))
    found, reasons = cached_previews.cached_inspection(place, mapped.folder, reading), mapped.reasons(place)
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        st.caption(plain(inspection_words(found)) if found else "This file cannot be read.", width="stretch")
        inside = st.popover("Look inside", icon=":material/search:", type="tertiary", on_change="rerun",
                            key=f"data.inside.{place.label}")  # fmt: skip
    if inside.open:
        with inside:
            columns, rows, why = st.tabs(["Columns", "First rows", "Why we think so"])
            if found is not None:
                columns.dataframe(columns_table(found), hide_index=True, width=640)
            rows.dataframe(
                cached_previews.cached_first_rows(find_part(dataset, place), mapped.folder),
                hide_index=True,
                width=640,
            )
            said = [f"- {plain(describe_issue(reason).message)}" for reason in reasons] or ["You chose this yourself."]
            why.markdown("\n".join(said))


def _source(mapped: Mapping, source: Source, number: int) -> None:
    own = cached_previews.cached_columns(source.model_copy(update={"unpivot": None}), mapped.folder)
    if source.unpivot or guess_unpivot(own):
        _column_per_period(source, number)
    columns = columns_with_lookups(mapped, source)
    left, right = st.columns(2)
    with left:
        bound.bound_selectbox("Who did it", columns, source.rep, lambda name: _choose_column(number, rep=name or ""),
                     f"data.rep.{number}", clearable=False, placeholder="Choose the rep's column")  # fmt: skip
    with right:
        bound.bound_selectbox("When", columns, source.date, lambda name: _choose_column(number, date=name or ""),
                     f"data.date.{number}", clearable=False, placeholder="Choose the date column")  # fmt: skip
    if len(mapped.tables) > 1:
        owner_from_another_file(mapped, source, number)
    with st.container(gap="xsmall"):
        for place in range(len(source.measures)):
            _measure(source, number, place, columns)
    if st.button("Add a measure", icon=":material/add:", key=f"data.add.{number}"):
        measure_dialog(Slot(number, None), columns)


def _column_per_period(source: Source, number: int) -> None:
    """A sheet with one column per period: whether its columns become rows."""
    bound.bound_toggle("One column per period: turn the columns into rows", source.unpivot is not None,
                       lambda wanted: _turn(number, wanted), f"data.unpivot.{number}",
                       help="Each cell becomes a row. Columns of totals and quarters are left out.")  # fmt: skip
    if source.unpivot and has_months_alone(source.unpivot):
        _year_of_months(number, source.unpivot)


def _year_of_months(number: int, unpivot: Unpivot) -> None:
    """Of which year the columns are that are named by months alone; December is followed by the next year."""
    years = list(range(dt.date.today().year + 1, 1979, -1))
    bound.bound_selectbox(
        "Year of the first month", years, unpivot.year,
        lambda year: mapping.change_dataset(edit.with_source(
            mapping.mapped_dataset(), number, unpivot=unpivot.model_copy(update={"year": year}))),
        f"data.year.{number}", placeholder="Choose the year")  # fmt: skip


def _turn(number: int, wanted: bool) -> None:
    mapping.change_dataset(with_unpivot(mapping.mapped_dataset(), mapping.mapped_folder(), number, wanted))


def _measure(source: Source, number: int, place: int, columns: tuple[str, ...]) -> None:
    measure, key = source.measures[place], f"{number}.{place}"
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="xsmall"):
        said = f"**{plain(measure_name(measure))}**  :gray[{plain(measure_words(measure, source))}]"
        st.markdown(said, width="stretch")
        if st.button("", icon=":material/edit:", key=f"data.edit.{key}", type="tertiary", help="Change"):
            measure_dialog(Slot(number, place), columns)
        st.button("", icon=":material/close:", key=f"data.drop.{key}", type="tertiary", help="Remove",
                  on_click=_drop, args=(number, place))  # fmt: skip


def columns_with_lookups(mapped: Mapping, source: Source) -> tuple[str, ...]:
    """The source's own columns, then those that its lookups add."""
    brought = (name for lookup in source.lookups for name in lookup.take)
    return tuple(dict.fromkeys((*cached_previews.cached_columns(source, mapped.folder), *brought)))


def _choose_column(number: int, **changes: str) -> None:
    mapping.change_dataset(with_columns(mapping.mapped_dataset(), mapping.mapped_folder(), number, **changes))


def _drop(number: int, place: int) -> None:
    mapping.change_dataset(edit.without_measure(mapping.mapped_dataset(), number, place))
