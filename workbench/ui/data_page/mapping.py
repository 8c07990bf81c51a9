"""The mapping of uploaded files in progress, held in the session until it is saved as a data set."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Files
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import streamlit as st

from workbench.data.files.reading import FOUND, Reading
from workbench.data.files.table_locations import TableLocation, list_tables
from workbench.data.library import data_sets as library
from workbench.data.library.data_sets import DataSetEntry
from workbench.data.library.stamps import now
from workbench.data.library.uploads import StagedUpload, stage_upload
from workbench.data.mapping.edit import table_role
from workbench.data.mapping.guess import guess_dataset
from workbench.data.mapping.guess_role import guess_source
from workbench.data.mapping.next_file import find_source_of_shape, only_source, suggest_how_added, with_file_added
from workbench.data.mapping.preview import FilePart
from workbench.data.mapping.table_roles import find_part, with_first_sheets
from workbench.data.model.dataset import DataSet, Roster, load_dataset
from workbench.data.model.panel import Panel
from workbench.data.model.relocate import relocate
from workbench.design.model import load_design
from workbench.errors import InputError, Issue, Where, refused
from workbench.ui.data_page.history_view import keep_figures, note_saved
from workbench.ui.data_page.which_design import note_uploaded_design
from workbench.ui.session import cache, cached_previews, documents, state
from workbench.ui.session.allowed_connections import allowed_connections
from workbench.ui.session.carry_over import carry_saved_work
from workbench.ui.session.signed_in import may_edit_data

_KEY = "data.mapping"
MOST_STEPS = 100


@dataclass(frozen=True)
class Mapping:
    """What has been decided so far about the files in ``folder``.

    Attributes
    ----------
    files : what will be kept, by file name; ``tables`` are the tables in them.
    dataset : the data set as it stands; None when no file could be read as a table.
    issues : what is to be said about the files themselves.
    replaces : id of the upload that this is a changed form of. began_from : id of the data set that this began from,
        whose design is kept.
    incoming : files of the same shape that were added to the open data set; they can also make one of their own.
    beside : id of the data set that was open when this began; opening another one ends it.
    before : the data set before each change of it, the latest last.
    has_new_design : a design was brought with the files.
    readings : how files that are not in use are read, where somebody said so.
    """

    folder: Path
    files: Files[str, Path]
    tables: tuple[TableLocation, ...]
    dataset: DataSet | None
    issues: tuple[Issue, ...] = ()
    replaces: str | None = None
    beside: str = ""
    began_from: str = ""
    incoming: StagedUpload | None = None
    before: tuple[DataSet, ...] = ()
    has_new_design: bool = False
    readings: Files[TableLocation, Reading] = field(default_factory=dict)

    def reading(self, place: TableLocation) -> Reading:
        """How a file that is not in use is read."""
        return self.readings.get(place, FOUND)

    def part(self, place: TableLocation) -> FilePart:
        """The part of the data set that reads a table; of a table not in use, how it would be read."""
        if self.dataset is not None and table_role(self.dataset, place) != "unused":
            return find_part(self.dataset, place)
        return Roster(rep="", **asdict(place), **asdict(self.reading(place)))

    def reasons(self, place: TableLocation) -> tuple[Issue, ...]:
        """Why we guessed what we guessed about a file."""
        return tuple(issue for issue in self.issues if issue.code == "guess" and issue.where == Where(file=place.label))

    @property
    def problems(self) -> tuple[Issue, ...]:
        """What is to be said about the files, our reasons left out."""
        return tuple(issue for issue in self.issues if issue.code != "guess")


def current_mapping() -> Mapping | None:
    """The mapping in progress, or None; opening another data set ends it."""
    mapped = st.session_state.get(_KEY)
    if mapped is not None and mapped.beside != _open_id():
        abandon_mapping()
        return None
    return mapped


def mapped_dataset() -> DataSet:
    """The data set of the mapping in progress. Raises KeyError where there is none."""
    return st.session_state[_KEY].dataset


def mapped_folder() -> Path:
    """The folder of the mapping's files. Raises KeyError where there is none."""
    return st.session_state[_KEY].folder


def mapped_part(place: TableLocation) -> FilePart:
    """How a table is read in the mapping in progress. Raises KeyError where there is none."""
    return st.session_state[_KEY].part(place)


def begin_mapping(incoming: StagedUpload) -> None:
    """Start from uploaded files: from a data set file among them, otherwise from the guess."""
    found, issues = _uploaded_dataset(incoming)
    tables = _tables(incoming.folder, incoming.tables)
    if found is None:
        guessed, reasons = guess_dataset(incoming.folder, incoming.tables)
        found, issues = _first_mapping(guessed, incoming.folder, tables), (*issues, *reasons)
    st.session_state[_KEY] = Mapping(incoming.folder, incoming.paths(), tables, found,
                                     (*incoming.issues, *issues), beside=_open_id(),
                                     has_new_design=bool(incoming.designs))  # fmt: skip


def accept_uploads(incoming: StagedUpload) -> tuple[Issue, ...]:
    """Open an uploaded design that came alone; start a mapping of anything else.

    Returns what is wrong with a design that cannot be opened.
    """
    if incoming.tables or incoming.specs or not incoming.designs:
        if incoming.specs or not _continue_open_dataset(incoming):
            begin_mapping(incoming)
        return ()
    try:
        documents.bring_design(load_design(incoming.designs[0]))
    except InputError as error:
        return error.issues
    return ()


def begin_mapping_from(entry: DataSetEntry) -> None:
    """Start from a data set that is there; an upload is replaced by what is saved. Raises InputError."""
    if not may_edit_data():
        raise refused("not_allowed", Where(area="data_set"))
    files = entry.files() | ({entry.design_path.name: entry.design_path} if entry.design_path else {})
    tables = _tables(entry.folder, entry.files())
    replaces, dataset = entry.id if entry.kind == "upload" else None, entry.load()
    cache.reuse_as_draft(entry, dataset)
    st.session_state[_KEY] = Mapping(
        entry.folder, files, tables, dataset, (), replaces, _open_id(), began_from=entry.id
    )


def add_files(incoming: StagedUpload) -> None:
    """Put more files beside those in hand; nothing said so far is lost. A new file is not used until it gets a role."""
    mapped = st.session_state[_KEY]
    if mapped.dataset is None:
        begin_mapping(incoming)
        return
    both = stage_upload(library.workspace_folder(), [*mapped.files.items(), *incoming.paths().items()])
    moved = relocate(mapped.dataset, both.names, tuple(allowed_connections()))
    tables, issues = _tables(both.folder, both.tables), (*incoming.issues, *both.issues)
    st.session_state[_KEY] = replace(mapped, folder=both.folder, files=both.paths(), tables=tables, dataset=moved,
                                     issues=issues, before=(),
                                     has_new_design=mapped.has_new_design or bool(incoming.designs))  # fmt: skip


def _continue_open_dataset(incoming: StagedUpload) -> bool:
    """Add files that are further parts of the open data set; False if there is none that can be read, or no file is."""
    entry = state.current_entry()
    if entry is None or entry.kind != "upload":
        return False
    try:
        begin_mapping_from(entry)
        before = {place.label for place in st.session_state[_KEY].tables}
        add_files(incoming)
    except InputError:  # a damaged data set, or one whose files are gone: what was brought is read on its own
        abandon_mapping()
        return False
    added = [place for place in st.session_state[_KEY].tables if place.label not in before]
    further = [place for place in added if add_as_next_part(place)]
    if further:
        st.session_state[_KEY] = replace(st.session_state[_KEY], incoming=incoming)
    else:
        abandon_mapping()
    return bool(further)


def panel_before(mapped: Mapping) -> Panel | None:
    """The panel of the data set that the mapping began from, as it was; None if it began from files."""
    return state.current_panel() if mapped.began_from and mapped.began_from == _open_id() else None


def next_part_of(place: TableLocation) -> int | None:
    """The number of the source of which a table is a further part, by its columns; None if there is none."""
    mapped = st.session_state[_KEY]
    columns = {each: cached_previews.cached_columns(Roster(rep="", **asdict(each)), mapped.folder)
               for each in mapped.tables}  # fmt: skip
    return find_source_of_shape(mapped.dataset, place, columns)


def add_as_next_part(place: TableLocation) -> bool:
    """Add a table to the source that it is a further part of, as its rows suggest; False if there is none."""
    mapped, number = st.session_state[_KEY], next_part_of(place)
    if number is None:
        return False
    source = mapped.dataset.sources[number]
    alone = [only_source(mapped.dataset, number, location) for location in (source.location, place.location)]
    earlier, later = (cache.cached_draft_panel(each, mapped.folder).panel for each in alone)
    how = suggest_how_added(source, earlier, later) if earlier and later else "both"
    change_dataset(with_file_added(mapped.dataset, number, place.location, how))
    return True


def change_dataset(changed: DataSet) -> None:
    """Replace the data set of the mapping in progress, as a step that can be taken back."""
    mapped = st.session_state[_KEY]
    if changed != mapped.dataset:
        before = (*mapped.before, *([mapped.dataset] if mapped.dataset else []))[-MOST_STEPS:]
        st.session_state[_KEY] = replace(mapped, dataset=changed, before=before)


def change_roles(changed: DataSet) -> None:
    """Replace the data set where only the roles of event columns differ: its panel stays as it is."""
    mapped = st.session_state[_KEY]
    cache.reuse_with_other_roles(mapped.dataset, changed, mapped.folder)
    change_dataset(changed)


def read_unused(place: TableLocation, reading: Reading) -> None:
    """Read a table that is not in use in another way; where none could be read before, it begins the data set."""
    mapped = st.session_state[_KEY]
    dataset = mapped.dataset
    if dataset is None and _has_rows(place, mapped.folder, reading):
        source = guess_source(mapped.folder, place, reading)
        dataset = DataSet(name=source.name, sources=(source,))
    st.session_state[_KEY] = replace(mapped, dataset=dataset, readings={**mapped.readings, place: reading})


def _has_rows(place: TableLocation, folder: Path, reading: Reading = FOUND) -> bool:
    look = cached_previews.cached_inspection(place, folder, reading)
    return look is not None and bool(look.n_rows)


def undo_change() -> None:
    """Take the latest change of the data set back."""
    mapped = st.session_state[_KEY]
    if mapped.before:
        st.session_state[_KEY] = replace(mapped, dataset=mapped.before[-1], before=mapped.before[:-1])


def abandon_mapping() -> None:
    """Drop the mapping in progress; what was saved before is untouched."""
    st.session_state.pop(_KEY, None)


def save_mapping() -> None:
    """Save the data set with its files and open it. Raises InputError when it cannot be saved."""
    mapped, began = st.session_state[_KEY], now()
    entry = library.add_data_set(library.workspace_folder(), mapped.dataset, mapped.files, replaces=mapped.replaces,
                        connections=tuple(allowed_connections()))  # fmt: skip
    if entry.load() == mapped.dataset:
        keep_figures(entry, cache.reuse_draft_panel(entry, mapped.folder))
    if mapped.began_from:
        state.carry_design(mapped.began_from, entry.id)
        carry_saved_work(mapped.began_from, entry.id)
    abandon_mapping()
    state.open_dataset(entry.id)
    if mapped.has_new_design:
        note_uploaded_design(entry)
    note_saved(entry, was_here=not mapped.began_from and entry.added < began)


def _open_id() -> str:
    opened = state.current_entry()
    return opened.id if opened else ""


def _uploaded_dataset(incoming: StagedUpload) -> tuple[DataSet | None, tuple[Issue, ...]]:
    if not incoming.specs:
        return None, ()
    try:
        return relocate(load_dataset(incoming.specs[0]), incoming.names, tuple(allowed_connections())), ()
    except InputError as error:
        return None, error.issues


def _tables(folder: Path, locations: Iterable[str]) -> tuple[TableLocation, ...]:
    return tuple(place for location in locations for place in list_tables(folder, location))


def _first_mapping(guessed: DataSet | None, folder: Path, tables: tuple[TableLocation, ...]) -> DataSet | None:
    """The guess; without one the first table that can be read, with whatever can be guessed; None when none can."""
    if guessed is not None:
        return with_first_sheets(guessed, tables)
    first = next((place for place in tables if _has_rows(place, folder)), None)
    source = guess_source(folder, first) if first else None
    return DataSet(name=source.name, sources=(source,)) if source else None
