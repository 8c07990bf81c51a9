"""Choose a file's role, with the fields of a team list and of a lookup."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from workbench.data.files.reading import reading_of
from workbench.data.files.table_locations import TableLocation, location_of
from workbench.data.mapping import edit
from workbench.data.mapping.edit import Role
from workbench.data.mapping.table_roles import with_role
from workbench.data.model.dataset import DataSet, Lookup, Source
from workbench.ui.data_page import mapping
from workbench.ui.data_page.column_labels import ColumnLabels
from workbench.ui.data_page.mapping import Mapping
from workbench.ui.session import cached_previews
from workbench.ui.widgets import bound
from workbench.words.markdown import plain


def give_role(place: TableLocation, role: Role) -> None:
    """Callback: another role for a table, with the guess of its columns; the last table with work keeps its role."""
    reading = reading_of(mapping.mapped_part(place))
    dataset = with_role(mapping.mapped_dataset(), mapping.mapped_folder(), place, role, reading)
    if dataset is None:
        st.toast("At least one file has to hold work and sales.", icon=":material/info:")
    else:
        mapping.change_dataset(dataset)


def team_fields(mapped: Mapping, dataset: DataSet, key: int) -> None:
    """Who is on the team, what to compare them by, from when to when they were there."""
    roster = dataset.roster
    if roster is None:
        return
    columns, labels = cached_previews.cached_columns(roster, mapped.folder), ColumnLabels(mapped, roster)
    left, right = st.columns(2)
    with left:
        bound.bound_selectbox("Rep", columns, roster.rep, lambda name: _roster(rep=name or ""), f"data.team.rep.{key}",
                     labels, placeholder="Choose the rep's column")  # fmt: skip
        bound.bound_selectbox("First day, if known", columns, roster.start, lambda name: _roster(start=name),
                     f"data.team.start.{key}", labels, placeholder="Not in this file")  # fmt: skip
    with right:
        bound.bound_multiselect("Compare reps by", [name for name in columns if name != roster.rep], roster.attributes,
                        lambda names: _roster(attributes=tuple(names)), f"data.team.by.{key}",
                        format_func=labels, placeholder="Manager, office, product …")  # fmt: skip
        bound.bound_selectbox("Last day, if known", columns, roster.end, lambda name: _roster(end=name),
                     f"data.team.end.{key}", labels, placeholder="Not in this file")  # fmt: skip


def names_fields(mapped: Mapping, dataset: DataSet, place: TableLocation, key: int) -> None:
    """Which file looks something up here, by which columns, and what it takes."""
    for number, source in enumerate(dataset.sources):
        for at, lookup in enumerate(source.lookups):
            if location_of(lookup) == place:
                _lookup(mapped, source, lookup, _putter(number, at), f"{key}.{number}.{at}")


def _lookup(mapped: Mapping, source: Source, lookup: Lookup, put: Callable[..., None], key: str) -> None:
    ours, theirs = next(iter(lookup.on.items()), ("", ""))
    own, other = (
        cached_previews.cached_columns(source, mapped.folder),
        cached_previews.cached_columns(lookup, mapped.folder),
    )
    left, right = st.columns(2)
    with left:
        bound.bound_selectbox(f"The same in {plain(location_of(source).label)}", own, ours,
                     lambda name: put(on={name or "": theirs}), f"data.lookup.ours.{key}",
                     ColumnLabels(mapped, source), placeholder="Choose a column")  # fmt: skip
    with right:
        bound.bound_selectbox("and here", other, theirs, lambda name: put(on={ours: name or ""}),
                     f"data.lookup.theirs.{key}", placeholder="Choose a column")  # fmt: skip
    bound.bound_multiselect("Take from here", [name for name in other if name not in own], lookup.take,
                    lambda names: put(take=tuple(names)), f"data.lookup.take.{key}",
                    format_func=ColumnLabels(mapped, lookup))  # fmt: skip


def _putter(number: int, at: int) -> Callable[..., None]:
    """A function that changes fields of one lookup."""

    def put(**changes: object) -> None:
        dataset = mapping.mapped_dataset()
        lookup = dataset.sources[number].lookups[at].model_copy(update=changes)
        mapping.change_dataset(edit.with_lookup(dataset, number, lookup, at))

    return put


def _roster(**changes: object) -> None:
    dataset = mapping.mapped_dataset()
    if dataset.roster is not None:
        mapping.change_dataset(edit.with_roster(dataset, dataset.roster.model_copy(update=changes)))
