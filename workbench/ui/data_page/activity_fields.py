"""Fields of a file that say what kind of activity its rows are: one sentence, and its choices when they are opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from workbench.data.files.reading import reading_of
from workbench.data.files.table_locations import location_of
from workbench.data.mapping import event_role_choices as choices
from workbench.data.mapping.edit import with_source
from workbench.data.mapping.guess_role import guess_source
from workbench.data.model.dataset import DataSet, EventRoles, Source
from workbench.data.model.event_codes import EVENT_CODES
from workbench.ui.data_page import mapping
from workbench.ui.data_page.column_labels import DATES, NUMBERS, ColumnLabels
from workbench.ui.data_page.mapping import Mapping
from workbench.ui.session import cached_previews
from workbench.ui.widgets import bound
from workbench.words import event_roles as words

_OPEN, _ASKED = "data.activity.open", "data.activity.asked"
_FIRST = {"seconds": NUMBERS, "amount": NUMBERS, "discount": NUMBERS, "timestamp": DATES, "logged": DATES}


def activity_fields(mapped: Mapping, source: Source, columns: tuple[str, ...], number: int) -> None:
    """The sentence of what was understood, with its choices folded away."""
    opened = (str(mapped.folder), number) in st.session_state.get(_OPEN, ())
    with st.container(border=True, gap="small", key=f"data-activity-{number}"):
        with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
            sentence = words.activity_sentence(source.events, source.date)
            st.markdown(f"**{words.TITLE}**  \n{sentence}", width="stretch")
            st.button("Done" if opened else ("Change" if source.events else "Describe"),
                      key=f"data.activity.{number}", type="tertiary", on_click=_toggle,
                      args=(number, not opened))  # fmt: skip
        if opened:
            _choices(mapped, source, columns, number)


def open_asked_table(mapped: Mapping, number: int) -> None:
    """Open the choices of a table that a link asks for, with a guess where nothing is said yet."""
    st.session_state[_ASKED] = (str(mapped.folder), number)
    _toggle(number, True)


def asked_table(mapped: Mapping) -> int | None:
    """The number of the table that a link asks for, or None: its choices stand on top, not in the line of its file."""
    folder, number = st.session_state.get(_ASKED, ("", None))
    return number if folder == str(mapped.folder) else None


def forget_asked_table() -> None:
    """No link asks for a table any more."""
    st.session_state.pop(_ASKED, None)


def _toggle(number: int, wanted: bool) -> None:
    """Callback: open the choices, with a guess where nothing is said yet, or fold them away."""
    folder = mapping.mapped_folder()
    this = (str(folder), number)
    others = tuple(each for each in st.session_state.get(_OPEN, ()) if each != this)
    st.session_state[_OPEN] = (*others, this) if wanted else others
    dataset = mapping.mapped_dataset()
    source = dataset.sources[number]
    if wanted and source.events is None:
        guessed = guess_source(folder, location_of(source), reading_of(source)).events
        mapping.change_roles(with_source(dataset, number, events=guessed))


def _choices(mapped: Mapping, source: Source, columns: tuple[str, ...], number: int) -> None:
    events, labels = source.events or EventRoles(), ColumnLabels(mapped, source)
    cells = _cells(2)
    with next(cells):
        bound.bound_selectbox(
            "One row is", list(words.KINDS), events.kind,
            lambda kind: _change(choices.with_event_kind, number, kind, _codes(mapped, source, events.disposition)),
            f"data.activity.kind.{number}", words.KINDS.__getitem__, placeholder="Something else",
        )  # fmt: skip
    for role in choices.askable_roles(events):
        with next(cells):
            _role(mapped, source, events, role, columns, labels, number)
        if role == "seconds" and events.seconds:
            with next(cells):
                bound.bound_selectbox(
                    words.UNIT, list(words.UNITS), events.length_unit,
                    lambda unit: _change(choices.with_length_unit, number, unit or "seconds"),
                    f"data.activity.unit.{number}", words.UNITS.__getitem__, clearable=False,
                )  # fmt: skip
    for role in EVENT_CODES:
        if role in events.columns:
            _meanings(mapped, source, events, role, number)


def _role(
    mapped: Mapping, source: Source, events: EventRoles, role: str, columns: tuple[str, ...], labels: ColumnLabels,
    number: int,
) -> None:  # fmt: skip
    column = events.columns.get(role)
    options = labels.first(columns, _FIRST[role]) if role in _FIRST else list(columns)
    bound.bound_selectbox(
        words.ROLES[role], options if column in (None, *options) else [column, *options], column,
        lambda name: _change(choices.with_event_column, number, role, name,
                             _codes(mapped, source, name) if role in EVENT_CODES else {}),
        f"data.activity.{role}.{number}", labels, placeholder="No column", help=words.ROLE_HELP.get(role),
    )  # fmt: skip


def _meanings(mapped: Mapping, source: Source, events: EventRoles, role: str, number: int) -> None:
    """Each code found in the column, with its rows, and what it means."""
    found, possible = _codes(mapped, source, events.columns[role]), choices.possible_codes(role, events)
    if not found or not possible:
        return
    st.markdown(f"**{words.CODES_TITLE[role]}**")
    cells = _cells(3)
    for written, n_rows in found.items():
        with next(cells):
            bound.bound_selectbox(
                words.code_label(written, n_rows), possible, choices.shown_meaning(role, events, written),
                _chosen(number, role, written), f"data.activity.{role}.{number}.{written}", words.CODES.__getitem__,
                placeholder=words.NO_MEANING,
            )  # fmt: skip


def _chosen(number: int, role: str, written: str) -> Callable[[str | None], None]:
    return lambda code: _change(choices.with_code_meaning, number, role, written, code)


def _cells(n: int) -> Iterator[DeltaGenerator]:
    """Places for fields, ``n`` in a row."""
    while True:
        yield from st.columns(n)


def _codes(mapped: Mapping, source: Source, column: str | None) -> dict[str, int]:
    """The codes of a column with their numbers of rows; none of a column that another file adds."""
    bare = source.model_copy(update={"measures": (), "lookups": (), "covers": None, "events": None})
    return dict(cached_previews.cached_value_counts(bare, mapped.folder, column).rows) if column else {}


def _change(change: Callable[..., DataSet], number: int, *what: object) -> None:
    mapping.change_roles(change(mapping.mapped_dataset(), number, *what))
