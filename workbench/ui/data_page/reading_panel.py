"""How the file is read: pickers for what was found out, with the file's own values as written and as read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from workbench.data.files.reading import FOUND, reading_of
from workbench.data.files.table_locations import TableLocation
from workbench.data.mapping.column_samples import ColumnSample
from workbench.data.mapping.edit import table_role
from workbench.data.mapping.inspect_file import FileInspection
from workbench.data.mapping.preview import FilePart
from workbench.data.mapping.reading_choices import (
    is_by_hand,
    with_date_format,
    with_decimal,
    with_found_reading,
    with_reading,
)
from workbench.data.mapping.reading_doubts import is_reading_doubtful
from workbench.data.model.dataset import DataSet, Lookup, Roster, Source
from workbench.ui.data_page import mapping
from workbench.ui.data_page.mapping import Mapping
from workbench.ui.session import cached_previews
from workbench.ui.widgets import bound
from workbench.words import reading as words
from workbench.words.markdown import plain


def _samples(mapped: Mapping, part: FilePart) -> tuple[ColumnSample, ...]:
    """How the dates and numbers of a part are read."""
    if isinstance(part, Lookup) or not part.rep or mapped.dataset is None:
        return ()
    alike = part.model_copy(update={"events": None}) if isinstance(part, Source) else part
    return cached_previews.cached_samples(alike, mapped.folder, mapped.dataset.timezone)


def is_doubtful(mapped: Mapping, place: TableLocation) -> bool:
    """Whether somebody should look at how a file is read."""
    part = mapped.part(place)
    found = cached_previews.cached_inspection(place, mapped.folder, reading_of(part))
    return is_reading_doubtful(found, _samples(mapped, part))


def reading_panel(mapped: Mapping, place: TableLocation, number: int) -> None:
    """The panel, folded away while nothing is doubtful and nothing was chosen by hand."""
    part = mapped.part(place)
    reading, samples = reading_of(part), _samples(mapped, part)
    found = cached_previews.cached_inspection(place, mapped.folder, reading)
    opened = is_reading_doubtful(found, samples) or is_by_hand(part)
    with st.expander(words.TITLE, icon=":material/translate:", expanded=opened,
                     key=f"data-reading-{number}-{opened}"):  # fmt: skip
        if found is None:
            st.markdown("The file cannot be read this way. Choose another encoding or separator, or press Undo.")
        _options(mapped, part, place, found, number)
        for at, sample in enumerate(samples):
            _column(part, place, sample, f"{number}.{at}")
        _ways_back(mapped, part, place, number)


def _options(mapped: Mapping, part: FilePart, place: TableLocation, found: FileInspection | None, number: int) -> None:
    """What holds for the whole file; a file with types of its own has nothing to choose but its decimal sign."""
    reading = reading_of(part)
    is_text = reading.encoding is not None or found is None or found.encoding is not None
    boxes: list[Callable[[], None]] = []
    if is_text:
        look, cut = (found.encoding, found.delimiter) if found else (None, None)
        boxes.append(lambda: _box(
            "Encoding", list(words.ENCODINGS), reading.encoding, lambda each: _read(mapped, place, encoding=each),
            f"data.reading.encoding.{number}", lambda each: words.encoding_label(look, each)))  # fmt: skip
        boxes.append(lambda: _box(
            "Separator", list(words.SEPARATORS), reading.delimiter, lambda each: _read(mapped, place, delimiter=each),
            f"data.reading.separator.{number}", lambda each: words.separator_label(cut, each)))  # fmt: skip
    if found is None or found.head:
        head, line = (found.head, found.header_row) if found else ((), None)
        boxes.append(lambda: _box(
            "Column names", list(range(max(len(head), reading.header or 0) + 1)), reading.header,
            lambda each: _read(mapped, place, header=each), f"data.reading.header.{number}",
            lambda each: words.header_label(line, each, head)))  # fmt: skip
    if isinstance(part, Source):
        sign, decimal = found.decimal if found else None, part.decimal
        boxes.append(lambda: _box(
            "Decimal sign", [".", ","], decimal, lambda each: _change(
                lambda dataset: with_decimal(dataset, place, each)),
            f"data.reading.decimal.{number}", lambda each: words.decimal_label(sign, each)))  # fmt: skip
    for column, box in zip(st.columns(2) * 2, boxes, strict=False):
        with column:
            box()


def _box(
    label: str, options: list[Any], value: Any, change: Callable[[Any], None], key: str, shown: Callable[[Any], str],
    **more: Any,
) -> None:  # fmt: skip
    """A select box whose first option is what is found out: ``value`` None."""
    bound.bound_selectbox(
        label, [words.FOUND_OUT, *options], words.FOUND_OUT if value is None else value,
        lambda each: change(None if each == words.FOUND_OUT else each), key,
        lambda each: shown(None if each == words.FOUND_OUT else each), clearable=False, **more)  # fmt: skip


def _column(part: Source | Roster | Lookup, place: TableLocation, sample: ColumnSample, key: str) -> None:
    """One column: its format, its values as written and as read, and how many cannot be read."""
    left, right = st.columns(2)
    with left:
        if sample.kind == "date" and not isinstance(part, Lookup):
            chosen = part.date_formats.get(sample.name)
            offered = [choice.form for choice in sample.formats]
            likely = None if chosen else sample.likely_format
            forms = [*offered, *([chosen] if chosen and chosen not in offered else [])]
            _box(
                f"Dates in {plain(sample.name)}", forms, chosen, lambda form: _change(
                    lambda dataset: with_date_format(dataset, place, sample.name, form)),
                f"data.reading.date.{key}", lambda form: words.format_label(form, sample.formats, likely),
                accept_new_options=True, help="Choose a format, or type one such as DD.MM.YYYY.")  # fmt: skip
        else:
            st.markdown(f"Numbers in {plain(sample.name)}")
    with right:
        lines = [plain(words.pair_words(*pair)) for pair in sample.pairs]
        said = plain(words.count_words(sample))
        lines.append(f":orange[{said}]" if sample.n_unread else f":gray[{said}]")
        lines += [f":orange[{plain(doubt)}]"] if (doubt := words.doubt_words(sample)) else []
        st.markdown("  \n".join(lines))


def _ways_back(mapped: Mapping, part: FilePart, place: TableLocation, number: int) -> None:
    if not is_by_hand(part):
        return
    with st.container(horizontal=True):
        if mapped.before and not _is_unused(mapped, place):
            st.button("Undo", key=f"data.reading.undo.{number}", icon=":material/undo:", on_click=mapping.undo_change)
        st.button("Read it as found", key=f"data.reading.found.{number}", type="tertiary",
                  on_click=_read_as_found, args=(mapped, place))  # fmt: skip


def _is_unused(mapped: Mapping, place: TableLocation) -> bool:
    return mapped.dataset is None or table_role(mapped.dataset, place) == "unused"


def _read_as_found(mapped: Mapping, place: TableLocation) -> None:
    if _is_unused(mapped, place):
        mapping.read_unused(place, FOUND)
    else:
        _change(lambda dataset: with_found_reading(dataset, mapping.mapped_folder(), place))


def _read(mapped: Mapping, place: TableLocation, **changes: Any) -> None:
    reading = replace(reading_of(mapped.part(place)), **changes)
    if _is_unused(mapped, place):
        mapping.read_unused(place, reading)
    else:
        _change(lambda dataset: with_reading(dataset, mapping.mapped_folder(), place, reading))


def _change(make: Callable[[DataSet], DataSet]) -> None:
    mapping.change_dataset(make(mapping.mapped_dataset()))
