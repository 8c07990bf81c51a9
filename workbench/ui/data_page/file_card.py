"""Line of one uploaded file: a sentence that says what it is for, and its choices when the line is opened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

import streamlit as st

from workbench.data.files.reading import reading_of
from workbench.data.files.reshape import needs_year
from workbench.data.files.table_locations import TableLocation, location_of
from workbench.data.mapping import edit
from workbench.data.mapping.lookup_matches import blank_key_rows, matched_share
from workbench.data.mapping.outcome_choices import find_outcome
from workbench.data.model.dataset import DataSet, Source, locations_of
from workbench.errors import Issue
from workbench.ui.data_page import mapping
from workbench.ui.data_page.file_roles import give_role, names_fields, team_fields
from workbench.ui.data_page.mapping import Mapping
from workbench.ui.data_page.next_part import offer_next_part, show_next_part
from workbench.ui.data_page.open_lines import is_line_open, open_line
from workbench.ui.data_page.reading_panel import is_doubtful, reading_panel
from workbench.ui.data_page.work_fields import work_fields
from workbench.ui.session import cached_previews
from workbench.ui.widgets import bound
from workbench.words import file_lines
from workbench.words.issues import describe_issue
from workbench.words.looks import columns_table, inspection_words
from workbench.words.mapping import ROLES
from workbench.words.markdown import plain

Issues = Sequence[Issue] | None
"""Of the panel; None before it is built."""


def is_sure(mapped: Mapping, place: TableLocation) -> bool:
    """Whether nobody has to look at a file: it is complete, read without doubt, and no further part of another."""
    dataset = mapped.dataset
    if dataset is None:
        return False
    if edit.stacked_on(dataset, place) is not None:
        return mapped.incoming is None
    if edit.table_role(dataset, place) == "unused":
        return mapping.next_part_of(place) is None and bool(_n_rows_of(mapped, place))
    return _is_complete(dataset, place) and not is_doubtful(mapped, place)


def _n_rows_of(mapped: Mapping, place: TableLocation) -> int | None:
    """The rows of a table; None if it cannot be read."""
    look = cached_previews.cached_inspection(place, mapped.folder, reading_of(mapped.part(place)))
    return look.n_rows if look else None


def _is_complete(dataset: DataSet, place: TableLocation) -> bool:
    """Whether every column that the uses of a table need is chosen."""
    uses = [source for source in dataset.sources if location_of(source) == place]
    looked_up = [each for source in dataset.sources for each in source.lookups if location_of(each) == place]
    team = dataset.roster is None or location_of(dataset.roster) != place or bool(dataset.roster.rep)
    work = all(use.rep and use.date and use.measures for use in uses)
    years = not any(use.unpivot and needs_year(use.unpivot) for use in uses)
    return team and work and years and all(each.on for each in looked_up)


def file_line(mapped: Mapping, place: TableLocation, number: int, sure: bool, issues: Issues = None) -> None:
    """One table; ``number`` tells the keys of several apart, and ``issues`` are those of the panel, where known."""
    line = bound.bound_expander(
        _sentence(mapped, place, issues), is_line_open(mapped, place, not sure),
        lambda opened: open_line(mapped, place, opened), f"data.file.{number}",
        icon=":material/description:" if sure else ":material/help:",
    )  # fmt: skip
    if line.open:
        with line:
            if mapped.dataset is not None:
                _choices(mapped, mapped.dataset, place, number)
            else:
                reading_panel(mapped, place, number)


def _sentence(mapped: Mapping, place: TableLocation, issues: Issues) -> str:
    dataset, file = mapped.dataset, _title(mapped, place)
    role = edit.table_role(dataset, place) if dataset is not None else "unused"
    if dataset is None or role == "unused":
        further = mapping.next_part_of(place) if dataset is not None else None
        if dataset is None or further is None:
            return file_lines.unused_line(file, _n_rows_of(mapped, place))
        return file_lines.further_line(file, locations_of(dataset.sources[further])[0])
    stacked = edit.stacked_on(dataset, place)
    if stacked is not None:
        return file_lines.stacked_line(file, locations_of(dataset.sources[stacked])[0])
    if role == "team" and dataset.roster is not None:
        return file_lines.team_line(file, dataset.roster)
    if role == "names":
        return _looked_up(mapped, dataset, place, file, issues)
    uses = [source for source in dataset.sources if location_of(source) == place]
    return " ".join(file_lines.work_line(file, use, find_outcome(use), dataset.grain) for use in uses)


def _looked_up(mapped: Mapping, dataset: DataSet, place: TableLocation, file: str, issues: Issues) -> str:
    """A sentence for each way in which the other files look this one up."""
    uses = [(source, each) for source in dataset.sources for each in source.lookups if location_of(each) == place]
    said = []
    for lookup in [each for at, (_, each) in enumerate(uses) if each not in [earlier for _, earlier in uses[:at]]]:
        same = [use for use in uses if use[1] == lookup]
        n_rows = [_n_rows(mapped, source) for source, _ in same]
        share = None if issues is None else matched_share(issues, same, n_rows)
        n_blank = blank_key_rows(issues or (), same)
        said.append(file_lines.names_line(file, [source.name for source, _ in same], lookup, share, n_blank))
    return " ".join(said)


def _n_rows(mapped: Mapping, source: Source) -> int:
    looks = [cached_previews.cached_inspection(place, mapped.folder, reading_of(source)) for place in _files(source)]
    return sum(look.n_rows for look in looks if look)


def _files(source: Source) -> list[TableLocation]:
    return [TableLocation(name, source.sheet, source.table) for name in locations_of(source)]


def _title(mapped: Mapping, place: TableLocation) -> str:
    """The file without its ending, unless another file has the same name."""
    stems = [PurePath(each.location).stem for each in mapped.tables]
    stem = PurePath(place.location).stem
    return stem if stems.count(stem) == 1 else place.label


def _choices(mapped: Mapping, dataset: DataSet, place: TableLocation, number: int) -> None:
    role, stacked = edit.table_role(dataset, place), edit.stacked_on(dataset, place)
    bound.bound_segmented_control("What it holds", list(ROLES), role, lambda wanted: give_role(place, wanted),
               f"data.role.{number}", ROLES.__getitem__)  # fmt: skip
    if stacked is not None:
        show_next_part(mapped, dataset, place, stacked, number)
    elif role == "work":
        for at, source in enumerate(dataset.sources):
            if location_of(source) == place:
                work_fields(mapped, source, at)
    elif role == "team":
        team_fields(mapped, dataset, number)
    elif role == "names":
        names_fields(mapped, dataset, place, number)
    elif (further := mapping.next_part_of(place)) is not None:
        offer_next_part(place, dataset, further, number)
    _file_itself(mapped, place)
    if stacked is None:
        reading_panel(mapped, place, number)


def _file_itself(mapped: Mapping, place: TableLocation) -> None:
    """What the reader found, and on demand the columns, the first rows, and the reasons of our guesses."""
    part = mapped.part(place)
    found, reasons = cached_previews.cached_inspection(place, mapped.folder, reading_of(part)), mapped.reasons(place)
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        st.caption(plain(inspection_words(found)) if found else "This file cannot be read.", width="stretch")
        inside = st.popover("Look inside", icon=":material/search:", type="tertiary", on_change="rerun",
                            key=f"data.inside.{place.label}")  # fmt: skip
    if inside.open:
        with inside:
            columns, rows, why = st.tabs(["Columns", "First rows", "Why we think so"])
            if found is not None:
                columns.dataframe(columns_table(found), hide_index=True, width=640)
            rows.dataframe(cached_previews.cached_first_rows(part, mapped.folder), hide_index=True, width=640)
            said = [f"- {plain(describe_issue(reason).message)}" for reason in reasons] or ["You chose this yourself."]
            why.markdown("\n".join(said))
