"""One uploaded file: what it is for, which columns matter, what is counted from it, and its first rows."""

from __future__ import annotations

import streamlit as st

from workbench.data import edit
from workbench.data.spec import DataSet, Source
from workbench.ui import bound, mapping, peeks
from workbench.ui.file_roles import give_role, names_fields, part_of, team_fields
from workbench.ui.mapping import Mapping
from workbench.ui.measure_dialog import Slot, measure_dialog
from workbench.ui.parts import plain
from workbench.words.mapping import ROLES, measure_name, measure_said


def file_card(mapped: Mapping, dataset: DataSet, location: str, place: int) -> None:
    """Everything about one file, folded away unless it holds work; ``place`` tells the keys of several files apart."""
    role = edit.role(dataset, location)
    label = f"**{plain(location)}**  ·  {ROLES[role]}"
    with st.expander(label, expanded=role == "work", icon=":material/description:", key=f"data-file-{place}-{role}"):
        bound.pick("What it holds", list(ROLES), role, lambda wanted: give_role(location, wanted),
                   f"data.role.{place}", ROLES.__getitem__)  # fmt: skip
        if role == "work":
            for number, source in enumerate(dataset.sources):
                if source.location == location:
                    _source(mapped, source, number)
        elif role == "team":
            team_fields(mapped, dataset, place)
        elif role == "names":
            names_fields(mapped, dataset, location, place)
        _file_itself(mapped, dataset, location)


def _file_itself(mapped: Mapping, dataset: DataSet, location: str) -> None:
    with st.container(horizontal=True):
        with st.popover("First rows", icon=":material/table_rows:", type="tertiary"):
            st.dataframe(peeks.first_rows(part_of(dataset, location), mapped.folder), hide_index=True, width=760)
        if reasons := mapped.reasons(location):
            with st.popover("Why we think so", icon=":material/lightbulb:", type="tertiary"):
                st.markdown("\n".join(f"- {plain(reason.message)}" for reason in reasons))


def _source(mapped: Mapping, source: Source, number: int) -> None:
    columns = columns_with_lookups(mapped, source)
    left, right = st.columns(2)
    with left:
        bound.choose("Who did it", columns, source.rep, lambda name: _update(number, rep=name or ""),
                     f"data.rep.{number}", clearable=False, placeholder="Choose the rep's column")  # fmt: skip
    with right:
        bound.choose("When", columns, source.date, lambda name: _update(number, date=name or ""),
                     f"data.date.{number}", clearable=False, placeholder="Choose the date column")  # fmt: skip
    with st.container(gap="xsmall"):
        for place in range(len(source.measures)):
            _measure(source, Slot(number, place), columns)
    if st.button("Add a measure", icon=":material/add:", key=f"data.add.{number}"):
        measure_dialog(Slot(number, None), columns)


def _measure(source: Source, slot: Slot, columns: tuple[str, ...]) -> None:
    measure, key = source.measures[slot.place], f"{slot.source}.{slot.place}"
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="xsmall"):
        said = f"**{plain(measure_name(measure))}**  :gray[{plain(measure_said(measure, source))}]"
        st.markdown(said, width="stretch")
        if st.button("", icon=":material/edit:", key=f"data.edit.{key}", type="tertiary", help="Change"):
            measure_dialog(slot, columns)
        st.button("", icon=":material/close:", key=f"data.drop.{key}", type="tertiary", help="Remove",
                  on_click=_drop, args=(slot,))  # fmt: skip


def columns_with_lookups(mapped: Mapping, source: Source) -> tuple[str, ...]:
    """The source's own columns, then those that its lookups bring."""
    brought = (name for lookup in source.lookups for name in lookup.take)
    return tuple(dict.fromkeys((*peeks.columns_of(source, mapped.folder), *brought)))


def _update(number: int, **changes: object) -> None:
    mapping.change(edit.with_source(mapping.dataset(), number, **changes))


def _drop(slot: Slot) -> None:
    mapping.change(edit.without_measure(mapping.dataset(), slot.source, slot.place))
